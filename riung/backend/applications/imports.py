"""Import of applications from a table: good lines are taken, each bad one is reported.

The reasons are Indonesian, because officers who export from the national system read them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from riung.application_number import number_shape
from riung.backend.applications.import_files import (
    NEEDED,
    column_name,
    moment_of,
    number_of,
    rows,
)
from riung.backend.applications.transitions import Move, move, normal_number
from riung.backend.problems import Problem
from riung.backend.subscriptions.status_notices import tell_status_changed
from riung.office.model import Office
from riung.office.offices import offices
from riung.office.stages import stage_order

FIELDS = ("number", "office", "kind", "route", "stage", "updated_at")


@dataclass
class Report:
    """What became of each line; lines are counted as a text editor does.

    Attributes:
        errors: line and reason of each that was refused.
        warnings: the same of each that was taken and should be looked at.
        refused: line → what was written there; for the desk, not for the API's answer.
    """

    created_or_moved: int = 0
    unchanged: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """The API's answer; `warnings` only where there are any."""
        counts = {"created_or_moved": self.created_or_moved, "unchanged": self.unchanged}
        warned = {"warnings": self.warnings} if self.warnings else {}
        return {**counts, "errors": self.errors, **warned}


Check = Callable[[str, str], None]
"""Looks at number and office of a line before it is taken; raises ValueError to refuse it."""


def _take_all(_number: str, _office: str) -> None:
    """Refuse nothing."""


def import_table(
    session: Session, content: bytes, now: datetime, check: Check = _take_all
) -> Report:
    """Take every good line of `content` that the caller's `check` lets pass.

    `content` is a CSV file or a workbook (`riung.backend.applications.import_files`).

    Raises:
        Problem: `import_unreadable`, `import_too_long`.
    """
    report = Report()
    seen: dict[str, tuple[int, str]] = {}
    for row in rows(content):
        try:
            number, wanted = _read_row(row.cells)
            check(number, wanted.office)
            changed = move(session, number, wanted, now)
        except (ValueError, Problem) as error:
            report.errors.append({"line": row.line, "reason": _reason(error)})
            report.refused[row.line] = row.content
            continue
        first = seen.setdefault(number, (row.line, wanted.stage))
        if first[1] != wanted.stage:
            report.warnings.append({"line": row.line, "reason": _TWICE.format(line=first[0])})
        if changed is None:
            report.unchanged += 1
            continue
        report.created_or_moved += 1
        tell_status_changed(session, changed, now)
    return report


_TWICE = "nomor ini ada juga di baris {line} dengan tahap lain; periksa apakah Excel membulatkannya"


def _read_row(row: dict[str, str]) -> tuple[str, Move]:
    for name in NEEDED:
        if not row.get(name):
            raise ValueError(f"kolom '{column_name(name)}' kosong")
    office = _office(row["office"])
    values: dict[str, Any] = {name: row[name] for name in FIELDS[1:] if row.get(name)}
    values |= {"office": office.id, "stage": _stage(values["stage"], office)}
    if "updated_at" in values:
        values["updated_at"] = moment_of(values["updated_at"], office.zone)
    return normal_number(number_of(row["number"])), Move(**values)


def _office(text: str) -> Office:
    """The office of that id or name, in any case."""
    wanted = " ".join(text.split()).casefold()
    for office in offices().values():
        if wanted in (office.id, office.nama.casefold(), office.nama_singkat.casefold()):
            return office
    raise ValueError(f"kantor '{text[:40]}' tidak dikenal")


def _stage(text: str, office: Office) -> str:
    """The code of a stage that may be written as the office's own label ("Pencetakan")."""
    stages = office.fakta.get("tahap", {})
    known = {str(words.get("label", "")).casefold(): code for code, words in stages.items()}
    known |= {code.casefold(): code for code in stage_order().stages}
    code: str = known.get(" ".join(text.split()).casefold(), text)
    return code


_REASONS = {
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
        if error.code == "number_malformed":
            return f"nomor permohonan harus {number_shape().length} angka"
        return _REASONS[error.code]
    if isinstance(error, ValidationError):
        return _FIELD_REASONS[str(error.errors()[0]["loc"][0])]
    return str(error)
