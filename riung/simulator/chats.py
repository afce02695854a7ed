"""What the simulated phones show: chats, bubbles and files.

Everything is in memory and bounded: the oldest goes first.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeVar

from riung.simulator.script import Citizen, Line

MAX_BUBBLES = 300
"""Bubbles kept per chat."""
MAX_CHATS = 60
MAX_FILES = 30
MAX_GUESTS = 30
"""Addresses that are not in the script but were written to."""

Status = Literal["pending", "sent", "delivered", "read", "failed"]
ORDER: tuple[Status, ...] = ("pending", "sent", "delivered", "read", "failed")
"""A status only moves forward; `failed` ends (Meta §7)."""

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass
class Bubble:
    """One message as a phone shows it. `content` has the `type` and object of Meta's body."""

    id: str
    by: Literal["citizen", "office", "note"]
    at: int
    content: dict[str, Any]
    status: Status = "pending"
    reply_to: str | None = None
    error: dict[str, Any] | None = None
    callback: str | None = None

    def moves_to(self, status: Status) -> bool:
        """Take the status when it lies ahead; False when it changes nothing."""
        if self.status == "failed" or ORDER.index(status) <= ORDER.index(self.status):
            return False
        self.status = status
        return True


@dataclass
class Chat:
    """One citizen's chat with one of the offices' numbers."""

    line: Line
    citizen: Citizen
    bubbles: deque[Bubble] = field(default_factory=lambda: deque(maxlen=MAX_BUBBLES))
    typing_until: float = 0
    wrote_at: int = 0
    """When the citizen last wrote; 0 when the simulator does not know."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while something is delivered, so that messages arrive in the order written."""

    @property
    def key(self) -> str:
        """What the page calls this chat."""
        return f"{self.line.phone_number_id}/{self.citizen.id}"

    def bubble(self, id: str | None) -> Bubble | None:
        """The bubble with that id, while it is still kept."""
        return next((bubble for bubble in self.bubbles if bubble.id == id), None)

    def as_json(self) -> dict[str, Any]:
        """What the page needs to draw the chat."""
        return {
            "key": self.key,
            "bubbles": [asdict(bubble) for bubble in self.bubbles],
            "typing_until": self.typing_until,
        }


@dataclass(frozen=True)
class File:
    """An uploaded picture or document."""

    id: str
    content: bytes
    mime_type: str
    filename: str
    sha256: str


class Bounded(OrderedDict[Key, Value]):
    """A mapping that forgets its oldest entry when it is full."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def __setitem__(self, key: Key, value: Value) -> None:
        super().__setitem__(key, value)
        while len(self) > self.size:
            self.popitem(last=False)
