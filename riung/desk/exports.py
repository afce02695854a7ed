"""Tables as downloads of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fastapi import Response

from riung import spreadsheet


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV download with that name."""
    return Response(
        spreadsheet.as_csv(heading, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
