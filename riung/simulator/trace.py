"""The record of what went over the wire, for the page's look behind the scenes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

from riung import clock

MAX_TRACES = 150
"""Requests kept."""

MAX_BODY = 20_000
"""Characters of a body that are kept."""


@dataclass(frozen=True)
class Trace:
    """One request: a webhook we sent, or a Graph API call we received. Holds no secrets."""

    id: str
    at: int
    direction: Literal["webhook", "graph"]
    summary: str
    url: str
    headers: dict[str, str]
    body: str
    status: int
    answer: str
    milliseconds: int

    @classmethod
    def of(
        cls,
        direction: Literal["webhook", "graph"],
        url: str,
        headers: dict[str, str],
        body: str,
        status: int,
        answer: str,
        seconds: float,
    ) -> Trace:
        """Describe a request that is over; `status` 0 means that nobody answered."""
        return cls(
            id=uuid4().hex,
            at=int(clock.now().timestamp()),
            direction=direction,
            summary=summary(body),
            url=url,
            headers=headers,
            body=body[:MAX_BODY],
            status=status,
            answer=answer[:MAX_BODY],
            milliseconds=round(seconds * 1000),
        )


def summary(body: str) -> str:
    """A body in two words, in the Cloud API's own terms: `messages text`, `statuses read`."""
    try:
        found: Any = json.loads(body)
        if found.get("object"):
            value = found["entry"][0]["changes"][0]["value"]
            field = "messages" if "messages" in value else "statuses"
            first = value[field][0]
            return f"{field} {_kind(first) if field == 'messages' else first['status']}"
        if found.get("status") == "read":
            return "read + typing" if "typing_indicator" in found else "read"
        return _kind(found)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return "?"


def _kind(message: dict[str, Any]) -> str:
    kind = str(message.get("type", "text"))
    return f"{kind} {message[kind]['type']}" if kind == "interactive" else kind
