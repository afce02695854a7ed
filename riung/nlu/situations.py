"""Special situations in which the general answer would harm or miss: `kamus/keadaan.yml`.

A passport lost the day before a flight, money paid but not recorded: trainers say by which words a
situation shows and what is then meant. Nothing is guessed, so a reader can tell why it was chosen.
`kamus/pertanyaan.yml` has the same form and is tried after it: narrow questions ("bisa bayar
tunai?") whose answer is one fact of the general one, or that nobody has confirmed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pydantic import Field, PrivateAttr, conlist

from riung.validation import Edited, edited_file, read_as

FILE = edited_file("kamus/keadaan.yml")
NARROW = edited_file("kamus/pertanyaan.yml")
ENTITY = "keadaan"
AFTERWARDS = "keadaan_sesudah"
"""The same for a situation that shows only if something else was asked shortly before."""

SITUATION_AT_THE_END = "keadaan_di_akhir"
"""The same for the question in which a grievance ends."""

NEAR = 12
"""Within how many words a situation's words stand: further apart they speak of different things."""

_SUFFIXES = ("nya", "ku", "mu", "an")
_SUFFIX = f"(?:{'|'.join(_SUFFIXES)})?"


class Condition(Edited):
    """One way in which a situation shows: a word of every line, none of `without`.

    With `after` it counts only when one of these intents, or situations, came shortly before.
    """

    all_of: conlist(tuple[str, ...], min_items=1) = Field(alias="semua")  # type: ignore[valid-type]
    without: tuple[str, ...] = Field((), alias="tanpa")
    after: tuple[str, ...] = Field((), alias="sesudah")

    def shows_in(self, line: str) -> bool:
        """Whether it holds for the normalised words of a message, joined by spaces."""
        found: list[list[re.Match[str]]] = []
        for words in self.all_of:
            found.append(list(_any_of(words).finditer(line)))
            if not found[-1]:
                return False  # nearly always at the first line of words
        if self.without and _any_of(self.without).search(line):
            return False
        return any(_near(line, first.start(), found) for one in found for first in one)


class Situation(Edited):
    """A situation: what is meant then, how it shows, and its answer if that is a shared one.

    One that `yields` harms nobody who is answered otherwise: where a story is surely about
    something else, its words are only told of. One that `answers_also` leaves the message's own
    question to be answered after it. One that `keeps_topic` only cuts in: what is asked next is
    about the subject of before.
    """

    intents: conlist(str, min_items=1) = Field(alias="maksud")  # type: ignore[valid-type]
    also_from: frozenset[str] = Field(frozenset(), alias="juga")
    yields: bool = Field(False, alias="mengalah")
    answers_also: bool = Field(False, alias="dan_pertanyaannya")
    keeps_topic: bool = Field(False, alias="pokok_tetap")
    response: str = Field("", alias="jawaban")
    conditions: conlist(Condition, min_items=1) = Field(alias="bila")  # type: ignore[valid-type]

    _implied: frozenset[str] = PrivateAttr(frozenset())

    @property
    def named_from(self) -> frozenset[str]:
        """What its own line names beside its intents; without what its whole file still hears."""
        return self.also_from - self._implied

    @property
    def meant_by(self) -> frozenset[str]:
        """The intents that a message may have besides and still be of this situation."""
        return self.also_from | {*self.intents}

    def hearing(self, further: frozenset[str]) -> Situation:
        """The same, heard beside further intents as well."""
        heard = self.copy(update={"also_from": self.also_from | further})
        heard._implied = further - self.also_from
        return heard

    @property
    def only_after(self) -> bool:
        """Whether it never shows by the message alone."""
        return all(one.after for one in self.conditions)

    @property
    def after(self) -> frozenset[str]:
        """After which intents and situations it may show although the message alone says it not."""
        return frozenset(intent for condition in self.conditions for intent in condition.after)


class Situations(Edited):
    """All situations in the order in which they are tried, and the intents that are left alone."""

    except_for: frozenset[str] = Field(alias="kecuali")
    by_name: dict[str, Situation] = Field(alias="keadaan")

    def response(self, name: str) -> str:
        """The name of the situation's answer."""
        return self.by_name[name].response or f"utter_keadaan_{name}"

    def followed_by(self, others: Situations) -> Situations:
        """These, then the others, each with what its own file leaves alone."""
        heard = self.except_for - others.except_for
        added = {name: one.hearing(heard) for name, one in others.by_name.items()}
        by_name = {**self.by_name, **added}
        return Situations.construct(except_for=self.except_for, by_name=by_name)


def read_situations(path: Path = FILE) -> Situations:
    """The situations of the file.

    Raises:
        YamlError: with file and line.
    """
    return read_as(path, Situations)


@lru_cache(maxsize=1)
def situations() -> Situations:
    """The situations of the checkout and after them its narrow questions, read once."""
    known = read_situations()
    return known.followed_by(read_situations(NARROW)) if NARROW.exists() else known


def shown_in(line: str) -> Iterator[tuple[str, list[Condition]]]:
    """The situations of which a condition shows in the normalised words of a message, joined by
    spaces, in the order in which they are tried, each with its conditions that show.
    """
    by_word = _conditions_by_word()
    perhaps = sorted({place for word in {*line.split()} for place in by_word.get(word, ())})
    named = [*situations().by_name.items()]
    for number, places in groupby(perhaps, key=itemgetter(0)):
        name, situation = named[number]
        shown = [situation.conditions[which] for _, which in places]
        if shown := [one for one in shown if one.shows_in(line)]:
            yield name, shown


def line_of(words: Iterable[str]) -> str:
    """The words as the conditions of situations look at them."""
    return " ".join(_with_units(words))


def _with_units(words: Iterable[str]) -> Iterator[str]:
    """The words, and behind a figure like "700rb" its unit once more, as a word of its own."""
    for word in words:
        yield word
        unit = word.lstrip("0123456789.,")
        if unit != word and unit.isalpha():
            yield unit


@lru_cache(maxsize=1)
def _conditions_by_word() -> Mapping[str, Sequence[tuple[int, int]]]:
    """Word → the conditions (number of the situation, of its condition) that may show beside it:
    their first line has a phrase that begins with it. Of hundreds, a message has few to look at.
    """
    places: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, situation in enumerate(situations().by_name.values()):
        for which, condition in enumerate(situation.conditions):
            for phrase in condition.all_of[0]:
                first, *others = phrase.split()
                for ending in ("", *([] if others else _SUFFIXES)):
                    places[first + ending].add((number, which))
    return {word: tuple(found) for word, found in places.items()}


def _near(line: str, start: int, found: Sequence[Sequence[re.Match[str]]]) -> bool:
    """Whether each list has a match in the `NEAR` words that begin at `start`."""
    firsts = [next((one for one in matches if one.start() >= start), None) for matches in found]
    ends = [first.end() for first in firsts if first]
    return len(ends) == len(found) and line.count(" ", start, max(ends)) < NEAR


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words, a possessive ending allowed."""
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    joined = "|".join(re.escape(phrase) for phrase in longest)
    return re.compile(rf"(?<!\S)(?:{joined}){_SUFFIX}(?!\S)")
