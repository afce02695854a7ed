"""The list of conversations: views, filters, pages, and how long somebody waits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.bookings.tables import Booking
from riung.backend.codes import normal_code
from riung.backend.people import PersonId, normal_sender
from riung.desk import accounts, conversations, handover, intent_names, search
from riung.desk.access import ALL_OFFICES, Principal
from riung.desk.ownership import State, Timer
from riung.desk.tables import Conversation, Handover, Message, Note
from riung.desk.tickets.tables import Ticket
from riung.desk.words import words_of
from riung.office.offices import offices

VIEWS = {
    "waiting": "Menunggu",
    "mine": "Saya",
    "snoozed": "Ditunda",
    "all": "Semua",
    "closed": "Selesai",
}
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
    until: str = ""
    page: int = 1

    @property
    def words(self) -> list[str]:
        """What is searched for."""
        return words_of(self.text)

    @property
    def until_moment(self) -> datetime | None:
        """The end of the last day on which what is searched for was said; None for any day."""
        try:
            day = date.fromisoformat(self.until)
        except ValueError:
            return None
        return datetime.combine(day, time.min, clock.WIB) + timedelta(days=1)

    @property
    def days(self) -> int | None:
        """How many days back, today counted as one; None for all."""
        return int(self.age) if self.age in AGES and self.age else None


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    id: int
    who: str
    state: str
    owner: str
    snippet: str
    last_at: datetime
    unread: int
    waiting_since: datetime | None
    back_at: datetime | None
    late: bool
    topic: str
    labels: tuple[str, ...]
    line: int | None = None
    """The line that was searched for; its words are the snippet."""
    note: int | None = None
    """The note that was searched for, where no line has the words."""
    office: str = ""
    """Whose talk it is, for whoever sees several offices: one person may write to two."""


@dataclass(frozen=True)
class Page:
    """One page of the list."""

    rows: list[Row]
    has_more: bool = False
    too_common: str = ""
    """A word that stands in too many lines: older ones were not looked through."""


def page(session: Session, who: Principal, filters: Filters) -> Page:
    """The conversations of a view: the longest waiting first, elsewhere the newest first."""
    wanted, too_common = _conditions(who, filters), ""
    if filters.text.strip():
        found = _searched(session, who, filters)
        too_common = found.too_common
        wanted.append(Conversation.id.in_(found.ids))
    by: list[Any] = [Conversation.last_at.desc()]
    if filters.view == "waiting":
        by = [Conversation.waiting_since, Conversation.id]
    elif filters.view == "snoozed":
        by = [Conversation.due_at, Conversation.id]
    first = (filters.page - 1) * PAGE
    query = select(Conversation).where(*wanted).order_by(*by).offset(first).limit(PAGE + 1)
    shown = list(session.scalars(query))
    rows = _rows(session, shown[:PAGE], filters.words)
    return Page(_with_offices(rows, shown, who), len(shown) > PAGE, too_common)


def _with_offices(rows: list[Row], found: list[Conversation], who: Principal) -> list[Row]:
    names = {office.id: office.nama_singkat for office in who.visible_offices()}
    if len(names) < 2:
        return rows
    return [
        replace(row, office=names.get(one.office, ""))
        for row, one in zip(rows, found, strict=False)
    ]


def _rows(session: Session, found: list[Conversation], words: list[str]) -> list[Row]:
    names, now = accounts.names(session), clock.now()
    # Once for all rows: asking for an office looks at its file's time.
    promises = {
        office.id: timedelta(minutes=handover.patience_of(office).answer)
        for office in offices().values()
    }
    hits = search.newest_hits(session, [one.id for one in found], words)
    notes = search.newest_notes(session, {one.id for one in found} - {*hits}, words)
    return [
        _row(one, names, promises, now, hits.get(one.id) or notes.get(one.id), words)
        for one in found
    ]


def counts(session: Session, who: Principal) -> dict[str, int]:
    """What stands on the tabs: how many wait, are mine, are put aside; how many of mine are
    unread.
    """
    waiting, snoozed = (
        func.count().filter(_view(who, view)).label(view) for view in ("waiting", "snoozed")
    )
    seen = select(waiting, snoozed).where(
        *_mine_to_see(who), Conversation.state.in_((State.WAITING.value, State.OFFICER.value))
    )
    unread = func.count().filter(Conversation.unread > 0).label("unread")
    mine = select(func.count().label("mine"), unread).where(_view(who, "mine"))
    return {**session.execute(seen).one()._mapping, **session.execute(mine).one()._mapping}


def topics_seen(session: Session, who: Principal) -> list[tuple[str, str]]:
    """The topics of the conversations one may see, for the filter."""
    found = session.scalars(
        select(Conversation.topic).where(*_mine_to_see(who), Conversation.topic != "").distinct()
    )
    return sorted(
        ((intent, intent_names.name(intent)) for intent in found), key=lambda pair: pair[1]
    )


def _row(
    found: Conversation,
    names: dict[int, str],
    promises: dict[str, timedelta],
    now: datetime,
    hit: Message | Note | None,
    words: Sequence[str],
) -> Row:
    promise, since = promises.get(found.office, timedelta()), found.waiting_since
    return Row(
        id=found.id,
        who=conversations.who_it_is(found),
        state=found.state,
        owner=names.get(found.owner_id or 0, ""),
        snippet=_around(hit, words) if hit else found.last_text,
        last_at=hit.at if hit else found.last_at,
        unread=found.unread,
        waiting_since=since,
        back_at=found.due_at if found.timer == Timer.SNOOZE.value else None,
        late=bool(since and now - since > promise),
        topic=intent_names.name(found.topic) if found.topic else "",
        labels=tuple(found.labels),
        line=hit.id if isinstance(hit, Message) else None,
        note=hit.id if isinstance(hit, Note) else None,
    )


LEAD_IN = 24
"""Characters shown before the word that was searched for: the row holds some fifty."""


def _around(hit: Message | Note, words: Sequence[str]) -> str:
    """A line from shortly before the first word that was searched for."""
    text = " ".join(hit.text.split())
    lower = text.casefold()
    first = min((place for word in words if (place := lower.find(word)) >= 0), default=0)
    start = text.rfind(" ", 0, first - LEAD_IN) + 1 if first > LEAD_IN else 0
    mark = "📝 " if isinstance(hit, Note) else ""
    return mark + ("… " if start else "") + text[start : start + 157]


def _mine_to_see(who: Principal) -> Sequence[Condition]:
    return [] if ALL_OFFICES in who.offices else [Conversation.office.in_(who.offices)]


def _conditions(who: Principal, filters: Filters) -> list[Condition]:
    says_something = or_(Conversation.last_text != "", Conversation.state != State.BOT.value)
    wanted = [*_mine_to_see(who), _view(who, filters.view), says_something]
    if filters.office:
        wanted.append(Conversation.office == filters.office)
    if filters.topic:
        wanted.append(Conversation.topic == filters.topic)
    if filters.days is not None:
        start = clock.now() - timedelta(days=filters.days)
        wanted.append(Conversation.last_at >= start)
    return wanted


def _view(who: Principal, view: str) -> Condition:
    is_aside = Conversation.timer == Timer.SNOOZE.value
    if view == "mine":
        mine = and_(Conversation.owner_id == who.id, Conversation.state == State.OFFICER.value)
        return and_(mine, ~is_aside)
    if view == "snoozed":
        return is_aside
    if view == "closed":
        ended = select(Handover.conversation_id).where(Handover.closed_at.is_not(None))
        free = Conversation.state.in_((State.BOT.value, State.CLOSING.value))
        return and_(free, Conversation.id.in_(ended))
    if view == "waiting":
        return and_(Conversation.state == State.WAITING.value, ~is_aside)
    return Conversation.id.is_not(None)


def _searched(session: Session, who: Principal, filters: Filters) -> search.Found:
    """Conversations with all these words, or with this code or number."""
    offices_seen = None if ALL_OFFICES in who.offices else who.offices
    scope = search.Scope(offices_seen, filters.until_moment)
    found = search.conversations_with(session, filters.words, scope)
    return replace(found, ids=found.ids | _told(session, filters.text.strip()))


def _told(session: Session, text: str) -> set[int]:
    """What a citizen tells on the phone: a WhatsApp number, the code of a ticket or a booking."""
    plain, code = normal_sender(text), normal_code(text)
    people = [
        select(PersonId.person).where(PersonId.id == plain),
        select(Booking.sender).where(Booking.code == code),
    ]
    talks = select(Ticket.conversation_id).where(Ticket.code == code)
    persons = {plain, *(person for query in people for person in session.scalars(query))}
    senders = {sender for sender in session.scalars(talks) if sender}
    named = [Conversation.person.in_(persons), Conversation.sender_id.in_(senders)]
    if shown := _AS_SHOWN.search(text):
        first, last = shown.groups()
        is_one = Conversation.person.startswith(first, autoescape=True)
        named.append(and_(is_one, Conversation.person.endswith(last, autoescape=True)))
    return {*session.scalars(select(Conversation.id).where(or_(*named)))}


_AS_SHOWN = re.compile(r"(?<![\w.])([\w.]{4})(?:…|\.{2,3})(\w{3})(?!\w)")
"""A number as the desk shows it (`riung.privacy.mask_phone`): its first and its last signs."""
