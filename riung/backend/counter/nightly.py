"""Closing the books of a day that is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.bookings.tables import OPEN, Booking
from riung.backend.quotas.days import day_view
from riung.backend.quotas.rules import find_place
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.office.offices import offices


def end_past_days(session: Session, now: datetime) -> int:
    """Give every booking of past days its last state; how many there were.

    Whoever was called or had arrived was served. Whoever did not come is a no-show, but only where
    the counter kept its list that day; else nobody knows (`unrecorded`). On a closed day the
    booking is cancelled. Waiting entries of past days are closed.
    """
    ended = 0
    for office in offices().values():
        today = now.astimezone(office.zone).date()
        past = select(Booking).where(
            Booking.office == office.id, Booking.date < today, Booking.status.in_(OPEN)
        )
        for booking in session.execute(past).scalars().all():
            booking.status, booking.ended_at = _last_state(session, booking), now
            ended += 1
        waiting = select(WaitingEntry).where(
            WaitingEntry.office == office.id,
            WaitingEntry.date < today,
            WaitingEntry.status.in_(LIVE),
        )
        for entry in session.execute(waiting).scalars().all():
            entry.status = "closed"
    session.flush()
    return ended


def _last_state(session: Session, booking: Booking) -> str:
    if booking.status in ("arrived", "called"):
        return "served"
    office = offices()[booking.office]
    view = day_view(session, office, find_place(office, booking.place), booking.date)
    if view.closed_reason is not None:
        return "cancelled"
    kept = select(Booking.id).filter_by(
        office=booking.office, place=booking.place, date=booking.date
    )
    was_kept = session.execute(
        kept.where(Booking.called_at.is_not(None) | Booking.arrived_at.is_not(None)).limit(1)
    ).first()
    return "no_show" if was_kept else "unrecorded"
