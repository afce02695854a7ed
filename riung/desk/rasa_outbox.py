"""What Rasa still has to be told, and telling it: durable, in order, and each thing once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Database
from riung.desk import canned_replies, live_updates
from riung.desk.ownership import Effect, Patience, State, bot_speaks
from riung.desk.rasa_api import RasaApi, RasaError
from riung.desk.snippets import snippet
from riung.desk.tables import Conversation, Message, Outgoing
from riung.desk.transcript import OFFICER, SYSTEM
from riung.localized import LANGUAGE
from riung.office.model import Office

log = structlog.get_logger()

Events = list[dict[str, Any]]

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)
CLAIMED_FOR = timedelta(seconds=30)
"""How long one process may take to tell Rasa before another one tries (over Rasa's time limit)."""

SLOT = "penanganan"
"""Rasa's slot that tells rules and actions who owns the conversation (a `State` value)."""

_NO_FORM = (
    {"event": "active_loop", "name": None},
    {"event": "slot", "name": "requested_slot", "value": None},
)
"""A form that was open when the officer came is over: the digit now typed is the rating."""

_SAYINGS = {
    Effect.SAY_TAKEN: "diambil",
    Effect.SAY_HANDED_ON: "dipindahkan",
    Effect.SAY_NOBODY_FREE: "belum_ada_petugas",
    Effect.SAY_BACK_IN_LINE: "kembali_antre",
}


def events_of(
    effect: Effect,
    office: Office,
    language: str,
    officer: str,
    patience: Patience,
    summary: str,
) -> Events:
    """The tracker events of an effect."""
    if effect is Effect.PAUSE:
        return [{"event": "pause"}]
    if effect is Effect.RESUME:
        return [{"event": "resume"}]
    if effect is Effect.SAY_CLOSED:
        return [*_NO_FORM, _closing(office, language, summary)]
    text = canned_replies.automatic(
        _SAYINGS[effect], office, language, petugas=officer, menit=patience.answer
    )
    return [_bot(text, language)]


def _closing(office: Office, language: str, summary: str) -> dict[str, Any]:
    """The desk's last message: what came of it, and the question how it was."""
    about = canned_replies.automatic("ringkasan", office, language, isi=summary) if summary else ""
    text = canned_replies.automatic("ditutup", office, language, ringkasan=about)
    buttons = canned_replies.replies().rating_buttons
    return _bot(text, language, buttons=[one.in_language(language) for one in buttons])


def _bot(text: str, language: str, **data: Any) -> dict[str, Any]:
    metadata = {LANGUAGE: language} if language != "id" else {}
    return {"event": "bot", "text": text, "data": data, "metadata": metadata}


def say(
    session: Session,
    conversation: Conversation,
    text: str,
    moment: datetime,
    metadata: dict[str, Any],
    *,
    hold: bool = False,
    **data: Any,
) -> str:
    """Put an officer's words on the way; returns the key that names them everywhere.

    With `hold` they wait until the citizen writes again (`release`): the 24 hours are over.
    """
    event = {"event": "bot", "text": text, "data": data, "metadata": metadata}
    return put(session, conversation, [event], moment, hold=hold)


def owner(state: State) -> dict[str, Any]:
    """The event that tells who owns a conversation."""
    return {"event": "slot", "name": SLOT, "value": state.value}


def tell_owner(session: Session, conversation: Conversation) -> None:
    """Rasa's conversation of that name has the owner of this row from now on."""
    state = State(conversation.state)
    effect = Effect.RESUME if bot_speaks(state) else Effect.PAUSE
    put(session, conversation, [owner(state), {"event": effect.value}], clock.now())
    for kind in ("inbox", "talk"):
        live_updates.announce(session, conversation.office, kind, conversation.id)


def release(session: Session, conversation_ids: Sequence[int], moment: datetime) -> None:
    """In these conversations the citizen wrote: what was held back may go."""
    session.execute(
        update(Outgoing)
        .where(Outgoing.conversation_id.in_(conversation_ids), Outgoing.held)
        .values(held=False, next_at=moment)
        .execution_options(synchronize_session=False)
    )


def put(
    session: Session,
    conversation: Conversation,
    events: Events,
    moment: datetime,
    *,
    hold: bool = False,
) -> str:
    """Keep events for Rasa and show their words in the transcript at once, as pending."""
    key = secrets.token_hex(8)
    for event in events:
        if event["event"] != "bot":
            continue
        event["metadata"] = {**event["metadata"], "desk_key": key}
        details = {
            name: value
            for name, value in event["metadata"].items()
            if name in ("petugas", "lampiran", "templat")
        }
        buttons = [button["title"] for button in event["data"].get("buttons", ())]
        line = Message(
            conversation_id=conversation.id,
            event_key=f"desk:{key}",
            office=conversation.office,
            at=moment,
            author=OFFICER if event["metadata"].get("petugas") else SYSTEM,
            text=event["text"],
            details={
                **details,
                **({"buttons": buttons} if buttons else {}),
                **({"held": True} if hold else {}),
                "pending": True,
            },
        )
        session.add(line)
        conversation.last_at = max(moment, conversation.last_at)
        if line.author == OFFICER:
            conversation.last_text = snippet(line)
    session.add(
        Outgoing(
            conversation_id=conversation.id,
            key=key,
            events=events,
            next_at=moment,
            tries=0,
            held=hold,
        )
    )
    return key


def deliver(database: Database, rasa: RasaApi, conversation_id: int | None = None) -> bool:
    """Tell Rasa what is due, of one conversation or of all; False when something has to wait.

    Nothing is sent while a database connection is held, and a conversation's later events never
    overtake earlier ones.
    """
    stuck: set[int] = set()
    while True:
        claimed = _claim(database, conversation_id, stuck)
        if claimed is None:
            return not stuck
        row_id, sender_id, of_conversation, key, events, tries = claimed
        try:
            if tries == 0 or not _was_taken(rasa, sender_id, key):
                rasa.append(sender_id, events)
        except RasaError as error:
            log.warning("desk.rasa_waits", reason=str(error), tries=tries + 1)
            _put_off(database, row_id, tries)
            stuck.add(of_conversation)
            continue
        _done(database, row_id, of_conversation, key)


def _claim(
    database: Database, conversation_id: int | None, stuck: set[int]
) -> tuple[int, str, int, str, Events, int] | None:
    """Take the oldest due row whose conversation has no older one waiting."""
    now = clock.now()
    with database.writing() as session:
        query = (
            select(Outgoing, Conversation.sender_id)
            .join(Conversation, Conversation.id == Outgoing.conversation_id)
            .where(Outgoing.done_at.is_(None), ~Outgoing.held)
            .order_by(Outgoing.id)
            .limit(200)
            .with_for_update(skip_locked=True, of=Outgoing)
        )
        if conversation_id is not None:
            query = query.where(Outgoing.conversation_id == conversation_id)
        passed = set(stuck)
        for row, sender_id in session.execute(query):
            if row.conversation_id in passed:
                continue
            passed.add(row.conversation_id)
            if row.next_at > now:
                continue
            row.next_at = now + CLAIMED_FOR
            return row.id, sender_id, row.conversation_id, row.key, row.events, row.tries
    return None


def _was_taken(rasa: RasaApi, sender_id: str, key: str) -> bool:
    """Whether an earlier try reached the tracker although its answer got lost."""
    return any(
        (event.get("metadata") or {}).get("desk_key") == key for event in rasa.events(sender_id)
    )


def sent(details: dict[str, Any]) -> dict[str, Any]:
    """A line's details once Rasa took it."""
    return {name: value for name, value in details.items() if name not in ("pending", "held")}


def _put_off(database: Database, row_id: int, tries: int) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(tries, 10), LONGEST_PAUSE)
    with database.writing() as session:
        session.execute(
            update(Outgoing)
            .where(Outgoing.id == row_id)
            .values(tries=tries + 1, next_at=clock.now() + pause)
        )


def _done(database: Database, row_id: int, conversation_id: int, key: str) -> None:
    with database.writing() as session:
        session.execute(
            update(Outgoing).where(Outgoing.id == row_id).values(done_at=clock.now(), events=[])
        )
        shown = session.scalars(
            select(Message).where(
                Message.conversation_id == conversation_id, Message.event_key == f"desk:{key}"
            )
        )
        for message in shown:
            message.details = sent(message.details)
            live_updates.announce(session, message.office, "talk", conversation_id)
