"""Status lists as offices send them, and what becomes of them."""

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from riung.backend.applications.imports import Report, import_table
from riung.backend.applications.tables import Application
from riung.backend.db import Database
from tests.riung.backend.citizens import local

NOW = local("2026-11-21T09:00:00")


def take(database: Database, content: str | bytes) -> Report:
    raw = content.encode() if isinstance(content, str) else content
    with database.writing() as session:
        return import_table(session, raw, NOW)


def stages_in(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {one.number: one.stage for one in session.query(Application)}


def moment_in(database: Database) -> datetime:
    with database.reading() as session:
        moment: datetime = session.query(Application).one().updated_at
    return moment


def workbook(*lines: list[Any], before: int = 0) -> bytes:
    """An Excel file; the list stands on the second sheet when there is one `before`."""
    book, content = Workbook(), io.BytesIO()
    for _ in range(before):
        book.active.append(["Petunjuk pengisian"])
        book.active = book.create_sheet("Status")
    for line in lines:
        book.active.append(line)
    book.save(content)
    return content.getvalue()


NINE = local("2026-11-20T09:30:00")
MIDNIGHT = local("2026-11-20T00:00:00")

LINE = "1179000000000001;bandung;printing"
