"""Import of applications from CSV: good lines are taken, each bad one is reported with its line.

The reasons are Indonesian, because officers who export from the national system read them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from pydantic.datetime_parse import parse_datetime
from sqlalchemy.orm import Session

from riung.backend.applications.transitions import Move, move, normal_number
from riung.backend.problems import Problem, register
from riung.backend.subscriptions.status_notices import tell_status_changed
from riung.office.offices import offices

MOST_LINES = 20_000
"""Lines of one file; more would hold the write lock of SQLite too long."""

COLUMNS = {
    "nomor": "number",
    "nomor_permohonan": "number",
    "kantor": "office",
    "jenis": "kind",
    "jalur": "route",
    "tahap": "stage",
    "waktu": "updated_at",
}
"""Indonesian headings and the field each stands for; the English names are taken as well."""

FIELDS = ("number", "office", "kind", "route", "stage", "updated_at")
NEEDED = ("number", "office", "stage")

register(
    {
        "import_unreadable": (422, "The file is not a CSV file that can be taken"),
        "import_too_long": (413, "The file has too many lines"),
    }
)


@dataclass
class Report:
    """What became of each line. Line 1 is the heading."""

    created_or_moved: int = 0
    unchanged: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The API's answer."""
        return asdict(self)


Check = Callable[[str, str], None]
"""Looks at number and office of a line before it is taken; raises ValueError to refuse it."""


def _take_all(_number: str, _office: str) -> None:
    """Refuse nothing."""


def import_csv(session: Session, content: bytes, now: datetime, check: Check = _take_all) -> Report:
    """Take every good line of `content` that the caller's `check` lets pass.

    `content` is UTF-8 (with or without BOM), separated by comma, semicolon or tab, with a heading.

    Raises:
        Problem: `import_unreadable`, `import_too_long`.
    """
    report = Report()
    for line, row in _rows(content):
        try:
            number, wanted = _read_row(row)
            check(number, wanted.office)
            changed = move(session, number, wanted, now)
        except (ValueError, Problem) as error:
            report.errors.append({"line": line, "reason": _reason(error)})
            continue
        if changed is None:
            report.unchanged += 1
            continue
        report.created_or_moved += 1
        tell_status_changed(session, changed, now)
    return report


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("import_unreadable", "Simpan berkas sebagai CSV UTF-8.") from error
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [_field(name) for name in next(reader, [])]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        wanted = ", ".join(key for key, name in COLUMNS.items() if name in missing)
        raise Problem("import_unreadable", f"Baris judul tidak punya kolom: {wanted}.")
    for count, cells in enumerate(reader):
        if count >= MOST_LINES:
            raise Problem("import_too_long", f"Paling banyak {MOST_LINES} baris sekali kirim.")
        if any(cell.strip() for cell in cells):
            yield reader.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=False))


def _field(heading: str) -> str:
    name = heading.strip().lower().replace(" ", "_")
    return COLUMNS.get(name, name)


def _read_row(row: dict[str, str]) -> tuple[str, Move]:
    for name in NEEDED:
        if not row.get(name):
            column = next(key for key, value in COLUMNS.items() if value == name)
            raise ValueError(f"kolom '{column}' kosong")
    if row["office"] not in offices():
        raise ValueError(f"kantor '{row['office'][:40]}' tidak dikenal")
    values: dict[str, Any] = {name: row[name] for name in FIELDS[1:] if row.get(name)}
    values["stage"] = _stage(values["stage"], values["office"])
    if "updated_at" in values:
        values["updated_at"] = _moment(values["updated_at"], values["office"])
    return normal_number(row["number"]), Move(**values)


def _stage(text: str, office: str) -> str:
    """The code of a stage that may be written as the office's own label ("Pencetakan")."""
    stages = offices()[office].fakta.get("tahap", {})
    labels = {str(words.get("label", "")).casefold(): code for code, words in stages.items()}
    code: str = labels.get(" ".join(text.split()).casefold(), text)
    return code


def _moment(text: str, office: str) -> datetime:
    """ISO 8601, or `24/11/2026 09:30` as spreadsheets write it; the office's zone if none."""
    try:
        moment: datetime = parse_datetime(text)
    except ValueError:
        try:
            moment = datetime.strptime(text, "%d/%m/%Y %H:%M")
        except ValueError as error:
            raise ValueError("waktu tidak terbaca; contoh: 2026-11-24 09:30") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=offices()[office].zone)


_REASONS = {
    "number_malformed": "nomor permohonan harus 16 angka",
    "stage_impossible": "tahap ini tidak mungkin sesudah tahap sekarang",
    "route_fixed": "jalur permohonan tidak bisa berganti",
    "moment_impossible": "waktunya di masa depan atau sebelum tahap sekarang",
}
_FIELD_REASONS = {
    "route": "jalur tidak dikenal",
    "stage": "tahap tidak dikenal",
    "kind": "jenis terlalu panjang",
}


def _reason(error: ValueError | Problem) -> str:
    """One line in Indonesian that repeats nothing personal."""
    if isinstance(error, Problem):
        return _REASONS[error.code]
    if isinstance(error, ValidationError):
        return _FIELD_REASONS[str(error.errors()[0]["loc"][0])]
    return str(error)
