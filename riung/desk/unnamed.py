"""A complaint without a name: nothing of it stays in the talk of whoever made it.

Not even that there was one: an office has few complaints, and the hour of one would name its
sender. The lines stay as empty ones, so that a transcript read back does not bring them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.desk.snippets import snippet
from riung.desk.tables import Conversation, Message
from riung.desk.transcript import CITIZEN, GONE, OFFICER, is_topic
from riung.intents import intents

LOOKED_BACK = 200
"""Lines in which the wish to complain is looked for: a form has a few."""


def forget(session: Session, conversation: Conversation, moment: datetime) -> bool:
    """Take away what was said from the wish to complain until now, by either side; whether there
    was something.
    """
    said = _lines(session, conversation, until=moment)
    start = _begin(said)
    if start is None:
        return False
    for line in said[: start + 1]:
        empty(line)
    session.flush()
    _sum_up(conversation, _lines(session, conversation))
    return True


def empty(line: Message) -> None:
    """Leave nothing of a line but its place."""
    line.author, line.text, line.details = GONE, "", {}
    line.intent, line.confidence = "", None


def ends_with_one(session: Session, conversation: Conversation) -> bool:
    """Whether such a complaint was the last that was said: what the bot says then belongs to it."""
    return any(line.author == GONE for line in _lines(session, conversation, limit=1))


def _lines(
    session: Session,
    conversation: Conversation,
    until: datetime | None = None,
    limit: int = LOOKED_BACK,
) -> Sequence[Message]:
    """The newest lines, the newest first."""
    query = select(Message).where(Message.conversation_id == conversation.id)
    if until is not None:
        query = query.where(Message.at <= until)
    return session.scalars(query.order_by(Message.at.desc(), Message.id.desc()).limit(limit)).all()


def _begin(said: Sequence[Message]) -> int | None:
    """The place of the first line of the newest complaint; None where it is gone already.

    A digit and what it stood for are two lines that both wish to complain.
    """
    start = None
    for place, line in enumerate(said):
        if line.author == GONE:
            break
        if line.author == CITIZEN and _is_wish(line):
            start = place
        elif start is not None:
            break
    return start


def _is_wish(line: Message) -> bool:
    return line.intent == intents().role.complaint and not line.details.get("in_form")


def _sum_up(conversation: Conversation, said: Sequence[Message]) -> None:
    """What the list shows is what was said before; where that is nothing, the talk is not listed.

    `citizen_at` stays: it is shown nowhere, and an answer may be sent for 24 hours.
    """
    left = [line for line in said if line.author != GONE]
    by_people = [line for line in left if line.author in (CITIZEN, OFFICER)]
    topics = [line.intent for line in by_people if is_topic(line.intent)]
    conversation.topic = topics[0] if topics else ""
    conversation.last_text = next(filter(None, map(snippet, by_people)), "")
    conversation.last_at = left[0].at if left else conversation.last_at
