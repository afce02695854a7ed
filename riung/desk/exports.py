"""Tables as CSV files that spreadsheets open with one click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download: UTF-8 with BOM and semicolons, as spreadsheets set to Indonesian expect it."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";")
    lines.writerow(heading)
    for row in rows:
        lines.writerow([_harmless(cell) for cell in row])
    return Response(
        written.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _harmless(cell: object) -> object:
    """A text that begins like a formula must not become one in a spreadsheet."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
