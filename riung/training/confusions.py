"""What citizens meant when they were asked back: a count for whoever writes examples.

`python -m riung.training.confusions` reads the conversations that are still kept and prints pairs:
the best guess, and the meaning that the citizen then tapped or typed. No message is shown.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from riung.nlu.offers import offers
from riung.phrases import intent_labels
from riung.settings import settings
from riung.training.nlu_runs import FALLBACK

NONE_OF_THEM = "(none of the offered)"
_CHOICE = "pilihan"
"""A typed digit; the meaning it stands for follows as a message of its own."""

_EVENTS = sa.table("events", *map(sa.column, ("id", "sender_id", "type_name", "data")))

Confusions = Counter[tuple[str, str]]


def confusions(engine: sa.engine.Engine) -> Confusions:
    """(best guess, what was meant) → how often, over all conversations in a tracker store."""
    messages = (
        sa.select(_EVENTS.c.sender_id, _EVENTS.c.data)
        .where(_EVENTS.c.type_name == "user")
        .order_by(_EVENTS.c.sender_id, _EVENTS.c.id)
    )
    counted: Confusions = Counter()
    with engine.connect() as connection:
        rows = connection.execute(messages).all()
    for _, conversation in groupby(rows, key=lambda row: row[0]):
        counted.update(_chosen([json.loads(data)["parse_data"] for _, data in conversation]))
    return counted


def _chosen(conversation: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    offered: list[str] = []
    for parsed in conversation:
        intent = str(parsed["intent"]["name"])
        if intent == FALLBACK:
            ranking = (str(entry["name"]) for entry in parsed.get("intent_ranking", ()))
            offered = offers(ranking, intent_labels("id"))
        elif offered and intent != _CHOICE:
            yield offered[0], intent if intent in offered else NONE_OF_THEM
            offered = []


def main() -> int:
    """Print the pairs, the most frequent first."""
    counted = confusions(sa.create_engine(settings().tracker_database_url))
    for (guess, meant), count in counted.most_common():
        print(f"{count:5d}  {guess} → {meant}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
