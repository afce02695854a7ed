"""Rasa intent classifier around `IntentModel`; also notices further questions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from riung.intents import FURTHER, intents
from riung.nlu import lexicon
from riung.nlu import messages as fields
from riung.nlu.entities import Entity, find_entities
from riung.nlu.extractor import office_names
from riung.nlu.features import after_opening, line
from riung.nlu.kept import trained
from riung.nlu.model import IntentModel
from riung.nlu.second_question import (
    SURE_UNJOINED,
    asked_at_the_end,
    asks_of_nothing,
    beside_courtesy,
    for_a_family,
    questions,
    sure_parts,
)

IN_DOUBT = 0.25
"""Above this confidence thanks or a greeting is heard beside what the message asks."""


HEARD = 0.05
"""From this confidence on the whole message bears out what one clause of it asks."""

REMEMBERED = 1_000
"""Lines whose ranking is kept: many citizens ask the same in the same words."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks the intents of every message that no shortcut has decided."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The tokenizer that normalises."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings with their defaults; how they were chosen stands in docs/nlu.md."""
        return {
            # Shortest and longest run of words that counts as a feature.
            "word_ngrams": [1, 2],
            # The same for characters within a word.
            "char_ngrams": [2, 5],
            # Pairs of words: how far apart they may stand, and what they count.
            "pair_window": 8,
            "pair_weight": 1.0,
            # What words of grievance and praise count as such.
            "tone_weight": 0.4,
            # Inverse strength of regularisation, and when training stops.
            "C": 0.4,
            "tolerance": 0.1,
            # What the support vector machine and naive Bayes count: together they rank, and make
            # the confidences true, as `make eval` measures.
            "margin_weight": 4.05,
            "bayes_weight": 0.315,
            # What a feature counts for an intent that has no example of it.
            "bayes_smoothing": 0.1,
            # Words that no example holds speak for this intent, to this degree (0 to 1).
            "out_of_scope": intents().role.out_of_scope,
            "unknown_is_out_of_scope": 0.9,
            # In how many examples a word stands that counts as half known.
            "half_known": 1.0,
            # Long messages tell of trouble, a verdict or another matter: that much likelier.
            "story_words": 12,
            "story_intents": [*intents().told_at_length],
            "story_odds": 4.0,
            # How much likelier than in the examples a message is out of scope: when it names a
            # matter of ours (kamus/luar_topik.yml), and when it does not.
            "outside_odds": [0.5, 1.5],
            # Makes training repeatable.
            "random_state": 42,
            # How many intents the ranking holds.
            "ranking_length": 10,
            # How sure each part of a message must be to count as a question of its own.
            "second_question_threshold": 0.8,
        }

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._storage, self._resource = storage, resource
        self._model = model
        self._ranking = lru_cache(maxsize=REMEMBERED)(self._rank)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The trained classifier."""
        with model_storage.read_from(resource) as folder:
            model = IntentModel.load(folder, config)
        return cls(config, model_storage, resource, model)

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """Train again when a trainer edited the lexicon."""
        return lexicon.fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples that have an intent and a text."""
        places = office_names()
        lines, intents = [], []
        for example in training_data.intent_examples:
            if text := fields.text_of(example):
                entities = find_entities(text, places)
                lines.append(line(fields.words_of(example), entities))
                intents.append(str(example.get(INTENT)))
        self._model = trained(lines, intents, self._config)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message that has none yet."""
        for message in messages:
            if self._model and fields.intent_of(message)[1] < 1.0:
                self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        words, entities = fields.words_of(message), fields.entities_of(message)
        seen, text = line(words, entities), fields.text_of(message)
        ranking = self._ranking(seen)
        sure, courtesy = self._config["second_question_threshold"], intents().courtesy
        if after_opening(words):  # "mau tanya soal paspor hilang" is no wish for the menu
            courtesy |= intents().other_small_talk
        is_courtesy = any(
            name in courtesy and confidence > IN_DOUBT for name, confidence in ranking[:2]
        )
        asked = questions(text, words, self._guess, sure) or for_a_family(text, ranking[0][0])
        beside = beside_courtesy(text, words, self._guess, sure) if is_courtesy else None
        if beside and not asked:
            others = (one for one in ranking if one[0] not in intents().courtesy | {beside[0]})
            ranking = [beside, *others]
        if asked and (is_courtesy or ranking[0][0] in asked):
            told = len(seen.split()) >= self._config["story_words"]
            asked = _heard_first(asked, ranking, told)
            ranking = _together(asked, ranking, sure)
            further = [Entity(FURTHER, intent, 0, len(text)) for intent in asked[1:]]
            fields.add_entities(message, further, type(self).__name__)
        else:
            message.set(fields.ASKED, sure_parts(text, words, self._guess, sure))
            if ranking[0][0] == intents().role.complaint:
                last = asked_at_the_end(text, words, self._guess, SURE_UNJOINED)
                message.set(fields.ASKED_LAST, last)
        if ranking[0][0] == intents().role.out_of_scope:
            if asks_of_nothing(words):  # then nothing says that it is no matter of ours
                ranking = [(name, confidence / 2) for name, confidence in ranking]
            if _says_more(text, entities):
                message.set(ENTITIES, [])
        fields.set_ranking(message, ranking)

    def _rank(self, text: str) -> list[tuple[str, float]]:
        assert self._model
        confidences = self._model.predict([text])[0]
        best = confidences.argsort()[::-1][: self._config["ranking_length"]]
        intents = self._model.intents
        return [(intents[column], float(confidences[column])) for column in best]

    def _guess(self, lines: Sequence[str]) -> list[tuple[str, float]]:
        return [self._ranking(text)[0] for text in lines]


def _heard_first(
    asked: Sequence[str], ranking: Sequence[tuple[str, float]], told: bool
) -> list[str]:
    """The questions in their order, those last that the whole message does not bear out.

    In a few words only what is asked of the own record has to be borne out; in a story, all.
    """
    heard = {intent for intent, confidence in ranking if confidence >= HEARD}
    doubtful = ({*asked} if told else intents().own_record) - heard
    return sorted(asked, key=lambda intent: intent in doubtful)


def _together(
    asked: list[str], ranking: list[tuple[str, float]], sure: float
) -> list[tuple[str, float]]:
    """The ranking led by the first question.

    It is as likely as all of them together in the whole message, and at least as sure as each part.
    """
    all_of_them = sum(confidence for intent, confidence in ranking if intent in asked)
    others = [entry for entry in ranking if entry[0] not in asked]
    return [(asked[0], max(all_of_them, sure)), *others]


def _says_more(text: str, entities: Sequence[Entity]) -> bool:
    """Whether there are words beside the entities: a bare date answers a question of ours."""
    named = {place for entity in entities for place in range(entity.start, entity.end)}
    return any(sign.isalnum() for place, sign in enumerate(text) if place not in named)
