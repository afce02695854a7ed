"""Killed twenty times while the Graph API fails: every message is answered once and in order."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests import webhook
from tests.graph_standin import Fault, GraphStandIn
from tests.riung.whatsapp.postgres import postgres_url
from tests.riung.whatsapp.process import ChannelProcess, channel_process

SENDERS, MESSAGES, KILLS = 50, 10, 20


def faults(rng: random.Random) -> Any:
    """Errors and delays as a bad day brings them; an answer is lost at most once a message."""
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
        async with channel_process(tmp_path, graph.url, ECHO_THINKS="0.03", **variables) as process:
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
