"""Indonesian affixes: what a derived word may be made from.

"penolakan" is *pe-tolak-an*, "dipersusah" *di-per-susah*: a word that is made from a known root by
known affixes is spelt right, however near it is to another one ("penilaian", "dipermudah").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_ENDINGS = ("nya", "ku", "mu", "lah", "kah", "pun")
_SUFFIXES = ("kan", "an", "i", "in")
"""The last one is colloquial: "arahin"."""

_PREFIXES = (
    *("di", "ke", "se", "ter", "ber", "be", "per", "pe", "me", "ku", "nge", "ng", "ny"),
    *("mem", "men", "meng", "menge", "pem", "pen", "peng", "penge"),
)
_SWALLOWED = {
    "mem": "p",
    "pem": "p",
    "men": "t",
    "pen": "t",
    "meng": "k",
    "peng": "k",
    "meny": "s",
    "peny": "s",
    "ny": "s",
    "ng": "k",
}
"""Nasal prefixes before which the root loses its first letter: "menolak" from "tolak"."""

_MOST_PREFIXES = 3
_SHORTEST = 4
"""Of shorter roots nearly any string could be made."""


@lru_cache(maxsize=20_000)
def possible_roots(word: str) -> frozenset[str]:
    """Every root that the word could be made from, itself left out; most of them are no words."""
    ended = {word, *_shortened(word, _ENDINGS)}
    bases = ended | {root for one in ended for root in _shortened(one, _SUFFIXES)}
    found = set(bases)
    for _ in range(_MOST_PREFIXES):
        bases = {root for base in bases for root in _unprefixed(base)} - found
        found |= bases
    return frozenset(found - {word})


def _shortened(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)


def _unprefixed(word: str) -> Iterator[str]:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            yield word.removeprefix(prefix)
    for prefix, first in _SWALLOWED.items():
        if word.startswith(prefix) and len(word) - len(prefix) + 1 >= _SHORTEST:
            yield first + word.removeprefix(prefix)
