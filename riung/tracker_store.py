"""Rasa's SQL tracker store, keeping no NIK.

A 16-digit number with the shape of a NIK is masked before anything is written or published,
unless the backend knew it as an application number in this conversation.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.privacy import mask_nik
from riung.settings import settings


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
        if url.startswith("sqlite"):
            settings().var_dir.mkdir(parents=True, exist_ok=True)
        else:
            _create_schema(url)
        super().__init__(domain=domain, host=url, event_broker=event_broker, **kwargs)
        if url.startswith("sqlite"):
            sa.event.listen(self.engine, "connect", _tune_sqlite)
            self.engine.dispose()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Mask, then store and publish the new events."""
        known = frozenset(filter(None, [tracker.get_slot("nomor_permohonan")]))
        for event in tracker.events:
            _mask_event(event, known)
        await super().save(tracker)


def _create_schema(url: str) -> None:
    """Rasa makes its tables and sequences, but not the schema they are to stand in."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        schema = connection.execute(sa.text("SHOW search_path")).scalar_one().split(",")[0]
        if schema.strip('"') not in ("$user", "public"):
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
    engine.dispose()


_PARTS: dict[type[Event], tuple[str, ...]] = {
    UserUttered: ("text", "parse_data", "entities", "metadata"),
    BotUttered: ("text", "data"),
    SlotSet: ("value",),
}
"""Where a citizen's words stand in Rasa's events."""


def _mask_event(event: Event, known: frozenset[str]) -> None:
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
