"""Conversations in one process: the trained model, its rules, the actions and a real backend.

Only the wire is left out (signature, queue, Graph API; `tests/e2e` plays those), so that a turn
takes a few hundredths of a second.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from riung.clock import now
from riung.dialogue.model import MODEL
from riung.dialogue.responses import OfficeNaturalLanguageGenerator
from riung.dialogue.tracker_store import PrivateTrackerStore
from riung.whatsapp.bubble import Bubble, Draft
from riung.whatsapp.channel import TurnOutput

_numbers = itertools.count(1)


class ActionsHere(EndpointConfig):
    """Runs the actions in this process, with what Rasa would post to their server."""

    def __init__(self) -> None:
        super().__init__("http://actions.invalid")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *_: Any, json: Any = None, **__: Any) -> Any:
        return await self._executor.run(json)


class Published:
    """The event broker: what the desk would be told."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.events.append(event)


class Helpdesk:
    """The loaded assistant with a tracker store of its own."""

    def __init__(self) -> None:
        self.broker = Published()
        store = PrivateTrackerStore(event_broker=self.broker)  # type: ignore[arg-type]
        self.store = store
        self.agent = Agent.load(
            MODEL,
            tracker_store=store,
            lock_store=InMemoryLockStore(),
            generator=EndpointConfig(type=_NLG),
            action_endpoint=ActionsHere(),
        )
        assert isinstance(self.agent.nlg, TemplatedNaturalLanguageGenerator)


_NLG = f"{OfficeNaturalLanguageGenerator.__module__}.{OfficeNaturalLanguageGenerator.__name__}"


@dataclass
class Talk:
    """One citizen who writes to one office."""

    helpdesk: Helpdesk
    office: str = "bandung"
    number: str = field(default_factory=lambda: f"628991{next(_numbers):07d}")
    bubbles: list[Bubble] = field(default_factory=list)

    async def say(self, *texts: str, **metadata: Any) -> str:
        """Write; the words of the answer to the last one."""
        for text in texts:
            await self._turn(text, metadata)
        return self.bubbles[-1].text

    async def tap(self, title: str) -> str:
        """Tap a button of the latest bubble."""
        payloads = {choice.title: choice.payload for choice in self.bubbles[-1].choices}
        return await self.say(payloads[title], title=title)

    async def send_media(
        self, caption: str = "", kind: str = "image", mime: str = "image/jpeg"
    ) -> str:
        """Send a picture, a voice note (`kind="voice"`) or a file."""
        media = {"id": f"m{next(_numbers)}", "kind": kind, "mime_type": mime}
        more = {"title": caption} if caption else {}
        return await self.say("/kirim_media", media=media, type=kind, **more)

    async def be_silent(self, minutes: int = 61) -> None:
        """Let time pass: all that was said, the store shares the events, was said earlier."""
        for event in (await self.tracker()).events:
            event.timestamp -= minutes * 60

    async def _turn(self, text: str, metadata: dict[str, Any]) -> None:
        draft = Draft()
        wamid = f"wamid.{self.number}.{next(_numbers)}"
        sent = {
            "office": self.office,
            "wamid": wamid,
            "timestamp": int(now().timestamp()),
            **metadata,
        }
        message = UserMessage(
            text,
            TurnOutput(draft),
            self.number,
            input_channel="whatsapp",
            message_id=wamid,
            metadata=sent,
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

    async def stored(self) -> str:
        """Everything the tracker store keeps of the conversation, in one text."""
        self.helpdesk.store._recent.clear()
        with self.helpdesk.store.engine.connect() as connection:
            rows = connection.execute(
                self.helpdesk.store._of_sender, {"wanted": self.number}
            ).scalars()
            return "\n".join(rows)

    def published(self) -> str:
        """Everything the desk was told of the conversation, in one text."""
        events = self.helpdesk.broker.events
        return "\n".join(repr(event) for event in events if event["sender_id"] == self.number)

    @property
    def last(self) -> Bubble:
        """The latest answer."""
        return self.bubbles[-1]

    def ticket_code(self) -> str:
        """The number of a ticket in the latest answer."""
        found = re.search(r"\*([A-Z0-9]{4,8})\*", self.last.text)
        assert found, self.last.text
        return found[1]
