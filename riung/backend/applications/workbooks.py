"""The lines of an Excel workbook, each cell as the text that a CSV file would hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from riung.backend.problems import Problem

ZIPPED = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""How an .xlsx file, and one of Excel before 2007, begins."""

UNPACKED_AT_MOST = 64 * 1024 * 1024
"""Bytes; a workbook of 20,000 lines unpacks to some ten megabytes."""

EXACT_DIGITS = 15
"""Excel keeps no more digits of a number (Microsoft, "Excel specifications and limits")."""

UNREADABLE = (
    "Berkas ini tidak bisa dibaca; buka di Excel, lalu simpan lagi sebagai .xlsx atau CSV UTF-8."
)


def is_workbook(content: bytes) -> bool:
    """Whether the file is Excel's own, new or old."""
    return content.startswith((ZIPPED, OLD_EXCEL))


def sheets(content: bytes) -> list[Iterator[tuple[int, list[str]]]]:
    """The lines of each sheet, with the numbers that Excel shows beside them.

    Raises:
        Problem: `import_unreadable`.
    """
    from openpyxl import load_workbook  # with NumPy 23 MB, for a file now and then

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_AT_MOST:
                raise Problem("import_unreadable", UNREADABLE)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [_lines(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except Problem:
        raise
    except Exception as error:  # whatever a stranger's file makes of the reader
        raise Problem("import_unreadable", UNREADABLE) from error


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    try:
        for line, cells in enumerate(rows, start=1):
            yield line, [_text(cell) for cell in cells]
    except Exception as error:
        raise Problem("import_unreadable", UNREADABLE) from error


def _text(value: object) -> str:
    """What stands in a cell; a number with more digits than Excel keeps as a power of ten, which
    says that its last digits are lost.
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return _number(value)
    return str(value)


def _number(value: int | float) -> str:
    if abs(value) >= 10**EXACT_DIGITS:
        return f"{value:.{EXACT_DIGITS - 1}E}"
    return str(int(value)) if value == int(value) else repr(value)
