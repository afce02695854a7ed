"""Killed twenty times while the Graph API fails: every message is answered once and in order."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from riung.settings import ROOT
from tests import webhook
from tests.graph_standin import Fault, GraphStandIn
from tests.riung.whatsapp.postgres import postgres_url
from tests.stack import SECRETS, free_ports

SENDERS, MESSAGES, KILLS = 50, 10, 20


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


def faults(rng: random.Random) -> Any:
    """Errors and delays as a bad day brings them; an answer is lost at most once a letter."""
    doubted: set[str] = set()

    def choose(body: dict[str, Any]) -> Fault:
        chance, delay = rng.random(), rng.choice([0, 0, 0, 0.05, 0.3])
        if chance < 0.10:
            return Fault(131000, delay=delay)
        if chance < 0.12:
            return Fault("html", delay=delay)
        if chance < 0.13:
            return Fault(131056)
        if chance < 0.135:
            return Fault(130429)
        if chance < 0.17 and body["biz_opaque_callback_data"] not in doubted:
            doubted.add(body["biz_opaque_callback_data"])
            return Fault("reset", accepted=chance < 0.16, delay=delay)
        return Fault(delay=delay)

    return choose


async def write_as_citizen(session: aiohttp.ClientSession, url: str, phone: str) -> None:
    """Ten messages, each delivered again until it is answered 200, as Meta does."""
    rng = random.Random(phone)
    for number in range(MESSAGES):
        body = webhook.delivery(webhook.message(f"pesan {number}", phone=phone))
        while not await _post(session, url, body):
            await asyncio.sleep(0.2)
        if rng.random() < 0.1:
            await _post(session, url, body)  # a redelivery nobody needs
        await asyncio.sleep(rng.uniform(0.1, 2.5))


async def _post(session: aiohttp.ClientSession, url: str, body: bytes) -> bool:
    try:
        async with session.post(
            f"{url}/webhook", data=body, headers=webhook.headers(body)
        ) as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False


async def kill_twenty_times(session: aiohttp.ClientSession, process: ChannelProcess) -> None:
    """At random moments, but each time after it has come up: a dead process can't lose anything."""
    rng = random.Random(20)
    for _ in range(KILLS):
        while not await _post(session, process.url, webhook.delivery()):
            await asyncio.sleep(0.05)
        await asyncio.sleep(rng.uniform(0.05, 0.9))
        process.kill()
        await process.start()


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]
)
async def test_every_message_is_answered_once_and_in_order(
    database: str, tmp_path: Path, graph: GraphStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    graph.choose_fault = faults(random.Random(500))
    with postgres_url(database == "postgresql") as variables:
        async with channel_process(tmp_path, graph.url, **variables) as process:
            graph.callback_url = f"{process.url}/webhook"
            phones = [f"62899{number:07}" for number in range(SENDERS)]
            async with aiohttp.ClientSession() as session:
                everybody = asyncio.gather(
                    kill_twenty_times(session, process),
                    *(write_as_citizen(session, process.url, phone) for phone in phones),
                )
                await asyncio.wait_for(everybody, timeout=150)
            await graph.wait_for(SENDERS * MESSAGES, timeout=120)
            await asyncio.sleep(1)  # whatever would come twice
    answers: dict[str, list[str]] = {f"+{phone}": [] for phone in phones}
    for sent in graph.messages:
        answers[sent.to].append(sent.text)
    counts = Counter(text for texts in answers.values() for text in texts)
    wanted = [f"» pesan {number}" for number in range(MESSAGES)]
    with capsys.disabled():
        once = sum(1 for texts in answers.values() for text in wanted if texts.count(text) == 1)
        twice = sum(1 for texts in answers.values() for text in wanted if texts.count(text) > 1)
        print(  # noqa: T201
            f"\n{database}: {KILLS} kills, {SENDERS * MESSAGES} messages: {once} answered once, "
            f"{twice} twice, {SENDERS * MESSAGES - once - twice} lost; "
            f"{graph.requests} requests, {sum(counts.values())} accepted"
        )
    assert all(texts == wanted for texts in answers.values())
    assert not graph.invalid
