"""Which answer a special situation gets instead of the general one (`riung/nlu/situations.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import dropwhile
from typing import Any

from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now
from riung.dialogue.topic import SLOT, STANDS_FOR, Topic
from riung.nlu.normalizer import normalizer
from riung.nlu.situations import AFTERWARDS, ENTITY, line_of, situations

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
    "utter_isian_",
    "utter_mengapa_",
    "utter_hapus_data_diterima",
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
    line, intent = _line(tracker), (tracker.latest_message.intent or {}).get("name")
    found = sorted((one for one in told if _shows(one, asked, line)), key=_is_beside(intent))
    return situations().response(str(found[0]["value"])) if found else None


def _is_beside(intent: str | None) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a situation is heard beside the message's intent and not by it; one that shows after
    what was asked may name it as heard: "skck?" alone is the police's.
    """

    def beside(told: Mapping[str, Any]) -> bool:
        situation = situations().by_name[str(told["value"])]
        heard = situation.named_from if told["entity"] == AFTERWARDS else ()
        return intent not in {*situation.intents, *heard}

    return beside


def idle_situations(tracker: DialogueStateTracker) -> list[Mapping[str, Any]]:
    """The latest message's situations that do not show: what they follow was not asked before."""
    told = [one for one in _told(tracker) if one["entity"] == AFTERWARDS]
    asked = (_asked_before(tracker) if told else None) or set()
    line = _line(tracker) if told else ""
    return [one for one in told if not _shows(one, asked, line)]


def _line(tracker: DialogueStateTracker) -> str:
    """The latest message's words as the conditions of situations look at them."""
    message = tracker.latest_message
    words = normalizer().words(message.text or "") if message else ()
    return line_of(word.text for word in words)


def _told(tracker: DialogueStateTracker) -> list[Mapping[str, Any]]:
    """The situations that the latest message's words tell of; few have any."""
    entities = tracker.latest_message.entities if tracker.latest_message else []
    return [one for one in entities if one.get("entity") in (ENTITY, AFTERWARDS)]


def _shows(entity: Mapping[str, Any], asked: set[str], line: str) -> bool:
    """Whether an entity is a known situation that shows, in the words of the message, after what
    was asked.
    """
    kind, situation = entity.get("entity"), situations().by_name.get(str(entity.get("value")))
    if situation is None or kind == ENTITY:
        return situation is not None
    if kind != AFTERWARDS or situation.after.isdisjoint(asked):
        return False
    conditions = [one for one in situation.conditions if one.after]
    told = [one for one in conditions if one.shows_in(line)] or conditions
    return any(not asked.isdisjoint(one.after) for one in told)


def _asked_before(tracker: DialogueStateTracker) -> set[str] | None:
    """Intents and situations of the few messages before the latest; None when that has its answer
    already.

    Answers to a form that is over count for nothing: the wish for it was asked just before.
    """
    earlier: list[UserUttered] = []
    written, in_form = 0, False
    for event in reversed(tracker.events):
        if isinstance(event, ActiveLoop):
            in_form = event.name is None
        if isinstance(event, BotUttered) and not earlier:
            return None
        if isinstance(event, UserUttered) and not in_form:
            earlier.append(event)
            written += _is_written(event)
        if written > SHORTLY:
            break
    asked = _talked_about(tracker)
    for message in reversed(earlier[1:]):
        asked |= {str(message.intent.get("name")), *_situations_of(message, asked)}
    return asked


def _talked_about(tracker: DialogueStateTracker) -> set[str]:
    """The intents and situations that leave behind what the conversation was about before the
    latest message.
    """
    events = dropwhile(lambda event: not _is_written(event), reversed(tracker.events))
    next(events, None)
    kept = (one.value for one in events if isinstance(one, SlotSet) and one.key == SLOT)
    topic = Topic.of(next(kept, None), now().timestamp())
    return topic.left_by() if topic else set()


def _is_written(event: Event) -> bool:
    """Whether the citizen wrote it, and it stands in no message's place."""
    return isinstance(event, UserUttered) and STANDS_FOR not in (event.metadata or {})


def _situations_of(message: UserUttered, asked: set[str]) -> set[str]:
    """The situations of an earlier message that showed after what had been asked until then."""
    told = [(one["entity"], str(one["value"])) for one in message.entities]
    known = situations().by_name
    after = {name for kind, name in told if kind == AFTERWARDS and name in known}
    shown = {name for name in after if not known[name].after.isdisjoint(asked)}
    return shown | {name for kind, name in told if kind == ENTITY}
