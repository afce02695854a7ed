"""Who wrote an example and when: the batches that cross-validation leaves out.

Examples of one writer resemble each other, so a model tested on a writer it was trained on looks
better than it is. A file `data/<topic>/nlu_<yyyy>_<mm>_<writer>.yml` belongs to its writer's batch
of that month. `data/<topic>/nlu.yml` is older and of several hands; its examples stand in the order
they were written, so it is parted into blocks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data

from riung.training.nlu_runs import Example

BLOCKS = 4
"""Parts of the older files."""

_NAME = re.compile(r"nlu_(?P<month>\d{4}_\d{2})_(?P<writer>[a-z]+)\.yml")


def own_examples(folder: Path) -> list[Example]:
    """The training examples under `folder`, each with its batch."""
    return [example for file in sorted(folder.glob("*/nlu*.yml")) for example in _examples(file)]


def _examples(file: Path) -> list[Example]:
    written: dict[str, list[str]] = {}
    for message in load_data(str(file)).intent_examples:
        written.setdefault(str(message.get(INTENT)), []).append(str(message.get(TEXT)))
    return [
        Example(text, intent, batch=batch)
        for intent, texts in written.items()
        for text, batch in zip(texts, _batches(file, len(texts)), strict=True)
    ]


def _batches(file: Path, count: int) -> Sequence[str]:
    """The batch of each example of an intent, in their order in the file."""
    if named := _NAME.fullmatch(file.name):
        return [f"{named['writer']} {named['month'].replace('_', '-')}"] * count
    return [f"earlier {place * BLOCKS // count + 1}" for place in range(count)]
