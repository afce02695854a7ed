"""Which answer a special situation gets instead of the general one (`riung/nlu/situations.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import dropwhile
from typing import Any

from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.follow_up_table import follow_ups
from riung.dialogue.topic import SLOT, STANDS_FOR, Topic
from riung.nlu.situations import AFTERWARDS, ENTITY, situations

NOT_ANSWERS = (
    "utter_ask_",
    "utter_antrean_",
    "utter_aduan_",
    "utter_menu",
    "utter_keadaan_",
    "utter_tiket_",
    "utter_petugas_",
    "utter_pesan_",
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
    if response.startswith(NOT_ANSWERS) or not (told := _told(tracker)):
        return None
    asked = _asked_before(tracker)
    if asked is None:
        return None
    found = (one for one in told if _shows(one, asked))
    return next((situations().response(str(one["value"])) for one in found), None)


def idle_situations(tracker: DialogueStateTracker) -> list[Mapping[str, Any]]:
    """The latest message's situations that do not show: what they follow was not asked before."""
    told = [one for one in _told(tracker) if one["entity"] == AFTERWARDS]
    asked = (_asked_before(tracker) if told else None) or set()
    return [one for one in told if not _shows(one, asked)]


def _told(tracker: DialogueStateTracker) -> list[Mapping[str, Any]]:
    """The situations that the latest message's words tell of; few have any."""
    entities = tracker.latest_message.entities if tracker.latest_message else []
    return [one for one in entities if one.get("entity") in (ENTITY, AFTERWARDS)]


def _shows(entity: Mapping[str, Any], asked: set[str]) -> bool:
    """Whether an entity is a known situation that shows after what was asked."""
    kind, situation = entity.get("entity"), situations().by_name.get(str(entity.get("value")))
    if situation is None:
        return False
    return kind == ENTITY or (kind == AFTERWARDS and bool(situation.after & asked))


def _asked_before(tracker: DialogueStateTracker) -> set[str] | None:
    """Intents and situations of the few messages before the latest; None when that has its answer
    already.

    Answers to a form that is over count for nothing: the wish for it was asked just before.
    """
    earlier: list[set[str]] = []
    in_form = False
    for event in reversed(tracker.events):
        if isinstance(event, ActiveLoop):
            in_form = event.name is None
        if isinstance(event, BotUttered) and not earlier:
            return None
        if isinstance(event, UserUttered) and not in_form:
            earlier.append({str(event.intent.get("name")), *_situations_of(event)})
        if len(earlier) > SHORTLY:
            break
    return set().union(*earlier[1:]) | _talked_about(tracker)


def _talked_about(tracker: DialogueStateTracker) -> set[str]:
    """The intents and situations that leave behind what the conversation was about before the
    latest message.
    """
    events = dropwhile(lambda event: not _is_written(event), reversed(tracker.events))
    latest = next(events, None)
    kept = (one.value for one in events if isinstance(one, SlotSet) and one.key == SLOT)
    topic = Topic.of(next(kept, None), latest.timestamp) if latest else None
    subject = follow_ups().subjects.get(topic.subject or "") if topic else None
    return {*subject.left_by, *subject.situations} if subject else set()


def _is_written(event: Event) -> bool:
    """Whether the citizen wrote it, and it stands in no message's place."""
    return isinstance(event, UserUttered) and STANDS_FOR not in (event.metadata or {})


def _situations_of(message: UserUttered) -> set[str]:
    return {str(one["value"]) for one in message.entities if one["entity"] in (ENTITY, AFTERWARDS)}
