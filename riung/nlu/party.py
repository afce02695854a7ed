"""For whom a price is asked: "2 dewasa 1 anak", "bertiga, satu paspornya hilang"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from riung.nlu.date_spans import has_any
from riung.nlu.vocabulary import Dates, Party, alternatives, vocabulary

MOST = 50
"""People; a larger figure is no family's, but an amount or a year."""


@dataclass(frozen=True)
class Counted:
    """How many people of each kind, how many lost or damaged passports, and whether 10 years."""

    adults: int = 0
    children: int = 0
    people: int = 0
    lost: int = 0
    damaged: int = 0
    ten_years: bool = False

    @property
    def total(self) -> int:
        """How many passports."""
        return self.adults + self.children + self.people


def read_party(text: str) -> Counted | None:
    """Who is counted in the text; None when nobody is.

    "4 orang, 2 dewasa 2 anak" names the same four twice.
    """
    said = text.casefold()
    adults, children = _count(said, "dewasa"), _count(said, "anak")
    adults = adults or (2 if has_any(said, _words().pasangan) else 0)
    if has_any(said, _words().dengan_anak):
        adults, children = adults or 1, children or 1
    people = _count(said, "orang") or _together(said)
    if people == adults + children:
        people = 0
    elif people > adults + children > 0:
        people -= adults + children
    found = Counted(adults, children, people, _count(said, "hilang"), _count(said, "rusak"))
    return replace(found, ten_years=names_ten_years(text)) if found.total else None


def names_ten_years(text: str) -> bool:
    """Whether it is about passports of ten years."""
    return has_any(text.casefold(), _words().sepuluh_tahun)


def party_words(text: str) -> str | None:
    """The shortest words in which `read_party` reads the same people; None for fewer than two."""
    counted = read_party(text)
    return _as_words(counted) if counted and counted.total > 1 else None


def changed_party(words: str, text: str) -> str | None:
    """The people of `words` with what the text says otherwise of them: how many passports are lost
    or damaged ("kalau 1 paspornya hilang?"), or for how long; None when it changes nothing.
    """
    before, said = read_party(words), text.casefold()
    lost, damaged, ten_years = _count(said, "hilang"), _count(said, "rusak"), names_ten_years(text)
    if before is None or read_party(text) or not lost + damaged or lost + damaged > before.total:
        return None
    left = before.total - lost
    now = replace(before, lost=lost or min(before.lost, before.total - damaged))
    now = replace(now, damaged=damaged or min(before.damaged, left))
    return _as_words(replace(now, ten_years=before.ten_years or ten_years))


def _as_words(counted: Counted) -> str:
    people = counted.total if counted.people else 0
    named = {
        "dewasa": counted.adults,
        "anak": counted.children,
        "orang": people,
        "hilang": counted.lost,
        "rusak": counted.damaged,
    }
    words = [f"{count} {_words().group(kind)[0]}" for kind, count in named.items() if count]
    return " ".join([*words, *_words().sepuluh_tahun[: counted.ten_years]])


def owner_words(is_child: bool, kind: str = "") -> str:
    """The words for one applicant alone: "1 anak", "1 dewasa", "1 dewasa 1 hilang"."""
    one = Counted(children=1) if is_child else Counted(adults=1)
    return _as_words(replace(one, lost=int(kind == "hilang"), damaged=int(kind == "rusak")))


def joined(before: str, text: str, family: Sequence[str] = ()) -> str | None:
    """Those counted before and the ones whom a message adds: "tambah anak 1"; None without any.

    Args:
        before: the words for those counted before.
        text: the message.
        family: words for one grown-up of the family: "ibunya".
    """
    said = text.casefold()
    lost, damaged = (int(has_any(said, _words().group(kind))) for kind in ("hilang", "rusak"))
    one_more = Counted(adults=1, lost=lost, damaged=damaged) if has_any(said, family) else None
    counted, more = read_party(before), read_party(text) or _one_named(text) or one_more
    if counted is None or more is None or not has_any(text.casefold(), _words().tambah):
        return None
    grown_up = counted.adults + more.adults + counted.people + more.people
    children = counted.children + more.children
    lost, damaged = counted.lost + more.lost, counted.damaged + more.damaged
    return _as_words(Counted(grown_up, children, 0, lost, damaged, counted.ten_years))


def _one_named(text: str) -> Counted | None:
    """The children of "anak 1" or of "anak" alone, for whom no number stands before."""
    words = alternatives(_words().anak)
    found = re.search(rf"\b(?:{words})\b(?:\s+(\d{{1,2}})\b(?!\s*[a-z]))?", text.casefold())
    return Counted(children=int(found[1] or 1)) if found else None


def _words() -> Party:
    return vocabulary(Party)


def _count(said: str, kind: str) -> int:
    counts = (_figure(match["count"]) for match in _counted(kind).finditer(said))
    total = sum(counts)
    return total if total <= MOST else 0


def _together(said: str) -> int:
    groups = _words().bersama.items()
    return max((number for number, words in groups if has_any(said, words)), default=0)


def _figure(written: str) -> int:
    if written.isdigit():
        return int(written)
    figures = vocabulary(Dates).bilangan.items()
    return next(figure for figure, words in figures if " ".join(written.split()) in words)


@lru_cache(maxsize=8)
def _counted(kind: str) -> re.Pattern[str]:
    figures = alternatives(word for words in vocabulary(Dates).bilangan.values() for word in words)
    words = alternatives(_words().group(kind))
    before = rf"(?<![\d.,])\b(?P<count>\d{{1,2}}|{figures})\s*(?:orang\s+|nya\s+)?(?:{words})\b"
    return re.compile(before)
