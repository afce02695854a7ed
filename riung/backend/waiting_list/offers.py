"""Giving free places to the people who wait, in order, each with a deadline to accept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.bookings.tables import OPEN, Booking
from riung.backend.notices.outbox import plan, whom
from riung.backend.quotas.days import DayView, day_view
from riung.backend.quotas.rules import CLASSES
from riung.backend.waiting_list.tables import WaitingEntry
from riung.formatting import say_date, say_moment
from riung.localized import in_both
from riung.office.model import Office, Place

LAST_CALL = timedelta(hours=1)
"""An offer must be accepted this long before the service starts, or nobody could still come."""


def offer_free_places(
    session: Session, office: Office, place: Place, day: date, now: datetime
) -> list[WaitingEntry]:
    """Offer every free place of the day to the next in line. The caller holds the day's lock."""
    offered: list[WaitingEntry] = []
    view = day_view(session, office, place, day)
    for service_class in CLASSES:
        while view.status(service_class, now) == "open":
            entry = _next_waiting(session, view, service_class)
            deadline = accept_by(view, now)
            if entry is None or deadline is None:
                break
            entry.status, entry.offered_at, entry.accept_by = "offered", now, deadline
            session.flush()
            _tell(session, view, entry, now)
            offered.append(entry)
            view = day_view(session, office, place, day)
    return offered


def accept_by(view: DayView, now: datetime) -> datetime | None:
    """Until when an offer made now may be accepted; None when it comes too late for that day.

    The time runs from the moment the message may be sent, so that nobody loses it overnight.
    """
    rules = view.rule.place.aturan
    told_at = view.rule.hours.next_moment(now)
    latest = view.rule.starts_at - LAST_CALL
    if told_at >= latest:
        return None
    return min(told_at + timedelta(minutes=rules.jawab_menit), latest)


def _next_waiting(session: Session, view: DayView, service_class: str) -> WaitingEntry | None:
    """The first in line who has not found another place meanwhile."""
    line = (
        select(WaitingEntry)
        .filter_by(
            office=view.rule.office.id,
            place=view.rule.place.id,
            date=view.rule.date,
            service_class=service_class,
            status="waiting",
        )
        .order_by(WaitingEntry.sent_at, WaitingEntry.id)
    )
    entries: list[WaitingEntry] = session.execute(line).scalars().all()
    for entry in entries:
        if not _has_place(session, entry, view.rule.place):
            return entry
        entry.status = "left"
    return None


def _has_place(session: Session, entry: WaitingEntry, place: Place) -> bool:
    """Whether the person is booked by now, or their number for as many as the place allows."""
    same = (Booking.identity_hash == entry.identity_hash) | (Booking.sender == entry.sender)
    held = select(Booking.identity_hash, Booking.sender).where(same, Booking.status.in_(OPEN))
    rows = session.execute(held).all()
    from_number = sum(sender == entry.sender for _, sender in rows)
    return from_number >= place.aturan.orang_per_nomor or any(
        identity == entry.identity_hash for identity, _ in rows
    )


def _tell(session: Session, view: DayView, entry: WaitingEntry, now: datetime) -> None:
    assert entry.accept_by is not None, "offered entries have a deadline"
    assert entry.sender is not None, "retention empties entries of past days only"
    plan(
        session,
        key=f"offer:{entry.code}",
        kind="tempat_ditawarkan",
        office=entry.office,
        to=entry.sender,
        variables={
            "siapa": whom(entry.name, view.rule.place.aturan.orang_per_nomor),
            "tempat": view.rule.place.nama,
            "tanggal": in_both(partial(say_date, entry.date)),
            "batas": in_both(partial(say_moment, entry.accept_by, view.rule.office.zone)),
        },
        due_at=view.rule.hours.next_moment(now),
        expires_at=entry.accept_by,
        now=now,
    )
