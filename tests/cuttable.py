"""A connection to another program that a test can cut: a TCP proxy of its own in between.

    with cuttable(POSTGRES_URL) as (url, connection):    # `url` leads through the proxy
        connection.cut()                                 # who is connected is thrown out
        connection.mend()                                # the same port takes connections again

With several targets it shares connections out among those that answer, as a reverse proxy does.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit, urlunsplit

CHUNK = 65_536


class Connection:
    """The proxy; its loop runs in a thread of the test."""

    def __init__(self, *targets: tuple[str, int]) -> None:
        self._targets, self._turn = targets, itertools.count()
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.base_events.Server | None = None
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.mend()

    def cut(self) -> None:
        """Throw out who is connected, and let nobody in."""
        self._do(self._cut())

    def mend(self) -> None:
        """Let them in again."""
        self._do(self._listen())

    def close(self) -> None:
        """Cut, and end the thread."""
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _do(self, what: Any) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, backlog=500, reuse_address=True
        )

    async def _cut(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.sleep(0.05)  # for their tasks to end

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(self._turn)
        for place in range(len(self._targets)):
            target = self._targets[(first + place) % len(self._targets)]
            with suppress(OSError):
                there = await asyncio.open_connection(*target)
                await self._join((reader, writer), there)
                return
        writer.transport.abort()

    async def _join(self, *ends: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        (reader, writer), (other_reader, other_writer) = ends
        both = {writer, other_writer}
        self._open |= both
        try:
            await asyncio.gather(_pass(reader, other_writer), _pass(other_reader, writer))
        finally:
            self._open -= both
            for one in both:
                one.transport.abort()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
        if not writer.transport.is_closing():
            writer.write_eof()


@contextmanager
def cuttable(url: str, *more: str) -> Iterator[tuple[str, Connection]]:
    """The address of `url` through a proxy, and the proxy; `more` are others that do the same."""
    parts = urlsplit(url)
    others = [urlsplit(one) for one in (url, *more)]
    connection = Connection(*((one.hostname or "", one.port or 0) for one in others))
    login = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    there = parts._replace(netloc=f"{login}127.0.0.1:{connection.port}")
    try:
        yield urlunsplit(there), connection
    finally:
        connection.close()
