"""What a conversation is about, as the slot `topik_terakhir` holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from riung.dialogue.follow_up_table import PARTY, details, follow_ups


@dataclass(frozen=True)
class Topic:
    """What the latest answer was about.

    Attributes:
        checked: documents ticked off for the subject so far, and whether each is there.
        party: who was counted: "2 dewasa 1 anak".
        at: Unix seconds.
    """

    subject: str | None = None
    aspect: str | None = None
    kantor: str | None = None
    tanggal: str | None = None
    document: str | None = None
    checked: Mapping[str, bool] | None = None
    party: str | None = None
    at: float = 0.0

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None, now: float) -> Topic | None:
        """The topic in the slot, None when there is none or its time is over."""
        if not stored or now - stored.get("at", 0.0) > follow_ups().minutes * 60:
            return None
        return cls(**{name: stored[name] for name in cls.__annotations__ if name in stored})

    def as_slot(self) -> dict[str, Any]:
        """The topic as the slot `topik_terakhir` holds it."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def checked_for(self, subject: str | None) -> Mapping[str, bool]:
        """The documents ticked off so far, if they were another subject's none."""
        return self.checked or {} if subject == self.subject else {}

    def details(self, wanted: Iterable[str]) -> dict[str, str]:
        """The details of that name which the topic has: place, day, kind, people counted."""
        named = dict(zip(details(), (self.kantor, self.tanggal, self.document), strict=True))
        named[PARTY] = self.party
        return {name: value for name, value in named.items() if value and name in wanted}
