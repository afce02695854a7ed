"""What is offered when the assistant is not sure: the nearest meanings that have a name."""

from __future__ import annotations

from collections.abc import Container, Iterable

MOST_OFFERS = 3
"""How many meanings are offered: what fits in reply buttons."""


def offers(ranking: Iterable[str], labelled: Container[str]) -> list[str]:
    """The likeliest meanings, best first.

    Args:
        ranking: intents, the likeliest first.
        labelled: intents with a name for citizens (`kamus/label_intent.yml`).
    """
    return [intent for intent in ranking if intent in labelled][:MOST_OFFERS]
