"""A status list as offices' spreadsheets write it, CSV or a workbook: its lines and their cells.

Spreadsheets put a separator's name above everything, a report's title above the heading, an
apostrophe before a number or a formula around it, a comma and zeros after it; and they round what
has more than fifteen digits. What can only be guessed is refused, with a reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic.datetime_parse import parse_datetime

from riung.backend.applications.workbooks import is_workbook, sheets
from riung.backend.problems import Problem, register

MOST_LINES = 20_000
"""Lines of one file; more would hold the write lock of SQLite too long."""

COLUMNS = {
    "nomor": "number",
    "nomor_permohonan": "number",
    "no_permohonan": "number",
    "kantor": "office",
    "kanim": "office",
    "jenis": "kind",
    "jenis_permohonan": "kind",
    "jalur": "route",
    "tahap": "stage",
    "tahapan": "stage",
    "status": "stage",
    "status_permohonan": "stage",
    "waktu": "updated_at",
    "tanggal": "updated_at",
    "tgl": "updated_at",
    "tanggal_status": "updated_at",
    "tgl_status": "updated_at",
}
"""Headings as people write them and the field each stands for; the English names count as well."""

NEEDED = ("number", "office", "stage")

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
    """

    line: int
    cells: dict[str, str]
    content: str


def rows(content: bytes) -> Iterator[Row]:
    """The lines of a file that are not empty.

    Raises:
        Problem: `import_unreadable`, `import_too_long`.
    """
    delimiter, names, lines = _heading(_tables(content))
    for count, (line, cells) in enumerate(lines):
        if count >= MOST_LINES:
            raise Problem("import_too_long", f"Paling banyak {MOST_LINES} baris sekali kirim.")
        if any(cell.strip() for cell in cells):
            values = dict(zip(names, map(_cleaned, cells), strict=False))
            yield Row(line, values, delimiter.join(cells))


def _decoded(content: bytes) -> str:
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")  # "Unicode text" of a spreadsheet
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("import_unreadable", "Simpan berkas sebagai CSV UTF-8.") from error


Lines = Iterator[tuple[int, list[str]]]


def _tables(content: bytes) -> Iterator[tuple[str, Lines]]:
    """The ways to read the file: each sheet of a workbook, or the text with each separator."""
    if is_workbook(content):
        return ((";", lines) for lines in sheets(content))
    text = _decoded(content)
    return ((delimiter, _lines(text, delimiter)) for delimiter in ";,\t")


def _heading(tables: Iterable[tuple[str, Lines]]) -> tuple[str, list[str], Lines]:
    """The separator, the fields of the columns, and the lines below, of the first that has them."""
    best: list[str] = []
    for delimiter, lines in tables:
        for _, cells in zip(range(HEADING_WITHIN), lines, strict=False):
            names = [_field(cell) for cell in cells[1]]
            found = [name for name in NEEDED if name in names]
            if len(found) == len(NEEDED):
                return delimiter, names, lines
            best = max(best, found, key=len)
    missing = [name for name in NEEDED if name not in best]
    wanted = ", ".join(column_name(name) for name in missing)
    raise Problem("import_unreadable", f"Baris judul tidak punya kolom: {wanted}.")


def _lines(text: str, delimiter: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise Problem("import_unreadable", "Simpan berkas sebagai CSV UTF-8.") from error


def column_name(field: str) -> str:
    """The heading people know a field by."""
    return next(heading for heading, name in COLUMNS.items() if name == field)


def _field(heading: str) -> str:
    name = "_".join(re.findall(r"[^\W_]+", heading.casefold()))
    return COLUMNS.get(name, "office" if name.startswith("kantor_") else name)


_FORMULA = re.compile(r'^="(.*)"$')


def _cleaned(cell: str) -> str:
    """Without the marks by which a spreadsheet keeps a number as text."""
    plain = cell.strip()
    if formula := _FORMULA.match(plain):
        plain = formula[1].strip()
    return plain.removeprefix("'").strip()


_AS_POWER = re.compile(r"^\d[.,]?\d*E\+?\d+$", re.IGNORECASE)
_DECIMALS = re.compile(r"^(\d+)[.,]0+$")


def number_of(text: str) -> str:
    """An application number without the decimals a spreadsheet gave it.

    Raises:
        ValueError: a power of ten; its last digits are lost.
    """
    if _AS_POWER.match(text):
        raise ValueError(
            f"nomor tertulis {text}: angka terakhirnya hilang; jadikan kolom nomor teks di Excel"
        )
    with_decimals = _DECIMALS.match(text)
    return with_decimals[1] if with_decimals else text


_DAY_FIRST = re.compile(
    r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?)?$"
)
_YEAR_FIRST = re.compile(
    r"^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T]+(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?)?$"
)
_COMPACT = re.compile(r"^(20\d{2})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"^(\d{5})(?:[.,](\d{1,10}))?$")
_SERIAL_START = datetime(1899, 12, 30)
"""Day 0 of Excel's counting (Microsoft: DATEVALUE; 1900 counts as a leap year there)."""
_UNREADABLE = "waktu tidak terbaca; contoh: 2026-11-24 09:30"


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """A moment in any of the forms of spreadsheets; the office's zone if it names none.

    `2026-11-24 09:30`, `24/11/2026 09.30`, `24-11-2026`, `20261124`, ISO 8601, or Excel's serial
    day (46350, 46350,395833). A day alone is its first minute.

    Raises:
        ValueError: none of them, or no day of the calendar.
    """
    naive = _naive(text)
    if naive is not None:
        return naive.replace(tzinfo=zone)
    if text.replace(".", "").replace(",", "").isdecimal():
        raise ValueError(_UNREADABLE)  # a bare number is nobody's moment
    try:
        moment: datetime = parse_datetime(text)
    except (ValueError, OverflowError) as error:
        raise ValueError(_UNREADABLE) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _naive(text: str) -> datetime | None:
    if serial := _SERIAL.match(text):
        days = float(f"{serial[1]}.{serial[2] or 0}")
        return _SERIAL_START + timedelta(seconds=round(days * 86400))
    if found := _DAY_FIRST.match(text):
        day, month, year, *clock = found.groups(default="0")
    elif found := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        year, month, day, *clock = found.groups(default="0")
    else:
        return None
    try:
        hour, minute, second = (*map(int, clock), 0, 0, 0)[:3]
        return datetime(int(year), int(month), int(day), hour, minute, second)
    except ValueError as error:
        raise ValueError(_UNREADABLE) from error
