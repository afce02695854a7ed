"""A status list as offices' spreadsheets write it, CSV or a workbook: its lines and their cells.

Spreadsheets put a separator's name above everything, a report's title above the heading, an
apostrophe before a number or a formula around it, a comma and zeros after it; and they round what
has more than fifteen digits. What can only be guessed is refused, with a reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest

from riung.backend.applications.columns import NEEDED, Columns, column_name, is_heading
from riung.backend.applications.workbooks import UNREADABLE, is_workbook, sheets
from riung.backend.problems import Problem, register

MOST_LINES = 20_000
"""Lines of one file; more would hold the write lock of SQLite too long."""

SEPARATORS = ";,\t|"
UNIT = "\x1f"
"""What separates nothing in a spreadsheet's file."""

HEADING_WITHIN = 20
"""Lines in which the heading must stand: a report's title, its date and an empty line are above."""

register(
    {
        "import_unreadable": (422, "The file is not a CSV file that can be taken"),
        "import_too_long": (413, "The file has too many lines"),
    }
)


@dataclass(frozen=True)
class Row:
    """One line below the heading.

    Attributes:
        line: its number in the file, as a text editor counts.
        cells: field → what stands there, cleaned of the spreadsheet's marks.
        content: the line as it was written, for whoever has to mend it.
        fault: why nothing of it can be taken; empty for most.
    """

    line: int
    cells: dict[str, str]
    content: str
    fault: str = ""


def rows(content: bytes) -> Iterator[Row]:
    """The lines of a file that speak of an application, or could.

    Raises:
        Problem: `import_unreadable`, `import_too_long`.
    """
    delimiter, columns, lines = _heading(_tables(content))
    for count, (line, cells) in enumerate(lines):
        if count >= MOST_LINES:
            raise Problem("import_too_long", f"Paling banyak {MOST_LINES} baris sekali kirim.")
        row = _row(line, cells, columns, delimiter)
        if row.fault or not (_is_a_remark(row.cells) or Columns.named(cells) == columns):
            yield row


def _row(line: int, cells: list[str], columns: Columns, delimiter: str) -> Row:
    content = delimiter.join(cells)
    try:
        said = columns.read(cells)
    except ValueError as error:
        return Row(line, {}, content, str(error))
    swallowed = any("\n" in cell and delimiter in cell for cell in cells)
    is_whole = all(said.get(name) for name in NEEDED)
    return Row(line, said, content, _OPEN_QUOTE if swallowed and not is_whole else "")


_OPEN_QUOTE = 'tanda kutip (") di baris ini tidak ditutup, sehingga baris berikutnya ikut terbaca'

_SHORT_OF_A_NUMBER = re.compile(r"^(\D*\d){0,7}\D*$")
_A_WORD = re.compile(r"^\D+$")
_LETTER = re.compile(r"[^\W\d_]")


def _is_a_remark(cells: Mapping[str, str]) -> bool:
    """An empty line, a sum, a date and a signature below the list: nothing of an application."""
    number = cells.get("number", "")
    if _A_WORD.match(number) and not _LETTER.search(cells.get("office", "")):
        return True
    filled = [name for name in NEEDED if cells.get(name)]
    return len(filled) < len(NEEDED) - 1 and bool(_SHORT_OF_A_NUMBER.match(number))


def _decoded(content: bytes) -> str:
    """The text, in any of the encodings that spreadsheets on Windows save."""
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what was no text is not found to be a list
    if "\0" in text or text.lstrip()[:1] == "<" or text.startswith("%PDF"):
        raise Problem("import_unreadable", UNREADABLE)
    return text


def _encoding(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):  # "Unicode text" of a spreadsheet
        return "utf-16"
    if content[1:8:2] == bytes(4):
        return "utf-16-le"
    return "utf-16-be" if content[:8:2] == bytes(4) else "utf-8-sig"


Lines = Iterator[tuple[int, list[str]]]


def _tables(content: bytes) -> Iterator[tuple[str, Lines]]:
    """The ways to read the file: each sheet of a workbook, or the text with each separator.

    Last come lines that a spreadsheet took whole for one cell, because it splits at another sign.
    """
    if is_workbook(content):
        yield from ((";", lines) for lines in sheets(content))
        for delimiter in SEPARATORS:
            yield from ((delimiter, _split(lines, delimiter)) for lines in sheets(content))
        return
    text = _decoded(content)
    yield from ((delimiter, _lines(text, delimiter)) for delimiter in SEPARATORS)
    for delimiter in SEPARATORS:
        yield delimiter, _split(_lines(text, UNIT), delimiter)


def _split(lines: Lines, delimiter: str) -> Lines:
    """Lines of one cell each, split anew."""
    for line, cells in lines:
        text = cells[0] if cells else ""
        yield line, next(csv.reader([text.replace("\n", " ")], delimiter=delimiter), [])


def _heading(tables: Iterable[tuple[str, Lines]]) -> tuple[str, Columns, Lines]:
    """The separator, the columns, and the lines below, of the first table that has them."""
    nearest = Columns(())
    for delimiter, lines in tables:
        above: list[str] = []
        for _, (_, cells) in zip(range(HEADING_WITHIN), lines, strict=False):
            for heading in (cells, _below(above, cells)):
                columns = Columns.named(heading)
                if not columns.missing:
                    return delimiter, *_second_line(columns, heading, lines)
                nearest = min(nearest, columns, key=lambda one: len(one.missing))
            above = cells
    wanted = ", ".join(column_name(name) for name in nearest.missing)
    raise Problem("import_unreadable", f"Baris judul tidak punya kolom: {wanted}.")


def _below(above: list[str], cells: list[str]) -> list[str]:
    """A heading of two lines with merged cells: the lower one's word where it has one."""
    return [lower.strip() or upper for upper, lower in zip_longest(above, cells, fillvalue="")]


def _second_line(columns: Columns, heading: list[str], lines: Lines) -> tuple[Columns, Lines]:
    """The columns, when the next line goes on with the heading: words of it and nothing else."""
    following = next(lines, None)
    if following is None:
        return columns, lines
    words = [cell for cell in following[1] if cell.strip()]
    if words and all(is_heading(word) for word in words):
        return Columns.named(_below(heading, following[1])), lines
    return columns, chain([following], lines)


def _lines(text: str, delimiter: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise Problem("import_unreadable", UNREADABLE) from error


_AS_POWER = re.compile(r"^\d[.,]?\d*E\+?\d+$", re.IGNORECASE)
_DECIMALS = re.compile(r"[.,]0{1,2}$")
_THOUSANDS = re.compile(r"^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$")


def number_of(text: str) -> str:
    """An application number without the decimals and thousands marks a spreadsheet gave it.

    Raises:
        ValueError: a power of ten; its last digits are lost.
    """
    if _AS_POWER.match(text):
        raise ValueError(
            f"nomor tertulis {text}: angka terakhirnya hilang; jadikan kolom nomor teks di Excel"
        )
    whole = _DECIMALS.sub("", text)
    return re.sub("[.,]", "", whole) if _THOUSANDS.match(whole) else whole
