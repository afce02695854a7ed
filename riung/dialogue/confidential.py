"""What a conversation must not keep: the words of a complaint, and what would lead back to it.

The complaint itself holds them (`riung.desk.tickets`). While the form is open they stand in the
conversation alone, for the form to go on with; the desk is shown that a complaint is being written,
not what. Once the form has ended, in whichever way, they go from the conversation too: an unnamed
complaint has no sender, and one that was left is not kept.

All functions take and give events as dictionaries (`Event.as_dict`), as they are stored and sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from riung.intents import intents

SECRET = "rahasia"  # noqa: S105 - a key of metadata, not a password
"""Key of a bot message's metadata that names the values which only the citizen may read."""

FORM = "aduan_form"
RESTING = "isian_istirahat"
"""Slot that names a form which rests and may be gone on with."""

UNNAMED, NUMBER = "aduan_anonim", "nomor_tiket"
"""The slot in which the form keeps that the complaint is unnamed, and its number's value."""

OWNER_SLOT, WAITING = "penanganan", "waiting"
"""The slot in which the desk and the actions keep who owns a conversation; while somebody waits for
a person, what is written is meant for them."""

SLOTS = frozenset({"aduan_jenis", "aduan_isi", "isian_kunci"})
"""Slots that say what the complaint is; `aduan_anonim` says only that it has no name."""

HIDDEN = "(bagian dari sebuah pengaduan)"
"""What officers read in place of the words."""

VALUE_HIDDEN = "••••"

JsonObject = dict[str, Any]


def hidden(events: Sequence[JsonObject]) -> list[JsonObject]:
    """The events as officers may see them; those of no complaint are the same objects."""
    inside = {
        place
        for start, end in _spans(events)
        for place in range(start, end)
        if not _was_written_before(events[place], events[start])
    }
    return [_hide(event) if place in inside else event for place, event in enumerate(events)]


def without_old_traces(events: Sequence[JsonObject]) -> list[JsonObject]:
    """A conversation of earlier programs as today's keep it: they left the words of a complaint in
    it, and what the bot said of the number of an unnamed one.
    """
    if not ended(events):
        return [*events]
    codes = {
        str(code)
        for start, end in _spans(events)
        if any(map(_is_unnamed, events[start:end]))
        for event in events[start:end]
        if event["event"] == "bot" and (code := (event.get("metadata") or {}).get(NUMBER))
    }
    shown = hidden(events)
    if not codes:
        return shown
    written = re.compile("|".join(map(_however_written, codes)), re.IGNORECASE)
    return [_replaced(event, written) for event in shown]


def _is_unnamed(event: JsonObject) -> bool:
    return event["event"] == "slot" and (event["name"], event.get("value")) == (UNNAMED, "ya")


def ended(events: Sequence[JsonObject]) -> bool:
    """Whether no complaint is being written any more: its form is neither open nor resting."""
    present = _present(events)
    rests = [e["value"] for e in present if e["event"] == "slot" and e["name"] == RESTING]
    return not _is_open(present) and rests[-1:] != [FORM]


def without_secret(event: JsonObject) -> JsonObject:
    """A bot message without the values that only the citizen may read."""
    metadata: Mapping[str, Any] = event.get("metadata") or {}
    if event["event"] != "bot" or not metadata.get(SECRET):
        return event
    named = {SECRET, *metadata[SECRET]}
    text = str(event.get("text") or "")
    for told in _secrets(event):
        text = text.replace(told, VALUE_HIDDEN)
    kept = {key: value for key, value in metadata.items() if key not in named}
    return {**event, "text": text, "metadata": kept}


def without_secrets(events: Sequence[JsonObject]) -> list[JsonObject]:
    """A turn without what the bot said to the citizen only, also where the citizen wrote it."""
    told = [secret for event in events for secret in _secrets(event)]
    said = [without_secret(event) for event in events]
    if not told:
        return said
    written = re.compile("|".join(map(_however_written, told)), re.IGNORECASE)
    return [_replaced(event, written) for event in said]


def _secrets(event: JsonObject) -> list[str]:
    """The longest first, as one may hold another."""
    metadata: Mapping[str, Any] = event.get("metadata") or {}
    if event["event"] != "bot":
        return []
    values = (metadata.get(name) for name in metadata.get(SECRET) or ())
    return sorted((str(value) for value in values if value), key=len, reverse=True)


def _however_written(secret: str) -> str:
    """People write a code in small letters, and parted."""
    return r"[\s.\-]?".join(map(re.escape, secret)) if secret.isalnum() else re.escape(secret)


def _replaced(value: Any, written: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return written.sub(VALUE_HIDDEN, value)
    if isinstance(value, Mapping):
        return {key: _replaced(item, written) for key, item in value.items()}
    return [_replaced(item, written) for item in value] if isinstance(value, list) else value


def _begins(event: JsonObject) -> bool:
    return event["event"] == "active_loop" and event.get("name") == FORM


def _spans(events: Sequence[JsonObject]) -> Iterator[tuple[int, int]]:
    """From the message that began the form to the end of the turn in which the form ended."""
    start, is_open = 0, False
    message = 0
    for place, event in enumerate(events):
        if event["event"] == "user" and "stands_for" not in (event.get("metadata") or {}):
            if is_open and not _is_open(_present(events[:place])):
                yield start, place
                is_open = False
            message = place
        if _begins(event) and not is_open:
            start, is_open = message, True
    if is_open:
        yield start, len(events)


def _was_written_before(event: JsonObject, first: JsonObject) -> bool:
    """Whether a message that came a day late is older than the form and so none of its answers."""
    metadata, began = event.get("metadata") or {}, first.get("metadata") or {}
    if event["event"] != "user" or not metadata.get("late"):
        return False
    return float(metadata["timestamp"]) < float(began.get("timestamp") or first["timestamp"])


def _present(events: Sequence[JsonObject]) -> Sequence[JsonObject]:
    """The events of the present session; the one before left nothing open."""
    starts = [place for place, event in enumerate(events) if event["event"] == "session_started"]
    return events[starts[-1] :] if starts else events


def _is_open(events: Sequence[JsonObject]) -> bool:
    loops = [event.get("name") for event in events if event["event"] == "active_loop"]
    return loops[-1:] == [FORM]


def _hide(event: JsonObject) -> JsonObject:
    if event["event"] == "user":
        metadata = event.get("metadata") or {}
        shown = {key: value for key, value in metadata.items() if key not in _TELLING}
        intent = {"name": intents().role.complaint, "confidence": 1.0}
        parsed = {"intent": intent, "entities": [], "text": HIDDEN, "intent_ranking": []}
        return {**event, "text": HIDDEN, "parse_data": parsed, "metadata": shown}
    if event["event"] == "slot" and event["name"] in SLOTS:
        return {**event, "value": None}
    return without_secret(event)


_TELLING = frozenset({"title", "media", "location", "contacts", "order", "form", "aside"})
"""Metadata of a message in which its content stands again."""
