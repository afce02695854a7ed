"""Taking a place. This is the one spot where a quota is used up.

`lock_day` makes everyone who wants a place of the same day wait: on SQLite for the whole database
(`BEGIN IMMEDIATE`), on PostgreSQL for the day's row. Under the lock the places are counted, so
there is no counter that could disagree with the bookings; unique indexes stand behind it.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riung.backend.bookings.abuse import note_attempt
from riung.backend.bookings.booking_request import BookingDetails
from riung.backend.bookings.representation import alternatives, ticket
from riung.backend.bookings.tables import OPEN, Booking
from riung.backend.codes import new_code
from riung.backend.problems import Problem, register
from riung.backend.quotas.days import DayView, day_view, lock_day
from riung.office.model import Office, Place

register(
    {
        "quota_full": (409, "All places of this day are taken"),
        "quota_closed": (409, "This day takes no bookings"),
        "not_yet_open": (409, "The places of this day are not given yet"),
        "already_booked": (409, "This person or number has an open booking"),
        "idempotency_mismatch": (409, "The same key was used for another booking"),
        "booking_not_found": (404, "There is no such booking"),
    }
)


# Built once, as everybody in a rush asks them.
_WITH_KEY = select(Booking).where(Booking.idempotency_key == bindparam("key"))
_HELD_BY = (
    select(Booking)
    .where(
        (Booking.sender == bindparam("sender")) | (Booking.identity_hash == bindparam("identity")),
        Booking.status.in_(OPEN),
    )
    .order_by(Booking.date, Booking.id)
)
_NUMBERS_OF = select(Booking.nth_of_sender).where(
    Booking.sender == bindparam("sender"), Booking.status.in_(OPEN)
)


def glance(session: Session, details: BookingDetails, now: datetime) -> Booking | Problem | None:
    """The answer that can be given without the lock: a replay, or a refusal; None: try to book.

    In a rush most people come too late; they need not queue to hear it.
    """
    done = replayed(session, details)
    if done is not None:
        return done
    view = day_view(session, details.office, details.place, details.day)
    refused = refusal_of(session, view, details, now)
    # Refused because the same call took the place meanwhile: then it is told what it has.
    return replayed(session, details) or refused if refused else None


def book(session: Session, details: BookingDetails, now: datetime) -> Booking | Problem:
    """Take the place that is asked for, or return why not, so that the try is kept.

    The same idempotency key gives the same booking again.
    """
    done = replayed(session, details)
    if done is not None:
        return done
    note_attempt(session, details, now)
    view = lock_day(session, details.office, details.place, details.day)
    done = replayed(session, details)  # the same call, while this one waited for the day
    if done is not None:
        return done
    refused = refusal_of(session, view, details, now)
    if refused is not None:
        return refused
    try:
        with session.begin_nested():
            return take_place(session, details, now)
    except IntegrityError:
        # The same person booked another day at the same moment, on another connection.
        return already_booked(session, details) or Problem("already_booked", "Booked just now.")


def take_place(session: Session, details: BookingDetails, now: datetime) -> Booking:
    """Write the booking. The caller holds the day's lock and has checked that a place is free."""
    booking = Booking(
        code=new_code(session, Booking),
        office=details.office.id,
        place=details.place.id,
        date=details.day,
        service_class=details.service_class,
        queue_number=next_number(session, details.office, details.place, details.day),
        kind=details.kind,
        status="booked",
        source="whatsapp",
        sender=details.sender,
        name=details.name,
        identity_hash=details.identity.hash,
        identity_last4=details.identity.last4,
        is_child=details.identity.is_child,
        nth_of_sender=next_of_sender(session, details.sender),
        moves=0,
        idempotency_key=details.key,
        sent_at=details.sent_at,
        created_at=now,
    )
    session.add(booking)
    session.flush()
    return booking


def next_number(session: Session, office: Office, place: Place, day: date) -> int:
    """The queue number after the highest one ever given that day; numbers are not used again."""
    highest = select(func.max(Booking.queue_number)).filter_by(
        office=office.id, place=place.id, date=day
    )
    return int(session.execute(highest).scalar_one() or 0) + 1


def next_of_sender(session: Session, sender: str) -> int:
    """The lowest `nth_of_sender` that none of the sender's open bookings has."""
    taken = set(session.execute(_NUMBERS_OF, {"sender": sender}).scalars())
    return next(number for number in count() if number not in taken)


def replayed(session: Session, details: BookingDetails) -> Booking | Problem | None:
    """The booking that the same message made before.

    The key belongs to one request: with another place, day or person it is refused.
    """
    if details.key is None:
        return None
    found: Booking | None = session.execute(_WITH_KEY, {"key": details.key}).scalar()
    if found is None:
        return None
    same = (found.office, found.place) == (details.office.id, details.place.id)
    if same and found.identity_hash in (details.identity.hash, None):
        return found
    return Problem("idempotency_mismatch", "Use a new Idempotency-Key for another booking.")


def refusal(
    session: Session, view: DayView, service_class: str, asked_at: datetime, now: datetime
) -> Problem | None:
    """Why nobody can have a place of this class on this day, with what to have instead."""
    status = view.status(service_class, now)
    if status != "closed" and asked_at < view.opens_at:
        opens_at = view.opens_at.astimezone(view.rule.office.zone)
        return Problem("not_yet_open", "Ask again when it opens.", opens_at=opens_at)
    if status == "open":
        return None
    instead = alternatives(session, view, service_class, now)
    if status == "full":
        return Problem("quota_full", "See the alternatives.", waiting_list=True, **instead)
    reason = view.closed_reason
    return Problem("quota_closed", reason or "See the alternatives.", reason=reason, **instead)


def refusal_of(
    session: Session, view: DayView, details: BookingDetails, now: datetime
) -> Problem | None:
    """Why nobody gets a place by this request: the person has one, or the day gives none."""
    return already_booked(session, details) or refusal(
        session, view, details.service_class, details.asked_at, now
    )


def already_booked(session: Session, details: BookingDetails) -> Problem | None:
    """Whether the NIK has an open booking, or the sender as many as the place allows.

    Only one's own booking is shown: the person's, or the sender's next.
    """
    person = {"sender": details.sender, "identity": details.identity.hash}
    held = list(session.execute(_HELD_BY, person).scalars())
    own = [booking for booking in held if booking.sender == details.sender]
    same = [booking for booking in held if booking.identity_hash == details.identity.hash]
    shown = [booking for booking in own if booking in same] or own
    if len(own) >= details.place.aturan.orang_per_nomor:
        about = ticket(shown[0])
        return Problem("already_booked", "Cancel or move it first.", by="sender", booking=about)
    if not same:
        return None
    known = {"booking": ticket(shown[0])} if shown and shown[0] in same else {}
    return Problem("already_booked", "This NIK has an open booking.", by="identity", **known)
