"""Taking a place. This is the one spot where a quota is used up.

`lock_day` makes everyone who wants a place of the same day wait: on SQLite for the whole database
(`BEGIN IMMEDIATE`), on PostgreSQL for the day's row. Under the lock the places are counted, so
there is no counter that could disagree with the bookings; unique indexes stand behind it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riung.backend.bookings.abuse import note_attempt
from riung.backend.bookings.booking_request import Wish
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
        "already_booked": (409, "This person has an open booking"),
        "idempotency_mismatch": (409, "The same key was used for another wish"),
        "booking_not_found": (404, "There is no such booking"),
    }
)


# Built once, as everybody in a rush asks them.
_WITH_KEY = select(Booking).where(Booking.idempotency_key == bindparam("key"))
_HELD_BY = select(Booking).where(
    (Booking.sender == bindparam("sender")) | (Booking.identity_hash == bindparam("identity")),
    Booking.status.in_(OPEN),
)


def glance(session: Session, wish: Wish, now: datetime) -> Booking | Problem | None:
    """The answer that can be given without the lock: a replay, or a refusal; None: try to book.

    In a rush most people come too late; they need not queue to hear it.
    """
    done = replayed(session, wish)
    if done is not None:
        return done
    view = day_view(session, wish.office, wish.place, wish.day)
    return refusal_of(session, view, wish, now)


def book(session: Session, wish: Wish, now: datetime) -> Booking | Problem:
    """Take a place for the wish, or say why not. A refusal is returned, so that the try is kept.

    The same idempotency key gives the same booking again.
    """
    done = replayed(session, wish)
    if done is not None:
        return done
    note_attempt(session, wish, now)
    view = lock_day(session, wish.office, wish.place, wish.day)
    refused = refusal_of(session, view, wish, now)
    if refused is not None:
        return refused
    try:
        with session.begin_nested():
            return take_place(session, wish, now)
    except IntegrityError:
        # The same person booked another day at the same moment, on another connection.
        return already_booked(session, wish) or Problem("already_booked", "Booked just now.")


def take_place(session: Session, wish: Wish, now: datetime) -> Booking:
    """Write the booking. The caller holds the day's lock and has checked that a place is free."""
    booking = Booking(
        code=new_code(session, Booking),
        office=wish.office.id,
        place=wish.place.id,
        date=wish.day,
        service_class=wish.service_class,
        queue_number=next_number(session, wish.office, wish.place, wish.day),
        kind=wish.kind,
        status="booked",
        source="whatsapp",
        sender=wish.sender,
        name=wish.name,
        identity_hash=wish.identity.hash,
        identity_last4=wish.identity.last4,
        moves=0,
        idempotency_key=wish.key,
        sent_at=wish.sent_at,
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


def replayed(session: Session, wish: Wish) -> Booking | Problem | None:
    """The booking that the same message made before.

    The key belongs to one wish: with another place, day or person it is refused.
    """
    if wish.key is None:
        return None
    found: Booking | None = session.execute(_WITH_KEY, {"key": wish.key}).scalar()
    if found is None:
        return None
    same = (found.office, found.place) == (wish.office.id, wish.place.id)
    if same and found.identity_hash in (wish.identity.hash, None):
        return found
    return Problem("idempotency_mismatch", "Use a new Idempotency-Key for a new wish.")


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


def refusal_of(session: Session, view: DayView, wish: Wish, now: datetime) -> Problem | None:
    """Why this wish cannot have a place: the person has one, or the day gives none."""
    return already_booked(session, wish) or refusal(
        session, view, wish.service_class, wish.asked_at, now
    )


def already_booked(session: Session, wish: Wish) -> Problem | None:
    """Whether the sender or the NIK has an open booking; only one's own is shown."""
    person = {"sender": wish.sender, "identity": wish.identity.hash}
    bookings = list(session.execute(_HELD_BY, person).scalars())
    if not bookings:
        return None
    own = next((held for held in bookings if held.sender == wish.sender), None)
    if own is None:
        return Problem("already_booked", "This NIK has an open booking.", by="identity")
    return Problem("already_booked", "Cancel or move it first.", by="sender", booking=ticket(own))
