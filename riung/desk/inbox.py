"""The list of conversations: views, filters, search, and how long somebody waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.bookings.tables import Booking
from riung.backend.codes import normal_code
from riung.backend.people import PersonId, normal_sender
from riung.desk import accounts, conversations, handover, intent_names
from riung.desk.access import ALL_OFFICES, Principal
from riung.desk.ownership import State
from riung.desk.tables import Conversation, Handover, Message, Note
from riung.desk.tickets.tables import Ticket
from riung.digits import digits_of
from riung.office.offices import offices

VIEWS = {"waiting": "Menunggu", "mine": "Saya", "all": "Semua", "closed": "Selesai"}
AGES = {"": "kapan saja", "1": "hari ini", "3": "3 hari", "7": "7 hari", "30": "30 hari"}
Condition = Any
"""A SQL condition (SQLAlchemy's stubs know no better name for all of them)."""

PAGE = 50
"""Rows at once: some five screens of an office PC."""


@dataclass(frozen=True)
class Filters:
    """What the officer asked to see."""

    view: str = "waiting"
    text: str = ""
    topic: str = ""
    office: str = ""
    age: str = ""

    @property
    def days(self) -> int | None:
        """How many days back, today counted as one; None for all."""
        return int(self.age) if self.age in AGES and self.age else None


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    id: int
    who: str
    office: str
    state: str
    owner: str
    snippet: str
    last_at: datetime
    unread: int
    waiting_since: datetime | None
    late: bool
    topic: str
    labels: tuple[str, ...]


def rows(session: Session, who: Principal, filters: Filters) -> list[Row]:
    """The conversations of a view: the longest waiting first, elsewhere the newest first."""
    query = select(Conversation).where(*_conditions(who, filters)).limit(PAGE)
    if filters.view == "waiting":
        query = query.order_by(Conversation.waiting_since, Conversation.id)
    else:
        query = query.order_by(Conversation.last_at.desc())
    names, now = accounts.names(session), clock.now()
    # Once for all rows: asking for an office looks at its file's time.
    promises = {
        office.id: timedelta(minutes=handover.patience_of(office).answer)
        for office in offices().values()
    }
    return [_row(found, names, promises, now) for found in session.scalars(query)]


def counts(session: Session, who: Principal) -> dict[str, int]:
    """What stands on the tabs: how many wait, how many are mine, how many of mine are unread."""
    waiting = select(func.count()).where(
        *_mine_to_see(who), Conversation.state == State.WAITING.value
    )
    mine = select(func.count(), func.count().filter(Conversation.unread > 0)).where(
        Conversation.owner_id == who.id, Conversation.state == State.OFFICER.value
    )
    own, unread = session.execute(mine).one()
    return {"waiting": session.scalar(waiting) or 0, "mine": own, "unread": unread}


def topics_seen(session: Session, who: Principal) -> list[tuple[str, str]]:
    """The topics of the conversations one may see, for the filter."""
    found = session.scalars(
        select(Conversation.topic).where(*_mine_to_see(who), Conversation.topic != "").distinct()
    )
    return sorted(
        ((intent, intent_names.name(intent)) for intent in found), key=lambda pair: pair[1]
    )


def _row(
    found: Conversation, names: dict[int, str], promises: dict[str, timedelta], now: datetime
) -> Row:
    promise, since = promises.get(found.office, timedelta()), found.waiting_since
    return Row(
        id=found.id,
        who=conversations.who_it_is(found),
        office=found.office,
        state=found.state,
        owner=names.get(found.owner_id or 0, ""),
        snippet=found.last_text,
        last_at=found.last_at,
        unread=found.unread,
        waiting_since=since,
        late=bool(since and now - since > promise),
        topic=intent_names.name(found.topic) if found.topic else "",
        labels=tuple(found.labels),
    )


def _mine_to_see(who: Principal) -> Sequence[Condition]:
    return [] if ALL_OFFICES in who.offices else [Conversation.office.in_(who.offices)]


def _conditions(who: Principal, filters: Filters) -> list[Condition]:
    wanted = [*_mine_to_see(who), _view(who, filters.view)]
    if filters.office:
        wanted.append(Conversation.office == filters.office)
    if filters.topic:
        wanted.append(Conversation.topic == filters.topic)
    if filters.days is not None:
        start = clock.now() - timedelta(days=filters.days)
        wanted.append(Conversation.last_at >= start)
    if filters.text.strip():
        wanted.append(_says(filters.text.strip()))
    return wanted


def _view(who: Principal, view: str) -> Condition:
    if view == "mine":
        return and_(Conversation.owner_id == who.id, Conversation.state == State.OFFICER.value)
    if view == "closed":
        ended = select(Handover.conversation_id).where(Handover.closed_at.is_not(None))
        free = Conversation.state.in_((State.BOT.value, State.CLOSING.value))
        return and_(free, Conversation.id.in_(ended))
    if view == "waiting":
        return Conversation.state == State.WAITING.value
    return Conversation.id.is_not(None)


def _says(text: str) -> Condition:
    """Conversations in which all these words stand, in any order, or with this code or number.

    A citizen on the phone tells a WhatsApp number, an application's, or the code of a ticket or of
    a booking; with spaces or without.
    """
    plain = normal_sender(text)
    with_code = [
        known_as.in_(select(sender).where(table.code == normal_code(text)))
        for table, sender, known_as in (
            (Ticket, Ticket.conversation_id, Conversation.sender_id),
            (Booking, Booking.sender, Conversation.person),
        )
    ]
    return or_(
        and_(*map(_has, text.split())),
        Conversation.person == plain,
        Conversation.person.in_(select(PersonId.person).where(PersonId.id == plain)),
        *with_code,
        *_with_number(text),
    )


def _has(word: str) -> Condition:
    """A word in a line, a note, a label or the name."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%"
    written = [
        Conversation.id.in_(select(of.conversation_id).where(of.text.ilike(pattern, escape="\\")))
        for of in (Message, Note)
    ]
    return or_(
        *written,
        Conversation.name.ilike(pattern, escape="\\"),
        Conversation.last_text.ilike(pattern, escape="\\"),
        cast(Conversation.labels, String).ilike(pattern, escape="\\"),
    )


LONG_NUMBER = 8
"""Digits from which a text of digits alone is searched for whatever stands between them."""


def _with_number(text: str) -> list[Condition]:
    digits = digits_of(text)
    if len(digits) < LONG_NUMBER or any(letter.isalpha() for letter in text):
        return []
    bare = func.replace(func.replace(func.replace(Message.text, " ", ""), ".", ""), "-", "")
    return [Conversation.id.in_(select(Message.conversation_id).where(bare.like(f"%{digits}%")))]
