"""The backend hears which ids are one person's before it is asked about them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests import webhook
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import channel_settings, running_channel, served

USER, PHONE = "ID.900000000000072", "6281100000072"


class Backend:
    """Hears introductions; away while `answers` is 503."""

    def __init__(self) -> None:
        self.told: list[tuple[str, list[str]]] = []
        self.answers, self.url = 204, ""

    async def hear(self, request: web.Request) -> web.Response:
        if self.answers == 204:
            self.told.append((request.match_info["person"], (await request.json())["ids"]))
        return web.Response(status=self.answers)


@pytest.fixture
async def backend() -> AsyncIterator[Backend]:
    standin, application = Backend(), web.Application()
    application.router.add_put("/api/v1/people/{person}", standin.hear)
    async with served(application) as standin.url:
        yield standin


def both(text: str, phone: str = PHONE) -> dict[str, Any]:
    return webhook.message(text, phone=phone, from_user_id=USER)


async def test_a_person_with_two_ids_is_told_of_once(
    tmp_path: Path, graph: GraphStandIn, backend: Backend
) -> None:
    settings = channel_settings(tmp_path, graph.url, RIUNG_BACKEND_URL=backend.url)
    async with running_channel(settings) as channel:
        await channel.deliver(both("antrean saya"), webhook.message("satu nama saja"))
        await graph.wait_for(2)
        await channel.deliver(both("sekali lagi"))
        await graph.wait_for(3)
    async with running_channel(settings) as channel:
        await channel.deliver(both("nomor baru", phone="6281100000073"))
        await graph.wait_for(4)
    assert backend.told == [(USER, [USER, PHONE]), (USER, [USER, "6281100000073"])]


async def test_a_backend_that_is_away_hears_of_it_later_and_the_citizen_is_answered(
    tmp_path: Path, graph: GraphStandIn, backend: Backend
) -> None:
    backend.answers = 503
    settings = channel_settings(tmp_path, graph.url, RIUNG_BACKEND_URL=backend.url)
    async with running_channel(settings) as channel:
        await channel.deliver(both("halo"))
        await graph.wait_for(1)
        assert backend.told == []
        backend.answers = 204
        await channel.service.introductions.tell_all()
    assert backend.told == [(USER, [USER, PHONE])]
