"""Lists of words that trainers edit, and groups of such lists."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from riung.validation import Edited

Words = tuple[str, ...]


class Vocabulary(Edited):
    """A file of lists of words, and of groups of such lists."""

    def group(self, name: str) -> Words:
        """The list of that name."""
        return getattr(self, name)  # type: ignore[no-any-return]

    def groups(self, name: str) -> dict[Any, Words]:
        """The lists below that name."""
        found = getattr(self, name)
        return dict(found) if isinstance(found, BaseModel) else found
