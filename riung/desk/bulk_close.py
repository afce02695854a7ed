"""Ending several conversations at once; each by the same rules as one alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Database
from riung.desk import accounts, audit, conversations, handover
from riung.desk.access import ALL_OFFICES, DeskError, Principal, Right
from riung.desk.ownership import Event, State
from riung.desk.tables import Conversation

MOST = 100
"""Conversations on one page."""


@dataclass(frozen=True)
class Open:
    """A conversation that can be ended, as the page lists it."""

    id: int
    who: str
    owner: str
    snippet: str
    last_at: datetime
    is_waiting: bool
    office: str


@dataclass(frozen=True)
class Ended:
    """What came of it: how many were ended, and which were not and why."""

    count: int
    refused: list[tuple[int, str]]


def can_be_closed(
    session: Session, who: Principal, only: Sequence[int] | None = None
) -> list[Open]:
    """What this person may end: what waits in their offices and what they hold (whoever may assign:
    what anybody holds), the longest silent first.

    Args:
        session: an open one.
        who: whose rights count.
        only: of these conversations; None: of all.
    """
    going_on = Conversation.state.in_((State.WAITING.value, State.OFFICER.value))
    query = select(Conversation).where(going_on).order_by(Conversation.last_at).limit(MOST)
    if ALL_OFFICES not in who.offices:
        query = query.where(Conversation.office.in_(who.offices))
    if not who.may(Right.ASSIGN):
        query = query.where(Conversation.owner_id.is_(None) | (Conversation.owner_id == who.id))
    if only is not None:
        query = query.where(Conversation.id.in_(only))
    names = accounts.names(session)
    offices = {office.id: office.nama_singkat for office in who.visible_offices()}
    return [
        Open(
            id=found.id,
            who=conversations.who_it_is(found),
            owner=names.get(found.owner_id or 0, ""),
            snippet=found.last_text,
            last_at=found.last_at,
            is_waiting=found.state == State.WAITING.value,
            office=offices.get(found.office, "") if len(offices) > 1 else "",
        )
        for found in session.scalars(query)
    ]


def close_all(database: Database, who: Principal, ids: Sequence[int], summary: str) -> Ended:
    """End them, each in a transaction of its own: one that is somebody else's stops no other."""
    count, refused = 0, []
    for conversation_id in ids[:MOST]:
        try:
            _close(database, who, conversation_id, summary)
            count += 1
        except DeskError as error:
            refused.append((conversation_id, error.message))
    return Ended(count, refused)


def _close(database: Database, who: Principal, conversation_id: int, summary: str) -> None:
    actor = handover.Actor(who.id, who.name)
    with database.writing() as session:
        found = conversations.visible(session, conversation_id, who)
        conversations.check_mine(found, who)
        handover.apply(
            session, found, Event.CLOSE, moment=clock.now(), actor=actor, summary=summary
        )
        subject = f"percakapan {found.id}"
        audit.write(session, who.login, "conversation_closed", subject, "", found.office)
