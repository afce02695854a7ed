"""For whom a price is asked: "2 dewasa 1 anak", "bertiga, satu paspornya hilang"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from riung.nlu.date_spans import has_any
from riung.nlu.vocabulary import Dates, Kinds, Party, alternatives, vocabulary

MOST = 50
"""People; a larger figure is no family's, but an amount or a year."""


@dataclass(frozen=True)
class Counted:
    """How many people of each kind, how many lost or damaged passports, and whether 10 years.

    Attributes:
        longer: grown-ups whose passport is to be of ten years, where not all are.
    """

    adults: int = 0
    children: int = 0
    people: int = 0
    lost: int = 0
    damaged: int = 0
    ten_years: bool = False
    longer: int = 0

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
    apart = has_any(said, _words().terpisah)
    adults = adults or (2 if has_any(said, _words().pasangan) and not apart else 0)
    if has_any(said, _words().dengan_anak):
        adults, children = adults or 1, children or 1
    people = _count(said, "orang") or _together(said)
    if people == adults + children:
        people = 0
    elif people > adults + children > 0:
        people -= adults + children
    found = Counted(adults, children, people, _count(said, "hilang"), _count(said, "rusak"))
    longer = _longer().search(said)
    found = replace(found, longer=int(longer[1]) if longer else 0)
    ten_years = not longer and names_ten_years(text)
    return replace(found, ten_years=ten_years) if found.total else None


def names_ten_years(text: str) -> bool:
    """Whether it is about passports of ten years, and not about a child of ten."""
    words = alternatives(_words().sepuluh_tahun)
    aged = rf"\b(?:{alternatives(_words().anak)})(?:\s+\w+)?\s+(?:{words})\b"
    said = re.sub(aged, " ", text.casefold())  # "anak umur 10 tahun" is an age
    return bool(re.search(rf"\b(?:{words})\b", said))


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
    if counted.longer:
        document = vocabulary(Kinds).dokumen[0]
        words.append(f"{counted.longer} {document} {_words().sepuluh_tahun[0]}")
    return " ".join([*_words().sepuluh_tahun[: counted.ten_years], *words])


def owner_words(is_child: bool, kind: str = "") -> str:
    """The words for one applicant alone: "1 anak", "1 dewasa", "1 dewasa 1 hilang"."""
    one = Counted(children=1) if is_child else Counted(adults=1)
    return _as_words(replace(one, lost=int(kind == "hilang"), damaged=int(kind == "rusak")))


def joined(before: str, text: str, family: Sequence[str] = ()) -> str | None:
    """Those counted before together with those whom a message names: who is added to them
    ("tambah anak 1"), or who some of them are ("istri sama anak 2 thn" of three); None without.

    Args:
        before: the words for those counted before.
        text: the message.
        family: words for one grown-up of the family: "ibunya".
    """
    counted, more = read_party(before), named_people(text, family)
    if counted is None or more is None:
        return None
    if not _adds(text, family):
        if not more.children and names_ten_years(text):
            return before  # whose passport is to be of ten years, not who is counted
        is_part = 0 < more.total <= counted.people == counted.total
        grown_up = counted.people - more.children
        told = replace(counted, people=0, adults=grown_up, children=more.children)
        return _as_words(told) if is_part else None
    return _as_words(_together_with(counted, more))


def with_named(before: str | None, text: str, family: Sequence[str] = ()) -> str | None:
    """Those counted before and whom a message names of another kind: "istri", then "anak 2 thn"."""
    counted, more = read_party(before or "") or Counted(), named_people(text, family) or Counted()
    adults = 0 if counted.adults or counted.people else more.adults
    children = 0 if counted.children or counted.people else more.children
    if not adults + children:
        return before
    return _as_words(_together_with(counted, replace(more, adults=adults, children=children)))


def counts_all(text: str) -> bool:
    """Whether who writes is counted too, so that nobody counted before is meant besides: "saya sama
    istri sama 1 anak".
    """
    return has_any(text.casefold(), (*_words().pasangan, *_words().dengan_anak))


def is_several(words: str) -> bool:
    """Whether the words count more than one."""
    counted = read_party(words)
    return counted is not None and counted.total > 1


def named_people(text: str, family: Sequence[str] = ()) -> Counted | None:
    """The people of a message, also one of the family and a child without a number."""
    said = text.casefold()
    if counted := read_party(text):
        return counted
    lost, damaged = (int(has_any(said, _words().group(kind))) for kind in ("hilang", "rusak"))
    grown_up = int(has_any(said, family))
    one = _one_named(text) or Counted()
    found = replace(one, adults=grown_up, lost=lost, damaged=damaged) if grown_up else one
    return found if found.total else None


def _together_with(counted: Counted, more: Counted) -> Counted:
    """Both together; who has no kind beside others is a grown-up."""
    return Counted(
        counted.adults + more.adults + counted.people + more.people,
        counted.children + more.children,
        0,
        counted.lost + more.lost,
        counted.damaged + more.damaged,
        counted.ten_years,
        counted.longer,
    )


def _adds(text: str, family: Sequence[str]) -> bool:
    """Whether a word that adds stands before or after all who are named, not only between them."""
    said, own = text.casefold(), (*_words().pasangan, *_words().dengan_anak)
    people = (*own, *family, *_words().dewasa, *_words().anak, *_words().orang)
    named = [one.start() for one in re.finditer(rf"\b(?:{alternatives(people)})\b", said)]
    adding = rf"\b(?:{alternatives(_words().tambah)})\b"
    places = [one.start() for one in re.finditer(adding, said)]
    return any(not named or place < named[0] or place > named[-1] for place in places)


def for_ten_years(words: str, text: str = "", family: Sequence[str] = ()) -> str:
    """The same people with passports of ten years; of several only the one whom the text names."""
    counted = read_party(words)
    if counted is None:
        return words
    grown_up = counted.adults + counted.people
    if grown_up > 1 and len({*_any_of(tuple(family)).findall(text.casefold())}) == 1:
        return _as_words(replace(counted, longer=min(counted.longer + 1, grown_up)))
    return _as_words(replace(counted, ten_years=True, longer=0))


def _one_named(text: str) -> Counted | None:
    """The children of "anak 1" or of "anak" alone, for whom no number stands before."""
    words = alternatives(_words().anak)
    found = re.search(rf"\b(?:{words})\b(?:\s+(\d{{1,2}})\b(?!\s*[a-z]))?", text.casefold())
    return Counted(children=int(found[1] or 1)) if found else None


@lru_cache(maxsize=2)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(words)})\b") if words else re.compile(r"(?!)")


@lru_cache(maxsize=1)
def _longer() -> re.Pattern[str]:
    """A pattern for "2 paspor 10 tahun"."""
    years = alternatives(_words().sepuluh_tahun)
    return re.compile(
        rf"\b(\d{{1,2}})\s+{vocabulary(Kinds).dokumen[0]}\s+(?:yang\s+)?(?:{years})\b"
    )


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
