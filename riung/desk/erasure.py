"""Erasing what is kept about a person who asks for it.

Asked for in the chat it is promised at once and carried out a minute later: the receipt has to
reach the citizen before the channel forgets where to send it. So the wish is kept until then and
done by the scheduled work (`riung.server.worker`): the channel and the transcripts first, then the
backend's tables. What fails is tried again with the next run.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from fastapi import APIRouter, Depends
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riung import clock
from riung import conversation_id as names
from riung.backend.applications.tables import UnknownLookup
from riung.backend.auth import api_key
from riung.backend.bookings.routes import Phone
from riung.backend.bookings.tables import OPEN, Attempt, Booking
from riung.backend.db import Database, Writing
from riung.backend.people import PersonId, person_of, sender_hash
from riung.backend.subscriptions.tables import OptOut, Subscription
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.channel_client import ChannelClient, ChannelError
from riung.desk import conversations
from riung.desk.cases import forgetting
from riung.desk.retention import NO_NIK, NOBODY, SETTLED, change, empty_tickets
from riung.desk.tables import AskedErasure, Conversation
from riung.desk.tickets.tables import Ticket

log = structlog.get_logger()

router = APIRouter(prefix="/people", tags=["people"], dependencies=[Depends(api_key)])


AFTER = timedelta(minutes=1)
"""Time in which the receipt of a wish is sent; a message takes seconds."""


@router.delete("")
def delete_person(phone: Phone, session: Writing) -> dict[str, int]:
    """Erase the sender's data; `open_bookings`, `open_tickets` and `open_cases` stay for now."""
    return forget_person(session, phone)


def what_stays(session: Session, sender: str) -> dict[str, int]:
    """How many open bookings, tickets and cases of the person have to stay for now."""
    mine = (Booking.sender == sender) & Booking.status.in_(OPEN)
    tickets = _tickets_of(session, sender) & Ticket.status.not_in(SETTLED)
    return {
        "open_bookings": len(session.execute(select(Booking.id).where(mine)).all()),
        "open_tickets": len(session.execute(select(Ticket.id).where(tickets)).all()),
        "open_cases": forgetting.count_open(session, sender),
    }


def _tickets_of(session: Session, sender: str) -> Any:
    """A person's tickets: those with their hash, and those of their conversations."""
    talks = names.conversation_id(sender, "")
    return (
        (Ticket.sender_hash == sender_hash(session, sender))
        | (Ticket.conversation_id == sender)
        | Ticket.conversation_id.startswith(talks, autoescape=True)
    )


def forget_person(session: Session, phone: str) -> dict[str, int]:
    """Erase what is kept about a sender, on request. What still has to be done stays: an open
    booking until it is cancelled or over, a ticket until it is closed, a case until it has ended.
    How many rows changed.
    """
    sender = person_of(session, phone)
    who = sender_hash(session, sender)
    tickets = _tickets_of(session, sender)
    mine, waits = Booking.sender == sender, WaitingEntry.sender == sender
    done = {
        "bookings": change(
            session, Booking, mine & Booking.status.not_in(OPEN), {**NOBODY, **NO_NIK}
        ),
        "waiting": change(
            session, WaitingEntry, waits & WaitingEntry.status.not_in(LIVE), {**NOBODY, **NO_NIK}
        ),
        "tickets": empty_tickets(session, tickets & Ticket.status.in_(SETTLED)),
    }
    for running, rows in ((Booking, mine), (WaitingEntry, waits), (Ticket, tickets)):
        change(session, running, rows, {"erase_when_over": True})
    for table, old in (
        (Subscription, Subscription.sender == sender),
        (OptOut, OptOut.sender_hash == who),
        (Attempt, Attempt.sender_hash == who),
        (UnknownLookup, UnknownLookup.sender_hash == who),
    ):
        session.execute(delete(table).where(old).execution_options(synchronize_session=False))
    done["cases"] = forgetting.forget_person(session, sender)
    done["conversations"] = conversations.erase(session, sender)
    staying = what_stays(session, sender)
    if not any(staying.values()):
        session.execute(delete(PersonId).where(PersonId.person == sender))
    return done | staying


def known_as(session: Session, person: str) -> list[str]:
    """The names under which the channel and the transcripts keep somebody: their own, and that of
    a conversation which began before both ids were known to be one person's.
    """
    talks = select(Conversation.sender_id).where(Conversation.person == person)
    return [*dict.fromkeys([person, *map(names.person_of, session.scalars(talks))])]


@router.post("/erasures", status_code=202)
def ask_for_erasure(phone: Phone, session: Writing) -> dict[str, int]:
    """Erase the sender's data in a minute; `open_bookings`, `open_tickets`, `open_cases` stay."""
    person = person_of(session, phone)
    if session.get(AskedErasure, person) is None:
        session.add(AskedErasure(person=person, asked_at=clock.now()))
    return what_stays(session, person)


def carry_out(database: Database, channel: ChannelClient, moment: datetime) -> None:
    """Erase whoever asked long enough ago; not while somebody waits or talks there."""
    with database.reading() as session:
        due = select(AskedErasure.person).where(AskedErasure.asked_at <= moment - AFTER)
        people = {
            person: known_as(session, person)
            for person in session.scalars(due)
            if not conversations.is_going_on_with(session, person)
        }
    for person, named in people.items():
        try:
            for name in named:
                channel.forget(name)
        except ChannelError as error:
            log.warning("erasure.postponed", reason=type(error).__name__)
            continue
        with database.writing() as session:
            forget_person(session, person)
            session.delete(session.get(AskedErasure, person))
