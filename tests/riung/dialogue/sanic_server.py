"""A Sanic application on a free port, and what it answers to bytes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sanic import Sanic


@asynccontextmanager
async def served(app: Sanic) -> AsyncIterator[int]:
    """The port on which `app` answers during the block."""
    listening = socket.create_server(("127.0.0.1", 0))
    server: Any = await app.create_server(
        sock=listening,
        return_asyncio_server=True,
        access_log=False,
        asyncio_server_kwargs={"start_serving": False},
    )
    await server.startup()
    await server.before_start()
    await server.start_serving()
    try:
        yield listening.getsockname()[1]
    finally:
        await server.close()


async def said_to(port: int, request: str) -> str:
    """The beginning of what a server answers to this request, its status line first."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    answer = await asyncio.wait_for(reader.read(65_536), timeout=20)
    writer.close()
    return answer.decode()
