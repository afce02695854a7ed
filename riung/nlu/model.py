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
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float64]

_TRUSTED = ["scipy.sparse._csr.csr_matrix"]
"""The one type in a saved model that skops does not trust by itself."""


class IntentModel:
    """A linear model over n-grams.

    Args:
        settings: `word_ngrams`, `char_ngrams` (each [shortest, longest]), `C` (inverse
            regularisation), `folds` (of the calibration), `random_state`.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._pipeline = self._new_pipeline()
        self.temperature = 1.0

    @property
    def intents(self) -> list[str]:
        """The intents it can answer, in the order of the columns of `predict`."""
        return [str(name) for name in self._pipeline.classes_]

    def fit(self, lines: Sequence[str], intents: Sequence[str]) -> None:
        """Train on one line and one intent an example, then fit the temperature."""
        self.temperature = self._fitted_temperature(np.array(lines), np.array(intents))
        self._pipeline.fit(lines, intents)

    def predict(self, lines: Sequence[str]) -> Floats:
        """Confidences, one row a line and one column an intent; each row sums to 1.

        The more of a line's words no example holds, the nearer the row is to "could be anything":
        a linear model is as sure of gibberish as of anything else.
        """
        sure = _softmax(self._scores(self._pipeline, lines) / self.temperature)
        known = np.array([[self._known_share(line)] for line in lines])
        return np.asarray(known * sure + (1 - known) / sure.shape[1], dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write the model to `folder`."""
        sio.dump({"pipeline": self._pipeline, "temperature": self.temperature}, _file(folder))

    @classmethod
    def load(cls, folder: Path, settings: dict[str, Any]) -> IntentModel:
        """Read a saved model.

        Raises:
            TypeError: the file holds types that don't belong there.
        """
        content = sio.load(_file(folder), trusted=_TRUSTED)
        model = cls(settings)
        model._pipeline, model.temperature = content["pipeline"], content["temperature"]
        return model

    def _known_share(self, line: str) -> float:
        """Share of the words of `line` that some example holds."""
        vocabulary = self._pipeline[0].transformer_list[0][1].vocabulary_
        words = line.split()
        return sum(word in vocabulary for word in words) / len(words) if words else 0.0

    def _new_pipeline(self) -> Pipeline:
        options = self._settings
        grams = FeatureUnion(
            [
                ("words", _tfidf("word", options["word_ngrams"], 1)),
                ("characters", _tfidf("char_wb", options["char_ngrams"], 2)),
            ]
        )
        machine = LinearSVC(
            C=options["C"], class_weight="balanced", random_state=options["random_state"]
        )
        return make_pipeline(grams, machine)

    def _fitted_temperature(
        self, lines: npt.NDArray[np.str_], intents: npt.NDArray[np.str_]
    ) -> float:
        """The temperature that makes the right intent likeliest on held-out folds."""
        names, smallest = np.unique(intents), min(np.unique(intents, return_counts=True)[1])
        folds = min(self._settings["folds"], int(smallest))
        if folds < 2 or len(names) < 3:
            return 1.0
        scores = np.zeros((len(lines), len(names)))
        splitter = StratifiedKFold(folds, shuffle=True, random_state=self._settings["random_state"])
        for train, test in splitter.split(lines, intents):
            pipeline = self._new_pipeline().fit(lines[train], intents[train])
            scores[test] = self._scores(pipeline, lines[test])
        right = np.searchsorted(names, intents)

        def loss(temperature: float) -> float:
            confidences = _softmax(scores / temperature)[np.arange(len(right)), right]
            return -float(np.log(np.maximum(confidences, 1e-12)).mean())

        return float(minimize_scalar(loss, bounds=(0.02, 5), method="bounded").x)

    @staticmethod
    def _scores(pipeline: Pipeline, lines: Sequence[str] | npt.NDArray[np.str_]) -> Floats:
        """Distances from each intent's plane; with two intents scikit-learn gives one column."""
        scores: Floats = pipeline.decision_function(lines)
        return scores if scores.ndim == 2 else np.stack([-scores, scores], axis=1)


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
