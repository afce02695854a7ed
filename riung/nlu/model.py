"""The statistical part: text lines → intents with calibrated confidences. Knows nothing of Rasa.

Word and character n-grams, a linear support vector machine, and a softmax whose temperature is
fitted by cross-validation, so that among messages like the training data 0.8 means right in eight
of ten. What else was tried stands in docs/nlu.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import skops.io as sio
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float64]
Lines = Sequence[str] | npt.NDArray[np.str_]

_TRUSTED = ["scipy.sparse._csr.csr_matrix"]
"""The one type in a saved model that skops does not trust by itself."""


class IntentModel:
    """A linear model over n-grams.

    Args:
        settings: `word_ngrams`, `char_ngrams` (each [shortest, longest]), `C` (inverse
            regularisation), `folds` (of the calibration), `random_state`, `out_of_scope` (the
            intent that unknown words speak for) and `unknown_is_out_of_scope` (how much they do,
            0 to 1).
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._words = _tfidf("word", settings["word_ngrams"], 1)
        self._characters = _tfidf("char_wb", settings["char_ngrams"], 2)
        self._machine = LinearSVC(
            C=settings["C"], class_weight="balanced", random_state=settings["random_state"]
        )
        self.temperature = 1.0

    @property
    def intents(self) -> list[str]:
        """The intents it can answer, in the order of the columns of `predict`."""
        return [str(name) for name in self._machine.classes_]

    def fit(self, lines: Sequence[str], intents: Sequence[str]) -> None:
        """Train on one line and one intent an example, then fit the temperature."""
        self.temperature = self._fitted_temperature(np.array(lines), np.array(intents))
        self._learn(lines, intents)

    def predict(self, lines: Sequence[str]) -> Floats:
        """Confidences, one row a line and one column an intent; each row sums to 1.

        A linear model is as sure of gibberish as of anything else. So the share of words that no
        example holds is taken from its confidence and given to "out of scope" and, the rest, to
        all intents alike.
        """
        sure = _softmax(self._scores(lines) / self.temperature)
        known = np.array([[self._known_share(line)] for line in lines])
        return np.asarray(known * sure + (1 - known) * self._unknown(), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write the model to `folder`."""
        parts = {
            "words": self._words,
            "characters": self._characters,
            "machine": self._machine,
            "temperature": self.temperature,
        }
        sio.dump(parts, _file(folder))

    @classmethod
    def load(cls, folder: Path, settings: dict[str, Any]) -> IntentModel:
        """Read a saved model.

        Raises:
            TypeError: the file holds types that don't belong there.
        """
        parts = sio.load(_file(folder), trusted=_TRUSTED)
        model = cls(settings)
        model._words, model._characters = parts["words"], parts["characters"]
        model._machine, model.temperature = parts["machine"], parts["temperature"]
        return model

    def _learn(self, lines: Lines, intents: Lines) -> None:
        self._words.fit(lines)
        self._characters.fit(lines)
        self._machine.fit(self._features(lines), intents)

    def _features(self, lines: Lines) -> csr_matrix:
        grams = [self._words.transform(lines), self._characters.transform(lines)]
        return hstack(grams, format="csr")

    def _scores(self, lines: Lines) -> Floats:
        """Distances from each intent's plane; with two intents scikit-learn gives one column."""
        scores: Floats = self._machine.decision_function(self._features(lines))
        return scores if scores.ndim == 2 else np.stack([-scores, scores], axis=1)

    def _unknown(self) -> Floats:
        """What a word without any example says about the intent."""
        intents = self.intents
        outside = np.array([name == self._settings["out_of_scope"] for name in intents])
        share = self._settings["unknown_is_out_of_scope"] if outside.any() else 0.0
        return np.asarray(share * outside + (1 - share) / len(intents), dtype=np.float64)

    def _known_share(self, line: str) -> float:
        """Share of the words of `line` that some example holds."""
        words = line.split()
        return sum(word in self._words.vocabulary_ for word in words) / max(len(words), 1)

    def _fitted_temperature(
        self, lines: npt.NDArray[np.str_], intents: npt.NDArray[np.str_]
    ) -> float:
        """The temperature that makes the right intent likeliest on held-out folds."""
        names, counts = np.unique(intents, return_counts=True)
        folds = min(self._settings["folds"], int(counts.min()))
        if folds < 2:
            return 1.0
        scores = np.zeros((len(intents), len(names)))
        splitter = StratifiedKFold(folds, shuffle=True, random_state=self._settings["random_state"])
        for train, test in splitter.split(intents, intents):
            part = IntentModel(self._settings)
            part._learn(lines[train], intents[train])
            scores[test] = part._scores(lines[test])
        right = np.searchsorted(names, intents)

        def loss(temperature: float) -> float:
            confidences = _softmax(scores / temperature)[np.arange(len(right)), right]
            return -float(np.log(np.maximum(confidences, 1e-12)).mean())

        return float(minimize_scalar(loss, bounds=(0.02, 5), method="bounded").x)


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


def _file(folder: Path) -> Path:
    return folder / "intents.skops"
