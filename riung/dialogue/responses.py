"""Rasa's templated generator with the office's facts in it.

`{kantor.alamat.lengkap}` in a response is filled from the office of the conversation; in an
English conversation `utter_x_en` is said instead of `utter_x` where it exists; a second question
in the same message (entity `pertanyaan_lain`) is answered in the same reply, or offered there as
a button where its answer takes an action.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from weakref import WeakValueDictionary

import structlog
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from riung.days_to_keep import days_to_keep
from riung.dialogue import helpfulness, wording
from riung.dialogue.announcements import OUTAGE, board
from riung.dialogue.conversation import answered_since_start, office_of
from riung.dialogue.filling import PLACEHOLDER, fill, tidy
from riung.dialogue.passages import (
    NEARLY_ALL,
    Rarity,
    asks_how_much,
    latest_question,
    only_price,
)
from riung.dialogue.situations import situation_answer
from riung.dialogue.wording import ENGLISH
from riung.intents import FURTHER, intents
from riung.localized import LANGUAGE
from riung.office.menu import command
from riung.office.model import Office
from riung.office.modules import switched_off
from riung.phrases import intent_labels

log = structlog.get_logger()

NEWS = "utter_pengumuman"
INTRODUCTION = "utter_perkenalan"
ANNOUNCED = "pengumuman"
"""Key of the bot event's metadata that holds the ids of the announcements it said."""

STATUS_ANSWERS = ("utter_status", "utter_gangguan_sistem")
"""Answers that an outage bears on, so that it is said with each of them."""

SHORT = "_juga"
"""Ends the name of an answer's short form, for an answer that takes an action by itself."""

OFFER = "utter_pertanyaan_lain"
QUESTION_BACK = "utter_ask_"
"""How the name of a form's question begins; it stands last, so that it is the one answered."""

UNKNOWN, NEAREST = "utter_tidak_paham_pokok", "utter_tidak_paham_terdekat"
"""What is said to a question about the topic that was not understood; and that where one line of
our answers has its words."""

DETAIL, NO_DETAIL = "utter_rincian_", "utter_rincian_tidak_ada"
"""Detailed answers, and what is said when a button of an earlier version names one that is gone."""

NOT_HERE = "utter_isian_tidak_paham"
"""What is said to a message that a form does not understand, before its question comes again."""

CLOSED_SLOT, CLOSED_NOTE = "isian_tertutup", "utter_isian_tertutup_catatan"
"""Slot that holds a form closed by the end of the session, and how an answer to something else
says so."""


def _announced_before(tracker: DialogueStateTracker) -> set[int]:
    """Announcements already said in this conversation's session."""
    spoken = (event for event in tracker.events if isinstance(event, BotUttered))
    return {one for event in spoken for one in event.metadata.get(ANNOUNCED, ())}


def _inside_form(tracker: DialogueStateTracker, response: str) -> str | None:
    """What is said instead where a form goes on: what we serve is no answer there."""
    is_general = response == f"utter_{intents().role.out_of_scope}"
    return NOT_HERE if tracker.active_loop_name and is_general else None


def _once(done: WeakValueDictionary[str, UserUttered], tracker: DialogueStateTracker) -> bool:
    """Whether it was not done for the latest message; and that it is now.

    An action that says two things shows the tracker neither before it ends.
    """
    message = tracker.latest_message
    if message is None or done.get(tracker.sender_id) is message:
        return message is None
    done[tracker.sender_id] = message
    return True


class OfficeNaturalLanguageGenerator(TemplatedNaturalLanguageGenerator):
    """Says responses in the conversation's language and with its office's facts."""

    def __init__(
        self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None
    ) -> None:
        super().__init__((domain or Domain.empty()).responses)
        self._introduced: WeakValueDictionary[str, UserUttered] = WeakValueDictionary()
        self._exchanged: WeakValueDictionary[str, UserUttered] = WeakValueDictionary()

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The filled response, or None when there is none of that name."""
        values = {**tracker.current_slot_values(), **kwargs}
        special = situation_answer(tracker, utter_action) or _inside_form(tracker, utter_action)
        answer = special if special and _once(self._exchanged, tracker) else utter_action
        if answer == UNKNOWN and (told := self._told_of_topic(tracker, output_channel, values)):
            answer, values = NEAREST, {**values, "jawaban": told}
        spoken = self._in_language(answer, values.get("bahasa"))
        response = self._say(spoken, output_channel, values, office_of(tracker))
        if response is None:
            return None
        for intent in _further_questions(utter_action, tracker):
            also = self._also(intent, tracker, output_channel, values)
            response = _joined(response, also, utter_action.startswith(QUESTION_BACK))
        response = self._put(response, spoken, tracker, output_channel, values)
        if helpfulness.REPLY in self.responses:
            response = _with_question(response, answer, tracker, values)
        response = self._with_news(response, utter_action, tracker, output_channel)
        said = self._with_introduction(response, tracker, output_channel, values)
        return {**said, LANGUAGE: "en"} if values.get("bahasa") == "en" else said

    def _told_of_topic(
        self, tracker: DialogueStateTracker, channel: str, values: Mapping[str, Any]
    ) -> str | None:
        """What our answers about the topic tell of a question that was not understood."""

        def say(name: str) -> str:
            spoken = self._in_language(name, values.get("bahasa"))
            is_plain = self._needs_no_action(spoken)
            said = self._say(spoken, channel, values, office_of(tracker)) if is_plain else None
            return wording.without_way_back(str((said or {}).get("text") or ""))

        return self._rarity.told_of_topic(tracker, say) if NEAREST in self.responses else None

    @cached_property
    def _rarity(self) -> Rarity:
        return Rarity.of(self._text(name) for name in self.responses)

    def _put(
        self,
        response: dict[str, Any],
        name: str,
        tracker: DialogueStateTracker,
        channel: str,
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The answer under its topic's name, otherwise than last time, with unlike buttons."""
        text = response.get("text")
        if not text:
            return response
        language = "en" if values.get("bahasa") == "en" else "id"
        topic = wording.topic_line(text, tracker, language)
        times = wording.times_said(text, tracker)
        verdict = wording.verdict_line(text, tracker, language)
        told = {**response, "text": wording.opened(text, verdict, topic, tracker)}
        is_remark = wording.is_remark(name)
        if (second := wording.second_form(name)) in self.responses:
            again = self._say(second, channel, values, office_of(tracker))
            told = again if again and times % 2 else told
        elif not (
            is_remark or wording.told_already(tracker) or wording.is_new(verdict, tracker)
        ) and (variation := self._variation(name, text, topic, times, tracker)):
            is_same = not wording.is_of_another(topic, tracker)
            if part := self._part_asked_for(text, variation, times, tracker, is_same):
                told = {**told, "text": part if is_same else f"{topic}\n{part}"}
                variation = wording.PART
            elif is_same and variation == wording.AGAIN:
                told = {**told, "text": wording.gist(wording.without_way_back(told["text"]))}
            told = self._varied(told, variation, tracker, channel, values)
        if note := self._closed_note(name, tracker, channel, values):
            told["text"] = f"{note}\n\n{told['text']}"
        counted = 1 if is_remark else times + 1  # what follows a remark is put otherwise
        return {**told, wording.SAID: wording.digest(text), wording.TIMES: counted}

    def _variation(
        self, name: str, text: str, topic: str, times: int, tracker: DialogueStateTracker
    ) -> str | None:
        """The words in which an answer is put that was said `times` before, or not long ago."""
        if times or not wording.said_before_the_last(text, topic, tracker):
            is_anew = not wording.is_new(topic, tracker) and wording.asks_anew(tracker)
            is_other = wording.is_of_another(topic, tracker)
            return wording.variation(name, times, is_other, is_anew)
        is_plain = self._needs_no_action(name) and not name.startswith(wording.SCREENS)
        is_plain = is_plain and not name.startswith(f"utter_{intents().role.out_of_scope}")
        return wording.AS_BEFORE if is_plain and wording.AS_BEFORE in self.responses else None

    def _part_asked_for(
        self, text: str, variation: str, times: int, tracker: DialogueStateTracker, is_same: bool
    ) -> str | None:
        """The lines of an answer said `times` before that the latest question is about; its price
        alone, where it is about another topic than before.
        """
        if wording.PART not in self.responses:
            return None
        if not is_same:
            return only_price(latest_question(tracker), text)
        is_asked = variation != wording.SCREEN_AGAIN and not wording.is_word_for_word(tracker)
        if not is_asked:
            return None
        is_other = variation == wording.FOR_THAT_TOO or (
            variation == wording.AGAIN and wording.asks_shortly_of_a_part(tracker)
        )
        share = 0.0 if times == 1 and is_other else NEARLY_ALL
        question = latest_question(tracker)
        part = self._rarity.line_about(question, [text], share=share)
        part = part or only_price(question, text)
        has_figure = part is not None and any(map(str.isdigit, part))
        return part if has_figure or not asks_how_much(question) else None

    def _varied(
        self,
        told: dict[str, Any],
        variation: str,
        tracker: DialogueStateTracker,
        channel: str,
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The answer inside the words for saying it again; its own buttons come first."""
        plain = wording.without_way_back(told["text"])
        filled = {**values, "jawaban": told["text"] if variation == wording.SCREEN_AGAIN else plain}
        name = self._in_language(variation, str(values.get("bahasa") or "id"))
        again = self._say(name, channel, filled, office_of(tracker))
        if again is None:
            return told
        own = told.get("buttons", ()) if "{jawaban}" in self._text(name) else ()
        return {**told, "text": again["text"], "buttons": [*own, *again.get("buttons", ())]}

    def _text(self, name: str) -> str:
        return str(self.responses[name][0].get("text", ""))

    def _closed_note(
        self, name: str, tracker: DialogueStateTracker, channel: str, values: Mapping[str, Any]
    ) -> str:
        """That a form was closed, with the first answer after it that is about something else."""
        form = values.get(CLOSED_SLOT)
        if not form or name.startswith(f"utter_{form}_tertutup"):
            return ""
        if answered_since_start(tracker):
            return ""
        note = self._in_language(CLOSED_NOTE, str(values.get("bahasa") or "id"))
        said = self._say(note, channel, values, office_of(tracker))
        return str(said["text"]) if said else ""

    def _with_news(
        self, response: dict[str, Any], action: str, tracker: DialogueStateTracker, channel: str
    ) -> dict[str, Any]:
        """The answer under what the office announces: each once, outages with every status."""
        office = office_of(tracker)
        announced = board().current(office.id)
        if not announced or "text" not in response:
            return response
        said = _announced_before(tracker)
        about_status = action.startswith(STATUS_ANSWERS)
        now_said = [
            one for one in announced if one.id not in said or (about_status and one.kind == OUTAGE)
        ]
        lines = [
            self._say(NEWS, channel, {"pengumuman": one.text}, office) or {} for one in now_said
        ]
        words = [line["text"] for line in lines if line.get("text")]
        text = "\n\n".join([*words, response["text"]])
        return {**response, "text": text, ANNOUNCED: [one.id for one in now_said]}

    def _with_introduction(
        self,
        response: dict[str, Any],
        tracker: DialogueStateTracker,
        channel: str,
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The very first answer says that a machine answers, what is kept, and how it is erased."""
        if "text" not in response or any(isinstance(e, BotUttered) for e in tracker.events):
            return response
        if not _once(self._introduced, tracker):
            return response
        name = self._in_language(INTRODUCTION, values.get("bahasa"))
        days = {"hari": days_to_keep()["percakapan"]}
        line = self._say(name, channel, days, office_of(tracker))
        return {**response, "text": f"{response['text']}\n\n{line['text']}"} if line else response

    def _in_language(self, utter_action: str, language: Any) -> str:
        if utter_action.startswith(DETAIL) and utter_action not in self.responses:
            return NO_DETAIL
        english = utter_action + ENGLISH
        return english if language == "en" and english in self.responses else utter_action

    def _also(
        self,
        intent: str,
        tracker: DialogueStateTracker,
        channel: str,
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The answer to a further question; a button that asks it where that takes an action."""
        office, language = office_of(tracker), str(values.get("bahasa") or "id")
        named = {e["entity"]: str(e["value"]) for e in tracker.latest_message.entities}
        elsewhere = "kantor" in named
        names = (f"utter_{intent}{SHORT}", f"utter_{intent}")
        for name in filter(self.responses.__contains__, names):
            response = self._in_language(name, language)
            if self._needs_no_action(response) and not (elsewhere and name.endswith(SHORT)):
                return self._say(response, channel, values, office) or {}
        title = intent_labels(language).get(intent)
        if title is None:
            return {}
        own = f"utter_pertanyaan_lain_{intent}"
        name = self._in_language(own if own in self.responses else OFFER, language)
        offer = self._say(name, channel, {"judul": title}, office)
        place = {"kantor": named["kantor"]} if elsewhere else {}
        return {**(offer or {}), "buttons": [{"title": title, "payload": command(intent, place)}]}

    def _unless_off(self, response: str, office: Office) -> str:
        """What is said instead where the office has switched that service off."""
        intent = response.removeprefix("utter_").removesuffix(ENGLISH).removesuffix(SHORT)
        off = switched_off(office.modul, intent)
        end = ENGLISH if response.endswith(ENGLISH) else ""
        instead = (f"utter_mati_{name}{end}" for name in (intent, off) if off)
        return next(filter(self.responses.__contains__, instead), response)

    def _needs_no_action(self, response: str) -> bool:
        """Whether there is such a response, and the office alone fills it."""
        variations = self.responses.get(response, ())
        names = {name for one in variations for name in PLACEHOLDER.findall(one.get("text", ""))}
        return bool(variations) and all(name.startswith("kantor.") for name in names)

    def _say(
        self, utter_action: str, channel: str, values: Mapping[str, Any], office: Office
    ) -> dict[str, Any] | None:
        utter_action = self._unless_off(utter_action, office)
        response = self._random_response_for(utter_action, channel, dict(values))
        if response is None:
            return None
        if text := response.get("text"):
            response = {**response, "text": wording.with_way_back(utter_action, text)}
        filled: dict[str, Any] = fill(response, values, office, utter_action)
        return {**filled, "text": tidy(filled["text"])} if filled.get("text") else filled


def _with_question(
    response: dict[str, Any], name: str, tracker: DialogueStateTracker, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The answer with the question whether it helped, where that is asked."""
    text, language = str(response.get("text") or ""), str(values.get("bahasa") or "id")
    line = helpfulness.question_under(name, text, tracker, language)
    return {**response, "text": f"{text}\n{line}", helpfulness.ASKED: True} if line else response


def _further_questions(utter_action: str, tracker: DialogueStateTracker) -> list[str]:
    """The further questions of the message that `utter_action` begins to answer."""
    message = tracker.latest_message
    if message is None or message.intent.get("name") == FALLBACK:
        return []
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            return []
        if isinstance(event, UserUttered):
            break
    asked = [e["value"] for e in message.entities if e["entity"] == FURTHER]
    return [intent for intent in asked if not utter_action.startswith(f"utter_{intent}")]


def _joined(first: dict[str, Any], second: Mapping[str, Any], asks: bool = False) -> dict[str, Any]:
    """Two answers in one reply; the buttons are the first answer's, then the second's.

    Where the first is a question of ours (`asks`), its words stand last.
    """
    if not second.get("text") or not first.get("text"):
        return first
    buttons = {b["payload"]: b for b in (*first.get("buttons", ()), *second.get("buttons", ()))}
    before, after = (second, first) if asks else (first, second)
    text = wording.without_way_back(before["text"]) + "\n\n" + after["text"]
    joined = {**first, "text": text}
    return {**joined, "buttons": list(buttons.values())} if buttons else joined
