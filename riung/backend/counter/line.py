"""The line of one day at one place: who is in it, who is next, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from statistics import median

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riung.backend.bookings.booking import next_number, next_of_sender
from riung.backend.bookings.rescheduling import find_booking
from riung.backend.bookings.tables import OPEN, Booking
from riung.backend.codes import new_code
from riung.backend.people import person_of
from riung.backend.problems import Problem, register
from riung.backend.quotas.days import day_view, lock_day
from riung.backend.quotas.rules import find_office, find_place
from riung.office.model import Office, Place

register(
    {
        "nobody_waits": (409, "Nobody waits to be called"),
        "wrong_day": (409, "This booking is for another day"),
    }
)


@dataclass(frozen=True)
class Call:
    """A number that was called, the counter it was called to, and when last."""

    number: int
    counter: int | None
    at: datetime


@dataclass(frozen=True)
class LineState:
    """How far the line is; `calls` are the latest first.

    `wait_minutes` is None for somebody who is not in it.
    """

    now_serving: int | None
    waiting: int
    served: int
    minutes_each: float
    number: int | None = None
    before: int | None = None
    calls: tuple[Call, ...] = ()

    @property
    def wait_minutes(self) -> int | None:
        """The estimate for the person who asks, rounded to five minutes."""
        if self.before is None:
            return None
        return 5 * round(self.before * self.minutes_each / 5)


def day_list(session: Session, office: Office, place: Place, day: date) -> list[Booking]:
    """Everybody of the day in the order they are called; cancelled bookings are left out.

    Where the office's rule says so (`prioritas_dulu`), priority goes before all others.
    """
    todays = select(Booking).filter_by(office=office.id, place=place.id, date=day)
    found = session.execute(todays.where(Booking.status != "cancelled")).scalars()
    first = place.aturan.prioritas_dulu
    return sorted(
        found,
        key=lambda one: (first and one.service_class != "priority", one.queue_number),
    )


def call_next(
    session: Session,
    office: Office,
    place: Place,
    day: date,
    now: datetime,
    counter: int | None = None,
) -> Booking:
    """Call the next in line: of those who have arrived, or of all when arrivals are not kept.

    `counter` is the number of the counter they are to come to.

    Raises:
        Problem: `nobody_waits`.
    """
    lock_day(session, office, place, day)
    line = day_list(session, office, place, day)
    for status in ("arrived", "booked"):
        for booking in line:
            if booking.status == status:
                booking.status, booking.called_at, booking.counter = "called", now, counter
                session.flush()
                return booking
    raise Problem("nobody_waits", "Everybody of this day has been called.")


def call_again(session: Session, code: str, now: datetime, counter: int | None = None) -> Booking:
    """Call somebody again who has been called and did not come yet.

    Raises:
        Problem: `booking_not_found`, `booking_over` for who is not called at the moment.
    """
    booking = _locked(session, code)
    if booking.status != "called":
        raise Problem("booking_over", f"It is {booking.status}.")
    booking.recalled_at, booking.counter = now, counter or booking.counter
    session.flush()
    return booking


def arrived(session: Session, code: str, now: datetime) -> Booking:
    """Somebody is here, as their scanned or typed code says. Twice is the same as once.

    Raises:
        Problem: `booking_not_found`, `wrong_day`, `booking_over`.
    """
    booking = _locked(session, code)
    if booking.date != now.astimezone(find_office(booking.office).zone).date():
        raise Problem("wrong_day", f"It is for {booking.date.isoformat()}.", date=booking.date)
    if booking.status == "no_show":  # late, but here
        booking.ended_at = None
    elif booking.status not in OPEN:
        raise Problem("booking_over", f"It is {booking.status}.")
    elif booking.status != "booked":
        return booking
    booking.status, booking.arrived_at = "arrived", now
    session.flush()
    return booking


def ended(session: Session, code: str, status: str, now: datetime) -> Booking:
    """Somebody was served (`served`) or did not come (`no_show`). A slip can be corrected.

    Raises:
        Problem: `booking_not_found`, `booking_over` for a cancelled one.
    """
    booking = _locked(session, code)
    if booking.status == "cancelled":
        raise Problem("booking_over", "It is cancelled.")
    if booking.status != status:
        booking.status, booking.ended_at = status, now
        session.flush()
    return booking


def reopened(session: Session, code: str, now: datetime) -> Booking:
    """Take back a wrong end: the person stands in the line where they stood before.

    Raises:
        Problem: `booking_not_found`, `wrong_day`; `already_booked` when the person has another
            place by now.
    """
    booking = _locked(session, code)
    if booking.date != now.astimezone(find_office(booking.office).zone).date():
        raise Problem("wrong_day", f"It is for {booking.date.isoformat()}.", date=booking.date)
    if booking.status not in ("served", "no_show"):
        return booking
    before = "called" if booking.called_at else "arrived" if booking.arrived_at else "booked"
    _check_room(session, booking)
    booking.status, booking.ended_at = before, None
    try:
        session.flush()
    except IntegrityError as error:
        raise Problem("already_booked", "The person has another place by now.") from error
    return booking


def _check_room(session: Session, booking: Booking) -> None:
    """Number the booking among those that its sender has open by now; as many as allowed."""
    if booking.sender is None:
        return
    place = find_place(find_office(booking.office), booking.place)
    booking.nth_of_sender = next_of_sender(session, booking.sender)
    if booking.nth_of_sender >= place.aturan.orang_per_nomor:
        raise Problem("already_booked", "The number has other places by now.")


def add_walk_in(
    session: Session,
    office: Office,
    place: Place,
    day: date,
    now: datetime,
    *,
    name: str,
    kind: str,
    service_class: str,
) -> Booking:
    """Give somebody at the counter a free place of the day; they are here already.

    Raises:
        Problem: `quota_full` when the class has no place left.
    """
    lock_day(session, office, place, day)
    if not day_view(session, office, place, day).remaining(service_class):
        raise Problem("quota_full", "No place of this class is left.")
    booking = Booking(
        code=new_code(session, Booking),
        office=office.id,
        place=place.id,
        date=day,
        service_class=service_class,
        queue_number=next_number(session, office, place, day),
        kind=kind,
        status="arrived",
        source="walk_in",
        name=name,
        moves=0,
        sent_at=now,
        created_at=now,
        arrived_at=now,
    )
    session.add(booking)
    session.flush()
    return booking


def line_state(
    session: Session,
    office: Office,
    place: Place,
    day: date,
    phone: str | None = None,
    code: str | None = None,
) -> LineState:
    """The number being served, and the wait of the sender `phone` if they are in the line.

    With `code` the wait of that booking of theirs: one number may have booked for a family.
    """
    line = day_list(session, office, place, day)
    called = [one.called_at for one in line if one.called_at]
    calls = _calls(line)
    waiting = [one for one in line if one.status in ("booked", "arrived")]
    sender = person_of(session, phone) if phone else None
    own = (
        at for at, one in enumerate(waiting) if one.sender == sender and code in (None, one.code)
    )
    place_in_line = next(own, None)
    mine = waiting[place_in_line] if sender and place_in_line is not None else None
    return LineState(
        now_serving=calls[0].number if calls else None,
        waiting=len(waiting),
        served=sum(one.status == "served" for one in line),
        minutes_each=_pace(sorted(called), place.aturan.menit_per_orang),
        number=mine.queue_number if mine else None,
        before=place_in_line if mine else None,
        calls=calls,
    )


def _calls(line: list[Booking]) -> tuple[Call, ...]:
    """Who was called, the latest first; who did not come is not called any more."""
    calls = [
        Call(one.queue_number, one.counter, one.recalled_at or one.called_at)
        for one in line
        if one.called_at and one.status != "no_show"
    ]
    return tuple(sorted(calls, key=lambda call: (call.at, call.number), reverse=True))


def _pace(calls: list[datetime], guess: int) -> float:
    """Minutes between calls on this day so far (the middle one, so that a lunch break does not
    count); the office's guess until there were three calls.
    """
    gaps = [(after - before).total_seconds() / 60 for before, after in pairwise(calls)]
    return median(gaps) if len(gaps) > 1 else float(guess)


def _locked(session: Session, code: str) -> Booking:
    booking = find_booking(session, code)
    office = find_office(booking.office)
    lock_day(session, office, find_place(office, booking.place), booking.date)
    session.refresh(booking)
    return booking
