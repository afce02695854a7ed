"""Joining the waiting list, answering an offer, and letting unanswered offers go."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riung.backend.bookings.booking import already_booked, refusal_of, take_place
from riung.backend.bookings.booking_request import BookingDetails
from riung.backend.bookings.tables import OPEN, Booking
from riung.backend.codes import new_code, normal_code
from riung.backend.db import Database
from riung.backend.notices.outbox import plan, whom, withdraw
from riung.backend.people import Identity, person_of
from riung.backend.problems import Problem, register
from riung.backend.quotas.days import lock_day
from riung.backend.quotas.rules import find_office, find_place
from riung.backend.waiting_list.offers import offer_free_places
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.formatting import say_date
from riung.localized import in_both
from riung.office.message_hours import MessageHours

register(
    {
        "places_free": (409, "There are free places; book one"),
        "already_waiting": (409, "This person waits for this day already"),
        "waiting_not_found": (404, "There is no such entry on the waiting list"),
        "not_offered": (409, "No place has been offered to this entry"),
        "offer_expired": (409, "The offer was not accepted in time"),
    }
)


def join(session: Session, details: BookingDetails, now: datetime) -> WaitingEntry:
    """Put the person on the waiting list of the day; the same idempotency key joins once.

    Raises:
        Problem: `places_free`, `not_yet_open`, `quota_closed`, `already_booked`,
            `already_waiting`.
    """
    view = lock_day(session, details.office, details.place, details.day)
    if details.key:  # also the same call, while this one waited for the day
        with_key = select(WaitingEntry).filter_by(idempotency_key=details.key)
        done: WaitingEntry | None = session.execute(with_key).scalar()
        if done is not None:
            return done
    problem = refusal_of(session, view, details, now)
    if problem is None:
        raise Problem("places_free", "POST /bookings gives one.")
    if problem.code != "quota_full":
        raise problem
    if _waits_already(session, details):
        raise Problem("already_waiting", "It keeps its place in line.")
    entry = WaitingEntry(
        code=new_code(session, WaitingEntry),
        office=details.office.id,
        place=details.place.id,
        date=details.day,
        service_class=details.service_class,
        kind=details.kind,
        status="waiting",
        sender=details.sender,
        name=details.name,
        identity_hash=details.identity.hash,
        identity_last4=details.identity.last4,
        is_child=details.identity.is_child,
        idempotency_key=details.key,
        sent_at=details.sent_at,
        created_at=now,
    )
    session.add(entry)
    session.flush()
    return entry


def _waits_already(session: Session, details: BookingDetails) -> bool:
    """Whether the person is in the day's line, or as many of the number as it may book for.

    Those of the number who have a place count, too.
    """
    same = (WaitingEntry.sender == details.sender) | (
        WaitingEntry.identity_hash == details.identity.hash
    )
    of_day = select(WaitingEntry.sender, WaitingEntry.identity_hash).filter_by(
        office=details.office.id, place=details.place.id, date=details.day
    )
    line = session.execute(of_day.where(same, WaitingEntry.status.in_(LIVE))).all()
    if any(identity == details.identity.hash for _, identity in line):
        return True
    booked = select(func.count(Booking.id)).where(
        Booking.sender == details.sender, Booking.status.in_(OPEN)
    )
    people = len(line) + int(session.execute(booked).scalar_one())
    return people >= details.place.aturan.orang_per_nomor


def position(session: Session, entry: WaitingEntry) -> int:
    """How many are before this entry and still wait, plus one; 0 when it waits no more."""
    if entry.status not in LIVE:
        return 0
    earlier = (WaitingEntry.sent_at < entry.sent_at) | (
        (WaitingEntry.sent_at == entry.sent_at) & (WaitingEntry.id < entry.id)
    )
    ahead = select(func.count()).where(
        WaitingEntry.office == entry.office,
        WaitingEntry.place == entry.place,
        WaitingEntry.date == entry.date,
        WaitingEntry.service_class == entry.service_class,
        WaitingEntry.status == "waiting",
        earlier,
    )
    return int(session.execute(ahead).scalar_one()) + 1


def accept(session: Session, entry: WaitingEntry, now: datetime) -> Booking:
    """Turn an offer into a booking; accepting twice gives the same booking.

    Raises:
        Problem: `not_offered`, `offer_expired`, `already_booked`.
    """
    office = find_office(entry.office)
    place = find_place(office, entry.place)
    lock_day(session, office, place, entry.date)
    session.refresh(entry)
    before = session.get(Booking, entry.booking_id) if entry.booking_id else None
    if before is not None:
        return before
    if entry.status == "expired" or (entry.accept_by is not None and now > entry.accept_by):
        raise Problem("offer_expired", "It went to the next in line.")
    if entry.status != "offered":
        raise Problem("not_offered", f"It is {entry.status}.")
    details = _details_of(entry)
    taken = already_booked(session, details)
    if taken is not None:
        raise taken
    entry.status = "accepted"
    booking = take_place(session, details, now)
    entry.booking_id = booking.id
    session.flush()
    return booking


def leave(session: Session, entry: WaitingEntry, now: datetime) -> WaitingEntry:
    """Leave the line or decline an offer; a declined place goes to the next."""
    office = find_office(entry.office)
    place = find_place(office, entry.place)
    lock_day(session, office, place, entry.date)
    session.refresh(entry)
    if entry.status in LIVE:
        entry.status = "declined" if entry.status == "offered" else "left"
        withdraw(session, f"offer:{entry.code}")
        session.flush()
        offer_free_places(session, office, place, entry.date, now)
    return entry


def expire_offers(database: Database, now: datetime) -> int:
    """Let offers go that nobody accepted in time, and offer their places on; how many there were.

    One transaction a day, so that no two days are locked at once.
    """
    late = (WaitingEntry.status == "offered") & (WaitingEntry.accept_by < now)
    columns = (WaitingEntry.office, WaitingEntry.place, WaitingEntry.date)
    with database.reading() as session:
        days = session.execute(select(*columns).where(late).distinct()).all()
    expired = 0
    for office_id, place_id, day in days:
        office = find_office(office_id)
        place = find_place(office, place_id)
        with database.writing() as session:
            view = lock_day(session, office, place, day)
            entries = select(WaitingEntry).filter_by(office=office_id, place=place_id, date=day)
            for entry in session.execute(entries.where(late)).scalars().all():
                entry.status = "expired"
                _tell_expired(session, entry, view.rule.hours, now)
                expired += 1
            session.flush()
            offer_free_places(session, office, place, day, now)
    return expired


def find_entry(session: Session, code: str, phone: str | None = None) -> WaitingEntry:
    """The entry with that code; with `phone` only if it is that sender's.

    Raises:
        Problem: `waiting_not_found`.
    """
    with_code = select(WaitingEntry).filter_by(code=normal_code(code))
    found: WaitingEntry | None = session.execute(with_code).scalar()
    if found is None or (phone is not None and found.sender != person_of(session, phone)):
        raise Problem("waiting_not_found", "Check the code.")
    return found


def _details_of(entry: WaitingEntry) -> BookingDetails:
    office = find_office(entry.office)
    identity = Identity(entry.identity_hash or "", entry.identity_last4 or "", entry.is_child)
    return BookingDetails(
        office=office,
        place=find_place(office, entry.place),
        day=entry.date,
        kind=entry.kind,
        service_class=entry.service_class,
        sender=entry.sender or "",
        name=entry.name or "",
        identity=identity,
        sent_at=entry.sent_at,
        asked_at=entry.sent_at,
        key=f"offer:{entry.code}",
    )


def _tell_expired(
    session: Session, entry: WaitingEntry, hours: MessageHours, now: datetime
) -> None:
    assert entry.sender is not None, "retention empties entries of past days only"
    place = find_place(hours.office, entry.place)
    due = hours.next_moment(now)
    plan(
        session,
        key=f"offer_expired:{entry.code}",
        kind="tawaran_habis",
        office=entry.office,
        to=entry.sender,
        variables={
            "siapa": whom(entry.name, place.aturan.orang_per_nomor),
            "tempat": place.nama,
            "tanggal": in_both(partial(say_date, entry.date)),
        },
        due_at=due,
        expires_at=due + timedelta(hours=12),
        now=now,
    )
