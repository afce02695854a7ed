"""The facts as staff read them: words, source, when they were compared with it, and their age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from riung.office.facts import Fact, facts

Show = Literal["old", "unsure", "all"]

CONFIDENCES = {
    "verified": "dipastikan",
    "seed": "menurut naskah kantor",
    "likely": "satu sumber",
    "unverified": "belum pasti",
}
"""How sure a fact is, in the words of the page."""

PAGE = 50
"""Facts a page."""


@dataclass(frozen=True)
class Row:
    """One fact of the list; `months` is its age, `is_old` whether that is over the limit."""

    id: str
    fact: Fact
    months: int
    is_old: bool


def rows(today: date, limit: int, show: Show, words: str) -> list[Row]:
    """The facts that are shown, the oldest first.

    Args:
        today: the day by which ages are counted.
        show: those over the limit, those of which nobody is sure, or all.
        limit: months after which the office wants a fact compared with its source again.
        words: what every fact shown has to hold, in its text, id or sources.
    """
    found = [row for row in _all(today, limit) if _wanted(row, show, words.casefold().split())]
    return sorted(found, key=lambda row: (-row.months, row.id))


def old_ones(today: date, limit: int) -> int:
    """How many facts are over the limit."""
    return sum(row.is_old for row in _all(today, limit))


def _all(today: date, limit: int) -> Iterator[Row]:
    for fact_id, fact in facts().items():
        age = fact.age(today)
        yield Row(fact_id, fact, age, age > limit)


def _wanted(row: Row, show: Show, words: list[str]) -> bool:
    if show == "old" and not row.is_old:
        return False
    if show == "unsure" and row.fact.confidence != "unverified":
        return False
    said = " ".join([row.id, row.fact.text, *row.fact.sources]).casefold()
    return all(word in said for word in words)
