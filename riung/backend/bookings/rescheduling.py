"""Giving a place back or moving it to another day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.bookings.booking import next_number, refusal
from riung.backend.bookings.booking_request import check_offered
from riung.backend.bookings.representation import change_until
from riung.backend.bookings.tables import OPEN, Booking
from riung.backend.codes import normal_code
from riung.backend.notices.outbox import withdraw
from riung.backend.people import person_of
from riung.backend.problems import Problem, register
from riung.backend.quotas.days import day_view, lock_day
from riung.backend.quotas.rules import find_office, find_place
from riung.backend.waiting_list.offers import offer_free_places
from riung.office.model import Office, Place

register(
    {
        "too_late": (409, "It is too late to change this booking"),
        "moves_used": (409, "This booking has been moved as often as the office allows"),
        "booking_over": (409, "This booking is not open any more"),
    }
)


def find_booking(session: Session, code: str, phone: str | None = None) -> Booking:
    """The booking with that code; with `phone` only if it is that sender's.

    Raises:
        Problem: `booking_not_found`.
    """
    with_code = select(Booking).filter_by(code=normal_code(code))
    found: Booking | None = session.execute(with_code).scalar()
    if found is None or (phone is not None and found.sender != person_of(session, phone)):
        raise Problem("booking_not_found", "Check the code.")
    return found


def open_bookings_of(session: Session, phone: str) -> list[Booking]:
    """A sender's open bookings."""
    mine = select(Booking).where(
        Booking.sender == person_of(session, phone), Booking.status.in_(OPEN)
    )
    return list(session.execute(mine.order_by(Booking.date)).scalars())


def cancel(
    session: Session,
    booking: Booking,
    now: datetime,
    *,
    asked_at: datetime | None = None,
    by_officer: bool = False,
) -> Booking:
    """Give the place back; the next in the waiting list is offered it. Twice is the same as once.

    The office's limit is judged by `asked_at`, when the citizen wrote it; without it by now.

    Raises:
        Problem: `too_late` after the office's limit (not for officers), `booking_over`.
    """
    office, place = _where(booking)
    lock_day(session, office, place, booking.date)
    session.refresh(booking)
    if booking.status == "cancelled":
        return booking
    asked = min(asked_at or now, now)
    _check_changeable(session, office, place, booking, asked, by_officer)
    booking.status, booking.ended_at = "cancelled", now
    withdraw(session, f"booking:{booking.code}:")
    session.flush()
    offer_free_places(session, office, place, booking.date, now)
    return booking


def reschedule(
    session: Session,
    booking: Booking,
    place_id: str | None,
    day: date,
    now: datetime,
    *,
    asked_at: datetime | None = None,
) -> Booking:
    """Move the booking to another day or place; the code stays, the number is that day's next.

    A move away from a day that was closed does not count and is possible at any time. The limit is
    judged as in `cancel`.

    Raises:
        Problem: `too_late`, `moves_used`, `booking_over`, or why the new day gives no place.
    """
    office, old_place = _where(booking)
    new_place = find_place(office, place_id) if place_id else old_place
    check_offered(new_place, booking.kind)
    old_day = booking.date
    if (new_place.id, day) == (old_place.id, old_day):
        return booking
    for place, locked in sorted(
        {(old_place.id, old_day), (new_place.id, day)}, key=lambda pair: (pair[1], pair[0])
    ):
        lock_day(session, office, find_place(office, place), locked)  # always in the same order
    session.refresh(booking)
    if (booking.place, booking.date) == (new_place.id, day):  # the same call, while it waited
        return booking
    forced = day_view(session, office, old_place, old_day).closed_reason is not None
    asked = min(asked_at or now, now)
    _check_changeable(session, office, old_place, booking, asked, forced)
    if not forced and booking.moves >= old_place.aturan.pindah_maks:
        raise Problem("moves_used", f"Allowed: {old_place.aturan.pindah_maks}.")
    _take_new_day(session, booking, office, new_place, day, now, forced)
    booking.moves += 0 if forced else 1
    withdraw(session, f"booking:{booking.code}:")
    session.flush()
    offer_free_places(session, office, old_place, old_day, now)
    return booking


def _take_new_day(
    session: Session,
    booking: Booking,
    office: Office,
    place: Place,
    day: date,
    now: datetime,
    displaced: bool,
) -> None:
    """Whose day was closed may take a free place of a day that is not open to others yet."""
    view = day_view(session, office, place, day)
    early = displaced and view.status(booking.service_class, now) == "not_yet_open"
    if not (early and view.remaining(booking.service_class)):
        problem = refusal(session, view, booking.service_class, now, now)
        if problem is not None:
            raise problem
    number = next_number(session, office, place, day)
    booking.place, booking.date, booking.queue_number = place.id, day, number
    booking.status, booking.arrived_at, booking.called_at = "booked", None, None


def _check_changeable(
    session: Session,
    office: Office,
    place: Place,
    booking: Booking,
    now: datetime,
    any_time: bool,
) -> None:
    if booking.status not in OPEN:
        raise Problem("booking_over", f"It is {booking.status}.")
    until = change_until(office, place, booking)
    if not any_time and now > until:
        raise Problem("too_late", "Ask an officer.", change_until=until)


def _where(booking: Booking) -> tuple[Office, Place]:
    office = find_office(booking.office)
    return office, find_place(office, booking.place)
