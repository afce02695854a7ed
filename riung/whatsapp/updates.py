"""What a delivery says, as the channel works on it: messages, statuses, changed identities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]

STATUSES = ("sent", "delivered", "read", "played", "failed")
"""Delivery states we keep, in the order in which they may follow each other (Meta §7)."""


@dataclass(frozen=True)
class Sender:
    """Who wrote: a business-scoped user id, a phone number without plus, or both."""

    user_id: str | None
    phone: str | None


@dataclass(frozen=True)
class Message:
    """One message of a citizen, ready for the dialogue.

    Attributes:
        text: what the citizen said or tapped, never a Rasa command.
        command: a Rasa command in place of the text: our own for media, locations and so on, or
            the id of a tapped button, which the dialogue takes only if its intent is ours.
        timestamp: Unix seconds, None when Meta's value makes no sense.
        extra: what goes into the turn's metadata (`media`, `location`, `form`, `context_id` …).
    """

    wamid: str
    sender: Sender
    type: str
    text: str = ""
    command: str | None = None
    timestamp: int | None = None
    extra: JsonObject = field(default_factory=dict)


@dataclass(frozen=True)
class Rekey:
    """The sender's new identity; None where it stays as it was. `wamid` names the news of it."""

    sender: Sender
    new: Sender
    wamid: str = ""


@dataclass(frozen=True)
class Status:
    """What became of a message of ours."""

    wamid: str
    status: str
    timestamp: int | None = None
    key: str | None = None
    error_code: int | None = None
    pricing: JsonObject | None = None


_CLOSED = ("PAUSED", "DISABLED", "REJECTED", "DELETED", "PENDING_DELETION", "ARCHIVED", "LOCKED")


@dataclass(frozen=True)
class Template:
    """What WhatsApp did with one of our templates: `PAUSED`, `DISABLED`, `APPROVED` …"""

    name: str
    event: str

    @property
    def is_open(self) -> bool:
        """Whether it may be sent (again)."""
        return self.event.upper() in ("APPROVED", "REINSTATED", "UNARCHIVED")

    @property
    def is_closed(self) -> bool:
        """Whether it may not be sent any more."""
        return self.event.upper() in _CLOSED


@dataclass(frozen=True)
class Update:
    """One element of a delivery and its outcome."""

    outcome: str
    phone_number_id: str = ""
    message: Message | None = None
    status: Status | None = None
    rekey: Rekey | None = None
    reason: str = ""
    template: Template | None = None
    time: int | None = None
    """Unix seconds of a message, 0 when it has none; None for what is no message."""

    @property
    def is_aside(self) -> bool:
        """A message that asks for nothing: a reaction, a correction, a message taken back."""
        return self.message is not None and self.outcome.startswith("ignore:")
