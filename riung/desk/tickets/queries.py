"""The backend's tickets as the desk works on them: their SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.desk.tickets.tables import Ticket

STATUS_NAMES = {
    "open": "Diterima",
    "in_progress": "Sedang diproses",
    "answered": "Dijawab",
    "closed": "Selesai",
}
"""As citizens and officers read them (fact adu_alur_yankomas; "Dijawab" is ours)."""

KIND_NAMES = {
    "handover": "Bicara dengan petugas",
    "complaint": "Pengaduan",
    "home_service": "Kunjungan rumah",
}


def by_code(session: Session, code: str) -> Ticket | None:
    """The ticket with that code."""
    found: Ticket | None = session.scalar(select(Ticket).where(Ticket.code == code))
    return found


def set_status(session: Session, code: str, status: str, moment: datetime) -> None:
    """Move a ticket; a code that is gone is no error, because tickets are erased on request."""
    ticket = by_code(session, code) if code else None
    if ticket is not None and ticket.status != "closed":
        ticket.status, ticket.updated_at = status, moment


def of_sender(session: Session, sender_id: str) -> list[Ticket]:
    """A conversation's tickets, newest first."""
    query = select(Ticket).where(Ticket.conversation_id == sender_id)
    return list(session.scalars(query.order_by(Ticket.id.desc()).limit(10)))
