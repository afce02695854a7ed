"""From a tracker event to a line of the transcript. Pure; the same for broker and tracker."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from riung.application_number import number_shape
from riung.digits import digits_of
from riung.intents import intents
from riung.privacy import looks_like_nik

JsonObject = Mapping[str, Any]

CITIZEN, BOT, OFFICER, SYSTEM = "citizen", "bot", "officer", "system"
"""Who said a line. SYSTEM: said by the desk itself when the owner changed."""

GONE = "gone"
"""In place of who said a line of which nothing is left (`riung.desk.unnamed`)."""

_OF_CITIZEN = "user:"
"""How the key of a citizen's message begins."""

_KEPT = ("media", "location", "contacts", "order", "type", "aside", "late", "in_form")
"""Metadata of a citizen's message that the desk shows or judges by."""

_TAPPED = ("interactive", "button")
"""Types of messages that WhatsApp ties to ours by themselves; the citizen quoted nothing."""

FALLBACK = "nlu_fallback"
_FALLBACK_ACTION = "action_tidak_paham"
_AT_ONCE = timedelta(seconds=2)


@dataclass(frozen=True)
class Line:
    """One line of a transcript.

    Attributes:
        key: the same for the same event, however often and from wherever it comes.
        at: when it was said, aware; a citizen's words when they were sent.
        author: CITIZEN, BOT, OFFICER or SYSTEM.
        text: the words; empty for a picture without caption.
        intent: what the bot understood (citizens' lines).
        confidence: how sure it was, 0 to 1.
        details: media, buttons, location, the officer's name: what the page shows besides text.
            `aside` is a reaction, or what became of an earlier message (`about`, `words`); `late`
            is set when the bot could not answer any more; `contacts` are cards, `order` a wish from
            a catalogue; `quotes` is the id of the message that the citizen replied to; `tapped` is
            the intent of a choice, `meant` what words were taken for, and `stand_in` tells that the
            line repeats the one before by its meaning.
        office: the office the message was written to, "" when the event does not say.
    """

    key: str
    at: datetime
    author: str
    text: str = ""
    intent: str = ""
    confidence: float | None = None
    details: dict[str, Any] = field(default_factory=dict)
    office: str = ""

    @property
    def topic(self) -> str:
        """The intent when it is a topic, else ""."""
        return self.intent if self.author == CITIZEN and is_topic(self.intent) else ""


def is_topic(intent: str) -> bool:
    """Whether the intent says what a conversation is about."""
    return intent not in intents().no_topic | {"", FALLBACK}


def line_of(event: JsonObject) -> Line | None:
    """The line a tracker event makes; None for events nobody said (slots, actions, pauses).

    Malformed events give None too: a copy must not stop at one odd row.
    """
    kind, at = event.get("event"), _moment(event.get("timestamp"))
    if at is None:
        return None
    if kind == "user":
        return _said_by_citizen(event, at)
    if kind == "bot":
        return _said_to_citizen(event, at)
    return None


def score_of(event: JsonObject) -> int | None:
    """The score that a user event gives (the survey's intent, `nilai` 1 to 5), else None."""
    parsed = _mapping(event.get("parse_data"))
    if _mapping(parsed.get("intent")).get("name") != intents().role.survey:
        return None
    for entity in parsed.get("entities") or ():
        value = str(_mapping(entity).get("value", ""))
        if _mapping(entity).get("entity") == "nilai" and value in ("1", "2", "3", "4", "5"):
            return int(value)
    return None


def _said_by_citizen(event: JsonObject, at: datetime) -> Line | None:
    metadata, parsed = _mapping(event.get("metadata")), _mapping(event.get("parse_data"))
    intent = _mapping(parsed.get("intent"))
    text = str(event.get("text") or "")
    name = str(intent.get("name") or "")
    if name in ("session_start", "restart") or metadata.get("is_external"):
        return None
    if name and metadata.get("stands_for") == name:
        return None  # what was understood at once, completed from what was said before
    details = {key: metadata[key] for key in _KEPT if metadata.get(key)}
    shown = str(metadata.get("title") or "") or ("" if text.startswith("/") else text)
    if metadata.get("stands_for"):  # a digit, a "ya" or a question, said again as its meaning
        details["meant" if any(map(str.isalpha, shown)) else "tapped"], shown = name, ""
        details["stand_in"] = True
    elif text.startswith("/") and not shown and not details.keys() - {"type"}:
        details["tapped"] = name
    quotes = metadata.get("context_id")
    if quotes and metadata.get("type") not in _TAPPED and "stand_in" not in details:
        details["quotes"] = quotes
    if numbers := _numbers(parsed):
        details["numbers"] = numbers
    confidence = intent.get("confidence")
    message_id, timestamp = event.get("message_id"), event.get("timestamp")
    return Line(
        key=key_of(message_id if isinstance(message_id, str) and message_id else repr(timestamp)),
        at=_sent_at(metadata, at),
        author=CITIZEN,
        text=shown,
        intent=name,
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
        details=details,
        office=str(metadata.get("office") or ""),
    )


def emptied(line: Line) -> Line:
    """The line without anything that was said."""
    return Line(key=line.key, at=line.at, author=GONE, office=line.office)


def key_of(message_id: str) -> str:
    """The key of a citizen's message; whole, as ids of one person may differ in their end only."""
    return f"{_OF_CITIZEN}{message_id}"


def message_id_of(key: str) -> str:
    """The id of the citizen's message that has this key."""
    return key.removeprefix(_OF_CITIZEN)


def _sent_at(metadata: Mapping[str, Any], worked_on: datetime) -> datetime:
    """When the citizen wrote; Meta may deliver it hours later.

    It tells no more than the second: what was worked on at once stands where it was worked on,
    below the answer of the same second that it replies to.
    """
    sent = _moment(metadata.get("timestamp"))
    return sent if sent and worked_on - sent > _AT_ONCE else worked_on


def _numbers(parsed: Mapping[str, Any]) -> list[str]:
    """Whole application numbers the citizen asked about in this message."""
    length = number_shape().length
    values = (
        digits_of(str(_mapping(entity).get("value", "")))
        for entity in parsed.get("entities") or ()
        if _mapping(entity).get("entity") == "nomor_permohonan"
    )
    return [number for number in values if len(number) == length and not looks_like_nik(number)]


def _said_to_citizen(event: JsonObject, at: datetime) -> Line:
    metadata, data = _mapping(event.get("metadata")), _mapping(event.get("data"))
    text = str(event.get("text") or "")
    details: dict[str, Any] = {
        key: data[key] for key in ("image", "attachment") if isinstance(data.get(key), str)
    }
    buttons = [str(_mapping(button).get("title", "")) for button in data.get("buttons") or ()]
    if buttons:
        details["buttons"] = buttons
    for key in ("petugas", "lampiran", "templat"):
        if metadata.get(key):
            details[key] = metadata[key]
    desk_key = metadata.get("desk_key")
    mark = zlib.crc32(text.encode("utf-8", "replace"))
    key = f"desk:{desk_key}" if desk_key else f"bot:{event.get('timestamp')!r}:{mark:08x}"
    author = (OFFICER if metadata.get("petugas") else SYSTEM) if desk_key else BOT
    return Line(key=key, at=at, author=author, text=text, details=details)


def _moment(timestamp: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(timestamp), timezone.utc)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
