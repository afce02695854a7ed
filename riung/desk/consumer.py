"""Taking in what Rasa reports.

It does not matter how the events got here: by our HTTP broker, from RabbitMQ (`consume` per
message), or read back from a tracker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Database
from riung.desk import conversations, handover, live, outgoing, surveys, transcript
from riung.desk.ownership import Event, State
from riung.desk.rasa_api import RasaApi, RasaError
from riung.desk.tables import Conversation
from riung.offices import default_office

log = structlog.get_logger()

JsonObject = Mapping[str, Any]

GAP_AT_MOST = timedelta(hours=24)
"""Conversations that were silent for longer can have lost nothing in a restart."""

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
    new = 0
    with database.writing() as session:
        if gap:
            conversations.mark_behind(session, clock.now() - GAP_AT_MOST)
        for sender_id, its_events in _by_sender(events).items():
            conversation = _conversation(session, sender_id, its_events)
            if conversation is not None:
                new += _take(session, conversation, its_events, live_now=True)
    return new


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
        events = rasa.events(sender_id)
    except RasaError as error:
        log.warning("desk.catch_up_waits", reason=str(error))
        return False
    with database.writing() as session:
        conversation = session.get(Conversation, conversation_id)
        if conversation is not None:
            _take(session, conversation, events, live_now=False)
            conversation.behind = False
    return True


def _by_sender(events: Iterable[JsonObject]) -> dict[str, list[JsonObject]]:
    grouped: dict[str, list[JsonObject]] = {}
    for event in events:
        sender_id = event.get("sender_id")
        if isinstance(sender_id, str) and 0 < len(sender_id) <= 160:
            grouped.setdefault(sender_id, []).append(event)
    return grouped


def _conversation(
    session: Session, sender_id: str, events: Sequence[JsonObject]
) -> Conversation | None:
    """The conversation the events belong to; none is made for events in which nobody speaks."""
    found = conversations.of_sender(session, sender_id)
    if found is None:
        lines = [line for line in map(transcript.line_of, events) if line]
        if not lines:
            return None
        office = next((line.office for line in lines if line.office), default_office().id)
        found = conversations.of_sender_or_new(session, sender_id, office, lines[0].at)
        found.behind = not any(event.get("event") == "session_started" for event in events)
    return found


def _take(
    session: Session, conversation: Conversation, events: Iterable[JsonObject], *, live_now: bool
) -> int:
    new = 0
    for event in events:
        line = transcript.line_of(event)
        if line is None or not conversations.add_line(session, conversation, line):
            _note_comment(session, conversation, event)
            continue
        new += 1
        if line.author == transcript.CITIZEN:
            _citizen_wrote(session, conversation, event, line, live_now)
    if new:
        live.announce(session, conversation.office, "talk", conversation.id)
        live.announce(session, conversation.office, "inbox", conversation.id)
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
    conversation.phone_number_id = str(metadata.get("phone_number_id") or "")[:40]
    conversation.name = str(metadata.get("name") or conversation.name)[:120]
    moment = clock.now()
    outgoing.release(session, conversation, moment)
    state = State(conversation.state)
    score = transcript.score_of(event)
    if score is not None:
        surveys.record(session, conversation, score, line.at)
        if state is State.CLOSING:
            handover.apply(session, conversation, Event.SURVEY_DONE, moment=moment)
    elif state is State.WAITING and line.intent == "batal":
        handover.apply(session, conversation, Event.WITHDRAW, moment=moment)
    elif state in (State.WAITING, State.OFFICER):
        # Read back from a tracker, its age is unknown: the clock runs from now on, not from then.
        handover.apply(session, conversation, Event.CITIZEN_WROTE, moment=moment)
        if live_now:
            live.announce(session, conversation.office, "alert", conversation.id)


def _note_comment(session: Session, conversation: Conversation, event: JsonObject) -> None:
    """The word about the service, which the bot keeps in a slot of its own."""
    if event.get("event") == "slot" and event.get("name") == surveys.COMMENT_SLOT:
        value = event.get("value")
        if isinstance(value, str) and value.strip():
            at = _at(event) or clock.now()
            surveys.add_comment(session, conversation, value.strip(), at)


def _at(event: JsonObject) -> datetime | None:
    line = transcript.line_of({**event, "event": "bot"})
    return line.at if line else None
