"""Talks of the tests: what `riung.training.rehearsal` plays, with what only a test does in it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from riung.training.rehearsal import Helpdesk
from riung.training.rehearsal import Talk as Rehearsed

__all__ = ["Helpdesk", "Talk"]

_numbers = itertools.count(1)


@dataclass
class Talk(Rehearsed):
    """One citizen who writes to one office."""

    office: str = "bandung"

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

    def ticket_code(self) -> str:
        """The number of a ticket in the latest answer."""
        found = re.search(r"\*([A-Z0-9]{4,8})\*", self.last.text)
        assert found, self.last.text
        return found[1]
