"""Colleagues named in notes (`@rina`): who is meant, and who has not seen it yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from riung import clock
from riung.desk import accounts, conversations, live_updates
from riung.desk.access import Principal
from riung.desk.tables import Conversation, Mention, Note, User

_NAMED = re.compile(r"(?<![\w.@])@(\w[\w.-]*\w)")
"""`@rina`, not the middle of an address of e-mail."""

SHOWN = 50
"""Notes on the page at most."""


@dataclass(frozen=True)
class Named:
    """A note in which somebody is named."""

    conversation_id: int
    note_id: int
    who: str
    author: str
    text: str
    at: datetime
    is_new: bool


def note(session: Session, written: Note, conversation: Conversation) -> None:
    """Keep who is named in a note; their bar tells them."""
    for user in _meant(session, written.text, conversation.office):
        if user.id != written.user_id:
            session.add(Mention(note_id=written.id, user_id=user.id))
            live_updates.announce(session, conversation.office, "mention", conversation.id)


def _meant(session: Session, text: str, office: str) -> list[User]:
    """The colleagues of the office with such a login or first name."""
    names = {name.casefold() for name in _NAMED.findall(text)}
    return [
        user
        for user in accounts.colleagues(session, office)
        if names & {user.login.casefold(), user.name.split()[0].casefold()}
    ]


def count_new(session: Session, who: Principal) -> int:
    """In how many notes somebody is named that they have not seen."""
    mine = (Mention.user_id == who.id) & Mention.seen_at.is_(None)
    return int(session.scalar(select(func.count()).select_from(Mention).where(mine)) or 0)


def mark_seen(session: Session, who: Principal, conversation: Conversation) -> None:
    """They opened the conversation, and with it the note."""
    here = select(Note.id).where(Note.conversation_id == conversation.id)
    session.execute(
        update(Mention)
        .where(Mention.user_id == who.id, Mention.seen_at.is_(None), Mention.note_id.in_(here))
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def named(session: Session, who: Principal) -> list[Named]:
    """The notes in which somebody is named, the newest first, as far as they still see them."""
    found = session.execute(
        select(Mention.seen_at.is_(None), Note, Conversation, User.name)
        .join(Note, Note.id == Mention.note_id)
        .join(Conversation, Conversation.id == Note.conversation_id)
        .join(User, User.id == Note.user_id)
        .where(Mention.user_id == who.id)
        .order_by(Mention.id.desc())
        .limit(SHOWN)
    )
    return [
        Named(talk.id, one.id, conversations.who_it_is(talk), author, one.text, one.at, is_new)
        for is_new, one, talk, author in found
        if who.sees(talk.office)
    ]
