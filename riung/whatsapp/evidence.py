"""Which files people will have to look at: what came for them, and what becomes evidence later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from riung.whatsapp.inbox import InboxMessage
from riung.whatsapp.media import MediaFiles

EARLIER = 3600.0
"""Seconds before a complaint in which files that were sent are its evidence, as at the desk."""

Holds = Callable[[str], Awaitable[bool]]


def file_of(message: InboxMessage) -> str:
    """Our id of the file that came with a message, "" where there is none."""
    return str((message.message["extra"].get("media") or {}).get("id", ""))


class Evidence:
    """Picks the files that are wanted; remembers who sent some that nobody needed so far.

    Args:
        needs_files: whether files sent now are evidence in a conversation.
        has_evidence: whether those of the last hour are, too.
    """

    def __init__(
        self, media: MediaFiles, needs_files: Holds, has_evidence: Holds, clock: Callable[[], float]
    ) -> None:
        self._media, self._clock = media, clock
        self._needs_files, self._has_evidence = needs_files, has_evidence
        self._left: dict[str, float] = {}  # person → when they sent the last one

    async def remember(self) -> None:
        """Find who sent files before this process began."""
        self._left |= await self._media.left_at_meta(self._clock() - EARLIER)

    async def needed(self, message: InboxMessage, is_late: bool) -> str:
        """The message's file, if people will have to look at it; "" else."""
        file_id = file_of(message)
        if not file_id or is_late or await self._needs_files(message.conversation):
            return file_id
        self._left[message.conversation_id] = self._clock()
        return ""

    async def earlier(self, message: InboxMessage) -> list[str]:
        """The files of the last hour, once what was said makes evidence of them."""
        person, since = message.conversation_id, self._clock() - EARLIER
        if self._left.get(person, 0) < since:
            self._left.pop(person, None)
            return []
        if not await self._has_evidence(message.conversation):
            return []
        del self._left[person]
        return await self._media.request_earlier(person, since)
