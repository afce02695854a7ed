from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from riung.backend import problems
from riung.settings import Settings
from riung.simulator import routes
from riung.simulator.feed import WAITING
from riung.simulator.script import lines, script
from riung.simulator.simulator import Simulator
from tests.browser import browser, browser_page  # noqa: F401
from tests.riung.simulator.fake_channel import MENU, SECRET, STATUS, TOKEN, FakeChannel


class Stage:
    """A served simulator with a fake channel behind it."""

    def __init__(
        self, url: str, play: Simulator, channel: FakeChannel, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.url, self.play, self.channel, self._loop = url, play, channel, loop
        self.graph_url = channel.graph_url
        self.line = next(iter(play.lines))

    def flood(self) -> None:
        """More events at once than a page may lag behind: its connection is cut off."""

        def tell() -> None:
            for _ in range(WAITING + 1):
                self.play.feed.tell("typing", {"key": "", "until": 0})

        self._loop.call_soon_threadsafe(tell)


@contextmanager
def serve(channel: FakeChannel, var_dir: Path, pace: float) -> Iterator[Stage]:
    app = FastAPI()
    problems.install(app)
    app.include_router(routes.router)
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the simulator's server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}/simulator"
    channel.graph_url = f"{url}/graph/v25.0"
    settings = Settings.from_env(
        {
            "RIUNG_DEMO": "1",
            "RIUNG_VAR_DIR": str(var_dir),
            "RIUNG_RASA_URL": channel.url,
            "WHATSAPP_GRAPH_URL": channel.graph_url,
            "WHATSAPP_APP_SECRET": SECRET,
            "WHATSAPP_ACCESS_TOKEN": TOKEN,
        }
    )
    app.state.settings = settings
    app.state.simulator = Simulator(script(), lines(), settings, pace)
    yield Stage(url, app.state.simulator, channel, loops[0])
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def channel() -> Iterator[FakeChannel]:
    fake = FakeChannel()
    fake.answers = {"halo": MENU, "status": STATUS, "biaya": "E-paspor *Rp650.000*."}
    yield fake
    fake.close()


@pytest.fixture
def stage(channel: FakeChannel, tmp_path: Path) -> Iterator[Stage]:
    with serve(channel, tmp_path, pace=0) as served:
        yield served
