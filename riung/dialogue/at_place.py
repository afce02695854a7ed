"""Whether something is done at a place: "bisa ganti di sana?", "mpp batang nerima yang hilang?".

The place is named, or was talked about. Days, payments and all else that is asked of a place has
answers of its own; one word more than those of `aturan/lanjutan.yml` and the message stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from riung.dialogue.follow_up_table import details, follow_ups
from riung.dialogue.message import Understood
from riung.dialogue.topic import ABOUT, Topic
from riung.nlu.lexicon import lexicon
from riung.nlu.vocabulary import Asking, Kinds, vocabulary
from riung.office.offices import service_point

LONGEST = 11
"""Words; a longer message tells something."""

SERVICE = "isi"
"""The entity that names what is done there, as a place's file calls it."""


def asked_at_place(
    said: Understood, before: Topic | None, of_point: str, of_office: str
) -> dict[str, Any] | None:
    """The question whether a service point does it, or any office, where "there" names none; None
    where it is no such question.

    Args:
        said: the message.
        before: what was talked about.
        of_point: the intent that tells of a service point.
        of_office: the intent that tells what any office does.
    """
    words = said.line.split()
    if said.text.startswith("/") or len(words) > LONGEST or not _asks(words):
        return None
    named, table = said.entity(details()[0]), follow_ups().at_place
    is_there = _has_any(said.line, table.there)
    of_booking = before is not None and before.subject in _own_matters()
    kind = _kind_in(said)
    if kind is None or not (named or (is_there and not of_booking)) or [*_other_words(said)]:
        return None
    place = named or (before.kantor if before else None)
    is_point = place is not None and service_point(place) is not None
    if named and not is_point:
        return None  # an office does it all; whose KTP is from elsewhere, hears that
    told = follow_ups().subject_of("", kind)
    topic = replace(before or Topic(), subject=told, kantor=place, at=said.at)
    return {
        "intent": of_point if is_point else of_office,
        "entities": {details()[0]: place, SERVICE: _service(kind)} if is_point else {},
        "further": [],
        ABOUT: {"topic": topic.as_slot(), "named": None},
    }


def _asks(words: list[str]) -> bool:
    """Whether they ask if something is done: "bisa …", "nerima yang hilang ga"."""
    asking = vocabulary(Asking)
    whether = not {"?", *asking.ada_tidak}.isdisjoint(words)
    return whether or not {*asking.penutup}.isdisjoint(words[-1:])


def _service(kind: str) -> str:
    """What a place calls it (`layanan` in `kamus/entitas.yml`)."""
    return vocabulary(Kinds).layanan.get(kind, kind)


def _has_any(line: str, phrases: Iterable[str]) -> bool:
    return any(f" {phrase} " in f" {line} " for phrase in phrases)


def _own_matters() -> frozenset[str]:
    """Subjects of which "ganti" means another day."""
    subjects = follow_ups().subjects.items()
    return frozenset(
        name for name, one in subjects if "kali" in one.asks or "antrean_saya" in one.left_by
    )


def _kind_in(said: Understood) -> str | None:
    """The one kind of application that the words name."""
    kinds = follow_ups().at_place.kinds
    named = [name for name, words in kinds.items() if _has_any(said.line, words)]
    more = [name for name in named if name != next(iter(kinds))]  # "bikin yang hilang"
    return next(iter(more or named), None) if len(more) < 2 else None


def _other_words(said: Understood) -> Iterator[str]:
    """The words that neither ask, nor name the place or what is done there."""
    table, known = follow_ups().at_place, lexicon()
    places = [one for one in said.entities if one["entity"] == details()[0] and "end" in one]
    text = said.text
    for one in places:
        text = text[: one["start"]] + " " * (one["end"] - one["start"]) + text[one["end"] :]
    line = f" {replace(said, text=text).line} "
    phrases = [*table.there, *table.around, *(w for words in table.kinds.values() for w in words)]
    for phrase in sorted(phrases, key=len, reverse=True):
        line = line.replace(f" {phrase} ", "  ")
    empty = {*known.filler, *known.address, *known.opening, *vocabulary(Kinds).dokumen}
    return (one for one in line.split() if one.isalnum() and one not in empty)
