"""Rasa's SQL tracker store, keeping no NIK, no position, and nothing for ever.

A 16-digit number with the shape of a NIK is masked before anything is written or published,
unless the backend knew it as an application number in this conversation. A shared location is
answered and dropped; an officer who answers or is waited for gets it. Conversations are deleted
after the days of `aturan/simpan.yml`, and at once when a citizen asks for it.

Stock Rasa reads a conversation from the database twice and counts it once for every message, writes
a new one twice, and opens SQLite's file anew each time: a quarter of a message's CPU time. With one
worker, what this process wrote last is still known to it; and SQLite's file stays open.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from operator import is_
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now
from riung.conversation_id import conversation_id as named
from riung.damage import watch
from riung.days_to_keep import days_to_keep
from riung.dialogue import confidential
from riung.dialogue.confidential import JsonObject
from riung.dialogue.recent import RecentConversations
from riung.dialogue.warm_tracker import WarmTracker, forms_of
from riung.nik import LENGTH
from riung.prepared_statements import PreparedConnection
from riung.privacy import mask_nik
from riung.settings import settings

EVENTS: sa.Table = SQLTrackerStore.SQLEvent.__table__
"""Rasa's one table: an event of a conversation a row."""

DAY_SECONDS = 24 * 3600
_SESSION_STARTED = SessionStarted.type_name


class PrivateTrackerStore(SQLTrackerStore):
    """The tracker store of `endpoints.yml`; its address comes from the settings."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        url = settings().tracker_database_url
        settings().var_dir.mkdir(parents=True, exist_ok=True)
        with _schema(url):
            super().__init__(domain=domain, host=url, event_broker=event_broker, **kwargs)
            self._name_conversations()
        self._open_engine(url)
        table = self.SQLEvent.__table__
        self._of_sender = (  # made once: making a statement costs most of its run
            sa.select(table.c.data)
            .where(table.c.sender_id == sa.bindparam("wanted"))
            .order_by(table.c.id)
        )
        self._insert = sa.insert(table)
        self._rewrite = (
            sa.update(table)
            .where(table.c.id == sa.bindparam("row"))
            .values(data=sa.bindparam("words"))
        )
        self._next_sweep = 0.0
        self._remembers = settings().all_rasa_workers == 1  # others would write behind its back
        self._recent = RecentConversations()

    def _name_conversations(self) -> None:
        """Take along conversations named by the person alone, under the number of their latest
        message (`riung.conversation_id`); they go on with it.
        """
        table = self.SQLEvent.__table__
        old = sa.select(table.c.sender_id).where(table.c.sender_id.not_like("%@%")).distinct()
        with self.engine.begin() as connection:
            for person in connection.execute(old).scalars().all():
                mine = table.c.sender_id == person
                said = sa.select(table.c.data).where(mine, table.c.type_name == "user")
                latest = connection.execute(said.order_by(table.c.id.desc()).limit(1)).scalar()
                number = (json.loads(latest or "{}").get("metadata") or {}).get("phone_number_id")
                if number:
                    name = named(person, str(number))
                    connection.execute(sa.update(table).where(mine).values(sender_id=name))

    def _open_engine(self, url: str) -> None:
        """Keep SQLite's file open; take no connection that PostgreSQL's restart has cut."""
        self.engine.dispose()
        if url.startswith("sqlite"):
            self.engine: sa.engine.Engine = sa.create_engine(
                url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False}
            )
            sa.event.listen(self.engine, "connect", _tune_sqlite)
        else:
            self.engine = sa.create_engine(url, pool_pre_ping=True)
        self.damage = watch(self.engine)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    def init_tracker(self, sender_id: str) -> WarmTracker:
        """A conversation without events."""
        return WarmTracker(sender_id, self.domain.slots, self.max_event_history)

    async def create_tracker(
        self, sender_id: str, append_action_listen: bool = True
    ) -> DialogueStateTracker:
        """A new conversation; it is written with the end of its first turn."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's present session, from memory where this process wrote it last."""
        recent = self._recent.get(sender_id)
        if recent is not None:
            self._recent.touch(sender_id)
            return recent.copy() if recent.events else None
        with PreparedConnection(self.engine) as connection:
            rows = connection.execute(self._of_sender, {"wanted": sender_id}).scalars().all()
        stored = [json.loads(row) for row in rows]
        said = [Event.from_parameters(event) for event in _present_session(stored)]
        tracker = WarmTracker.from_events(sender_id, said, self.domain.slots)
        self._remember(tracker)
        return tracker if stored else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Mask the new events, store them, then publish them."""
        known = frozenset(filter(None, [tracker.get_slot("nomor_permohonan")]))
        events = self._new_events(tracker)
        is_awaited = tracker.get_slot(confidential.OWNER_SLOT) == confidential.WAITING
        keep_place = tracker.is_paused() or is_awaited
        changed = [event for event in events if _mask_event(event, known, keep_place)]
        raw = [event.as_dict() for event in events]
        said = confidential.without_secrets(raw)
        if said:
            self._write([_row(tracker.sender_id, data) for data in said])
        begins = any(isinstance(event, SessionStarted) for event in events)
        self._remember(tracker, replay=begins or bool(changed))
        if said != raw:
            self._recent.drop(tracker.sender_id)  # it knows what nobody else is to know
        if confidential.FORM in forms_of(tracker):
            said = self._keep_confidential(tracker.sender_id, said)
        if self.event_broker is not None:
            for data in said:
                self.event_broker.publish({"sender_id": tracker.sender_id, **data})
        self._sweep()

    def _write(self, rows: list[JsonObject]) -> None:
        """Add events. When that fails nobody knows if they stand there: they are read again."""
        try:
            with PreparedConnection(self.engine) as connection, connection.begin():
                connection.execute(self._insert, rows)
        except sa.exc.SQLAlchemyError:
            self._recent.drop(str(rows[0]["sender_id"]))
            raise

    def _keep_confidential(self, sender_id: str, said: list[JsonObject]) -> list[JsonObject]:
        """The new events as the desk may see them; what a complaint left here goes at its end."""
        shown: list[JsonObject] = []

        def as_kept(stored: list[JsonObject]) -> list[JsonObject]:
            shown.extend(confidential.hidden(stored))
            return shown if confidential.ended(stored) else stored

        with self.engine.begin() as connection:
            self._write_over(connection, sender_id, as_kept)
        return shown[len(shown) - len(said) :]

    def _new_events(self, tracker: DialogueStateTracker) -> list[Event]:
        stored = self._recent.get(tracker.sender_id)
        if stored is not None:
            return list(islice(tracker.events, len(stored.events), None))
        with self.session_scope() as session:
            return list(self._additional_events(session, tracker))

    def _remember(self, tracker: DialogueStateTracker, replay: bool = False) -> None:
        """Keep the present session as the next `retrieve` would read it: `replay` tells that the
        tracker still knows what was masked, or a session before.
        """
        if not self._remembers:
            return
        sender_id = tracker.sender_id
        if replay or not isinstance(tracker, WarmTracker):
            present: list[Event] = []
            for event in tracker.events:
                present = [] if isinstance(event, SessionStarted) else present
                present.append(event)
            tracker = WarmTracker.from_events(sender_id, present, self.domain.slots)
        self._recent.put(sender_id, tracker.copy())

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation, because the citizen asked for it."""
        self._recent.drop(conversation_id)
        with self.engine.begin() as connection:
            table = self.SQLEvent.__table__
            connection.execute(sa.delete(table).where(table.c.sender_id == conversation_id))

    def forget_warm(self) -> None:
        """Read conversations from the store again: another version's domain has other slots."""
        self._recent.clear()

    def forget_before(self, moment: datetime) -> None:
        """Delete the events of conversations that have been silent since `moment`."""
        table = self.SQLEvent.__table__
        newest = sa.func.max(table.c.timestamp)
        silent = sa.select(table.c.sender_id).group_by(table.c.sender_id)
        silent = silent.having(newest < moment.timestamp())
        with self.engine.begin() as connection:
            connection.execute(sa.delete(table).where(table.c.sender_id.in_(silent)))
        self._recent.clear()

    def hide_old_complaints(self) -> None:
        """Take from conversations what earlier programs left there of unnamed complaints."""
        table = self.SQLEvent.__table__
        unnamed = sa.select(table.c.sender_id).where(
            table.c.type_name == "slot",
            table.c.action_name == confidential.UNNAMED,
            table.c.data.like('%"ya"%'),
        )
        with self.engine.connect() as connection:
            waiting = connection.execute(unnamed.distinct()).scalars().all()
        for sender_id in waiting:
            with self.engine.begin() as connection:
                self._write_over(connection, sender_id, confidential.without_old_traces)

    def _write_over(
        self,
        connection: sa.engine.Connection,
        sender_id: str,
        as_kept: Callable[[list[JsonObject]], list[JsonObject]],
    ) -> None:
        """Keep a conversation's events as the function gives them."""
        table = self.SQLEvent.__table__
        mine = sa.select(table.c.id, table.c.data).where(table.c.sender_id == sender_id)
        rows = connection.execute(mine.order_by(table.c.id)).all()
        stored = [json.loads(data) for _, data in rows]
        changed = [
            {"row": row.id, "words": json.dumps(new)}
            for row, old, new in zip(rows, stored, as_kept(stored), strict=True)
            if new != old
        ]
        if changed:
            connection.execute(self._rewrite, changed)
            self._recent.drop(sender_id)

    def _sweep(self) -> None:
        """Once a day, delete what is too old, and what should not have been kept."""
        if time.monotonic() < self._next_sweep:
            return
        self._next_sweep = time.monotonic() + DAY_SECONDS
        self.forget_before(now() - timedelta(days=days_to_keep()["percakapan"]))
        self.hide_old_complaints()


def _present_session(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events since the conversation was last begun anew."""
    starts = [place for place, event in enumerate(events) if event["event"] == _SESSION_STARTED]
    return events[starts[-1] :] if starts else events


def _row(conversation_id: str, event: dict[str, Any]) -> dict[str, Any]:
    return {
        "sender_id": conversation_id,
        "type_name": event["event"],
        "timestamp": event.get("timestamp"),
        "intent_name": event.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": event.get("name"),
        "data": json.dumps(event),
    }


@contextmanager
def _schema(url: str) -> Iterator[None]:
    """Rasa makes its tables, but not PostgreSQL's schema for them; one worker at a time may."""
    if url.startswith("sqlite"):
        yield
        return
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(hashtext('riung.tracker'))"))
        schema = connection.execute(sa.text("SHOW search_path")).scalar_one().split(",")[0]
        if schema.strip('"') not in ("$user", "public"):
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        yield
    engine.dispose()  # the lock goes with the connection


_PARTS: dict[type[Event], tuple[str, ...]] = {
    UserUttered: ("text", "parse_data", "entities", "metadata"),
    BotUttered: ("text", "data", "metadata"),
    SlotSet: ("value",),
}
"""Where a citizen's words stand in Rasa's events. A bot message's metadata holds every value that
its response was given, said or not."""


def _mask_event(event: Event, known: frozenset[str], keep_place: bool) -> bool:
    """Mask what the event says; whether there was anything to mask."""
    is_changed = False
    if isinstance(event, UserUttered) and not keep_place:
        is_changed = event.metadata.pop("location", None) is not None
    for part in _PARTS.get(type(event), ()):
        before = getattr(event, part)
        after = _masked(before, known)
        if after is not before:
            setattr(event, part, after)
            is_changed = True
    return is_changed


def _masked(value: Any, known: frozenset[str]) -> Any:
    """The value without NIKs; itself where it has none."""
    if isinstance(value, str):
        if len(value) < LENGTH:
            return value
        masked = mask_nik(value, known)
        return value if masked == value else masked
    if isinstance(value, dict):
        changed = {
            key: masked
            for key, item in value.items()
            if isinstance(item, _MAY_HOLD) and (masked := _masked(item, known)) is not item
        }
        return {**value, **changed} if changed else value
    if isinstance(value, (list, tuple)):
        items = [_masked(item, known) for item in value]
        return value if all(map(is_, items, value)) else items
    return value


_MAY_HOLD = (str, dict, list, tuple)
"""Kinds of values in which a number can stand."""


def _tune_sqlite(connection: Any, _: Any) -> None:
    """Readers and the writer don't wait for each other; a crash loses no committed turn."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
