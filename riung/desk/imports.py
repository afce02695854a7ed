"""The day's status list as an upload: looked at first, then taken, and put back if it was wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riung.backend.applications.imports import Report, import_table
from riung.backend.applications.tables import Application, StageChange
from riung.backend.db import Database
from riung.backend.problems import Problem
from riung.backend.subscriptions.status_notices import take_back_news
from riung.desk.access import ALL_OFFICES, DeskError, MissingError, Principal, RefusedError
from riung.desk.tables import StatusImport

SIZE_LIMIT = 4 * 1024 * 1024
"""Some 40,000 lines; the importer takes half of that at once."""


class UploadError(DeskError):
    """The file can't be taken."""

    title = "Berkas tidak bisa diimpor"


class _LookedAtError(Exception):
    """Ends a look without keeping anything."""


def preview(
    database: Database, content: bytes, who: Principal, moment: datetime
) -> tuple[Report, list[dict[str, Any]]]:
    """What taking the file would do, and each change of it; nothing is kept.

    Raises:
        UploadError: too big, or no CSV with the needed columns.
    """
    before: dict[str, dict[str, Any]] = {}
    seen: list[tuple[Report, list[dict[str, Any]]]] = []
    with suppress(_LookedAtError), database.writing() as session:
        report = _take(session, content, who, moment, before)
        seen.append((report, _changes(session, before)))
        raise _LookedAtError
    return seen[0]


def take(
    session: Session, content: bytes, filename: str, who: Principal, moment: datetime
) -> tuple[StatusImport, Report]:
    """Take the file's good lines and remember what they replaced.

    Raises:
        UploadError: too big, no CSV with the needed columns, or nothing in it to change.
    """
    before: dict[str, dict[str, Any]] = {}
    report = _take(session, content, who, moment, before)
    changed = _changes(session, before)
    if not changed:
        raise UploadError("Tidak ada baris yang mengubah status.")
    kept = StatusImport(
        office=who.offices[0],
        at=moment,
        user_id=who.id,
        filename=Path(filename).name[:120] or "tanpa nama",
        taken=len(changed),
        refused=len(report.errors),
        before=changed,
    )
    session.add(kept)
    session.flush()
    return kept, report


def undo(session: Session, import_id: int, who: Principal, moment: datetime) -> tuple[int, int]:
    """Put back what an import changed; lines that moved on since then are left alone.

    News of it that waits for the office's hours is not sent any more.

    Returns:
        How many were put back, and how many had moved on.

    Raises:
        MissingError: there is no such import, or it is somebody else's office's.
        RefusedError: it changed an office beside this person's own, too.
        UploadError: it was undone before.
    """
    kept = session.get(StatusImport, import_id, with_for_update=True)
    if kept is None or not (kept.user_id == who.id or who.sees(kept.office)):
        raise MissingError("Impor itu tidak ada.")
    if not who.covers(_offices_of(kept)):
        raise RefusedError(
            "Impor ini juga mengubah kantor lain; minta yang berwenang atas semuanya."
        )
    if kept.undone_at is not None:
        raise UploadError("Impor ini sudah dibatalkan.")
    put_back = sum(_put_back(session, line) for line in kept.before)
    kept.undone_at = moment
    return put_back, len(kept.before) - put_back


def _offices_of(kept: StatusImport) -> list[str]:
    """Every office in which the import changed something."""
    states = [line[side] for line in kept.before for side in ("old", "new") if line[side]]
    return sorted({kept.office, *(state["office"] for state in states)} - {ALL_OFFICES})


def newest(session: Session, who: Principal, limit: int = 20) -> Sequence[StatusImport]:
    """The newest imports this person may see."""
    query = select(StatusImport).order_by(StatusImport.id.desc()).limit(limit * 3)
    mine = [one for one in session.scalars(query) if one.user_id == who.id or who.sees(one.office)]
    return mine[:limit]


def keep_for_later(folder: Path, content: bytes) -> str:
    """Keep a looked-at file until it is taken; gives its name."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".csv", delete=False) as file:
        file.write(content)
    return Path(file.name).name


def fetch(folder: Path, name: str, *, keep: bool = False) -> bytes:
    """The kept file, which is removed unless it is to be looked at again.

    Raises:
        UploadError: it is not there any more.
    """
    path = folder / Path(name).name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UploadError("Berkasnya sudah tidak ada; unggah sekali lagi.") from error
    if not keep:
        path.unlink()
    return content


def _take(
    session: Session,
    content: bytes,
    who: Principal,
    moment: datetime,
    before: dict[str, dict[str, Any]],
) -> Report:
    if len(content) > SIZE_LIMIT:
        raise UploadError(f"Berkas lebih besar dari {SIZE_LIMIT // 1024 // 1024} MB.")

    def check(number: str, office: str) -> None:
        if not who.sees(office):
            raise ValueError(f"kantor '{office}' di luar wewenang Anda")
        found = session.get(Application, number)
        if found is not None and not who.sees(found.office):
            raise ValueError("permohonan ini milik kantor di luar wewenang Anda")
        before.setdefault(number, {"state": _state(found) if found else None})

    try:
        return import_table(session, content, moment, check)
    except Problem as error:
        raise UploadError(error.detail) from error


def _changes(session: Session, before: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Number, old and new state of each application that stands elsewhere than before."""
    changed = []
    for number, old in before.items():
        now = session.get(Application, number)
        if now is not None and _state(now) != old["state"]:
            changed.append({"number": number, "old": old["state"], "new": _state(now)})
    return changed


_FIELDS = ("office", "kind", "route", "stage")


def _state(found: Application) -> dict[str, str]:
    values = {name: str(getattr(found, name)) for name in _FIELDS}
    return {**values, "updated_at": found.updated_at.isoformat()}


def _put_back(session: Session, line: dict[str, Any]) -> bool:
    found = session.get(Application, line["number"], with_for_update=True)
    if found is None or _state(found) != line["new"]:
        return False
    take_back_news(session, found.number)
    since = datetime.fromisoformat(line["new"]["updated_at"])
    session.execute(
        delete(StageChange)
        .where(
            StageChange.number == found.number,
            StageChange.stage == line["new"]["stage"],
            StageChange.at == since,
        )
        .execution_options(synchronize_session=False)
    )
    old = line["old"]
    if old is None:
        session.delete(found)
        return True
    for name in _FIELDS:
        setattr(found, name, old[name])
    found.updated_at = datetime.fromisoformat(old["updated_at"])
    return True
