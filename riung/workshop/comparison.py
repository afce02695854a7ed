"""What becomes better and worse between two versions, message by message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

FILE = "banding.json"

Kind = Literal["membaik", "memburuk", "berubah"]


class Change(BaseModel):
    """A message that is understood otherwise; `meant` is "" where nobody reviewed it."""

    message: str
    before: str
    now: str
    meant: str = ""
    kind: Kind


class Comparison(BaseModel):
    """A version beside the one that was live when it was trained (`beside`, 0 for none)."""

    beside: int
    asked: int
    reviewed: int
    right_before: int
    right_now: int
    changes: list[Change]

    def of(self, kind: Kind) -> list[Change]:
        """The changes of one kind."""
        return [one for one in self.changes if one.kind == kind]


def compare(
    before: Mapping[str, str], now: Mapping[str, str], meant: Mapping[str, str], beside: int
) -> Comparison:
    """Compare what was understood.

    Args:
        before: message → intent of the live version; empty when there is none.
        now: the same of the new one.
        meant: message → right intent, of those that were reviewed.
        beside: number of the live version.
    """
    return Comparison(
        beside=beside,
        asked=len(now),
        reviewed=len(meant),
        right_before=sum(before.get(message) == intent for message, intent in meant.items()),
        right_now=sum(now.get(message) == intent for message, intent in meant.items()),
        changes=sorted(_changes(before, now, meant), key=lambda one: (one.kind, one.message)),
    )


def _changes(
    before: Mapping[str, str], now: Mapping[str, str], meant: Mapping[str, str]
) -> Iterator[Change]:
    for message, new in now.items():
        old, right = before.get(message, new), meant.get(message, "")
        if old != new:
            kind: Kind = "berubah" if right not in (old, new) else "membaik"
            kind = "memburuk" if right and right == old else kind
            yield Change(message=message, before=old, now=new, meant=right, kind=kind)


def read(folder: Path) -> Comparison | None:
    """What `riung latih` kept in a version's folder."""
    path = folder / FILE
    return Comparison.parse_raw(path.read_text("utf-8")) if path.exists() else None


def write(folder: Path, made: Comparison) -> None:
    """Keep it there."""
    (folder / FILE).write_text(made.json(indent=1, ensure_ascii=False), "utf-8")
