"""The desk is told in which conversations a message of ours got another state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from riung.conversation_id import conversation_id
from riung.whatsapp.bubble import Bubble
from tests import webhook
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import RunningChannel, channel_settings, running_channel, served

PHONE = "6281100000091"
CONVERSATION = conversation_id(PHONE, webhook.DEMO_NUMBER)


class Desk:
    """Hears of conversations."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[list[str]] = asyncio.Queue()
        self.url = ""

    async def hear(self, request: web.Request) -> web.Response:
        await self.heard.put((await request.json())["conversations"])
        return web.Response(status=204)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    standin, application = Desk(), web.Application()
    application.router.add_post("/internal/deliveries", standin.hear)
    async with served(application) as standin.url:
        yield standin


async def state(channel: RunningChannel, key: str) -> str:
    _, told = await channel.api("GET", f"/outbox?conversation={CONVERSATION}")
    return next(str(one["state"]) for one in told["messages"] if one["key"] == key)


async def test_an_officers_words_are_followed_until_they_are_delivered(
    tmp_path: Path, graph: GraphStandIn, desk: Desk
) -> None:
    settings = channel_settings(tmp_path, graph.url, RIUNG_BACKEND_URL=desk.url)
    async with running_channel(settings) as channel:
        await channel.deliver(webhook.message("halo", phone=PHONE))
        await graph.wait_for(1)
        for _ in range(2):  # the same words told twice go out once
            await channel.service.say(CONVERSATION, [Bubble("Selamat pagi")], "desk:abc")
        await graph.wait_for(2)
        assert await asyncio.wait_for(desk.heard.get(), 5) == [CONVERSATION]
        graph.callback_url = f"{channel.url}/webhook"
        await channel.service.say(CONVERSATION, [Bubble("Ada lagi?")], "desk:abd")
        while await state(channel, "desk:abd") != "delivered":
            assert await asyncio.wait_for(desk.heard.get(), 5) == [CONVERSATION]
    assert [one.text for one in graph.messages].count("Selamat pagi") == 1
