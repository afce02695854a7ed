"""Reading and writing Rasa messages: the few fields our components share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from riung.nlu.entities import Entity
from riung.nlu.normalizer import Word

ASKED = "asked"
"""Field of the intents that clauses of a longer message surely ask (a list of names)."""

ASKED_LAST = "asked_last"
"""Field of the intent that the last clause of a longer message surely asks."""


def text_of(message: Message) -> str:
    """The citizen's text, empty for a message without one."""
    return str(message.get(TEXT) or "")


def words_of(message: Message) -> list[Word]:
    """The normalised words the tokenizer left on the message."""
    tokens: list[Token] = message.get(TOKENS_NAMES[TEXT]) or []
    return [Word(token.text, token.start, token.end) for token in tokens]


def intent_of(message: Message) -> tuple[str | None, float]:
    """Name and confidence of the intent that is set so far."""
    intent = message.get(INTENT) or {}
    return intent.get(INTENT_NAME_KEY), float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)


def set_ranking(message: Message, ranking: Iterable[tuple[str, float]]) -> None:
    """Set the intent and the ranking behind it, the likeliest first."""
    entries = [
        {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: float(confidence)}
        for name, confidence in ranking
    ]
    message.set(INTENT, entries[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, entries, add_to_output=True)


def drop_entities(message: Message, name: str, values: Iterable[str]) -> None:
    """Take away the entities of that name that have one of these values."""
    gone = {*values}
    kept = [
        one
        for one in message.get(ENTITIES) or []
        if one["entity"] != name or one["value"] not in gone
    ]
    message.set(ENTITIES, kept, add_to_output=True)


def add_entities(message: Message, entities: Iterable[Entity], extractor: str) -> None:
    """Add entities beside those already found."""
    added: list[dict[str, Any]] = [
        {
            "entity": entity.name,
            "start": entity.start,
            "end": entity.end,
            "value": entity.value,
            "confidence_entity": 1.0,
            "extractor": extractor,
        }
        for entity in entities
    ]
    message.set(ENTITIES, [*(message.get(ENTITIES) or []), *added], add_to_output=True)


def entities_of(message: Message) -> list[Entity]:
    """The entities found so far."""
    return [
        Entity(entry["entity"], str(entry["value"]), entry["start"], entry["end"])
        for entry in message.get(ENTITIES) or []
        if "start" in entry
    ]
