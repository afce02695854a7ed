"""Citizens' messages that a person has reviewed: the words, masked, and what was meant.

`ulasan/*.yml` goes with the draft as every edited file does: each is a test of what a version
understands (`riung latih` says what becomes better and worse).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from riung.validation import Edited, read_as

FOLDER = "ulasan"
FILE = f"{FOLDER}/pesan.yml"
"""Where the desk writes what is reviewed there."""


class ReviewedMessage(Edited):
    """A message and the intent that is right for it."""

    said: str = Field(alias="warga", min_length=1, max_length=1000)
    intent: str = Field(alias="maksud", regex=r"^[a-z][a-z0-9_]*$")


class ReviewedFile(Edited):
    """`ulasan/<name>.yml`."""

    messages: tuple[ReviewedMessage, ...] = Field(alias="pesan")


def files(root: Path) -> Iterator[tuple[Path, ReviewedFile]]:
    """Every file of a folder, read.

    Raises:
        YamlError: one of them cannot be used.
    """
    for path in sorted((root / FOLDER).glob("*.yml")):
        yield path, read_as(path, ReviewedFile)


def reviewed(root: Path) -> dict[str, str]:
    """Message → right intent; of a message that stands twice the last counts."""
    return {one.said: one.intent for _, file in files(root) for one in file.messages}
