"""Deleting what is not needed any more, and what somebody asks to be deleted.

Days to keep stand in `aturan/simpan.yml`; for the queue in the office's file, because citizens
read the same number when they are asked for their NIK (`fakta.batas.simpan_antrean`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from riung.backend.applications.tables import Application, UnknownLookup
from riung.backend.bookings.tables import Attempt, Booking, Flag
from riung.backend.notices.tables import Notice
from riung.backend.subscriptions.tables import Subscription
from riung.backend.waiting_list.tables import WaitingEntry
from riung.days_to_keep import days_to_keep
from riung.desk import conversations, reports
from riung.desk.tickets.tables import Ticket
from riung.office.model import Office
from riung.office.offices import offices
from riung.office.stages import stage_order

ATTEMPTS_FOR = timedelta(days=7)
"""Tries to book are looked at within a week (`bookings.abuse`)."""

LOOKUPS_FOR = timedelta(hours=1)
"""Unknown numbers are counted within an hour (`applications.lookups`)."""

NOBODY: dict[str, Any] = {"sender": None, "name": None}
NO_NIK: dict[str, Any] = {"identity_hash": None, "identity_last4": None, "is_child": False}


EMPTY_TICKET: dict[str, Any] = {
    "subject": "",
    "last_messages": [],
    "details": {},
    "conversation_id": None,
    "sender_hash": None,
}


def queue_days(office: Office) -> int:
    """Days the office keeps who was booked: the number that citizens read."""
    return office.facts.batas.simpan_antrean


def forget_old(session: Session, now: datetime) -> None:
    """Delete or empty everything whose time is over."""
    keep = {name: now - timedelta(days=days) for name, days in days_to_keep().items()}
    for office in offices().values():
        last = now.astimezone(office.zone).date() - timedelta(days=queue_days(office))
        for table in (Booking, WaitingEntry):
            old = (table.office == office.id) & (table.date < last)
            change(session, table, old & table.identity_hash.is_not(None), NO_NIK)
            change(
                session, table, old & (table.name.is_not(None) | table.sender.is_not(None)), NOBODY
            )
    over = Application.stage.in_(stage_order().ended) & (
        Application.updated_at < keep["permohonan_selesai"]
    )
    gone = select(Application.number).where(over)
    for table, old in (
        (Subscription, (Subscription.kind == "status") & Subscription.subject.in_(gone)),
        (Application, over),
        (Attempt, Attempt.at < now - ATTEMPTS_FOR),
        (UnknownLookup, UnknownLookup.at < now - LOOKUPS_FOR),
        (Flag, Flag.last_at < keep["tanda_curang"]),
        (Notice, (Notice.status != "pending") & (Notice.created_at < keep["pemberitahuan"])),
    ):
        session.execute(delete(table).where(old).execution_options(synchronize_session=False))
    reports.keep_finished_months(session, list(offices().values()), now)
    conversations.forget_older(session, keep["percakapan"])
    closed = (Ticket.status == "closed") & (Ticket.updated_at < keep["tiket_selesai"])
    change(session, Ticket, closed & Ticket.conversation_id.is_not(None), EMPTY_TICKET)


def change(session: Session, table: Any, rows: Any, values: dict[str, Any]) -> int:
    """Set columns of many rows at once; how many there were."""
    statement = update(table).where(rows).values(**values)
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)
