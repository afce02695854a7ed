"""A channel in a process of its own, for tests that kill it and benchmarks that load it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from riung.settings import ROOT
from tests.stack import SECRETS, free_ports


class ChannelProcess:
    """A channel in a process of its own that can be killed and started again."""

    def __init__(self, nursery: asyncio.subprocess.Process, port: int) -> None:
        self._nursery, self.port = nursery, port
        self._pid = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks/whatsapp"

    async def start(self) -> None:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(f"{self.port}\n".encode())
        await self._nursery.stdin.drain()
        self._pid = int(await self._nursery.stdout.readline())

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)


@asynccontextmanager
async def channel_process(
    folder: Path, graph_url: str, **more: str
) -> AsyncIterator[ChannelProcess]:
    (port,) = free_ports(1)
    variables = {"RIUNG_DEMO": "1", "RIUNG_VAR_DIR": str(folder), "WHATSAPP_GRAPH_URL": graph_url}
    with (folder / "echo.log").open("wb") as log:
        nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.riung.whatsapp.echo_server",
            cwd=ROOT,
            env={**os.environ, **SECRETS, **variables, **more},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        process = ChannelProcess(nursery, port)
        await process.start()
        try:
            yield process
        finally:
            process.kill()
            assert nursery.stdin is not None
            nursery.stdin.close()
            await nursery.wait()
