"""Live updates: what happens is told to every open page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio

WAITING = 500
"""Events a page may lag behind before it is cut off; it reconnects and starts from a snapshot."""


class Feed:
    """Hands each event to every page that listens."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[dict[str, str] | None]] = set()

    def tell(self, event: str, data: dict[str, Any]) -> None:
        """Send one event to all pages; a page that does not keep up is cut off."""
        message = {"event": event, "data": json.dumps(data)}
        for page in list(self._pages):
            if page.qsize() < WAITING:
                page.put_nowait(message)
            else:
                self._pages.discard(page)
                page.put_nowait(None)

    async def listen(
        self, snapshot: Callable[[], dict[str, Any]], stopping: anyio.Event
    ) -> AsyncIterator[dict[str, str]]:
        """A snapshot first, then everything that happens after it, with no gap between.

        Ends when `stopping` is set, so that an open page does not hold up the server's stop.
        """
        page: asyncio.Queue[dict[str, str] | None] = asyncio.Queue()
        self._pages.add(page)
        goodbye = asyncio.create_task(_say_goodbye(page, stopping))
        try:
            yield {"event": "snapshot", "data": json.dumps(snapshot())}
            while (message := await page.get()) is not None:
                yield message
        finally:
            goodbye.cancel()
            self._pages.discard(page)


async def _say_goodbye(page: asyncio.Queue[dict[str, str] | None], stopping: anyio.Event) -> None:
    await stopping.wait()
    page.put_nowait(None)
