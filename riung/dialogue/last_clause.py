"""The clause that asks, in a message that first says something else: "oh gitu. terus biayanya?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from riung.dialogue.fragment import subjects_named
from riung.dialogue.message import Understood
from riung.nlu.vocabulary import Asking, Kinds, vocabulary

_END = re.compile(r"[.!?;,\n]+\s*")
"""What parts one clause from the next; a figure's point or comma has no blank behind it."""


def last_clause(said: Understood) -> Understood | None:
    """The message's last clause by itself; None where what goes before it has a meaning of its own.

    What is said first ("ok nanti saya urus dulu") must name no subject, no day and no place, and
    ask nothing.
    """
    text = said.text.rstrip(" .!?;,\n")
    breaks = [one for one in _END.finditer(text) if one.group()[-1].isspace()]
    if not breaks:
        return None
    start = breaks[-1].end()
    before = said.text[:start]
    words = set(re.findall(r"[^\W_]+", before.casefold()))
    asks = not words.isdisjoint(vocabulary(Asking).kata_tanya)
    inside = tuple(_entities_of(said, start))
    beside = [one for one in said.entities if one["entity"] != "bahasa"]
    names_document = not words.isdisjoint(vocabulary(Kinds).dokumen)
    if asks or names_document or any(subjects_named(before)) or len(inside) < len(beside):
        return None
    return replace(said, text=said.text[start:], entities=inside)


def _entities_of(said: Understood, start: int) -> Iterator[Mapping[str, Any]]:
    """The entities that stand in the clause, with their places in it."""
    for one in said.entities:
        if one.get("start", 0) >= start and "end" in one:
            yield {**one, "start": one["start"] - start, "end": one["end"] - start}
