"""A talk with an officer goes on where the person writes now.

Somebody known by their number alone may write by their user id alone, which nobody can tell to be
the same person; until both come together they have two conversations. From then on the channel
uses the later one's name, so whoever owns the earlier one has to own that.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from riung.conversation_id import conversation_id
from riung.desk import conversations, rasa_outbox
from riung.desk.ownership import State
from riung.desk.tables import Conversation, Outgoing

_STRENGTH = (State.BOT, State.CLOSING, State.WAITING, State.OFFICER)
"""Who gives way to whom where two conversations turn out to be one person's."""


def follow(session: Session, known_as: str, person: str, naming: Collection[Any]) -> Iterator[int]:
    """Let the talks that began under an id go on under the person's name; yields their ids.

    Each keeps its row, with owner, clocks and transcript, and changes names with the conversation
    that it would else stand beside; rows of the tables `naming` it name it anew.
    """
    query = select(Conversation).where(
        Conversation.person == person,
        Conversation.sender_id.startswith(conversation_id(known_as, ""), autoescape=True),
        Conversation.state.in_((State.WAITING.value, State.OFFICER.value)),
    )
    for talk in list(session.scalars(query)):
        name = conversation_id(person, talk.phone_number_id)
        beside = conversations.of_sender_or_new(session, name, talk.office, talk.last_at)
        if _STRENGTH.index(State(beside.state)) < _STRENGTH.index(State(talk.state)):
            beside.person = person
            before = talk.sender_id
            _change_names(session, talk, beside)
            for table in naming:
                _change(session, table, table.conversation_id, before, talk.sender_id)
            unsent = Outgoing.done_at.is_(None)
            _change(session, Outgoing, Outgoing.conversation_id, beside.id, talk.id, unsent)
            for one in (talk, beside):
                rasa_outbox.tell_owner(session, one)
            yield talk.id


def _change_names(session: Session, talk: Conversation, beside: Conversation) -> None:
    before, after = talk.sender_id, beside.sender_id
    for row, name in ((beside, secrets.token_hex(8)), (talk, after), (beside, before)):
        row.sender_id = name  # names are unique at any moment
        session.flush()


def _change(session: Session, table: Any, column: Any, old: Any, new: Any, *more: Any) -> None:
    statement = update(table).where(column == old, *more).values({column.key: new})
    session.execute(statement.execution_options(synchronize_session=False))
