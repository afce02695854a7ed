"""Conversations in one process: the trained model, its rules, the actions and a real backend.

Only the wire is left out (signature, queue, Graph API), so that a turn takes a few hundredths of a
second. `riung uji` plays with it the conversation tests that trainers write, and the project's own
tests their talks.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from riung.clock import now
from riung.dialogue.actions_here import ActionsHere
from riung.dialogue.model import MODEL
from riung.dialogue.responses import OfficeNaturalLanguageGenerator
from riung.dialogue.tracker_store import PrivateTrackerStore
from riung.whatsapp.bubble import Bubble, Draft
from riung.whatsapp.channel import TurnOutput

_NLG = f"{OfficeNaturalLanguageGenerator.__module__}.{OfficeNaturalLanguageGenerator.__name__}"
_numbers = itertools.count(1)


class Published:
    """The event broker: what the desk would be told."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        """Keep it."""
        self.events.append(event)


class Helpdesk:
    """The loaded assistant with a tracker store of its own.

    Args:
        model: the trained model; the assistant's own when left out.
    """

    def __init__(self, model: Path = MODEL) -> None:
        self.broker = Published()
        self.store = PrivateTrackerStore(event_broker=self.broker)
        self.agent = Agent.load(
            str(model),
            tracker_store=self.store,
            lock_store=InMemoryLockStore(),
            generator=EndpointConfig(type=_NLG),
            action_endpoint=ActionsHere(),
        )


@dataclass
class Talk:
    """One invented citizen who writes to one office."""

    helpdesk: Helpdesk
    office: str
    number: str = field(default_factory=lambda: f"628991{next(_numbers):07d}")
    bubbles: list[Bubble] = field(default_factory=list)

    async def say(self, *texts: str, **metadata: Any) -> str:
        """Write; the words of the answer to the last one."""
        for text in texts:
            await self._turn(text, metadata)
        return self.bubbles[-1].text

    async def tap(self, title: str) -> str:
        """Tap a button of the latest bubble.

        Raises:
            KeyError: it has no button of that title.
        """
        payloads = {choice.title: choice.payload for choice in self.bubbles[-1].choices}
        return await self.say(payloads[title], title=title)

    async def _turn(self, text: str, metadata: dict[str, Any]) -> None:
        draft = Draft()
        wamid = f"wamid.{self.number}.{next(_numbers)}"
        sent = {"office": self.office, "wamid": wamid, "timestamp": int(now().timestamp())}
        message = UserMessage(
            text,
            TurnOutput(draft),
            self.number,
            input_channel="whatsapp",
            message_id=wamid,
            metadata={**sent, **metadata},
        )
        await self.helpdesk.agent.handle_message(message)
        answered = draft.bubbles()
        assert len(answered) == 1, f"{text!r} is answered by {len(answered)} bubbles"
        self.bubbles += answered

    async def tracker(self) -> DialogueStateTracker:
        """The conversation as it is stored."""
        found = await self.helpdesk.store.retrieve(self.number)
        assert found is not None
        return found

    @property
    def last(self) -> Bubble:
        """The latest answer."""
        return self.bubbles[-1]
