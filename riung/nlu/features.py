"""What the intent classifier sees of a message: normalised words, with markers for what varies.

Numbers of the citizen's and names of places become a marker: which city it is says nothing about
the question. Forms of address and particles are left out, unless nothing else is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from riung.nlu.entities import Entity
from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import Word
from riung.nlu.vocabulary import Asking, vocabulary

_MARKERS = {"nomor_permohonan": "xnomor", "kantor": "xkota", "tanggal": "xtanggal"}
"""Entities the classifier sees as a marker. The words of a date stay beside theirs."""

_BREAK = re.compile(r"[.,;:!\n]")


Part = list[Word]
"""Normalised words that belong together: a message, or one clause of it."""


def line(words: Sequence[Word], entities: Iterable[Entity] = ()) -> str:
    """The words of a message in one line, as the classifier sees them."""
    marked = list(_marked(words, list(entities)))
    meaning = [word.text for word in marked if not is_noise(word.text)]
    return " ".join(meaning or [word.text for word in marked])


def clauses(text: str, words: Sequence[Word]) -> list[Part]:
    """A message parted at punctuation, question marks and joining words ("sama", "terus")."""
    joining = vocabulary(Asking).penghubung
    parts: list[Part] = [[]]
    end = 0
    for word in words:
        if _BREAK.search(text[end : word.start]) or word.text in joining:
            parts.append([])
        if word.text not in joining:
            parts[-1].append(word)
        if word.text in "?!":
            parts.append([])
        end = word.end
    return [part for part in parts if part]


def after_opening(words: Part) -> Part:
    """What follows a greeting and the wish to ask: "halo kak, mau tanya umrah"; empty where there
    is no such wish, or nothing after it.
    """
    opening, asking = _words_before_a_question()
    count = next((n for n, word in enumerate(words) if word.text not in opening), len(words))
    wishes = not asking.isdisjoint(word.text for word in words[:count])
    return words[count:] if wishes else []


@lru_cache(maxsize=1)
def _words_before_a_question() -> tuple[frozenset[str], frozenset[str]]:
    """All that may stand before one, and those of them that wish to ask; made once."""
    known, asking = lexicon(), frozenset(vocabulary(Asking).mau_bertanya)
    return asking | known.greeting | known.opening | known.address | known.filler, asking


def is_noise(word: str) -> bool:
    """Forms of address and particles."""
    return word in lexicon().address or word in lexicon().filler


def _marked(words: Sequence[Word], entities: list[Entity]) -> Iterable[Word]:
    begun: set[int] = set()
    for word in words:
        entity = next((e for e in entities if e.start < word.end and word.start < e.end), None)
        marker = _MARKERS.get(entity.name) if entity else None
        if entity and marker and entity.start not in begun:
            begun.add(entity.start)
            yield Word(marker, entity.start, entity.end)
        if marker in (None, "xtanggal"):
            yield word
