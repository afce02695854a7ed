"""The channel as tests run it: a real Sanic server and a small real agent in place of Rasa's."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import sqlalchemy as sa
from aiohttp import web
from rasa.core.channels.channel import UserMessage, register
from rasa.core.lock_store import InMemoryLockStore
from sanic import Sanic

from riung.settings import Settings
from riung.whatsapp.channel import WhatsAppInput
from riung.whatsapp.outbox import stop as stop_number
from riung.whatsapp.runtime import WhatsAppService
from riung.whatsapp.sender import UNKNOWN_WAIT
from riung.whatsapp.tables import outbox
from tests import webhook
from tests.stack import SECRETS

_names = itertools.count(1)
Answer = Callable[[UserMessage], Awaitable[None]]

TEMPLATE = {
    "name": "status_berubah",
    "variables": {"nomor": "1179", "tahap": "Siap diambil", "langkah": "Silakan\nambil."},
}
"""A template and its variables, as the desk and the notices ask for it."""


@asynccontextmanager
async def served(application: web.Application) -> AsyncIterator[str]:
    """A stand-in's application on a free port; yields its address."""
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def echo(message: UserMessage) -> None:
    """Say what was said."""
    await message.output_channel.send_response(message.sender_id, {"text": f"» {message.text}"})


@dataclass
class Agent:
    """What the channel uses of Rasa's agent."""

    answer: Answer = echo
    intents: frozenset[str] = frozenset({"menu", "pilih_topik", "konfirmasi_ya", "buka_tiket"})
    paused: set[str] = field(default_factory=set)
    awaited: set[str] = field(default_factory=set)
    turns: list[UserMessage] = field(default_factory=list)
    noted: list[UserMessage] = field(default_factory=list)
    form: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        self.domain = SimpleNamespace(intents=self.intents)
        self.tracker_store = SimpleNamespace(retrieve=self._tracker)
        self.lock_store = InMemoryLockStore()

    def is_ready(self) -> bool:
        return True

    async def handle_message(self, message: UserMessage) -> None:
        self.turns.append(message)
        if message.sender_id not in self.paused:
            await self.answer(message)

    async def log_message(self, message: UserMessage) -> None:
        self.noted.append(message)

    async def _tracker(self, conversation_id: str) -> Any:
        return SimpleNamespace(
            events=(),
            is_paused=lambda: conversation_id in self.paused,
            active_loop_name=self.form,
            get_slot={
                "bahasa": self.language,
                "penanganan": "waiting" if conversation_id in self.awaited else None,
            }.get,
        )

    @property
    def texts(self) -> list[str]:
        return [turn.text or "" for turn in self.turns]


@dataclass
class RunningChannel:
    """A served channel; `post` delivers as Meta does."""

    url: str
    agent: Agent
    service: WhatsAppService
    session: aiohttp.ClientSession
    stop: Callable[[], Awaitable[None]]

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        signed = webhook.headers(body) if headers is None else headers
        url = f"{self.url}/webhook"
        async with self.session.post(url, data=body, headers=signed) as response:
            await response.read()
            return response.status

    async def deliver(self, *messages: dict[str, Any]) -> None:
        assert await self.post(webhook.delivery(*messages)) == 200

    async def api(self, method: str, path: str, key: str = "kunci-api-uji", **content: Any) -> Any:
        """(status, JSON) of a call to the desk's API."""
        headers = {"Authorization": f"Bearer {key}"}
        async with self.session.request(
            method, f"{self.url}{path}", headers=headers, **content
        ) as response:
            return response.status, await response.json(content_type=None)

    async def stop_sending(self, number: str) -> None:
        """As if WhatsApp did not let the number send, until the API's `/numbers/resume`."""
        stop = partial(stop_number, phone_number_id=number, code="131045")
        await self.service.store.run(stop)
        await self.service.sender.resume(age=60)


def channel_settings(folder: Path, graph_url: str, **more: str) -> Settings:
    """Settings of a channel whose state lives in `folder`."""
    return Settings.from_env(
        {
            **SECRETS,
            "RIUNG_DEMO": "1",
            "RIUNG_VAR_DIR": str(folder),
            "WHATSAPP_GRAPH_URL": graph_url,
            **more,
        }
    )


@asynccontextmanager
async def running_channel(
    settings: Settings, agent: Agent | None = None, unknown_wait: float = UNKNOWN_WAIT
) -> AsyncIterator[RunningChannel]:
    """A channel mounted as Rasa mounts it, served on a free port."""
    agent = agent or Agent()
    Sanic.test_mode = True  # several servers in one process
    channel = WhatsAppInput(settings, unknown_wait)
    app = Sanic(f"channel{next(_names)}", configure_logging=False)
    app.ctx.agent = agent
    register([channel], app, route="/webhooks/")
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    server: Any = await app.create_server(
        sock=listening,
        return_asyncio_server=True,
        access_log=False,
        asyncio_server_kwargs={"start_serving": False},
    )
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    stopped = asyncio.Event()

    async def stop() -> None:
        if not stopped.is_set():
            stopped.set()
            await server.before_stop()
            await server.close()
            await server.after_stop()

    port = listening.getsockname()[1]
    assert channel.service is not None
    async with aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{port}/webhooks/whatsapp"
        try:
            yield RunningChannel(url, agent, channel.service, session, stop)
        finally:
            await stop()


async def outbox_rows(channel: RunningChannel) -> list[Any]:
    """Every message of the outbox, the oldest first."""
    return await channel.service.store.run(
        lambda database: database.execute(sa.select(outbox).order_by(outbox.c.id)).all()
    )


async def state_becomes(channel: RunningChannel, *states: str) -> list[Any]:
    """The outbox's rows, once their states are these."""
    for _ in range(400):
        rows = await outbox_rows(channel)
        if tuple(row.state for row in rows) == states:
            return rows
        await asyncio.sleep(0.025)
    raise AssertionError(f"states are {[(row.state, row.error_code) for row in rows]}")
