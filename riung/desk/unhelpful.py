"""Answers that did not help, for trainers: what was asked, and where to read on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung import privacy
from riung.desk import intent_names
from riung.desk.tables import Message
from riung.intents import intents
from riung.office.model import Office

MOST = 40
"""Rows on the page, the newest first."""

_QUESTIONS = ("Membantu?", "Did this help?")
"""How the question under an answer begins (`kalimat/membantu.yml`)."""


@dataclass(frozen=True)
class Unhelpful:
    """One "no": the question before it, masked, its topic, and its conversation."""

    conversation_id: int
    at: datetime
    question: str
    topic: str


def unhelpful(session: Session, office: Office, start: datetime, end: datetime) -> list[Unhelpful]:
    """Every "no" to the question whether an answer helped, with what had been asked."""
    said = (
        select(Message)
        .where(Message.office == office.id, Message.at >= start, Message.at < end)
        .where(Message.author == "citizen", Message.intent.in_(_noes()))
        .order_by(Message.at.desc())
    )
    found: list[Unhelpful] = []
    for no in session.scalars(said):
        row = _row(session, no)
        if row:
            found.append(row)
        if len(found) == MOST:
            break
    return found


def _noes() -> list[str]:
    """The intents that may be a "no" to it."""
    role = intents().role
    return [role.not_helpful, role.refuse]


def _row(session: Session, no: Message) -> Unhelpful | None:
    """None for a bare "tidak" to another question."""
    before = session.scalars(
        select(Message)
        .where(Message.conversation_id == no.conversation_id, Message.at < no.at)
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(12)
    ).all()
    answer = next((one for one in before if one.author == "bot"), None)
    asked = next((one for one in before if one.author == "citizen"), None)
    if asked is None or (no.intent == intents().role.refuse and not _was_asked(answer)):
        return None
    question = " ".join(privacy.mask(asked.text).split())[:160]
    return Unhelpful(no.conversation_id, no.at, question, intent_names.name(asked.intent))


def _was_asked(answer: Message | None) -> bool:
    return answer is not None and any(one in answer.text for one in _QUESTIONS)
