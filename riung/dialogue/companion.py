"""The companion through M-Paspor: where a citizen is, and what a message says of it.

"Udah install, terus?" goes on with the step after, "tadi sampai mana" with the step remembered.
Only messages of known words are read (`aturan/pendamping.yml`); one word more and the message is a
question like any other, unless it says that a step is done and asks for the next one, or whoever
is guided tells it: then a few words beside ("udah upload ktp sama kk nih") change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, validator

from riung.localized import ButtonTitle, Localized
from riung.nlu.date_spans import has_any
from riung.nlu.extractor import placed_entities
from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import normalizer
from riung.nlu.vocabulary import Asking, vocabulary
from riung.validation import Edited, edited_file, read_as

FILE = edited_file("aturan/pendamping.yml")

MODULE = "pendamping_mpaspor"
INTENT = "pendamping"
ACTION = "action_pendamping"
STEP = "langkah"
SLOT = "langkah_mpaspor"
"""Holds the step and the moment it was told: `{"langkah": "bayar", "at": 1790000000.0}`."""

DAY_SECONDS = 24 * 3600

FEW_STRANGE = 3
"""Words that the table does not know, in a message that tells plainly how far somebody is."""

DONE, NOT_YET, NEXT, WHERE, LEFT, BEGIN, NAMED, PLAIN = (
    *("sudah", "belum", "lanjut", "di_mana", "tinggal", "mulai"),
    *("langkah", "boleh"),
)


class Step(Edited):
    """One step, and the words that name it."""

    label: Localized = Field(alias="sebutan")
    title: ButtonTitle = Field(alias="tombol")
    words: tuple[str, ...] = Field(alias="kata")


class Companion(Edited):
    """The file: the steps in their order, and the words around them."""

    days: int = Field(alias="hari", ge=1, le=60)
    done: tuple[str, ...] = Field(alias="sudah")
    not_yet: tuple[str, ...] = Field(alias="belum")
    next: tuple[str, ...] = Field(alias="lanjut")
    where: tuple[str, ...] = Field(alias="di_mana")
    left: tuple[str, ...] = Field((), alias="tinggal")
    none_of_ours: tuple[str, ...] = Field((), alias="bukan")
    begin: tuple[str, ...] = Field(alias="mulai")
    between: frozenset[str] = Field(frozenset(), alias="di_antara")
    plain: tuple[str, ...] = Field(alias="boleh")
    of_another_matter: tuple[str, ...] = Field((), alias="lain")
    steps: Mapping[str, Step] = Field(alias="langkah")

    @validator("steps")
    def _has_a_way_and_an_end(cls, steps: Mapping[str, Step]) -> Mapping[str, Step]:
        if len(steps) < 2:
            raise ValueError("langkah butuh paling sedikit dua: satu langkah dan keadaan selesai")
        return steps

    def after(self, step: str) -> str:
        """The step that follows; the last one follows itself."""
        names = [*self.steps]
        return names[min(names.index(step) + 1, len(names) - 1)]


def read_companion(path: Path = FILE) -> Companion:
    """The companion of a file.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Companion)


@lru_cache(maxsize=1)
def companion() -> Companion:
    """The companion of the checkout, read once."""
    return read_companion()


@dataclass(frozen=True)
class Remembered:
    """Where the citizen was last."""

    step: str
    at: float

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None, now: float) -> Remembered | None:
        """What the slot holds, None when it is too old or its step is no longer there."""
        if not stored or now - stored.get("at", 0.0) > companion().days * DAY_SECONDS:
            return None
        known = stored.get(STEP) in companion().steps
        return cls(str(stored[STEP]), float(stored["at"])) if known else None


def step_of(
    text: str, before: Remembered | None, just_told: bool, is_open: bool = False
) -> str | None:
    """The step to tell, `""` when it has to be asked, None when the message is none of ours.

    Args:
        text: the citizen's text.
        before: where they were last.
        just_told: whether the companion's was the answer before this message.
        is_open: whether nothing else has an answer of its own for the message.
    """
    read = _read(text)
    if read is None or (read.strange and not (is_open and _tells(read, just_told))):
        return None
    line, table = normalizer().line(text), companion()
    others = (*table.none_of_ours, *(table.of_another_matter if read.strange else ()))
    if has_any(line, others):
        return None
    marks = {kind for kind, _ in read.found}
    named = [name for kind, name in read.found if kind == NAMED]
    if LEFT in marks and not named:
        return before.step if before and just_told else None
    if named and (marks & {DONE, NOT_YET, NEXT}):
        furthest = max(named, key=[*companion().steps].index)
        return furthest if NOT_YET in marks else companion().after(furthest)
    if named:
        return None
    if WHERE in marks:
        return before.step if before else ""
    if BEGIN in marks:
        return before.step if before else next(iter(companion().steps))
    if before and just_told and marks & {DONE, NEXT} and NOT_YET not in marks:
        return companion().after(before.step)
    return None


@dataclass(frozen=True)
class _Read:
    """Kind and name of each phrase, in order, and the words between them that nobody knows."""

    found: tuple[tuple[str, str], ...]
    strange: tuple[str, ...]


def _tells(read: _Read, just_told: bool) -> bool:
    """Whether it tells how far somebody is, although some of its words are not known."""
    marks = {kind for kind, _ in read.found}
    asks = not {*read.strange}.isdisjoint(vocabulary(Asking).kata_tanya)
    few = len(read.strange) <= FEW_STRANGE and not asks and DONE in marks
    return few and NOT_YET not in marks and (NEXT in marks or (just_told and NAMED in marks))


def _read(text: str) -> _Read | None:
    """What the text says in words of the table; None for a button."""
    if text.startswith("/"):
        return None
    days = [one for one in placed_entities(text) if one["entity"] == "tanggal"]
    for day in reversed(days):  # "udah dapat tanggal 2 desember"
        text = f"{text[: day['start']]} tanggal {text[day['end'] :]}"
    line = " ".join(word.text for word in normalizer().words(re.sub(r"[^\w\s'-]", " ", text)))
    found: list[tuple[str, str]] = []
    strange: list[str] = []
    place = 0
    for match in _pattern().finditer(line):
        strange += _unknown(line[place : match.start()])
        found.append(_known()[match[0]])
        place = match.end()
    strange += _unknown(line[place:])
    return _Read(tuple(one for one in found if one[0] != PLAIN), tuple(strange))


def _unknown(between: str) -> list[str]:
    plain = lexicon().filler | lexicon().address
    return [word for word in between.split() if word not in plain]


def _phrases() -> Iterator[tuple[str, tuple[str, str]]]:
    """Each phrase with its kind and step; of two alike the first counts."""
    table = companion()
    for name, step in table.steps.items():
        yield from ((phrase, (NAMED, name)) for phrase in step.words)
    groups = {
        WHERE: table.where,
        LEFT: table.left,
        BEGIN: table.begin,
        NOT_YET: table.not_yet,
        DONE: table.done,
        NEXT: table.next,
        PLAIN: table.plain,
    }
    for kind, words in groups.items():
        yield from ((phrase, (kind, "")) for phrase in words)


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str]]:
    """Normalised phrase → what it is."""
    known: dict[str, tuple[str, str]] = {}
    for phrase, meaning in _phrases():
        plain = " ".join(word.text for word in normalizer().words(phrase))
        known.setdefault(plain, meaning)
    return known


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest = sorted(_known(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest))})(?!\S)")
