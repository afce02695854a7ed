"""A talk with an officer goes on where the person writes now.

Somebody known by their number alone may write by their user id alone, which nobody can tell to be
the same person; until both come together they have two conversations. From then on the channel
uses the later one's name, so whoever owns the earlier one has to own that.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from riung import clock
from riung.conversation_id import conversation_id
from riung.desk import conversations, live_updates, rasa_outbox
from riung.desk.cases.tables import Case
from riung.desk.handover import SLOT
from riung.desk.ownership import Effect, State, bot_speaks
from riung.desk.tables import Conversation, Outgoing
from riung.desk.tickets.tables import Ticket

_STRENGTH = (State.BOT, State.CLOSING, State.WAITING, State.OFFICER)
"""Who gives way to whom where two conversations turn out to be one person's."""


def follow(session: Session, known_as: str, person: str) -> Iterator[int]:
    """Let the talks that began under an id go on under the person's name; yields their ids.

    Each keeps its row, with owner, clocks and transcript, and changes names with the conversation
    that it would else stand beside.
    """
    now = clock.now()
    owned = (State.WAITING.value, State.OFFICER.value)
    query = select(Conversation).where(
        Conversation.person == person,
        Conversation.sender_id.startswith(conversation_id(known_as, ""), autoescape=True),
        Conversation.state.in_(owned),
    )
    for talk in list(session.scalars(query)):
        name = conversation_id(person, talk.phone_number_id)
        beside = conversations.of_sender_or_new(session, name, talk.office, now)
        if _STRENGTH.index(State(beside.state)) < _STRENGTH.index(State(talk.state)):
            beside.person = person
            _change_names(session, talk, beside)
            _tell(session, talk, now)
            _tell(session, beside, now)
            yield talk.id


def _change_names(session: Session, talk: Conversation, beside: Conversation) -> None:
    before, after = talk.sender_id, beside.sender_id
    beside.sender_id = secrets.token_hex(8)  # names are unique
    session.flush()
    talk.sender_id = after
    session.flush()
    beside.sender_id = before
    session.flush()
    for table in (Ticket, Case):
        session.execute(
            update(table)
            .where(table.conversation_id == before)
            .values(conversation_id=after)
            .execution_options(synchronize_session=False)
        )
    session.execute(
        update(Outgoing)
        .where(Outgoing.conversation_id == beside.id, Outgoing.done_at.is_(None))
        .values(conversation_id=talk.id)
        .execution_options(synchronize_session=False)
    )


def _tell(session: Session, conversation: Conversation, now: datetime) -> None:
    """Rasa's conversation of that name has the owner of this row from now on."""
    state = State(conversation.state)
    effect = Effect.RESUME if bot_speaks(state) else Effect.PAUSE
    slot = {"event": "slot", "name": SLOT, "value": state.value}
    rasa_outbox.put(session, conversation, [slot, {"event": effect.value}], now)
    live_updates.announce(session, conversation.office, "inbox", conversation.id)
    live_updates.announce(session, conversation.office, "talk", conversation.id)
