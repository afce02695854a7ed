"""A citizen in a test: writes and taps over the signed webhook, reads at the stand-in Graph API."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

import requests

from riung.conversation_id import conversation_id
from riung.settings import Settings
from tests import webhook
from tests.graph_standin import GraphStandIn, Sent

_counter = itertools.count(1)
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Bubble:
    """One message as it appears on the citizen's phone; `options`: title → id."""

    text: str
    options: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sent: Sent) -> Bubble:
        return cls(sent.text, {title: choice_id for choice_id, title in sent.choices})


@dataclass
class Citizen:
    """Somebody with a phone; `number` has the invented form 62899…"""

    settings: Settings
    graph: GraphStandIn
    number: str = field(default_factory=lambda: f"628990{next(_counter):07d}")
    phone_number_id: str = webhook.DEMO_NUMBER
    _seen: int = 0

    @property
    def conversation(self) -> str:
        """The name of the conversation with this number."""
        return conversation_id(self.number, self.phone_number_id)

    def say(self, text: str) -> Bubble:
        """Write a text and wait for the answer."""
        self.send(webhook.message(text, phone=self.number))
        return self.read()

    def tap(self, bubble: Bubble, title: str) -> Bubble:
        """Tap a row or button of `bubble` and wait for the answer."""
        self.send(webhook.tap(bubble.options[title], title, phone=self.number))
        return self.read()

    def send(self, *messages: dict[str, Any]) -> None:
        """Deliver messages in one POST, signed as Meta does."""
        body = webhook.delivery(*messages, number=self.phone_number_id)
        response = requests.post(
            f"{self.settings.rasa_url}/webhooks/whatsapp/webhook",
            data=body,
            headers=webhook.headers(body, self.settings.whatsapp_app_secret),
            timeout=10,
        )
        assert response.status_code == 200, response.text

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
        return [Bubble.of(sent) for sent in list(self.graph.messages) if self.number in sent.to]
