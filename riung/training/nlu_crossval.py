"""Cross-validation by batch: every example answered by a model that knows nothing of its batch.

The classifier is trained without Rasa here, many times as fast; what Rasa does around it (spelling,
shortcuts, asking back) is done by the same functions that do it there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from riung.nlu.classifier import LinearIntentClassifier
from riung.nlu.entities import find_entities
from riung.nlu.extractor import office_names
from riung.nlu.features import line
from riung.nlu.model import IntentModel
from riung.nlu.normalizer import Normalizer
from riung.nlu.offers import offers
from riung.nlu.shortcuts import certain_meaning
from riung.nlu.tokenizer import IndonesianTokenizer, vocabulary
from riung.phrases import intent_labels
from riung.training.nlu_runs import FALLBACK, Answer, Example, Run
from riung.yaml_files import read_yaml


@dataclass(frozen=True)
class Settings:
    """What config.yml says of the pipeline, defaults filled in."""

    classifier: dict[str, Any]
    min_count: int
    threshold: float
    ambiguity: float

    @classmethod
    def read(cls, config: Path) -> Settings:
        """The settings of a `config.yml` with Riung's pipeline."""
        parts = {part["name"].rpartition(".")[2]: part for part in read_yaml(config)["pipeline"]}
        spelling = {**IndonesianTokenizer.get_default_config(), **parts["IndonesianTokenizer"]}
        fallback = parts["FallbackClassifier"]
        return cls(
            {**LinearIntentClassifier.get_default_config(), **parts["LinearIntentClassifier"]},
            int(spelling["min_count"]),
            float(fallback["threshold"]),
            float(fallback["ambiguity_threshold"]),
        )


@dataclass(frozen=True)
class Prepared:
    """An example as the classifier sees it; `certain` is what a shortcut makes of it."""

    example: Example
    line: str
    certain: str | None


SHARE = 9
"""One in so many examples is worth a training without it; smaller batches are left out together."""


def cross_validated(settings: Settings, examples: Sequence[Example]) -> Run:
    """Each batch answered by a model trained without it; costs are means over the trainings."""
    prepared = prepare(examples, settings.min_count)
    whole, parted = Run(), folds(examples)
    for batches in parted:
        left_out = [entry for entry in prepared if entry.example.batch in batches]
        others = [entry for entry in prepared if entry.example.batch not in batches]
        part = _answered(settings, others, left_out)
        whole.answers += part.answers
        whole.training_seconds += part.training_seconds / len(parted)
        whole.milliseconds += part.milliseconds * len(left_out) / len(examples)
    return whole


def folds(examples: Sequence[Example]) -> list[frozenset[str]]:
    """The batches that are left out together: small ones until they are a `SHARE` of all."""
    parted: list[frozenset[str]] = []
    together: dict[str, int] = {}
    for batch, count in reversed(Counter(example.batch for example in examples).most_common()):
        together[batch] = count
        if sum(together.values()) * SHARE >= len(examples):
            parted.append(frozenset(together))
            together = {}
    return [*parted, frozenset(together)] if together else parted


def prepare(examples: Sequence[Example], min_count: int) -> list[Prepared]:
    """Lines and shortcuts of the examples; spelling is learnt from all of them."""
    normalizer = Normalizer(vocabulary([example.text for example in examples], min_count))
    places = office_names()
    prepared = []
    for example in examples:
        words, entities = normalizer.words(example.text), find_entities(example.text, places)
        certain = certain_meaning(example.text, [word.text for word in words], entities)
        intent = certain.intent if certain else None
        prepared.append(Prepared(example, line(words, entities), intent))
    return prepared


def _answered(settings: Settings, train: Sequence[Prepared], test: Sequence[Prepared]) -> Run:
    model = IntentModel(settings.classifier)
    began = time.perf_counter()
    model.fit([entry.line for entry in train], [entry.example.intent for entry in train])
    trained = time.perf_counter()
    answers = [_answer(settings, model, entry) for entry in test]
    milliseconds = (time.perf_counter() - trained) * 1000 / max(len(test), 1)
    return Run(answers, trained - began, milliseconds)


def _answer(settings: Settings, model: IntentModel, entry: Prepared) -> Answer:
    if entry.certain:
        return Answer(entry.example, entry.certain, entry.certain, 1.0)
    confidences = model.predict([entry.line])[0]
    best = confidences.argsort()[::-1]
    ranking = [model.intents[column] for column in best]
    first, second = (float(confidences[column]) for column in best[:2])
    answer = Answer(
        entry.example,
        ranking[0],
        ranking[0],
        first,
        offered=tuple(offers(ranking, intent_labels("id"))),
    )
    unsure = first < settings.threshold or first - second < settings.ambiguity
    return replace(answer, intent=FALLBACK) if unsure else answer
