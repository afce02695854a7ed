"""Taking in what Rasa reports.

It does not matter how the events got here: by our HTTP broker, from RabbitMQ (`consume` per
message), or read back from a tracker. An event that cannot be stored is set aside: counted, logged,
and shown to the officer as a line that says so. It never holds up the others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Database
from riung.backend.people import all_kept_under
from riung.desk import (
    conversations,
    handover,
    live_updates,
    rasa_outbox,
    surveys,
    transcript,
    unnamed,
)
from riung.desk.ownership import Event, State, bot_speaks
from riung.desk.rasa_api import RasaApi, RasaError
from riung.desk.tables import Conversation, Message
from riung.dialogue import confidential
from riung.intents import intents
from riung.office.offices import default_office
from riung.sanitizer import clean

log = structlog.get_logger()

JsonObject = Mapping[str, Any]

GAP_AT_MOST = timedelta(hours=24)
"""Conversations that were silent for longer can have lost nothing in a restart."""

ANONYMOUS = (confidential.UNNAMED, "ya")
"""The slot in which the complaint form keeps that the citizen wants to stay unnamed."""

LANGUAGE_SLOT = "bahasa"
"""The slot in which the bot keeps the conversation's language."""

LATE = "late"
"""Why a person is asked for: the message came when the bot could not answer any more."""

AWAY = (OperationalError, PoolTimeoutError)
"""Nothing is wrong with the events: the database is away, full or locked, and they come again."""

SET_ASIDE = Counter("riung_desk_events_set_aside_total", "Tracker events that cannot be stored")
UNREADABLE = "(Satu pesan tidak bisa ditampilkan.)"

CATCH_UP_AT_ONCE = 25
"""Trackers read back in one go: Rasa has citizens to answer in the meantime."""


def consume(database: Database, events: Sequence[JsonObject], *, gap: bool = False) -> int:
    """Copy a batch of tracker events; returns how many lines were new.

    Args:
        database: the backend's.
        events: as Rasa publishes them: the event with its `sender_id`, in order.
        gap: events before these may have been lost (the broker is new or dropped some); the
            trackers are read again later (`catch_up`).
    """
    if gap:
        with database.writing() as session:
            conversations.mark_behind(session, clock.now() - GAP_AT_MOST)
    return _store(database, events, live_now=True)


def catch_up(database: Database, rasa: RasaApi, *, limit: int = CATCH_UP_AT_ONCE) -> int:
    """Read back the trackers of conversations that may have gaps; returns how many it read."""
    with database.reading() as session:
        waiting = [found.id for found in conversations.behind(session, limit)]
    return sum(read_back(database, rasa, conversation_id) for conversation_id in waiting)


def read_back(database: Database, rasa: RasaApi, conversation_id: int) -> bool:
    """Read one conversation's tracker again; False when Rasa is away."""
    with database.reading() as session:
        conversation = session.get(Conversation, conversation_id)
        sender_id = conversation.sender_id if conversation else ""
    try:
        events = confidential.hidden(rasa.events(sender_id))
    except RasaError as error:
        log.warning("desk.catch_up_waits", reason=str(error))
        return False
    _store(database, [{**event, "sender_id": sender_id} for event in events], live_now=False)
    with database.writing() as session:
        conversation = session.get(Conversation, conversation_id)
        if conversation is not None:
            conversation.behind = False
    return True


def _store(database: Database, events: Sequence[JsonObject], *, live_now: bool) -> int:
    """Copy all events in one transaction, or, where that fails, each in its own."""
    try:
        with database.writing() as session:
            said = _conversations(session, _by_sender(events))
            return _take(session, said, live_now=live_now)
    except AWAY:
        raise
    except Exception as error:  # whatever a stranger's event makes of us
        if len(events) > 1:
            return sum(_store(database, [event], live_now=live_now) for event in events)
        return _mend_or_set_aside(database, events[0], error, live_now=live_now)


def _mend_or_set_aside(
    database: Database, event: JsonObject, error: Exception, *, live_now: bool
) -> int:
    """Store the event without the characters no database takes, else a line in its place."""
    mended = _storable(event)
    if mended != event:
        return _store(database, [mended], live_now=live_now)
    SET_ASIDE.inc()
    log.error("desk.event_set_aside", kind=str(event.get("event")), reason=type(error).__name__)
    try:
        with database.writing() as session:
            said = _conversations(session, _by_sender([_stand_in(event)]))
            return _take(session, said, live_now=False)
    except AWAY:
        raise
    except Exception as unshown:
        log.error("desk.event_not_shown", reason=type(unshown).__name__)
        return 0


def _storable(value: Any) -> Any:
    """The same without half emojis and NULs, however deep they stand."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {_storable(name): _storable(item) for name, item in value.items()}
    return [_storable(item) for item in value] if isinstance(value, list) else value


def _stand_in(event: JsonObject) -> JsonObject:
    """The line an officer sees in place of an event; the same event gives the same line."""
    mark = zlib.crc32(repr(sorted(event.items())).encode("utf-8", "replace"))
    return {
        "event": "bot",
        "sender_id": event.get("sender_id"),
        "timestamp": clock.now().timestamp(),
        "text": UNREADABLE,
        "metadata": {"desk_key": f"aside:{mark:08x}"},
    }


def _by_sender(events: Iterable[JsonObject]) -> dict[str, list[JsonObject]]:
    grouped: dict[str, list[JsonObject]] = {}
    for event in events:
        sender_id = event.get("sender_id")
        if isinstance(sender_id, str) and 0 < len(sender_id) <= 160:
            grouped.setdefault(sender_id, []).append(event)
    return grouped


@dataclass(frozen=True)
class _Said:
    """A conversation's events of a batch, and whether it begins with them: then nothing of it can
    be stored yet or have been held back.
    """

    talk: Conversation
    events: Sequence[JsonObject]
    begins: bool


def _conversations(session: Session, events: Mapping[str, Sequence[JsonObject]]) -> list[_Said]:
    """Each conversation with its events; none is made for events in which nobody speaks."""
    known = conversations.of_senders(session, events)
    begun = {
        sender_id: talk
        for sender_id, its in events.items()
        if sender_id not in known and (talk := _begun(sender_id, its))
    }
    if begun:
        kept_under = all_kept_under(session, {talk.person for talk in begun.values()})
        for talk in begun.values():
            talk.person = kept_under[talk.person]
        session.add_all(begun.values())
        session.flush()  # they need their ids
    here = {**known, **begun}
    return [
        _Said(here[sender_id], its, sender_id in begun)
        for sender_id, its in events.items()
        if sender_id in here
    ]


def _begun(sender_id: str, events: Sequence[JsonObject]) -> Conversation | None:
    lines = [line for line in map(transcript.line_of, events) if line]
    if not lines:
        return None
    office = next((line.office for line in lines if line.office), None) or default_office().id
    begun = conversations.new(sender_id, office, lines[0].at)
    begun.behind = not any(event.get("event") == "session_started" for event in events)
    return begun


def _take(
    session: Session,
    said: Sequence[_Said],
    *,
    live_now: bool,
) -> int:
    """Copy the events of conversations, asking the database once for all; how many are new."""
    read = [(its, [(event, transcript.line_of(event)) for event in its.events]) for its in said]
    keys = {
        its.talk.id: [line.key for _, line in lines if line]
        for its, lines in read
        if not its.begins
    }
    here = conversations.known_lines(session, keys) if keys else {}
    new, heard, now = 0, [], clock.now()
    for its, lines in read:
        talk = its.talk
        may_hold = not (its.begins or conversations.window_open(talk, now))
        copied = _copy(session, talk, lines, here.get(talk.id, {}), live_now)
        new += len(copied)
        if may_hold and any(line.author == transcript.CITIZEN for line in copied):
            heard.append(talk.id)
    if heard:
        rasa_outbox.release(session, heard, now)
    return new


def _copy(
    session: Session,
    conversation: Conversation,
    said: Iterable[tuple[JsonObject, transcript.Line | None]],
    here: dict[str, Message],
    live_now: bool,
) -> list[transcript.Line]:
    """The lines that were new."""
    new: list[transcript.Line] = []
    is_unnamed: bool | None = None  # whether what the bot says belongs to an unnamed complaint
    for event, line in said:
        if line is None:
            is_unnamed = _note_slot(session, conversation, event) or is_unnamed
            continue
        if line.author == transcript.BOT:
            if is_unnamed is None:
                is_unnamed = unnamed.ends_with_one(session, conversation)
            line = transcript.emptied(line) if is_unnamed else line
        else:
            is_unnamed = False
        if not conversations.add_line(session, conversation, line, here):
            continue
        new.append(line)
        conversations.correct(session, conversation, line)
        if line.author == transcript.CITIZEN:
            _citizen_wrote(session, conversation, event, line, live_now)
    if new:
        live_updates.announce(session, conversation.office, "talk", conversation.id)
        live_updates.announce(session, conversation.office, "inbox", conversation.id)
    return new


def _citizen_wrote(
    session: Session,
    conversation: Conversation,
    event: JsonObject,
    line: transcript.Line,
    live_now: bool,
) -> None:
    metadata = event.get("metadata") or {}
    conversation.channel = str(event.get("input_channel") or "")[:40]
    conversation.name = str(metadata.get("name") or conversation.name)[:120]
    moment = clock.now()
    state = State(conversation.state)
    score = transcript.score_of(event)
    if score is not None and surveys.was_asked(session, conversation.id, line.at):
        surveys.record(session, conversation, score, line.at)
        if state is State.CLOSING:
            handover.apply(session, conversation, Event.SURVEY_DONE, moment=moment)
    elif line.details.get("late") and bot_speaks(state):
        _came_too_late(session, conversation, line, moment)
    elif state is State.WAITING and line.intent == intents().role.stop:
        handover.apply(session, conversation, Event.WITHDRAW, moment=moment)
    elif state in (State.WAITING, State.OFFICER):
        # Read back from a tracker, its age is unknown: the clock runs from now on, not from then.
        handover.apply(session, conversation, Event.CITIZEN_WROTE, moment=moment)
        if live_now:
            live_updates.announce(session, conversation.office, "alert", conversation.id)


def _came_too_late(
    session: Session, conversation: Conversation, line: transcript.Line, moment: datetime
) -> None:
    """The bot may not answer any more, so a person has to; waiting since it was written."""
    conversation.unread = (conversation.unread or 0) + (State(conversation.state) is State.BOT)
    if State(conversation.state) is not State.WAITING:
        event = Event.REQUEST_AFTER_HOURS
        handover.apply(session, conversation, event, moment=moment, reason=LATE, asked_at=line.at)


def _note_slot(session: Session, conversation: Conversation, event: JsonObject) -> bool:
    """What the bot keeps in slots: the language, the word about the service, the wish to stay
    unnamed; whether it is the last.
    """
    if event.get("event") != "slot":
        return False
    name, value = event.get("name"), event.get("value")
    if name == LANGUAGE_SLOT:
        conversation.language = "en" if value == "en" else "id"
    elif name == surveys.COMMENT_SLOT and isinstance(value, str) and value.strip():
        at = _at(event) or clock.now()
        surveys.add_comment(session, conversation, value.strip(), at)
    elif (name, value) == ANONYMOUS:
        return unnamed.forget(session, conversation, _at(event) or clock.now())
    return False


def _at(event: JsonObject) -> datetime | None:
    line = transcript.line_of({**event, "event": "bot"})
    return line.at if line else None
