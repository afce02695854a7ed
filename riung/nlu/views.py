"""The ways in which the classifier looks at a line: words, letters, pairs of roots, tone.

Each view turns a line (see `riung.nlu.features.line`) into features; `riung.nlu.model` weighs and
joins them. What each of them is worth stands in docs/nlu.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from riung.nlu.vocabulary import Tones, vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Analyzer = Callable[[str], list[str]]
Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.intp]

MOST_MARKS = 3
"""A fourth word of the same tone says no more than three did."""

_PREFIX = re.compile(
    r"^(?:memper|diper|ber|ter|per|meng|meny|mem|men|me|peng|peny|pem|pen|pe|di|ke|se|nge|ng)"
    r"(?=\w{4})"
)
_SUFFIX = re.compile(r"(?<=\w{4})(?:kan|nya|an|i)$")
_SHORTEST_AFFIXED = 5


@dataclass(frozen=True)
class View:
    """One way of looking at a line.

    Attributes:
        name: under which it is saved.
        analyze: line → features, as often as they occur.
        weight: how much the view counts beside the others.
        min_count: in how many examples a feature must stand.
        weigh_rare: whether a rare feature counts more than a frequent one (idf).
    """

    name: str
    analyze: Analyzer
    weight: float = 1.0
    min_count: int = 1
    weigh_rare: bool = True

    def learn(self, lines: Sequence[str]) -> tuple[Features, csr_matrix]:
        """What the examples have, how much each feature of them tells, and one row a line.

        The rows are those of `Features.vector`, made for all lines at once.
        """
        from scipy.sparse import csr_matrix  # for training alone

        analyzed = [self.analyze(line) for line in lines]
        found: dict[str, int] = defaultdict(count().__next__)
        columns = np.fromiter(map(found.__getitem__, chain.from_iterable(analyzed)), np.intp)
        ends = np.cumsum([0, *map(len, analyzed)])
        shape = (len(lines), len(found))
        seen = csr_matrix((np.ones(len(columns)), columns, ends), shape=shape)
        seen.sum_duplicates()
        often = np.bincount(seen.indices, minlength=len(found)).astype(np.float64)
        kept = sorted(name for name, column in found.items() if often[column] >= self.min_count)
        places = np.array([found[name] for name in kept], np.intp)
        features = Features(self, kept, often[places], len(lines))
        return features, features.weighed(seen[:, places])


class Features:
    """What a view has learnt: the columns of its features and their weights.

    A hundred thousand features as a dictionary take twenty times what they say. So they are found
    by Python's own hash of them: two that share one of 2⁶⁴ are not met.

    Attributes:
        often: how many of the `examples` hold each feature.
    """

    def __init__(self, view: View, names: Sequence[str], often: Floats, examples: int) -> None:
        self.view, self.often = view, often
        self._names = "\n".join(names)
        rarity = np.log((1 + examples) / (1 + often)) + 1
        self._rarity = rarity if view.weigh_rare else np.ones(len(names))
        hashes = np.fromiter(map(hash, names), np.int64, len(names))
        self._order = np.argsort(hashes)
        self._hashes = hashes[self._order]

    @property
    def names(self) -> list[str]:
        """The features, in the order of their columns."""
        return self._names.split("\n") if self._names else []

    def __len__(self) -> int:
        return len(self._hashes)

    def columns(self, features: Sequence[str]) -> Columns:
        """The columns of those features that the examples hold."""
        hashes = np.fromiter(map(hash, features), np.int64, len(features))
        places = np.searchsorted(self._hashes, hashes)
        places = places[np.take(self._hashes, places, mode="clip") == hashes] if len(self) else []
        return np.asarray(self._order[places])

    def vector(self, analyzed: Sequence[str]) -> tuple[Columns, Floats]:
        """Columns and values of one analyzed line; as a vector it is as long as the view weighs."""
        columns, often = np.unique(self.columns(analyzed), return_counts=True)
        values = (1 + np.log(often)) * self._rarity[columns]
        return columns, values * (self.view.weight / max(float(np.linalg.norm(values)), 1e-12))

    def weighed(self, seen: csr_matrix) -> csr_matrix:
        """Rows that say how often each line has each feature, with the values of `vector`."""
        rows = np.repeat(np.arange(seen.shape[0]), np.diff(seen.indptr))
        values = (1 + np.log(seen.data)) * self._rarity[seen.indices]
        lengths = np.sqrt(np.bincount(rows, values**2, minlength=seen.shape[0]))
        seen.data = values * (self.view.weight / np.maximum(lengths, 1e-12))[rows]
        return seen


def views(settings: dict[str, Any]) -> tuple[View, ...]:
    """The views of a model.

    Args:
        settings: `word_ngrams`, `char_ngrams` (each [shortest, longest]), `pair_window` (how many
            words apart two of a pair may stand), `pair_weight` and `tone_weight`.
    """
    all_views = (
        View("words", partial(word_runs, *settings["word_ngrams"])),
        View("characters", partial(letter_runs, *settings["char_ngrams"]), min_count=2),
        View("pairs", partial(pairs, settings["pair_window"]), settings["pair_weight"], 2),
        View("tone", tone, settings["tone_weight"], weigh_rare=False),
    )
    return tuple(view for view in all_views if view.weight)


def pairs(window: int, line: str) -> list[str]:
    """Pairs of roots that stand near each other without touching, in alphabetical order.

    What a story is about shows in words that keep apart: "kuota … penuh", "bayar … hangus".
    Neighbours are a matter of the word n-grams.
    """
    return list(_pairs(window, [root(word) for word in line.split() if word.isalnum()]))


def _pairs(window: int, roots: Sequence[str]) -> Iterator[str]:
    for place, one in enumerate(roots):
        for other in roots[place + 2 : place + 1 + window]:
            yield f"{min(one, other)}_{max(one, other)}"


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """A word without its commonest affixes: "pembayaran", "dibayarkan" → "bayar".

    Roughly: no list of roots is asked, so other words lose a syllable as well, always the same one.
    """
    if len(word) < _SHORTEST_AFFIXED or not word.isalpha():
        return word
    return _SUFFIX.sub("", _PREFIX.sub("", word))


def tone(line: str) -> list[str]:
    """A mark for each word of grievance or of praise (`kamus/nada.yml`), up to `MOST_MARKS`."""
    words = line.split()
    return [
        name
        for name, listed in _tones().items()
        for _ in range(min(MOST_MARKS, sum(word in listed for word in words)))
    ]


@lru_cache(maxsize=1)
def _tones() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in vocabulary(Tones).dict().items()}


def word_runs(shortest: int, longest: int, line: str) -> list[str]:
    """Runs of so many words, as scikit-learn's `ngram_range` takes them."""
    words = line.split()
    return [
        " ".join(words[start : start + length])
        for length in range(shortest, longest + 1)
        for start in range(len(words) - length + 1)
    ]


def letter_runs(shortest: int, longest: int, line: str) -> list[str]:
    """Runs of so many letters within a word and its borders, as scikit-learn's `char_wb`.

    A word too short for a length counts once, as it is.
    """
    runs: list[str] = []
    for word in line.split():
        runs += _letters_of(shortest, longest, word)
    return runs


@lru_cache(maxsize=20_000)
def _letters_of(shortest: int, longest: int, word: str) -> tuple[str, ...]:
    bordered = f" {word} "
    return tuple(
        bordered[start : start + length]
        for length in range(shortest, min(longest, max(shortest, len(bordered))) + 1)
        for start in range(max(1, len(bordered) - length + 1))
    )
