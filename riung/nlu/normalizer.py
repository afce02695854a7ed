"""Chat Indonesian → standard words, each with its place in the original text.

    "min mw tnya pasport2 ank" → min · mau · tanya · paspor · anak

Order of the rules (the first that fits wins): protected word, shorthand, reduplication,
elongation, the suffix "-nya", words made from a known root, spelling repair toward known words.
Words with digits stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein
from symspellpy import SymSpell, Verbosity

from riung.nlu.affixes import possible_roots
from riung.nlu.cleaning import CleanText, clean
from riung.nlu.lexicon import lexicon

_WORD = (
    r"[^\W\d_]+(?:['\-][^\W\d_]+)*(?:2(?!\d))?"  # letters, inner hyphens, "2" of reduplication
    r"|\d+(?:[.,:/\-]\d+)*"  # numbers, dates, times, amounts
    r"|[?!]+"
    r"|[^\s\w.,;:()\[\]{}<>/\\|*#\"'~=+&%$^@\-]"  # emoji and other signs, one by one
)

_SUFFIXES = ("nipun", "ipun", "nya", "nyo", "keun", "kah", "lah", "kan", "ny", "na", "ne", "e")
"""Clitics that carry no meaning of their own in a question; those of regional languages as well."""

_PARTICLES = ("mi", "ji", "ki", "pi")
"""What Makassar says behind any word ("sudahmi", "bisaji"); behind short ones they are listed."""

_BEFORE_PARTICLE = 4
"""Shortest word before one of them: "ngaji" is a word of its own."""

_SPOKEN = "in"
_SHORTEST_SPOKEN = 4
"""Letters before that suffix: "main", "lain" and "yakin" are words of their own."""

_APART = frozenset({"e", "ne"})
"""The Javanese suffix written apart: "ktp e ilang piye"."""

_REPAIR_FROM = 5
"""Shortest word whose spelling is repaired; shorter ones have too many neighbours."""

_LATEST = 64
"""Texts whose words are kept: a message is read by several, one after the other."""

_REPAIR_TWO_FROM = 9
"""From this length two letters may be wrong."""


class Word(NamedTuple):
    """A normalised word (or words: "gabisa" → "tidak bisa") and its span in the original."""

    text: str
    start: int
    end: int


class Normalizer:
    """Normalises text with a lexicon and the words of the training data.

    Args:
        known: correctly spelt words beside the lexicon's own; spelling is repaired toward both.
        repair: whether spelling is repaired at all.
    """

    def __init__(self, known: Iterable[str] = (), repair: bool = True) -> None:
        self._lexicon = lexicon()
        mixed = [word for word in self._lexicon.protected if re.search(r"\d", word)]
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, mixed))})\b|{_WORD}")
        self.known = frozenset(known)
        self._vocabulary = self._lexicon.words | self.known
        targets = self._vocabulary - set(self._lexicon.shorthand) - self._lexicon.places
        self._right = self._vocabulary - self._lexicon.places | self._lexicon.rare
        self._targets = targets if repair else frozenset()
        self.word = lru_cache(maxsize=20_000)(self._word)
        self._latest = lru_cache(maxsize=_LATEST)(lambda text: self.words_of(clean(text)))

    def prepare(self) -> None:
        """Make now what the first typing error would wait half a second for."""
        _ = self._spelling

    def words(self, text: str) -> list[Word]:
        """The normalised words of `text`, spans in code points of `text`."""
        return list(self._latest(text))

    def words_of(self, cleaned: CleanText) -> list[Word]:
        """The same for a text that is cleaned already."""
        found = []
        matches = list(self._pattern.finditer(cleaned.text))
        for place, match in enumerate(matches):
            if place and match.group() in _APART and _is_suffix(matches, place):
                continue
            start, end = cleaned.span(*match.span())
            found.append(Word(self.word(match.group()), start, end))
        return found

    def line(self, text: str) -> str:
        """The normalised words in one line."""
        return " ".join(word.text for word in self.words(text))

    def _word(self, word: str) -> str:
        if word in self._lexicon.protected:
            return word
        if any(character.isdigit() for character in word):
            return self.word(word[:-1]) if re.fullmatch(r"[^\d]{2,}2", word) else word
        if not word[0].isalpha():
            return word[0]
        for rule in (self._as_listed, self._as_repeated, self._as_drawn_out, self._as_stem):
            if (standard := rule(word)) is not None:
                return standard
        return word if self._is_right(word) else self._repaired(word)

    def _is_right(self, word: str) -> bool:
        """Whether it is a word, or affixes make it from one: "dipersusah" is no "dipermudah"."""
        return word in self._right or not self._right.isdisjoint(possible_roots(word))

    def _as_listed(self, word: str) -> str | None:
        """Protected and known words stay, shorthand is written out."""
        if word in self._lexicon.protected:
            return word
        return self._lexicon.shorthand.get(word) or (word if word in self._vocabulary else None)

    def _as_repeated(self, word: str) -> str | None:
        """`anak-anak` → anak; other hyphens part words (`di-cancel`)."""
        parts = word.split("-")
        if len(parts) == 1:
            return None
        standard = [self.word(part) for part in parts]
        return standard[0] if len(set(standard)) == 1 else " ".join(standard)

    def _as_drawn_out(self, word: str) -> str | None:
        """`haloooo` → halo, `jumaaat` → jumat, `maaaf` → maaf."""
        short = re.sub(r"(.)\1{2,}", r"\1", word)
        double = re.sub(r"(.)\1{2,}", r"\1\1", word)
        ending = re.sub(r"(.)\1+$", r"\1", short)
        for candidate in (double, short, ending):
            drawn = candidate != word
            if drawn and (listed := self._as_listed(candidate) or self._as_stem(candidate)):
                return listed
            if drawn and candidate in self._right:
                return candidate
        return self.word(short) if short != word else None

    def _as_stem(self, word: str) -> str | None:
        """`syaratnya`, `paspornya` → the word itself, if that is known."""
        shortest = {suffix: max(3, 5 - len(suffix)) for suffix in _SUFFIXES}
        for suffix, least in (shortest | dict.fromkeys(_PARTICLES, _BEFORE_PARTICLE)).items():
            stem = word.removesuffix(suffix)
            if len(stem) >= least and stem != word and (listed := self._as_listed(stem)):
                return listed
        return self._as_spoken(word)

    def _as_spoken(self, word: str) -> str | None:
        """`ditangguhin` → ditangguhkan: spoken "-in" is written "-kan", "-i" or not at all."""
        stem = word.removesuffix(_SPOKEN)
        if stem == word or len(stem) < _SHORTEST_SPOKEN:
            return None
        written = (self._as_listed(stem + suffix) for suffix in ("kan", "i", ""))
        return next(filter(None, written), None)

    @cached_property
    def _spelling(self) -> SymSpell:
        """An index of the words long enough to be the aim of a repair."""
        spelling = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word in sorted(self._targets):
            if len(word) >= _REPAIR_FROM - 1 and word.isalpha():
                spelling.create_dictionary_entry(word, 1)
        return spelling

    def _repaired(self, word: str) -> str:
        """The nearest known word with the same first letter, or the word as it is."""
        if not self._targets or not _REPAIR_FROM <= len(word) <= _LONGEST_WORD:
            return word
        allowed = 2 if len(word) >= _REPAIR_TWO_FROM else 1
        near = self._spelling.lookup(word, Verbosity.CLOSEST, max_edit_distance=allowed)
        same_start = [item.term for item in near if item.term[0] == word[0]]
        if not same_start:
            return word
        nearest: str = min(
            same_start, key=lambda term: (DamerauLevenshtein.distance(word, term), term)
        )
        return nearest


_LONGEST_WORD = 24
"""No Indonesian word of the domain is longer; a longer string is not a typing error."""


def _is_suffix(matches: list[re.Match[str]], place: int) -> bool:
    """Whether a suffix that stands apart belongs to the word before it."""
    before, after = matches[place - 1], matches[place + 1 : place + 2]
    follows = before.group()[-1].isalpha() and before.end() + 1 == matches[place].start()
    return follows and not any(one.group() in lexicon().electronic for one in after)


@lru_cache(maxsize=2)
def normalizer(repair: bool = True) -> Normalizer:
    """The one that knows the lexicon alone, made once for all who read a message again."""
    return Normalizer(repair=repair)
