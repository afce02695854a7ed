"""Erasing what is kept about a person who asks for it."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riung.backend.applications.tables import UnknownLookup
from riung.backend.auth import api_key
from riung.backend.bookings.routes import Phone
from riung.backend.bookings.tables import OPEN, Attempt, Booking
from riung.backend.db import Writing
from riung.backend.people import person_of, sender_hash
from riung.backend.subscriptions.tables import OptOut, Subscription
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.desk import conversations
from riung.desk.retention import EMPTY_TICKET, NO_NIK, NOBODY, change
from riung.desk.tickets.tables import Ticket

router = APIRouter(prefix="/people", tags=["people"], dependencies=[Depends(api_key)])


@router.delete("")
def delete_person(phone: Phone, session: Writing) -> dict[str, int]:
    """Erase the sender's data; `open_bookings` and `open_tickets` are what has to stay for now."""
    return forget_person(session, phone)


def forget_person(session: Session, phone: str) -> dict[str, int]:
    """Erase what is kept about a sender, on request. What still has to be done stays: an open
    booking until it is cancelled or over, a ticket until it is closed. How many rows changed.
    """
    sender = person_of(session, phone)
    who = sender_hash(session, sender)
    mine = Booking.sender == sender
    done = {
        "bookings": change(
            session, Booking, mine & Booking.status.not_in(OPEN), {**NOBODY, **NO_NIK}
        ),
        "waiting": change(
            session,
            WaitingEntry,
            (WaitingEntry.sender == sender) & WaitingEntry.status.not_in(LIVE),
            {**NOBODY, **NO_NIK},
        ),
        "tickets": change(
            session,
            Ticket,
            (Ticket.sender_hash == who) & (Ticket.status == "closed"),
            EMPTY_TICKET,
        ),
    }
    for table, old in (
        (Subscription, Subscription.sender == sender),
        (OptOut, OptOut.sender_hash == who),
        (Attempt, Attempt.sender_hash == who),
        (UnknownLookup, UnknownLookup.sender_hash == who),
    ):
        session.execute(delete(table).where(old).execution_options(synchronize_session=False))
    done["conversations"] = conversations.erase(session, sender)
    open_bookings = select(Booking.id).where(mine, Booking.status.in_(OPEN))
    open_tickets = select(Ticket.id).where(Ticket.sender_hash == who, Ticket.status != "closed")
    done["open_bookings"] = len(session.execute(open_bookings).all())
    done["open_tickets"] = len(session.execute(open_tickets).all())
    return done
