"""Learning that a number and a user id are one person's: what stood under either becomes theirs.

The WhatsApp channel tells it, before the first message under the new id is worked on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import structlog
from fastapi import APIRouter, Depends, Request
from pydantic import ConstrainedStr, Field
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riung.backend.applications.tables import UnknownLookup
from riung.backend.auth import api_key
from riung.backend.bookings.booking import next_of_sender
from riung.backend.bookings.tables import Attempt, Booking, Flag
from riung.backend.db import database
from riung.backend.people import PersonId, sender_hash
from riung.backend.schema import Body
from riung.backend.subscriptions.tables import OptOut, Subscription
from riung.backend.waiting_list.tables import WaitingEntry
from riung.desk import moved_talks, rasa_outbox
from riung.desk.cases.tables import Case
from riung.desk.routes.dependencies import rasa
from riung.desk.tables import AskedErasure, Conversation
from riung.desk.tickets.tables import Ticket

log = structlog.get_logger()

router = APIRouter(prefix="/people", tags=["people"], dependencies=[Depends(api_key)])

NAMED = (
    (Booking, Booking.sender),
    (WaitingEntry, WaitingEntry.sender),
    (Subscription, Subscription.sender),
    (Case, Case.sender),
    (Conversation, Conversation.person),
    (AskedErasure, AskedErasure.person),
)
"""Tables whose rows name the person, and the column that does."""

HASHED = (OptOut, Attempt, UnknownLookup, Ticket, Flag)
"""Tables that keep a keyed hash of the sender."""


class Id(ConstrainedStr):
    """A number without plus, or a user id."""

    regex = r"^[0-9A-Za-z.]{3,140}$"


class Introduction(Body):
    """Body of `PUT /people/{person}`."""

    ids: list[Id] = Field(..., max_items=2, description="the numbers and user ids of today")


@router.put("/{person}", status_code=204)
def put_person(person: str, body: Introduction, request: Request) -> None:
    """The ids a person has now; those they had before are nobody's until somebody has them.

    A talk with an officer goes on with the person: the bot is silent before this is answered.
    """
    store = database(request)
    with store.writing() as session:
        moved = introduce(person, body, session)
    for talk in moved:
        rasa_outbox.deliver(store, rasa(request), talk)


def introduce(person: str, body: Introduction, session: Session) -> list[int]:
    """What came in under one of the ids is the person's from now on, unless it is the name of
    somebody who had that number first. The talks that go on under the person's name.
    """
    moved: list[int] = []
    session.execute(_quietly(delete(PersonId).where(PersonId.person == person)))
    for known_as in body.ids:
        session.merge(PersonId(id=known_as, person=person))
        session.flush()
        somebody_elses_name = select(PersonId.id).where(PersonId.person == known_as)
        if known_as != person and session.scalars(somebody_elses_name).first() is None:
            _hand_over(session, known_as, person)
            moved += moved_talks.follow(session, known_as, person, (Ticket, Case))
    return moved


def _hand_over(session: Session, known_as: str, person: str) -> None:
    """What came in under an id is kept under the person's name."""
    hashes = sender_hash(session, known_as), sender_hash(session, person)
    rows = [(table, column, known_as, person) for table, column in NAMED]
    rows += [(table, table.sender_hash, *hashes) for table in HASHED]
    for table, column, old, new in rows:
        for key in _keys(session, table, column, old):
            named: dict[str, Any] = {column.key: new}
            if table is Booking:  # one more of theirs, also where the place allows no second
                named["nth_of_sender"] = next_of_sender(session, new)
            _rename(session, table, key, named)


def _rename(session: Session, table: Any, key: Any, named: dict[str, Any]) -> None:
    try:
        with session.begin_nested():
            session.execute(_quietly(update(table).where(key).values(named)))
    except IntegrityError:  # the person has the same already: a wish, a flag
        log.info("introductions.had_both", table=table.__tablename__)
        session.execute(_quietly(delete(table).where(key)))


def _keys(session: Session, table: Any, column: Any, value: str) -> Iterator[Any]:
    (key,) = table.__mapper__.primary_key
    for found in list(session.scalars(select(key).where(column == value))):
        yield key == found


def _quietly(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)
