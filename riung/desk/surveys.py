"""Citizens' scores of the service: 1 to 5 and, if they like, a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from riung.desk.tables import Conversation, Handover, Message, Survey
from riung.desk.transcript import CITIZEN

COMMENT_SLOT = "ulasan"
"""The slot in which the bot keeps the word a citizen adds to the score."""

CLOCKS_APART = timedelta(minutes=1)
"""How much earlier than our question its answer may seem: Meta's clock is another one, and tells
whole seconds.
"""

ONE_SURVEY = timedelta(minutes=30)
"""A second score within so long corrects the first; a word within so long belongs to it."""


def record(session: Session, conversation: Conversation, score: int, at: datetime) -> None:
    """Keep a score; tapping another one soon after replaces it."""
    recent = latest(session, conversation.id, at - ONE_SURVEY)
    if recent is not None:
        recent.score = score
        return
    about = session.scalar(
        select(Handover.id)
        .where(Handover.conversation_id == conversation.id, Handover.closed_at.is_not(None))
        .order_by(Handover.id.desc())
        .limit(1)
    )
    session.add(
        Survey(
            conversation_id=conversation.id,
            handover_id=about,
            office=conversation.office,
            at=at,
            score=score,
        )
    )
    session.flush()


def add_comment(session: Session, conversation: Conversation, word: str, at: datetime) -> None:
    """Put the word to the score it belongs to; without a score it is nowhere to be put."""
    recent = latest(session, conversation.id, at - ONE_SURVEY)
    if recent is not None:
        recent.comment = word[:500]


def forget_words(session: Session, before: datetime) -> None:
    """Empty the words that citizens added before a moment; their scores stay, for the numbers."""
    old = (Survey.at < before) & (Survey.comment != "")
    session.execute(
        update(Survey).where(old).values(comment="").execution_options(synchronize_session=False)
    )


def was_asked(session: Session, conversation_id: int, at: datetime) -> bool:
    """Whether anything was said to the citizen there before; a score in a conversation that begins
    with it counts nowhere. Its buttons stand on the phone of somebody whose talk was erased.
    """
    said = (Message.conversation_id == conversation_id) & (Message.author != CITIZEN)
    before = select(Message.id).where(said, Message.at <= at + CLOCKS_APART).limit(1)
    return session.scalar(before) is not None


def latest(session: Session, conversation_id: int, since: datetime) -> Survey | None:
    """The newest score of a conversation since a moment."""
    found: Survey | None = session.scalar(
        select(Survey)
        .where(Survey.conversation_id == conversation_id, Survey.at >= since)
        .order_by(Survey.id.desc())
        .limit(1)
    )
    return found
