"""Telling the people of a day that it was closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.bookings.answers import alternatives
from riung.backend.bookings.tables import Booking
from riung.backend.notices.outbox import plan, withdraw
from riung.backend.quotas.days import DayView
from riung.backend.quotas.rules import message_hours
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.wording import say_date


def tell_day_closed(session: Session, view: DayView, now: datetime) -> None:
    """Plan one message to everybody booked or waiting. Bookings stay, so that they can be moved."""
    office, place = view.rule.office, view.rule.place
    day = {"office": office.id, "place": place.id, "date": view.rule.date}
    next_open = alternatives(session, view, "regular", now)["next_open"]
    variables = {
        "tempat": place.nama,
        "tanggal": say_date(view.rule.date),
        "alasan": view.closed_reason or "",
        "berikutnya": say_date(next_open["date"]) if next_open else "",
    }
    booked = select(Booking).filter_by(**day, status="booked")
    waiting = select(WaitingEntry).filter_by(**day).where(WaitingEntry.status.in_(LIVE))
    people: list[tuple[str, str | None]] = []
    for booking in session.execute(booked).scalars():
        withdraw(session, f"booking:{booking.code}:")
        people.append((f"booking:{booking.code}", booking.sender))
    for entry in session.execute(waiting).scalars():
        withdraw(session, f"offer:{entry.code}")
        entry.status = "closed"
        people.append((f"waiting:{entry.code}", entry.sender))
    due = message_hours(office, place).next_moment(now)
    for about, sender in people:
        if sender is None:
            continue
        plan(
            session,
            key=f"{about}:closed:{view.rule.date}:{int(now.timestamp())}",
            kind="day_closed",
            office=office.id,
            to=sender,
            variables=variables,
            due_at=due,
            expires_at=view.rule.starts_at,
            now=now,
        )
