"""Telling the desk in which conversations the state of a message of ours changed.

Only that it changed: what it is now the desk asks (`GET /outbox?conversation=`), so news that get
lost while the backend is away make nothing wrong, and the next look sees it.
"""

from __future__ import annotations

import asyncio
from functools import partial

import aiohttp
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from riung.conversation_id import conversation_id
from riung.whatsapp.graph import Graph
from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.store import Store
from riung.whatsapp.tables import outbox

log = structlog.get_logger()

TOGETHER = 0.3
"""Seconds in which changes are gathered; an officer sees one within 2 s (docs/performance.md)."""

TIMEOUT = aiohttp.ClientTimeout(total=2.0)

Chat = tuple[str, str]
"""(person, phone number id)"""


class DeliveryNews:
    """Gathers the changes and tells of them; `run` is its task."""

    def __init__(self, store: Store, graph: Graph, backend_url: str, api_key: str) -> None:
        self._store, self._graph = store, graph
        self._url = f"{backend_url.rstrip('/')}/internal/deliveries"
        self._headers = {"Authorization": f"Bearer {api_key}"}
        self._chats: set[Chat] = set()
        self._wamids: set[str] = set()
        self._changed = asyncio.Event()

    def of_chat(self, chat: Chat) -> None:
        """A message of this chat was sent, failed, or waits."""
        self._chats.add(chat)
        self._changed.set()

    def of_status(self, wamid: str) -> None:
        """WhatsApp told what became of this message."""
        self._wamids.add(wamid)
        self._changed.set()

    async def run(self) -> None:
        """Tell, as long as the channel is open."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(TOGETHER)
            self._changed.clear()
            chats, wamids = self._chats, self._wamids
            self._chats, self._wamids = set(), set()
            try:
                chats |= await self._store.run(partial(_chats_of, wamids=wamids))
                await self._tell(sorted(conversation_id(*chat) for chat in chats))
            except (StoreError, aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
                log.info("delivery_news.lost", reason=type(error).__name__)

    async def _tell(self, conversations: list[str]) -> None:
        if not conversations:
            return
        body = {"conversations": conversations}
        async with self._graph.session.post(
            self._url, json=body, headers=self._headers, timeout=TIMEOUT
        ) as response:
            await response.read()


def _chats_of(connection: Connection, wamids: set[str]) -> set[Chat]:
    if not wamids:
        return set()
    return {(row[0], row[1]) for row in connection.execute(_CHATS, {"wamids": list(wamids)})}


_CHATS = sa.select(outbox.c.conversation_id, outbox.c.phone_number_id).where(
    outbox.c.wamid.in_(sa.bindparam("wamids", expanding=True))
)
