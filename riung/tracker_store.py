"""Rasa's SQL tracker store, keeping no NIK, no position, and nothing for ever.

A 16-digit number with the shape of a NIK is masked before anything is written or published,
unless the backend knew it as an application number in this conversation. A shared location is
answered and dropped. Conversations are deleted after the days of `layanan/simpan.yml`, and at once
when a citizen asks for it.

Stock Rasa reads a conversation from the database twice and counts it once for every message; with
one worker, what this process wrote last is still known to it.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now
from riung.privacy import mask_nik
from riung.settings import ROOT, settings
from riung.yaml_files import read_yaml

KEEP_FILE = ROOT / "layanan" / "simpan.yml"
DAY_SECONDS = 24 * 3600

REMEMBERED = 2_000
"""Conversations kept in memory beside the database, the latest ones (some 20 kB each)."""


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
        if url.startswith("sqlite"):
            sa.event.listen(self.engine, "connect", _tune_sqlite)
            self.engine.dispose()
        self._next_sweep = 0.0
        self._remembers = settings().rasa_workers == 1  # others would write behind its back
        self._recent: OrderedDict[str, list[Event]] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's present session, from memory where this process wrote it last."""
        events = self._recent.get(sender_id)
        if events is not None and self.domain:
            self._recent.move_to_end(sender_id)
            return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker = await super().retrieve(sender_id)
        if tracker:
            self._remember(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Mask the new events, store them, then publish them."""
        known = frozenset(filter(None, [tracker.get_slot("nomor_permohonan")]))
        with self.session_scope() as session:
            events = self._new_events(session, tracker)
            for event in events:
                _mask_event(event, known)
            if events:
                rows = [_row(tracker.sender_id, event) for event in events]
                session.execute(sa.insert(self.SQLEvent.__table__), rows)
                session.commit()
        self._remember(tracker)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, events, tracker.sender_id)
        self._sweep()

    def _new_events(self, session: Any, tracker: DialogueStateTracker) -> list[Event]:
        stored = self._recent.get(tracker.sender_id)
        if stored is None:
            return list(self._additional_events(session, tracker))
        return list(islice(tracker.events, len(stored), None))

    def _remember(self, tracker: DialogueStateTracker) -> None:
        """Keep the present session's events, as the next `retrieve` would read them."""
        if not self._remembers:
            return
        events = list(tracker.events)
        starts = [place for place, event in enumerate(events) if isinstance(event, SessionStarted)]
        self._recent[tracker.sender_id] = events[starts[-1] if starts else 0 :]
        self._recent.move_to_end(tracker.sender_id)
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation, because the citizen asked for it."""
        self._recent.pop(conversation_id, None)
        with self.engine.begin() as connection:
            table = self.SQLEvent.__table__
            connection.execute(sa.delete(table).where(table.c.sender_id == conversation_id))

    def forget_before(self, moment: datetime) -> None:
        """Delete the events of conversations that have been silent since `moment`."""
        table = self.SQLEvent.__table__
        newest = sa.func.max(table.c.timestamp)
        silent = sa.select(table.c.sender_id).group_by(table.c.sender_id)
        silent = silent.having(newest < moment.timestamp())
        with self.engine.begin() as connection:
            connection.execute(sa.delete(table).where(table.c.sender_id.in_(silent)))
        self._recent.clear()

    def _sweep(self) -> None:
        """Once a day, delete what is too old."""
        if time.monotonic() < self._next_sweep:
            return
        self._next_sweep = time.monotonic() + DAY_SECONDS
        days = int(read_yaml(KEEP_FILE)["percakapan"])
        self.forget_before(now() - timedelta(days=days))


def _row(conversation_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": conversation_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
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
    BotUttered: ("text", "data"),
    SlotSet: ("value",),
}
"""Where a citizen's words stand in Rasa's events."""


def _mask_event(event: Event, known: frozenset[str]) -> None:
    if isinstance(event, UserUttered):
        event.metadata.pop("location", None)
    for part in _PARTS.get(type(event), ()):
        setattr(event, part, _masked(getattr(event, part), known))


def _masked(value: Any, known: frozenset[str]) -> Any:
    if isinstance(value, str):
        return mask_nik(value, known)
    if isinstance(value, dict):
        return {key: _masked(item, known) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(item, known) for item in value]
    return value


def _tune_sqlite(connection: Any, _: Any) -> None:
    """Readers and the writer don't wait for each other; a crash loses no committed turn."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
