"""Import of applications from a table: good lines are taken, each bad one is reported.

The reasons are Indonesian, because officers who export from the national system read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from riung.application_number import number_shape
from riung.backend.applications.columns import NEEDED, column_name
from riung.backend.applications.import_files import Row, number_of, rows
from riung.backend.applications.moments import could_be_american, is_american, moment_of
from riung.backend.applications.transitions import Move, move, normal_number
from riung.backend.applications.workbooks import EXACT_DIGITS
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
    seen: dict[str, tuple[int, Move]] = {}
    lines = list(rows(content))
    unclear = any(is_american(row.cells.get("updated_at", "")) for row in lines)
    for row in lines:
        try:
            number, wanted = _read_row(row, unclear)
            check(number, wanted.office)
            changed = move(session, number, wanted, now)
        except (ValueError, Problem) as error:
            report.errors.append({"line": row.line, "reason": _reason(error)})
            report.refused[row.line] = row.content
            continue
        line, first = seen.setdefault(number, (row.line, wanted))
        if first != wanted:
            report.warnings.append({"line": row.line, "reason": _TWICE.format(line=line)})
        if changed is None:
            report.unchanged += 1
            continue
        report.created_or_moved += 1
        tell_status_changed(session, changed, now)
    if _look_rounded(seen):
        report.warnings.append({"line": lines[0].line, "reason": _ROUNDED})
    return report


_TWICE = "nomor ini ada juga di baris {line} dengan isi lain; periksa apakah Excel membulatkannya"
_ROUNDED = "semua nomor berakhir 0; periksa apakah Excel membulatkannya"


def _look_rounded(numbers: Collection[str]) -> bool:
    """Whether a program that keeps fifteen digits could have written all of them."""
    lost = 10 ** max(number_shape().length - EXACT_DIGITS, 0)
    return lost > 1 and len(numbers) >= _TELLING and all(int(one) % lost == 0 for one in numbers)


_TELLING = 3
"""So many numbers end alike by chance once in a thousand lists."""


def _read_row(row: Row, unclear: bool) -> tuple[str, Move]:
    if row.fault:
        raise ValueError(row.fault)
    cells = row.cells
    for name in NEEDED:
        if not cells.get(name):
            raise ValueError(f"kolom '{column_name(name)}' kosong")
    office = _office(cells["office"])
    values: dict[str, Any] = {name: cells[name] for name in FIELDS[1:] if cells.get(name)}
    values |= {"office": office.id, "stage": _stage(values["stage"], office)}
    if "route" in values:
        values["route"] = _code(values["route"], stage_order().routes)
    if "updated_at" in values:
        values["updated_at"] = _moment(values["updated_at"], office, unclear)
    return normal_number(number_of(cells["number"])), Move(**values)


_MONTH_FIRST = (
    "tanggal {day} bisa dibaca dua cara, karena baris lain menulis bulan di depan;"
    " jadikan semua seperti 2026-11-24"
)


def _moment(text: str, office: Office, unclear: bool) -> datetime:
    if unclear and could_be_american(text):
        raise ValueError(_MONTH_FIRST.format(day=text.split()[0][:10]))
    return moment_of(text, office.zone)


def _words(text: str) -> str:
    """What is left of a name without case, signs and the way its words are tied together."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _office(text: str) -> Office:
    """The office of that id or name, in any case; a part of the name with its place is enough."""
    wanted = _words(text)
    known = offices().values()
    for office in known:
        if wanted in (_words(office.id), _words(office.nama), _words(office.nama_singkat)):
            return office
    near = [office for office in known if _is_name_of(office, set(wanted.split()))]
    if len(near) != 1:
        raise ValueError(f"kantor '{text[:40]}' tidak dikenal")
    return near[0]


def _is_name_of(office: Office, words: set[str]) -> bool:
    own = {*_words(office.nama).split(), *_words(office.nama_singkat).split(), "kanim"}
    return {*_words(office.id).split()} <= words <= own | _RANKS


_RANKS = {"kelas", "i", "ii", "iii", "khusus", "tpi", "non"}
"""Ranks of an office, which its own short name leaves out."""


def _code(text: str, known: Iterable[str]) -> str:
    """The code that is written this way ("M-Paspor"); the text itself when there is none."""
    return {_words(code): code for code in known}.get(_words(text), text)


def _stage(text: str, office: Office) -> str:
    """The code of a stage that may be written as the office's own label ("Pencetakan")."""
    stages = office.fakta.get("tahap", {})
    known = {_words(str(words.get("label", ""))): code for code, words in stages.items()}
    return known.get(_words(text)) or _code(text, stage_order().stages)


_REASONS = {
    "stage_impossible": "tahap ini tidak mungkin sesudah tahap sekarang",
    "route_fixed": "jalur permohonan tidak bisa berganti",
}
_MOMENTS = {
    "year": "tahun pada waktunya tidak mungkin; kelihatannya sel kosong atau angka Excel yang"
    " terbaca sebagai tanggal; tulis seperti 2026-11-24 09:30",
    "future": "waktunya di masa depan",
    "before": "waktunya sebelum tahap sekarang dimulai",
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
        return _MOMENTS[error.extra["cause"]] if "cause" in error.extra else _REASONS[error.code]
    if isinstance(error, ValidationError):
        return _FIELD_REASONS[str(error.errors()[0]["loc"][0])]
    return str(error)
