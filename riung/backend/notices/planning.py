"""What is due by the clock: reminders, opened quotas, days closed by a holiday.

Everything is derived from the tables and the office's files at the moment of looking, so a restart,
a clock that was off, or a rule changed in between loses nothing and sends nothing twice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.bookings.day_closure import tell_day_closed
from riung.backend.bookings.representation import cancelled_until
from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from riung.backend.notices.outbox import plan, whom
from riung.backend.quotas.days import DayView, day_view, day_views
from riung.backend.quotas.rules import find_office, find_place
from riung.backend.subscriptions.own_dates import tell_passports_end
from riung.backend.subscriptions.tables import Subscription
from riung.formatting import say_date, say_time
from riung.localized import in_both
from riung.office.message_hours import local_moment
from riung.office.model import Place
from riung.office.offices import offices

REMINDER, LAST_REMINDER = "pengingat_antrean", "pengingat_hari_ini"
"""The template that invites to cancel, and the one for when that is over."""

LOOK_AHEAD = timedelta(days=21)
"""Days on which a reminder can be due: five working days before, with a run of holidays between."""

NEWS_FOR = timedelta(hours=12)
"""How long the opening of a quota is news."""


def plan_due(database: Database, now: datetime) -> None:
    """Put everything that is due now into the outbox; may be called as often as one likes."""
    with database.reading() as session:
        days = _days_with_bookings(session, now)
        views = [day_view(session, find_office(office), place, day) for office, place, day in days]
        quota = select(Subscription.id).filter_by(kind="quota").limit(1)
        has_subscriptions = session.execute(quota).first() is not None
        passports = select(Subscription.id).filter_by(kind="passport").limit(1)
        has_passports = session.execute(passports).first() is not None
    for view in views:
        if view.closed_reason is not None:
            with database.writing() as session:
                tell_day_closed(session, view, now)
        elif any(due <= now < until for _, due, until in reminder_moments(view)):
            with database.writing() as session:
                remind(session, view, now)
    if has_subscriptions:
        with database.writing() as session:
            tell_quota_opened(session, now)
    if has_passports:
        with database.writing() as session:
            tell_passports_end(session, now)


def remind(session: Session, view: DayView, now: datetime) -> None:
    """Plan the reminders of one day whose moment has come: the day before and the same morning."""
    booked = select(Booking).filter_by(
        office=view.rule.office.id, place=view.rule.place.id, date=view.rule.date, status="booked"
    )
    limit = cancelled_until(view.rule.office, view.rule.place, view.rule.date)
    for name, due, until in reminder_moments(view):
        if not due <= now < until:
            continue
        # Who booked after that moment knows it still.
        for booking in session.execute(booked.where(Booking.created_at < due)).scalars():
            if booking.sender is None:
                continue
            plan(
                session,
                key=f"booking:{booking.code}:remind:{booking.date}:{name}",
                kind=REMINDER if due < limit else LAST_REMINDER,
                office=booking.office,
                to=booking.sender,
                variables={
                    "siapa": whom(booking.name, view.rule.place.aturan.orang_per_nomor),
                    "tempat": view.rule.place.nama,
                    "tanggal": in_both(partial(say_date, booking.date)),
                    "jam": say_time(view.rule.arrive_at, view.rule.office.zone),
                    "nomor": str(booking.queue_number),
                },
                due_at=due,
                expires_at=until,
                now=now,
            )


def reminder_moments(view: DayView) -> list[tuple[str, datetime, datetime]]:
    """Name, moment and end of use of each reminder, inside the hours of the place.

    The first comes that many working days before as the place wants, usually one; what was not sent
    by its end is left to the reminder of the morning, which is of use until the service starts. One
    that invites to cancel is of use while that is possible.
    """
    rules, hours = view.rule.place.aturan, view.rule.hours
    zone, day = view.rule.office.zone, view.rule.date
    before = day
    for _ in range(rules.pengingat_hari_kerja):
        before = hours.last_day_before(before)

    def moment(on: date, clock: str) -> datetime:
        return local_moment(on, min(max(clock, hours.start), hours.end), zone)

    limit = cancelled_until(view.rule.office, view.rule.place, day)
    moments = (
        ("before", moment(before, rules.pengingat_sehari), local_moment(before, hours.end, zone)),
        ("morning", moment(day, rules.pengingat_pagi), view.rule.starts_at),
    )
    return [
        (name, due, min(until, limit) if due < limit else until) for name, due, until in moments
    ]


def tell_quota_opened(session: Session, now: datetime) -> None:
    """Tell who asked that a day of their place is open; an opening uses a subscription up."""
    wanted = select(Subscription).filter_by(kind="quota")
    for subscription in session.execute(wanted).scalars().all():
        office = offices().get(subscription.office)
        place = office.place(subscription.subject) if office else None
        if office is None or place is None:
            continue
        today = now.astimezone(office.zone).date()
        ahead = timedelta(days=place.aturan.hari_ke_depan)
        for view in day_views(session, office, [place], today, today + ahead):
            opened = subscription.created_at < view.opens_at <= now < view.opens_at + NEWS_FOR
            if opened and view.status("regular", now) == "open":
                _tell_opened(session, subscription, view, now)
                break


def _tell_opened(
    session: Session, subscription: Subscription, view: DayView, now: datetime
) -> None:
    due = view.rule.hours.next_moment(now)
    plan(
        session,
        key=f"quota:{subscription.id}:{view.rule.date}",
        kind="kuota_dibuka",
        office=subscription.office,
        to=subscription.sender,
        variables={
            "tempat": view.rule.place.nama,
            "tanggal": in_both(partial(say_date, view.rule.date)),
            "sisa": str(view.remaining("regular")),
        },
        due_at=due,
        expires_at=due + NEWS_FOR,
        now=now,
    )
    session.delete(subscription)


def _days_with_bookings(session: Session, now: datetime) -> list[tuple[str, Place, date]]:
    day = now.date()
    columns = (Booking.office, Booking.place, Booking.date)
    soon = Booking.date.between(day, day + LOOK_AHEAD)
    found = session.execute(select(*columns).where(soon, Booking.status == "booked").distinct())
    return [(office, find_place(find_office(office), place), on) for office, place, on in found]
