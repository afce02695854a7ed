"""Two workers on one store: nobody is answered twice and nothing falls between them."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage

from riung.whatsapp import leases as claims_module
from riung.whatsapp.leases import Leases
from riung.whatsapp.store import Store
from tests import webhook
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import (
    Agent,
    channel_settings,
    echo,
    running_channel,
    state_becomes,
)
from tests.riung.whatsapp.postgres import postgres_url

NUMBER = webhook.DEMO_NUMBER

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


@pytest.mark.parametrize("database", DATABASES)
async def test_two_workers_share_the_persons_and_keep_each_ones_order(
    database: str, tmp_path: Path, graph: GraphStandIn
) -> None:
    busy: set[str] = set()

    async def answer(message: UserMessage) -> None:
        assert message.sender_id not in busy, "two turns of one person at once"
        busy.add(message.sender_id)
        await asyncio.sleep(random.uniform(0, 0.01))
        busy.discard(message.sender_id)
        await echo(message)

    agent = Agent(answer)
    with postgres_url(database == "postgresql") as variables:
        settings = channel_settings(tmp_path, graph.url, RIUNG_RASA_WORKERS="2", **variables)
        async with running_channel(settings, agent) as one, running_channel(settings, agent) as two:
            graph.callback_url = f"{one.url}/webhook"

            async def citizen(phone: str) -> None:
                for number in range(10):
                    worker = random.choice([one, two])
                    await worker.deliver(webhook.message(f"pesan {number}", phone=phone))

            phones = [f"62899{number:07}" for number in range(20)]
            await asyncio.gather(*(citizen(phone) for phone in phones))
            await graph.wait_for(200, timeout=60)
            await asyncio.sleep(0.5)
    answers = defaultdict(list)
    for sent in graph.messages:
        answers[sent.to].append(sent.text)
    wanted = [f"» pesan {number}" for number in range(10)]
    assert answers == {f"+{phone}": wanted for phone in phones}


@pytest.mark.parametrize("database", DATABASES)
async def test_the_claim_of_a_dead_worker_is_taken_over(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres_url(database == "postgresql") as variables:
        settings = channel_settings(tmp_path, "", **variables)
        store = Store(settings.channel_database_url)
        store.open()
        dead, living = Leases(store, several_workers=True), Leases(store, several_workers=True)
        assert await dead.acquire("turns:a")
        assert not await living.acquire("turns:a")
        monkeypatch.setattr(claims_module, "LEASE_SECONDS", -1.0)
        await dead.renew()  # as if its last sign of life lay a minute back
        assert await living.acquire("turns:a")
        await store.close()


async def test_a_look_for_what_a_dead_worker_left_touches_nothing_of_a_living_one(
    tmp_path: Path, graph: GraphStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers that reached for the same backlog waited a second for each other, again and
    again: PostgreSQL calls it a deadlock."""
    let_go = asyncio.Event()
    turns: list[str] = []

    def busy(worker: str) -> Agent:
        async def answer(message: UserMessage) -> None:
            turns.append(worker)
            await let_go.wait()
            await echo(message)

        return Agent(answer)

    settings = channel_settings(tmp_path, graph.url, RIUNG_RASA_WORKERS="2")
    async with (
        running_channel(settings, busy("one")) as one,
        running_channel(settings, busy("two")) as two,
    ):
        for number in range(20):
            await one.deliver(webhook.message("halo", phone=f"62899{number:07}"))
        while len(await two.service.leases.held_by_others()) < 20:
            await asyncio.sleep(0.01)
        reached_for: list[str] = []
        monkeypatch.setattr(two.service.turns, "add", reached_for.extend)
        await two.service.turns.resume()
        let_go.set()
        await graph.wait_for(20, timeout=30)
    assert reached_for == []
    assert turns == ["one"] * 20


async def test_a_claim_is_kept_while_work_came_in(tmp_path: Path) -> None:
    store = Store(channel_settings(tmp_path, "").channel_database_url)
    store.open()
    mine, other = Leases(store, several_workers=True), Leases(store, several_workers=True)
    assert await mine.acquire("turns:a")
    assert not await mine.release("turns:a", lambda _: True)
    assert not await other.acquire("turns:a")
    assert await mine.release("turns:a", lambda _: False)
    assert await other.acquire("turns:a")
    await store.close()


@pytest.mark.parametrize("database", DATABASES)
async def test_a_stop_and_its_end_told_to_one_worker_hold_for_all(
    database: str, tmp_path: Path, graph: GraphStandIn
) -> None:
    with postgres_url(database == "postgresql") as variables:
        settings = channel_settings(tmp_path, graph.url, RIUNG_RASA_WORKERS="2", **variables)
        async with running_channel(settings) as one, running_channel(settings) as two:
            senders = [worker.service.sender for worker in (one, two)]
            graph.fail_next(131045)
            await one.deliver(webhook.message("satu", phone="6289900000001"))
            await graph.until(lambda: senders[0].lane(NUMBER).stopped is not None)
            await senders[1].resume()  # as every look for what nobody works on
            await two.deliver(webhook.message("dua", phone="6289900000002"))
            await state_becomes(two, "pending", "pending")
            assert [sender.lane(NUMBER).stopped for sender in senders] == ["131045", "131045"]
            assert graph.messages == []

            assert (await two.api("POST", "/numbers/resume"))[0] == 200
            await senders[0].resume()
            await graph.wait_for(2)
            assert [sender.lane(NUMBER).stopped for sender in senders] == [None, None]
