"""The stage that a citizen last saw, for a moment in which nobody can look it up.

It lasts over sessions (`riung.dialogue.sessions`) and is told only to the citizen who saw it, for
as long as the office allows (`fakta.batas.status_terakhir`, in hours).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SLOT = "status_terakhir"
LONGEST = 168 * 3600.0
"""Seconds after which it is forgotten, whatever the office allows."""


@dataclass(frozen=True)
class LastSeen:
    """An application's stage: its `stage` (code), since when (ISO 8601), and when it was seen."""

    number: str
    stage: str
    label: str
    since: str
    at: float

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None, now: float, within: float) -> LastSeen | None:
        """What the slot holds; None when it holds nothing, or was seen more than `within` seconds
        before `now`.
        """
        if not stored or not 0 <= now - float(stored["at"]) <= within:
            return None
        return cls(**stored)

    def slot(self) -> dict[str, Any]:
        """As the slot keeps it."""
        return asdict(self)
