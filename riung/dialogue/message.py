"""A citizen's message as it was understood, and what can be read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from riung.dialogue.fragment import Fragment, read_fragment
from riung.nlu.normalizer import normalizer
from riung.nlu.party import party_words


@dataclass(frozen=True)
class Understood:
    """A message as it was understood.

    Attributes:
        guesses: intents that it may have meant and how likely, the likeliest first.
    """

    text: str
    intent: str
    confidence: float
    entities: tuple[Mapping[str, Any], ...]
    today: date
    at: float
    number: str | None = None
    guesses: tuple[tuple[str, float], ...] = ()

    @cached_property
    def line(self) -> str:
        """Its words in the form that lists of words are written in, joined by spaces."""
        return normalizer().line(self.text)

    @cached_property
    def fragment(self) -> Fragment | None:
        """What the message names; None when it has a word that the table does not know."""
        return read_fragment(self.text, self.entities)

    @cached_property
    def party(self) -> str | None:
        """Whom the message counts: "2 dewasa 1 anak"; None for fewer than two."""
        return party_words(self.text)

    def entity(self, name: str) -> str | None:
        """The first value of an entity."""
        return next((str(e["value"]) for e in self.entities if e["entity"] == name), None)
