"""The statistical part: text lines → intents with calibrated confidences. Knows nothing of Rasa.

Word and character n-grams, a linear support vector machine, and a softmax whose temperature is
fitted by cross-validation, so that among messages like the training data 0.8 means right in eight
of ten. What else was tried stands in docs/nlu.md.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.intp]
Lines = Sequence[str] | npt.NDArray[np.str_]

FOLD_TOLERANCE = 0.01
"""How exactly the models of the folds are fitted: scores move by some thousandths of their spread,
the temperature in its fourth digit, and a third of the time is saved."""

_WORDS, _NUMBERS = "intents.json", "intents.npz"
"""The saved model: names in one file, arrays in the other. Neither can hold code."""


class IntentModel:
    """A linear model over n-grams.

    Args:
        settings: `word_ngrams`, `char_ngrams` (each [shortest, longest]), `C` (inverse
            regularisation), `folds` (of the calibration), `random_state`, `out_of_scope` (the
            intent that unknown words speak for) and `unknown_is_out_of_scope` (how much they do,
            0 to 1).

    Attributes:
        intents: what it can answer, in the order of the columns of `predict`.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._grams = (
            _tfidf("word", settings["word_ngrams"], 1),
            _tfidf("char_wb", settings["char_ngrams"], 2),
        )
        self._analyzers = [part.build_analyzer() for part in self._grams]
        self._weights: list[Floats] = []
        self.intents: list[str] = []
        self._planes: Floats = np.zeros((0, 0))
        self._offsets: Floats = np.zeros(0)
        self.temperature = 1.0

    def fit(self, lines: Sequence[str], intents: Sequence[str]) -> None:
        """Train on one line and one intent an example, then fit the temperature."""
        with ProcessPoolExecutor(_other_processors()) as others:
            held_out = self._held_out_scores(others, np.array(lines), np.array(intents))
            self._learn(lines, intents)  # meanwhile
            self.temperature = _fitted_temperature(held_out, np.array(intents))

    def predict(self, lines: Sequence[str]) -> Floats:
        """Confidences, one row a line and one column an intent; each row sums to 1.

        A linear model is as sure of gibberish as of anything else. So the share of words that no
        example holds is taken from its confidence and given to "out of scope" and, the rest, to
        all intents alike.
        """
        scores = np.array([self._distances(line) for line in lines])
        sure = _softmax(scores / self.temperature)
        known = np.array([[self._known_share(line)] for line in lines])
        return np.asarray(known * sure + (1 - known) * self._unknown(), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write the model to `folder`."""
        names = {
            "intents": self.intents,
            "temperature": self.temperature,
            "grams": [part.get_feature_names_out().tolist() for part in self._grams],
        }
        (folder / _WORDS).write_text(json.dumps(names, ensure_ascii=False), "utf-8")
        words, characters = self._weights
        np.savez(
            folder / _NUMBERS,
            planes=self._planes,
            offsets=self._offsets,
            words=words,
            characters=characters,
        )

    @classmethod
    def load(cls, folder: Path, settings: dict[str, Any]) -> IntentModel:
        """Read a saved model."""
        names = json.loads((folder / _WORDS).read_text("utf-8"))
        numbers = np.load(folder / _NUMBERS, allow_pickle=False)
        model = cls(settings)
        model.intents, model.temperature = names["intents"], names["temperature"]
        model._planes, model._offsets = numbers["planes"], numbers["offsets"]
        for part, grams, kind in zip(
            model._grams, names["grams"], ("words", "characters"), strict=True
        ):
            part.vocabulary = {gram: column for column, gram in enumerate(grams)}
            part.idf_ = numbers[kind]
            model._weights.append(numbers[kind])
        return model

    def _learn(self, lines: Lines, intents: Lines, tolerance: float = 1e-4) -> None:
        features = hstack([part.fit_transform(lines) for part in self._grams], format="csr")
        self._weights = [part.idf_ for part in self._grams]
        machine = LinearSVC(
            C=self._settings["C"],
            class_weight="balanced",
            random_state=self._settings["random_state"],
            tol=tolerance,
        ).fit(features, intents)
        self.intents = [str(name) for name in machine.classes_]
        planes, offsets = machine.coef_, machine.intercept_
        if len(self.intents) == 2:  # scikit-learn gives one plane, of the second intent
            planes, offsets = np.vstack([-planes, planes]), np.hstack([-offsets, offsets])
        self._planes, self._offsets = np.ascontiguousarray(planes.T), offsets

    def _distances(self, line: str) -> Floats:
        """Distances of one line from each intent's plane.

        The same as `_scores`, in a tenth of its time: scikit-learn's matrices are made for many
        lines, and a message is one.
        """
        total, first = self._offsets.copy(), 0
        for part, analyze, weights in zip(self._grams, self._analyzers, self._weights, strict=True):
            known = part.vocabulary_
            counts = Counter(known[gram] for gram in analyze(line) if gram in known)
            if counts:
                columns = np.fromiter(counts.keys(), np.intp, len(counts))
                often = np.fromiter(counts.values(), np.float64, len(counts))
                values = (1 + np.log(often)) * weights[columns]
                total += values / np.linalg.norm(values) @ self._planes[first + columns]
            first += len(known)
        return total

    def _scores(self, lines: Lines) -> Floats:
        """Distances of many lines from each intent's plane."""
        features = hstack([part.transform(lines) for part in self._grams], format="csr")
        return np.asarray(features @ self._planes + self._offsets, dtype=np.float64)

    def _unknown(self) -> Floats:
        """What a word without any example says about the intent."""
        outside = np.array([name == self._settings["out_of_scope"] for name in self.intents])
        share = self._settings["unknown_is_out_of_scope"] if outside.any() else 0.0
        return np.asarray(share * outside + (1 - share) / len(self.intents), dtype=np.float64)

    def _known_share(self, line: str) -> float:
        """Share of the words of `line` that some example holds."""
        words, known = line.split(), self._grams[0].vocabulary_
        return sum(word in known for word in words) / max(len(words), 1)

    def _held_out_scores(
        self, others: Executor, lines: npt.NDArray[np.str_], intents: npt.NDArray[np.str_]
    ) -> list[tuple[Indexes, Future[Floats]]]:
        """For each fold its lines and their scores by a model of all other lines."""
        folds = min(self._settings["folds"], int(np.unique(intents, return_counts=True)[1].min()))
        if folds < 2:
            return []
        splitter = StratifiedKFold(folds, shuffle=True, random_state=self._settings["random_state"])
        return [
            (
                test,
                others.submit(
                    _scores_of, self._settings, lines[train], intents[train], lines[test]
                ),
            )
            for train, test in splitter.split(intents, intents)
        ]


def _scores_of(settings: dict[str, Any], lines: Lines, intents: Lines, unseen: Lines) -> Floats:
    """What a model of `lines` says of the `unseen`."""
    model = IntentModel(settings)
    model._learn(lines, intents, FOLD_TOLERANCE)
    return model._scores(unseen)


def _fitted_temperature(
    held_out: Sequence[tuple[Indexes, Future[Floats]]], intents: npt.NDArray[np.str_]
) -> float:
    """The temperature that makes the right intent likeliest on held-out folds."""
    if not held_out:
        return 1.0
    names = np.unique(intents)
    scores = np.zeros((len(intents), len(names)))
    for lines, scored in held_out:
        scores[lines] = scored.result()
    right = np.searchsorted(names, intents)

    def loss(temperature: float) -> float:
        confidences = _softmax(scores / temperature)[np.arange(len(right)), right]
        return -float(np.log(np.maximum(confidences, 1e-12)).mean())

    return float(minimize_scalar(loss, bounds=(0.02, 5), method="bounded").x)


def _other_processors() -> int:
    """Processes beside this one; each costs the memory of a model."""
    return max((os.cpu_count() or 1) - 1, 1)


def _tfidf(analyzer: str, ngrams: Sequence[int], min_count: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=analyzer,
        token_pattern=r"\S+" if analyzer == "word" else None,
        ngram_range=tuple(ngrams),
        sublinear_tf=True,
        min_df=min_count,
    )


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)
