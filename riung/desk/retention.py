"""Deleting what is not needed any more, and what somebody asks to be deleted.

Days to keep stand in `aturan/simpan.yml`, a kind of data a line, and here a job a kind (`JOBS`,
`FOLDERS`). For the queue they stand in the office's file, because citizens read the same number
when they are asked for their NIK (`fakta.batas.simpan_antrean`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from riung.backend.applications.tables import Application, UnknownLookup
from riung.backend.bookings.tables import OPEN, Attempt, Booking, Flag
from riung.backend.notices.tables import Notice
from riung.backend.people import PersonId
from riung.backend.subscriptions.tables import Subscription
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.days_to_keep import days_to_keep
from riung.desk import conversations, reports, surveys
from riung.desk.cases import forgetting
from riung.desk.cases.tables import Case
from riung.desk.tables import ComplaintEvent, Conversation, StatusImport
from riung.desk.tickets.tables import Ticket
from riung.office.model import Office
from riung.office.offices import offices
from riung.office.stages import stage_order

ATTEMPTS_FOR = timedelta(days=7)
"""Tries to book are looked at within a week (`bookings.abuse`)."""

LOOKUPS_FOR = timedelta(hours=1)
"""Unknown numbers are counted within an hour (`applications.lookups`)."""

NOBODY: dict[str, Any] = {"sender": None, "name": None, "idempotency_key": None}
"""The key is WhatsApp's id of a message, in which the number of its sender can be read."""

NO_NIK: dict[str, Any] = {"identity_hash": None, "identity_last4": None, "is_child": False}

EMPTY_TICKET: dict[str, Any] = {
    "subject": "",
    "last_messages": [],
    "details": {},
    "conversation_id": None,
    "sender_hash": None,
    "idempotency_key": None,
}

SETTLED = ("answered", "closed")
"""States of a ticket in which nothing is left to do."""


def queue_days(office: Office) -> int:
    """Days the office keeps who was booked: the number that citizens read."""
    return office.facts.batas.simpan_antrean


def forget_old(session: Session, now: datetime) -> None:
    """Delete or empty everything whose time is over, in the tables."""
    for office in offices().values():
        _forget_queue(session, office, now)
    forgetting.end_what_is_over(session, now)
    forget_what_is_over(session)
    _delete(session, Attempt, Attempt.at < now - ATTEMPTS_FOR)
    _delete(session, UnknownLookup, UnknownLookup.at < now - LOOKUPS_FOR)
    reports.keep_finished_months(session, list(offices().values()), now)
    for kind, job in JOBS.items():
        job(session, now - timedelta(days=days_to_keep()[kind]))


def forget_files(folder: Path, now: datetime) -> None:
    """Delete the files whose time is over, under the folder of all state."""
    for kind, name in FOLDERS.items():
        before = (now - timedelta(days=days_to_keep()[kind])).timestamp()
        for path in (folder / name).glob("*"):
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def forget_what_is_over(session: Session) -> None:
    """Erase what had to stay when somebody asked for erasure, and is over since then."""
    for table, over in (
        (Booking, Booking.status.not_in(OPEN)),
        (WaitingEntry, WaitingEntry.status.not_in(LIVE)),
    ):
        values = {**NOBODY, **NO_NIK, "erase_when_over": False}
        change(session, table, table.erase_when_over & over, values)
    empty_tickets(session, Ticket.erase_when_over & Ticket.status.in_(SETTLED))


def empty_tickets(session: Session, which: Any) -> int:
    """Forget what tickets say, and what officers wrote about them; how many tickets."""
    codes = select(Ticket.code).where(which)
    _delete(session, ComplaintEvent, ComplaintEvent.code.in_(codes))
    return change(session, Ticket, which, {**EMPTY_TICKET, "erase_when_over": False})


def _forget_queue(session: Session, office: Office, now: datetime) -> None:
    last = now.astimezone(office.zone).date() - timedelta(days=queue_days(office))
    for table in (Booking, WaitingEntry):
        old = (table.office == office.id) & (table.date < last)
        change(session, table, old & table.identity_hash.is_not(None), NO_NIK)
        named = or_(*(getattr(table, column).is_not(None) for column in NOBODY))
        change(session, table, old & named, NOBODY)


def _talks(session: Session, before: datetime) -> None:
    conversations.forget_older(session, before)
    surveys.forget_words(session, before)


def _tickets(session: Session, before: datetime) -> None:
    known = Ticket.conversation_id.is_not(None) | Ticket.idempotency_key.is_not(None)
    is_full = known | (Ticket.subject != "")
    empty_tickets(session, Ticket.status.in_(SETTLED) & (Ticket.updated_at < before) & is_full)


def _notices(session: Session, before: datetime) -> None:
    _delete(session, Notice, (Notice.status != "pending") & (Notice.created_at < before))


def _flags(session: Session, before: datetime) -> None:
    _delete(session, Flag, Flag.last_at < before)


def _applications(session: Session, before: datetime) -> None:
    over = Application.stage.in_(stage_order().ended) & (Application.updated_at < before)
    gone = select(Application.number).where(over)
    _delete(session, Subscription, (Subscription.kind == "status") & Subscription.subject.in_(gone))
    _delete(session, Application, over)


def _imports(session: Session, before: datetime) -> None:
    change(session, StatusImport, StatusImport.at < before, {"before": []})


def _ids(session: Session, before: datetime) -> None:
    named = (
        *(Booking.sender, WaitingEntry.sender, Subscription.sender),
        *(Case.sender, Conversation.person),
    )
    known = (PersonId.person.in_(select(who).where(who.is_not(None))) for who in named)
    _delete(session, PersonId, (PersonId.seen_at < before) & ~or_(*known))


JOBS: Mapping[str, Callable[[Session, datetime], None]] = {
    "percakapan": _talks,
    "tiket_selesai": _tickets,
    "layanan_selesai": forgetting.empty_older,
    "pemberitahuan": _notices,
    "tanda_curang": _flags,
    "permohonan_selesai": _applications,
    "impor": _imports,
    "nomor_warga": _ids,
}
"""Kind of data → what deletes it; each is given the moment before which it is too old."""

FOLDERS: Mapping[str, str] = {"berkas_petugas": "desk_files", "unggahan": "desk_imports"}
"""Kind of data → its folder under `RIUNG_VAR_DIR`."""


def change(session: Session, table: Any, rows: Any, values: dict[str, Any]) -> int:
    """Set columns of many rows at once; how many there were."""
    statement = update(table).where(rows).values(**values)
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)


def _delete(session: Session, table: Any, rows: Any) -> None:
    statement = delete(table).where(rows)
    session.execute(statement.execution_options(synchronize_session=False))
