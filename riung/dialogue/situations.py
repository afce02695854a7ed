"""Which answer a special situation gets instead of the general one (`riung/nlu/situations.py`)."""

from __future__ import annotations

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.nlu.situations import AFTERWARDS, ENTITY, situations

NOT_ANSWERS = (
    "utter_ask_",
    "utter_antrean_",
    "utter_aduan_",
    "utter_menu",
    "utter_keadaan_",
    "utter_tiket_",
    "utter_kunjungan_",
    "utter_sambang_",
    "utter_langkah_",
)
"""Beginnings of what is not exchanged: a form's own words, the menu, and what an action that knows
the situation says itself."""

SHORTLY = 3
"""How many of the citizen's messages back something still counts as asked shortly before."""


def situation_answer(tracker: DialogueStateTracker, response: str) -> str | None:
    """The answer to the message's situation in the place of `response`, or None.

    Only the first answer to a message is exchanged, and never a form's own question.
    """
    if response.startswith(NOT_ANSWERS) or tracker.latest_message is None:
        return None
    intents = _intents_since_answered(tracker)
    if intents is None:
        return None
    for entity in tracker.latest_message.entities:
        kind, name = entity.get("entity"), str(entity.get("value"))
        if kind not in (ENTITY, AFTERWARDS) or name not in situations().by_name:
            continue
        if kind == ENTITY or situations().by_name[name].after & intents:
            return situations().response(name)
    return None


def _intents_since_answered(tracker: DialogueStateTracker) -> set[str] | None:
    """What was asked shortly before the latest message; None when that has its answer already."""
    earlier: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and not earlier:
            return None
        if isinstance(event, UserUttered):
            earlier.append(str(event.intent.get("name")))
        if len(earlier) > SHORTLY:
            break
    return set(earlier[1:])
