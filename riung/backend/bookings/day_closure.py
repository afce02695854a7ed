"""Telling the people of a day that it takes place no more, or after all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.bookings.representation import alternatives
from riung.backend.bookings.tables import Booking
from riung.backend.notices.outbox import plan, sent_keys, whom, withdraw
from riung.backend.quotas.days import DayView
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.formatting import say_date
from riung.localized import in_both
from riung.phrases import phrase


def tell_day_closed(session: Session, view: DayView, now: datetime) -> None:
    """Plan one message to everybody booked or waiting. Bookings stay, so that they can be moved.

    Doing it again tells nobody twice, unless the day was opened in between.
    """
    office, place, day = view.rule.office, view.rule.place, view.rule.date
    other_day = alternatives(session, view, "regular", now)
    near = other_day["next_open"] or other_day["next_opening"]
    closed_at = view.changed.closed_at if view.changed else None
    closing = int(closed_at.timestamp()) if closed_at else "rule"
    nearest = partial(say_date, near["date"]) if near else partial(phrase, "belum_ada")
    due = view.rule.hours.next_moment(now)
    for about, sender in list(_people(session, view)):
        plan(
            session,
            key=f"{about}:closed:{day}:{closing}",
            kind="hari_ditutup",
            office=office.id,
            to=sender,
            variables={
                "tempat": place.nama,
                "tanggal": in_both(partial(say_date, day)),
                "alasan": view.closed_reason or "-",
                "berikutnya": in_both(nearest),
            },
            due_at=due,
            expires_at=view.rule.starts_at,
            now=now,
        )


def take_back_closing(session: Session, view: DayView, now: datetime) -> None:
    """The day takes place after all: nobody is sent away any more, the line stands again, and who
    was sent away hears it.
    """
    same_day = _same_day(view)
    for booking in session.execute(select(Booking).filter_by(**same_day)).scalars():
        withdraw(session, f"booking:{booking.code}:closed:")
        if booking.status == "booked":
            _tell_reopened(session, view, f"booking:{booking.code}", booking, now)
    left = select(WaitingEntry).filter_by(**same_day, status="closed")
    for entry in session.execute(left).scalars():
        withdraw(session, f"waiting:{entry.code}:closed:")
        entry.status, entry.offered_at, entry.accept_by = "waiting", None, None
        _tell_reopened(session, view, f"waiting:{entry.code}", entry, now)
    session.flush()


def _tell_reopened(
    session: Session, view: DayView, about: str, person: Booking | WaitingEntry, now: datetime
) -> None:
    """Plan the message that follows each one that the day is closed: once, and only if that one
    has gone out.
    """
    if person.sender is None:
        return
    for key in sent_keys(session, f"{about}:closed:"):
        plan(
            session,
            key=key.replace(":closed:", ":reopened:"),
            kind="hari_dibuka_lagi",
            office=view.rule.office.id,
            to=person.sender,
            variables={
                "siapa": whom(person.name, view.rule.place.aturan.orang_per_nomor),
                "tempat": view.rule.place.nama,
                "tanggal": in_both(partial(say_date, view.rule.date)),
            },
            due_at=view.rule.hours.next_moment(now),
            expires_at=view.rule.starts_at,
            now=now,
        )


def _people(session: Session, view: DayView) -> Iterator[tuple[str, str]]:
    """Everybody expected that day: what the message is about and the sender.

    Reminders and offers for the day are withdrawn.
    """
    same_day = _same_day(view)
    booked = select(Booking).filter_by(**same_day, status="booked")
    for booking in session.execute(booked).scalars():
        withdraw(session, f"booking:{booking.code}:remind:")
        withdraw(session, f"booking:{booking.code}:reopened:")
        if booking.sender:
            yield f"booking:{booking.code}", booking.sender
    waiting = select(WaitingEntry).filter_by(**same_day)
    for entry in session.execute(waiting.where(WaitingEntry.status.in_(LIVE))).scalars():
        withdraw(session, f"offer:{entry.code}")
        withdraw(session, f"waiting:{entry.code}:reopened:")
        entry.status = "closed"
        if entry.sender:
            yield f"waiting:{entry.code}", entry.sender


def _same_day(view: DayView) -> dict[str, Any]:
    rule = view.rule
    return {"office": rule.office.id, "place": rule.place.id, "date": rule.date}
