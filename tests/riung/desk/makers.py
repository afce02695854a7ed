"""Makers of what tests need: tracker events as Rasa publishes them."""

from __future__ import annotations

import itertools
from typing import Any

from riung import clock
from tests import webhook

_count = itertools.count(1)

CITIZEN = "6281200000001"


def now() -> float:
    """A second ago, and a microsecond later at each call: Rasa's events are never at once."""
    return clock.now().timestamp() - 1 + next(_count) * 1e-6


def user(
    text: str = "halo", intent: str = "salam", sender: str = CITIZEN, **more: Any
) -> dict[str, Any]:
    metadata = {"office": "bandung", "phone_number_id": "000000000000000", "type": "text"}
    return {
        "sender_id": sender,
        "event": "user",
        "timestamp": now(),
        "text": text,
        "input_channel": "whatsapp",
        "message_id": webhook.new_wamid(),
        "metadata": {**metadata, **more.pop("metadata", {})},
        "parse_data": {
            "intent": {"name": intent, "confidence": more.pop("confidence", 0.93)},
            "entities": more.pop("entities", []),
        },
        **more,
    }


def bot(text: str = "Selamat datang", sender: str = CITIZEN, **more: Any) -> dict[str, Any]:
    return {
        "sender_id": sender,
        "event": "bot",
        "timestamp": now(),
        "text": text,
        "data": {},
        "metadata": {},
        **more,
    }


def started(sender: str = CITIZEN) -> dict[str, Any]:
    return {"sender_id": sender, "event": "session_started", "timestamp": now()}


def slot(name: str, value: Any, sender: str = CITIZEN) -> dict[str, Any]:
    return {
        "sender_id": sender,
        "event": "slot",
        "timestamp": now(),
        "name": name,
        "value": value,
    }
