"""The statistical part: text lines → intents with calibrated confidences. Knows nothing of Rasa.

Two linear models over the features of `riung.nlu.views`, added into one, and a softmax. A support
vector machine draws sharp lines between neighbours, from the few examples near them; naive Bayes
weighs all evidence of a long story, however far from any line. Their weights are those at which 0.8
means right in eight of ten; `make eval` measures it. What else was tried stands in docs/nlu.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from riung.nlu.views import Columns, Features, Floats, views
from riung.nlu.vocabulary import OtherAuthorities, vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_WORDS, _NUMBERS = "intents.json", "intents.npz"
"""The saved model: names in one file, arrays in the other. Neither can hold code."""


class IntentModel:
    """A linear model over the views of a line.

    Args:
        settings: those of `riung.nlu.views.views`, and `C` (inverse regularisation), `tolerance`
            (when training stops), `margin_weight` (of the support vector machine), `bayes_weight`,
            `bayes_smoothing` (what a feature that an intent lacks counts there), `random_state`,
            `out_of_scope` (the intent that unknown words speak for),
            `unknown_is_out_of_scope` (how much they do, 0 to 1), `half_known` (in how many
            examples a word stands that counts as half known), `story_words` (from how many
            words on a line tells a story), `story_intents` (what stories are mostly about),
            `story_odds` (how much likelier that is than in a short message) and `outside_odds`
            (how much likelier than in the examples "out of scope" is: with a word of ours, and
            without).

    Attributes:
        intents: what it can answer, in the order of the columns of `predict`.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._views = views(settings)
        self._features: list[Features] = []
        self.intents: list[str] = []
        self._planes: Floats = np.zeros((0, 0))
        self._offsets: Floats = np.zeros(0)
        self._examples = np.array(0)

    def fit(self, lines: Sequence[str], intents: Sequence[str]) -> None:
        """Train on one line and one intent an example.

        Intents count as often as they have examples: what citizens ask most has most of them.
        """
        from scipy.sparse import hstack  # for training alone

        learnt = [view.learn(lines) for view in self._views]
        self._features = [features for features, _ in learnt]
        self._examples = np.array(len(lines))
        matrix = hstack([rows for _, rows in learnt], format="csr")
        self.intents = sorted(set(intents))
        margins, margin_offsets = self._margins(matrix, intents)
        bayes, bayes_offsets = self._bayes(matrix, intents)
        self._planes = np.ascontiguousarray((margins + bayes).T, dtype=np.float16)
        self._offsets = margin_offsets + bayes_offsets

    def predict(self, lines: Sequence[str]) -> Floats:
        """Confidences, one row a line and one column an intent; each row sums to 1.

        A linear model is as sure of gibberish as of anything else. So what is unknown of a line is
        taken from its confidence and given to "out of scope" and, the rest, to all intents alike.
        Then a long line is held for what long lines are mostly about.
        """
        sure = _softmax(np.array([self._scores(line) for line in lines]))
        known = np.array([[self._known_share(line)] for line in lines])
        likely = known * sure + (1 - known) * self._unknown()
        odds = np.array([self._odds(line) for line in lines]) * likely
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write the model to `folder`."""
        names: dict[str, Any] = {"intents": self.intents}
        numbers = {"planes": self._planes, "offsets": self._offsets, "examples": self._examples}
        for part in self._features:
            names[part.view.name], numbers[part.view.name] = part.names, part.often
        (folder / _WORDS).write_text(json.dumps(names, ensure_ascii=False), "utf-8")
        np.savez(folder / _NUMBERS, **numbers)

    @classmethod
    def load(cls, folder: Path, settings: dict[str, Any]) -> IntentModel:
        """Read a saved model."""
        names = json.loads((folder / _WORDS).read_text("utf-8"))
        numbers = np.load(folder / _NUMBERS, allow_pickle=False)
        model = cls(settings)
        model.intents = names["intents"]
        model._planes, model._offsets = numbers["planes"], numbers["offsets"]
        model._examples = numbers["examples"]
        model._features = [
            Features(view, names[view.name], numbers[view.name], int(model._examples))
            for view in model._views
        ]
        return model

    def _margins(self, matrix: csr_matrix, intents: Sequence[str]) -> tuple[Floats, Floats]:
        """Weighted planes and offsets of a support vector machine, one row an intent."""
        from sklearn.svm import LinearSVC  # for training alone: 40 MB that no message needs

        machine = LinearSVC(
            C=self._settings["C"],
            tol=self._settings["tolerance"],
            random_state=self._settings["random_state"],
        ).fit(matrix, intents)
        planes, offsets = machine.coef_, machine.intercept_
        if len(self.intents) == 2:  # scikit-learn gives one plane, of the second intent
            planes, offsets = np.vstack([-planes, planes]), np.hstack([-offsets, offsets])
        weight = self._settings["margin_weight"]
        return weight * planes, weight * offsets

    def _bayes(self, matrix: csr_matrix, intents: Sequence[str]) -> tuple[Floats, Floats]:
        """Weighted logarithms of what each intent's examples hold, and of how many there are."""
        from sklearn.naive_bayes import MultinomialNB

        bayes = MultinomialNB(alpha=self._settings["bayes_smoothing"]).fit(matrix, intents)
        weight = self._settings["bayes_weight"]
        return weight * bayes.feature_log_prob_, weight * bayes.class_log_prior_

    def _scores(self, line: str) -> Floats:
        """What speaks for each intent in one line: logarithms of odds, up to a constant."""
        columns, values = self._row([view.analyze(line) for view in self._views])
        return np.asarray(self._offsets + values @ self._planes[columns].astype(np.float64))

    def _row(self, analyzed: Sequence[Sequence[str]]) -> tuple[Columns, Floats]:
        """Columns and values of one line, analyzed by each view, in the matrix of all views."""
        first, columns, values = 0, [], []
        for part, features in zip(self._features, analyzed, strict=True):
            own, weights = part.vector(features)
            columns.append(own + first)
            values.append(weights)
            first += len(part)
        return np.concatenate(columns), np.concatenate(values)

    def _odds(self, line: str) -> Floats:
        """How much likelier each intent is in a message of this length and these words.

        People tell of trouble at length and ask in a few words; the examples, which shall cover
        everything, don't show that.
        """
        odds, words = np.ones(len(self.intents)), line.split()
        if len(words) >= self._settings["story_words"]:
            told = [name in self._settings["story_intents"] for name in self.intents]
            odds[told] = self._settings["story_odds"]
        odds[self._outside] *= self._outside_odds(words)
        return odds

    def _outside_odds(self, words: Sequence[str]) -> float:
        """How much likelier than in the examples it is that these words are no matter of ours.

        Who writes of another matter seldom names one of ours; the examples of it, which shall hold
        all that looks alike, name one oftener.
        """
        named, unnamed = self._settings["outside_odds"]
        is_named = not _ours().isdisjoint(words)
        return float(named if is_named else unnamed)

    def _unknown(self) -> Floats:
        """What a word without any example says about the intent."""
        outside = self._outside
        share = self._settings["unknown_is_out_of_scope"] if outside.any() else 0.0
        return np.asarray(share * outside + (1 - share) / len(self.intents), dtype=np.float64)

    @cached_property
    def _outside(self) -> npt.NDArray[np.bool_]:
        """Which of the intents is "out of scope"."""
        return np.array([name == self._settings["out_of_scope"] for name in self.intents])

    def _known_share(self, line: str) -> float:
        """How well the words of `line` are known, 0 to 1.

        A word of one example may be one writer's whim, so it is known in part. The root, because
        what a line says is told by few of its words.
        """
        words, seen, half = line.split(), self._features[0], self._settings["half_known"]
        held = seen.often[seen.columns(words)]
        return math.sqrt(float(np.sum(held / (held + half))) / max(len(words), 1))


@lru_cache(maxsize=1)
def _ours() -> frozenset[str]:
    return frozenset(vocabulary(OtherAuthorities).urusan_kita)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)
