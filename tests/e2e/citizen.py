"""A citizen in a test: writes and taps over the signed webhook, reads at the stand-in Graph API."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import requests

from riung.settings import Settings

_counter = itertools.count(1)
PATIENCE_SECONDS = 20


class Graph(Protocol):
    """What a citizen needs of the stand-in: the bodies of the messages sent, in order."""

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Every accepted POST to /messages but read marks."""


@dataclass(frozen=True)
class Bubble:
    """One message as it appears on the citizen's phone."""

    text: str
    options: dict[str, str] = field(default_factory=dict)
    """Title of a button or row → its id."""

    @classmethod
    def of(cls, body: dict[str, Any]) -> Bubble:
        """Read a Graph API body."""
        if body["type"] != "interactive":
            return cls(body.get("text", {}).get("body") or body.get("image", {}).get("caption", ""))
        interactive = body["interactive"]
        action = interactive["action"]
        rows = [row for section in action.get("sections", ()) for row in section["rows"]]
        rows += [button["reply"] for button in action.get("buttons", ())]
        return cls(interactive["body"]["text"], {row["title"]: row["id"] for row in rows})


@dataclass
class Citizen:
    """Somebody with a phone. `number` is of the invented form 62899…"""

    settings: Settings
    graph: Graph
    number: str = field(default_factory=lambda: f"628990{next(_counter):07d}")
    phone_number_id: str = "000000000000000"

    def __post_init__(self) -> None:
        self.user_id = f"ID.9{self.number}"
        self._seen = 0

    def say(self, text: str) -> Bubble:
        """Write a text and wait for the answer."""
        self.send({"type": "text", "text": {"body": text}})
        return self.read()

    def tap(self, bubble: Bubble, title: str) -> Bubble:
        """Tap a row or button of `bubble` and wait for the answer."""
        reply = {"id": bubble.options[title], "title": title}
        self.send({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": reply}})
        return self.read()

    def send(self, content: dict[str, Any], wamid: str | None = None) -> requests.Response:
        """Deliver one message, signed as Meta does."""
        message = {
            "from": self.number,
            "from_user_id": self.user_id,
            "id": wamid or f"wamid.{self.number}.{next(_counter)}",
            "timestamp": str(int(time.time())),
            **content,
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": "6289900099999",
                "phone_number_id": self.phone_number_id,
            },
            "contacts": [
                {"profile": {"name": "Warga"}, "wa_id": self.number, "user_id": self.user_id}
            ],
            "messages": [message],
        }
        entry = {"id": "000000000000001", "changes": [{"value": value, "field": "messages"}]}
        response = deliver(self.settings, {"object": "whatsapp_business_account", "entry": [entry]})
        assert response.status_code == 200, response.text
        return response

    def read(self) -> Bubble:
        """The next message to this citizen."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            mine = self.received()
            if len(mine) > self._seen:
                self._seen += 1
                return mine[self._seen - 1]
            time.sleep(0.02)
        raise AssertionError("no answer came")

    def received(self) -> list[Bubble]:
        """Everything this citizen got."""
        return [
            Bubble.of(body)
            for body in list(self.graph.messages)
            if body.get("to") == f"+{self.number}" or body.get("recipient") == self.user_id
        ]


def deliver(settings: Settings, payload: Any) -> requests.Response:
    """POST a webhook delivery with a valid signature over its bytes."""
    raw = json.dumps(payload).encode()
    digest = hmac.new(settings.whatsapp_app_secret.encode(), raw, hashlib.sha256).hexdigest()
    return requests.post(
        f"{settings.rasa_url}/webhooks/whatsapp/webhook",
        data=raw,
        headers={"X-Hub-Signature-256": f"sha256={digest}", "Content-Type": "application/json"},
        timeout=10,
    )
