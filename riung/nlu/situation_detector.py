"""Rasa component that marks a message with its special situation (`kamus/keadaan.yml`)."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from riung.intents import ASKED_AT_THE_END, FURTHER, intents
from riung.nlu.component import MessageComponent
from riung.nlu.entities import Entity
from riung.nlu.messages import (
    ASKED,
    ASKED_LAST,
    add_entities,
    drop_entities,
    entities_of,
    intent_of,
    set_ranking,
    text_of,
    words_of,
)
from riung.nlu.second_question import held_by, last_asked
from riung.nlu.situations import (
    AFTERWARDS,
    ENTITY,
    SITUATION_AT_THE_END,
    Condition,
    Situation,
    line_of,
    shown_in,
    situations,
)

SURE = 0.99
"""Confidence of a situation: a question for certain, yet less than a tapped button's."""

FIRM = 0.75
"""From this confidence on an intent with a way of its own (a complaint, a booking) stands."""

STORY = 9
"""From how many words on a message may tell of a situation and be about something else."""

LONG_STORY = 15
"""The same although it asks something beside the situation, or means what that takes up."""

BORNE_OUT = 0.02
"""How likely a story has to be about what its situation means."""

HARDLY = 0.005
"""Below this a message is not about what its situation means, however few its words are."""

KIND = "jenis_permohonan"
"""The entity by which a second question names what it is about."""

CERTAIN = 1.0
"""Confidence of what the shortcuts have decided; that stands, but for whose matter it is."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SituationDetector(MessageComponent, IntentClassifier):
    """Marks a message with its situation (entity `keadaan`) and decides the intent by it."""

    @staticmethod
    def get_default_config() -> dict[str, object]:
        """There is nothing to set."""
        return {}

    def understand(self, message: Message) -> None:
        """Add the entity; set the intent unless that depends on what was asked before."""
        known = situations()
        intent, confidence = intent_of(message)
        numbered = any(entity.name == "nomor_permohonan" for entity in entities_of(message))
        of_another = intent == intents().role.out_of_scope  # whose, its words may say
        if (confidence >= CERTAIN and not of_another) or numbered:
            return
        if intent == intents().role.complaint:
            self._note_question(message)
        left_alone = intent in known.except_for and confidence >= FIRM
        outside = intents().role.out_of_scope  # as every answer to a question is by itself
        line = line_of(word.text for word in words_of(message))
        for name, shown in shown_in(line):
            situation = known.by_name[name]
            if left_alone and intent not in {*situation.also_from, *situation.intents}:
                shown = [one for one in shown if one.after and intent == outside]
            if situation.yields and _is_of_others(message, situation):
                shown = [one for one in shown if one.after]
            if not shown:
                continue
            beside = _asked_beside(message, situation)
            if situation.yields and _is_elsewhere(message, situation, beside):
                continue
            alone = _stands_alone(shown)
            entity = Entity(ENTITY if alone else AFTERWARDS, name, 0, len(text_of(message)))
            add_entities(message, [entity], type(self).__name__)
            if alone:
                whole = len(text_of(message))
                further = [Entity(FURTHER, intent, 0, whole) for intent in beside]
                add_entities(message, further, type(self).__name__)
                self._set_intent(message, situation, intent)
                return

    def _note_question(self, message: Message) -> None:
        """Add what a grievance told at length asks in its end; the complaint stays its intent."""
        words, text = words_of(message), text_of(message)
        asked = last_asked(text, words) if len(words) >= STORY else None
        if asked is None:
            return
        line = line_of(word.text for word in asked)
        alone = (name for name, shown in shown_in(line) if _stands_alone(shown))
        meant = {name: situations().by_name[name].intents for name in alone}
        grievance = intents().no_question
        found = next((name for name, means in meant.items() if not grievance & {*means}), "")
        intent = meant[found][0] if found else message.get(ASKED_LAST)
        noted = [(ASKED_AT_THE_END, intent), (SITUATION_AT_THE_END, found)]
        whole = len(text)
        entities = [Entity(name, str(value), 0, whole) for name, value in noted if value]
        add_entities(message, entities, type(self).__name__)

    @staticmethod
    def _set_intent(message: Message, situation: Situation, guessed: str | None) -> None:
        if intent_of(message)[1] >= CERTAIN:
            return
        meant = guessed if guessed in situation.intents else situation.intents[0]
        ranking = [
            (str(entry[INTENT_NAME_KEY]), float(entry[PREDICTED_CONFIDENCE_KEY]))
            for entry in message.get(INTENT_RANKING_KEY) or []
        ]
        others = [entry for entry in ranking if entry[0] != meant]
        if not any(entity.name == KIND for entity in entities_of(message)):
            drop_entities(message, FURTHER, held_by(str(meant)))
        set_ranking(message, [(str(meant), SURE), *((name, low * 0.01) for name, low in others)])


def _stands_alone(shown: Sequence[Condition]) -> bool:
    return any(not one.after for one in shown)


def _is_elsewhere(message: Message, situation: Situation, beside: list[str]) -> bool:
    """Whether a story is surely about something else, or a long one not about this at all."""
    intent, confidence = intent_of(message)
    outside = {intents().role.out_of_scope} & situation.also_from
    if intent in {*situation.intents, *outside} | intents().courtesy:
        return False  # thanks in front of a question say nothing of it
    length, firm = len(words_of(message)), confidence >= FIRM
    if length >= LONG_STORY:
        return firm or _likely(message, situation) < BORNE_OUT
    return length >= STORY and firm and not beside and intent not in situation.also_from


def _is_of_others(message: Message, situation: Situation) -> bool:
    """Whether surely just one of both, message or situation, is a matter of other authorities.

    However few its words are, a message of theirs gets no answer of ours, and none of ours is sent
    away for a word.
    """
    intent, confidence = intent_of(message)
    outside = intents().role.out_of_scope
    is_heard = intent in {*situation.intents, *situation.named_from}
    if is_heard or not FIRM <= confidence < CERTAIN:
        return False
    return outside in {intent, *situation.intents} and _likely(message, situation) < HARDLY


def _likely(message: Message, situation: Situation) -> float:
    """How likely the whole message is about what the situation means."""
    return sum(
        float(entry[PREDICTED_CONFIDENCE_KEY])
        for entry in message.get(INTENT_RANKING_KEY) or []
        if entry[INTENT_NAME_KEY] in situation.intents
    )


def _asked_beside(message: Message, situation: Situation) -> list[str]:
    """What a message surely asks beside its situation, where that leaves it to be answered."""
    if not situation.answers_also or any(one.name == FURTHER for one in entities_of(message)):
        return []
    intent, confidence = intent_of(message)
    is_asked = confidence >= FIRM and "?" in text_of(message)
    asked = [*(message.get(ASKED) or ()), *([intent] if is_asked else [])]
    others = (one for one in asked if one not in situation.meant_by | intents().no_question)
    return [*dict.fromkeys(map(str, others))][:1]
