"""Reading a message that names only part of a question: "terus biayanya?", "kalau anak?".

Only messages of known words are read (`aturan/lanjutan.yml`); one word more and the message stands
alone, for the classifier to understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from riung.dialogue.follow_up_table import details, follow_ups
from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import normalizer
from riung.nlu.vocabulary import Asking, Dates, vocabulary

LONGEST = 20
"""Words; a longer message is a story."""


@dataclass
class Fragment:
    """What a message of known words names.

    Attributes:
        aspects: what is asked, in order, each once.
        subject: what it is about.
        details: place, day and kind of document as written.
        denied: details and subjects that are said not to be meant.
        parts: what it names of an answer that holds several ("yang 10 tahun").
        of_place: an aspect whose word asks it only of a place: "jadwal mpp batang".
        of_day: the same of a day: "selasa depan masih ada".
        alone: an aspect whose word asks it only where no other one means anything: "berapa tuh".
        says_more: whether any does.
        is_child: whether somebody's age that it names is a child's.
        figure: a number of two digits that nothing explains: "25 nya?".
        marks: `opening`, `correction`, `again`, `document`, `family`.
        days_on: how many days after the one talked about: "besoknya", "minggu berikutnya".
    """

    aspects: list[str] = field(default_factory=list)
    subject: str | None = None
    details: dict[str, str] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    is_child: bool | None = None
    figure: str | None = None
    of_place: str | None = None
    of_day: str | None = None
    alone: str | None = None
    says_more: bool = False
    days_on: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing at all."""
        named = self.aspects or self.subject or self.details or self.denied or self.parts
        is_aged = self.is_child is not None
        counts_on = self.days_on is not None
        return not (named or is_aged or counts_on or "family" in self.marks)


MOST_IN_CLAUSE = 8
"""Words of a clause that asks one thing; a longer one tells a story."""

PAIR = 2
"""Words of which nothing can stand inside."""

_DAY = re.compile(r"[12]\d|3[01]")
"""A figure that may be a day's number, and that nothing else explains."""

GROWN_UP = 17
"""Years from which a citizen applies as a grown-up."""

CLOCK = "jam"
"""The aspect whose word counts hours after a figure."""

AHEAD = frozenset({"opening", "correction"})
"""Marks after which a bare weekday is one: "minggu" alone is a week as well."""

NAMED = frozenset({"aspect", "subject", "denied"})
"""Kinds of phrases that name something; the others only mark how it is meant."""

STANDS_ALONE = frozenset({"alone", "empty", "opening"})
"""Kinds of phrases beside which a word that counts only alone still does."""

_Token = tuple[str, dict[str, Any] | None]
"""A normalised word; in place of a detail's first word, its entity."""

PAUSE: _Token = (",", None)
"""Between two words: a denial before it denies nothing after it."""


def read_fragment(text: str, entities: Iterable[Mapping[str, Any]]) -> Fragment | None:
    """What the message names; None when it has a word that the table does not know.

    Args:
        text: the citizen's text.
        entities: Rasa's entities of it; those of a question asked in the citizen's place, which
            have no `start` and `end`, stand nowhere in the text.
    """
    placed = [one for one in entities if one["entity"] in details() and "end" in one]
    tokens = list(_tokens(text, placed))
    if len(tokens) > LONGEST:
        return None
    fragment, denies, place, strange = Fragment(is_child=_is_child(tokens)), False, 0, False
    while place < len(tokens):
        _, entity = tokens[place]
        if entity is not None:
            _add_detail(fragment, entity, denies)
        if entity is not None or tokens[place] == PAUSE:
            denies, place = False, place + 1  # "bukan, lusa": what follows a pause is meant
            continue
        length, kind, name = _longest(tokens, place)
        if not length and _counts_for_itself(fragment, tokens, place):
            length, kind = 1, "plain"  # "umur 4 tahun"
        is_ahead = fragment.marks & AHEAD or len(tokens) == 1  # "minggu?"
        if not length and tokens[place][0] in _days() and not denies and is_ahead:
            fragment.details.setdefault("tanggal", f"hari {tokens[place][0]}")  # "kalau minggu?"
            length, kind = 1, "plain"
        if not length and denies:  # the extractor leaves out what is denied: "bukan bandung"
            named = "tanggal" if tokens[place][0] in _days() else "kantor"
            length, kind, name = 1, "denied", named
            strange = strange or named == "kantor"
        if not length:
            return None
        _note(fragment, kind, name, denies)
        denies = kind == "denial" or (denies and kind not in NAMED)
        if kind == "subject" and any(t[0] in _document_words() for t in tokens[place:][:length]):
            fragment.marks.add("document")
        place += length
    return None if strange and "kantor" not in fragment.details else _with_place(fragment)


def _with_place(fragment: Fragment) -> Fragment | None:
    """The fragment, with what is asked of its place or day; None if a word wants a place."""
    if fragment.of_place and not fragment.aspects:
        if "kantor" not in fragment.details:
            return None
        fragment.aspects.append(fragment.of_place)
    if fragment.of_day and not fragment.aspects and "tanggal" in fragment.details:
        fragment.aspects.append(fragment.of_day)
    if fragment.alone and not fragment.says_more and not fragment.details:
        fragment.aspects.append(fragment.alone)
    return fragment


def subjects_named(text: str) -> frozenset[str]:
    """The subjects that words of the message name, whatever else it says: "anak", "yang hilang";
    empty where none is named, and "" for the document at large.
    """
    tokens, place, named = list(_tokens(text, [])), 0, set()
    while place < len(tokens):
        length, kind, name = _longest(tokens, place)
        if kind in ("subject", "document"):
            named.add(name)
        place += max(length, 1)
    return frozenset(named)


def asked_in_clauses(text: str) -> list[str]:
    """The aspects that short clauses with a question word ask, in order, whatever else they say:
    "itu dendanya berapa, bikin ulang berapa hari".
    """
    asking, asked = {*vocabulary(Asking).kata_tanya}, []
    for clause in _clause_end().split(text.casefold()):
        tokens, place = list(_tokens(clause, [])), 0
        if len(tokens) > MOST_IN_CLAUSE or asking.isdisjoint(word for word, _ in tokens):
            continue
        while place < len(tokens):
            length, kind, name = _longest(tokens, place)
            asked += [name] if kind == "aspect" else []
            place += max(length, 1)
    return [*dict.fromkeys(asked)]


@lru_cache(maxsize=1)
def _clause_end() -> re.Pattern[str]:
    """What parts one clause from the next: a mark, or a word that joins two."""
    joins = "|".join(map(re.escape, vocabulary(Asking).penghubung))
    return re.compile(rf"[.,;!?\n]+(?:\s+|$)|\s+(?:{joins})\s+")


def _note(fragment: Fragment, kind: str, name: str, denies: bool) -> None:
    """Write down one phrase: what it names, or the mark that it is."""
    fragment.says_more = fragment.says_more or kind not in STANDS_ALONE
    if kind in NAMED:
        _add(fragment, kind, name, denies)
    elif kind in ("of_place", "of_day"):
        setattr(fragment, kind, name)
    elif kind == "alone":
        fragment.alone = name
    elif kind == "part":
        fragment.parts.add(name)
    elif kind == "days_on":
        fragment.days_on = int(name)
    elif kind not in ("plain", "empty"):
        fragment.marks.add("correction" if kind == "denial" else kind)


def _add(fragment: Fragment, kind: str, name: str, denies: bool) -> None:
    if denies:
        fragment.denied.add(name)
    elif kind == "subject":
        # the last one named: "bukan yang hilang, yang rusak"; a child stays a child
        for_child = follow_ups().subjects[name].for_child
        stays = fragment.subject is not None and fragment.subject == for_child
        fragment.subject = fragment.subject if stays else name
    elif name not in fragment.aspects:
        fragment.aspects.append(name)


def _add_detail(fragment: Fragment, entity: Mapping[str, Any], denies: bool) -> None:
    if denies:
        fragment.denied.add(entity["entity"])
    else:
        fragment.details[entity["entity"]] = str(entity["value"])


def _tokens(text: str, details: list[Mapping[str, Any]]) -> Iterator[_Token]:
    begun: set[int] = set()
    for word in normalizer().words(text):
        inside = [e for e in details if e.get("start", 0) < word.end and word.start < e["end"]]
        if inside and inside[0]["start"] in begun:
            continue
        if inside:
            begun.add(inside[0]["start"])
            yield word.text, dict(inside[0])
            continue
        for plain in word.text.split():
            if plain.isalnum() or "-" in plain:
                yield plain, None
        if text[word.end : word.end + 1] == ",":
            yield PAUSE


def _longest(tokens: list[_Token], place: int) -> tuple[int, str, str]:
    """Length, kind and name of the longest known phrase at `place`; length 0 when none is known."""
    known, longest = _phrases()
    for length in range(min(longest, len(tokens) - place), 0, -1):
        part = tokens[place : place + length]
        if any(entity for _, entity in part):
            continue
        found = known.get(" ".join(word for word, _ in part))
        if spread := _spread_phrase(part, known):
            return length, *spread
        counts = length == 1 and place and tokens[place - 1][0].isdigit()
        if found and found[1] == CLOCK and counts:
            return length, "plain", ""  # "2 jam yang lalu" asks for no hours
        if found:
            return length, *found
    return 0, "", ""


def _spread_phrase(
    part: Sequence[_Token], known: Mapping[str, tuple[str, str]]
) -> tuple[str, str] | None:
    """Kind and name of a phrase that asks something, with words of no weight inside it: "bayarnya
    nanti di mana".
    """
    inside = [word for word, _ in part[1:-1] if word not in _words_between()]
    if len(part) <= PAIR or len(inside) == len(part) - 2:
        return None
    found = known.get(" ".join((part[0][0], *inside, part[-1][0])))
    return found if found and found[0] == "aspect" else None


@lru_cache(maxsize=1)
def _words_between() -> frozenset[str]:
    """Words that may stand inside of a phrase."""
    words = lexicon()
    return frozenset({*follow_ups().marks.between, *words.address, *words.filler})


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, tuple[str, str]], int]:
    """Normalised phrase → kind and name, and the length of the longest phrase in words.

    What is listed first wins: a subject or aspect over a mark, a mark over a plain word.
    """
    table = follow_ups()
    groups: list[tuple[str, str, Iterable[str]]] = [
        *(("subject", name, one.words) for name, one in table.subjects.items()),
        *(("aspect", name, one.words) for name, one in table.aspects.items()),
        *(("of_place", name, one.words_of_place) for name, one in table.aspects.items()),
        *(("of_day", name, one.words_of_day) for name, one in table.aspects.items()),
        ("correction", "", table.marks.correction),
        ("denial", "", table.marks.denial),
        *(("days_on", str(days), words) for days, words in table.marks.days_on.items()),
        ("again", "", table.marks.again),
        ("opening", "", table.marks.opening),
        ("document", "", table.marks.document),
        ("family", "", table.marks.family),
        *(
            ("part", normalized(one), (one,))
            for aspect in table.aspects.values()
            for one in aspect.parts
        ),
        *(("alone", name, one.words_alone) for name, one in table.aspects.items()),
        ("empty", "", _empty_words()),
        ("plain", "", table.marks.plain),
        ("plain", "", _words_without_meaning()),
    ]
    known: dict[str, tuple[str, str]] = {}
    for kind, name, phrases in groups:
        for phrase in phrases:
            known.setdefault(normalized(phrase), (kind, name))
    return known, max(len(phrase.split()) for phrase in known)


def _counts_for_itself(fragment: Fragment, tokens: list[_Token], place: int) -> bool:
    """Whether it is a figure, or of an age that is named; one that may be a day's is noted."""
    word = tokens[place][0]
    if (fragment.is_child is not None and _is_of_age(word)) or _is_figure(tokens, place):
        return True
    if fragment.figure is not None or not _DAY.fullmatch(word):
        return False
    fragment.figure = word
    return True


def _is_figure(tokens: list[_Token], place: int) -> bool:
    """Whether it counts or numbers something, and is no year or amount: "4", "4th", "15 tahun"."""
    word = tokens[place][0]
    counts_years = place + 1 < len(tokens) and tokens[place + 1][0] in _years()
    return word[0].isdigit() and (len(word) == 1 or not word.isdigit() or counts_years)


def _is_child(tokens: list[_Token]) -> bool | None:
    """Whether the age that is named is below that of a grown-up; None when none is named."""
    words = " ".join(word for word, entity in tokens if entity is None)
    found = _age().search(words)
    if found is None:
        return None
    return bool(found["months"]) or int(found["figure"]) < GROWN_UP


def _is_of_age(word: str) -> bool:
    """Whether a word beside an age tells nothing else."""
    return word.isdigit() or word in {*map(normalized, follow_ups().marks.around_age)}


@lru_cache(maxsize=1)
def _age() -> re.Pattern[str]:
    """Somebody, or the word "age", and not far behind it a figure that is no amount or year."""
    marks = follow_ups().marks
    aged, years, months = (
        "|".join(re.escape(normalized(word)) for word in words)
        for words in (marks.aged, marks.years, vocabulary(Dates).satuan.bulan)
    )
    figure = rf"(?P<figure>\d{{1,2}})(?!\S)(?: (?:(?P<months>{months})|{years})(?!\S))?"
    return re.compile(rf"(?<!\S)(?:{aged})(?: \S+){{0,2}} {figure}")


def going_on(text: str) -> str | None:
    """The aspect of a message that only asks to go on: "terus?", "trus min"."""
    words = lexicon()
    empty = words.address | words.filler | words.greeting
    line = (word.text for word in normalizer().words(text) if word.text.isalpha())
    left = " ".join(word for word in line if word not in empty)
    aspects = follow_ups().aspects.items()
    return next((name for name, one in aspects if left and left in one.words_alone), None)


def _words_without_meaning() -> set[str]:
    asking = vocabulary(Asking)
    listed = (asking.kata_tanya, asking.tanpa_pokok, asking.penghubung, asking.penutup)
    return {word for words in listed for word in words}


def _empty_words() -> set[str]:
    """Words beside which another one still stands alone: "eh berapa tuh min"."""
    words = lexicon()
    return {*words.address, *words.filler, *words.greeting, *words.opening}


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    return frozenset(name for names in vocabulary(Dates).hari.values() for name in names)


@lru_cache(maxsize=1)
def _years() -> frozenset[str]:
    return frozenset(map(normalized, follow_ups().marks.years))


@lru_cache(maxsize=1)
def _document_words() -> frozenset[str]:
    return frozenset(follow_ups().marks.document)


def normalized(phrase: str) -> str:
    """The phrase as the words of a message are compared with it."""
    return " ".join(word.text for word in normalizer().words(phrase))
