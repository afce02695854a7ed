"""A turn that meets a database that is away is done when it is back: once, and nothing is lost."""

from __future__ import annotations

import asyncio
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy.exc import OperationalError

from riung.whatsapp import runtime, turns
from riung.whatsapp.inbox import InboxMessage
from riung.whatsapp.words import read_words
from tests import webhook
from tests.conftest import SetEnvironment
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import (
    Agent,
    RunningChannel,
    channel_settings,
    echo,
    running_channel,
)

GONE = OperationalError("SELECT", {}, Exception("server closed the connection unexpectedly"))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "AGAIN_AFTER", (0.01, 0.01, 0.01))


class Away:
    """What answers meets so many errors first."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def answer(self, message: UserMessage) -> None:
        if self.errors:
            raise self.errors.pop(0)
        await echo(message)


@pytest.mark.parametrize("error", [GONE, RedisConnectionError("Connection refused")])
async def test_a_citizen_hears_the_answer_and_nothing_of_the_failure(
    error: Exception, tmp_path: Path, graph: GraphStandIn
) -> None:
    agent = Agent(Away(error, error).answer)
    async with running_channel(channel_settings(tmp_path, graph.url), agent) as channel:
        await channel.deliver(webhook.message("halo"))
        await channel.deliver(webhook.message("biaya"))
        await graph.wait_for(2)

    assert [sent.text for sent in graph.messages] == ["» halo", "» biaya"]
    assert agent.texts == ["halo", "halo", "halo", "biaya"]


async def test_what_stays_away_is_said(tmp_path: Path, graph: GraphStandIn) -> None:
    agent = Agent(Away(*[GONE] * 3).answer)
    async with running_channel(channel_settings(tmp_path, graph.url), agent) as channel:
        await channel.deliver(webhook.message("halo"))
        await graph.wait_for(1)
        await channel.deliver(webhook.message("biaya"))
        await graph.wait_for(2)

    assert [sent.text for sent in graph.messages] == [read_words().gangguan.id, "» biaya"]


async def test_a_failure_of_our_own_is_said_at_once(tmp_path: Path, graph: GraphStandIn) -> None:
    agent = Agent(Away(KeyError("a mistake")).answer)
    async with running_channel(channel_settings(tmp_path, graph.url), agent) as channel:
        await channel.deliver(webhook.message("halo"))
        await graph.wait_for(1)

    assert [sent.text for sent in graph.messages] == [read_words().gangguan.id]
    assert agent.texts == ["halo"]


async def test_what_is_logged_of_a_turn_names_its_conversation(
    tmp_path: Path, graph: GraphStandIn, set_environment: SetEnvironment, printed: StringIO
) -> None:
    set_environment(RIUNG_DEMO="1", RIUNG_HASH_KEY="kunci")
    agent = Agent(Away(GONE, KeyError("a mistake")).answer)
    async with running_channel(channel_settings(tmp_path, graph.url), agent) as channel:
        await channel.deliver(webhook.message("halo"))
        await graph.wait_for(1)

    lines = [line for line in printed.getvalue().splitlines() if "event='turn." in line]
    assert [re.findall(r"event='([a-z._]+)'", line)[0] for line in lines] == [
        "turn.waits",
        "turn.failed",
    ]
    assert len({re.findall(r"talk='([a-p]+)'", line)[0] for line in lines}) == 1


async def test_a_message_that_got_stuck_is_taken_up_without_a_restart(
    channel: RunningChannel, graph: GraphStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "RENEW_SECONDS", 0.05)
    work: Any = channel.service.turns._turn
    stuck: list[str] = []

    async def stick_once(message: InboxMessage, is_last: bool) -> Any:
        if not stuck:
            stuck.append(message.wamid)
            raise RuntimeError("nobody thought of this")
        return await work(message, is_last)

    monkeypatch.setattr(channel.service.turns, "_turn", stick_once)
    await channel.deliver(webhook.message("halo"))
    channel.service._chores.cancel()  # the next round, now
    chores = channel.service._keep_house()
    channel.service._chores = asyncio.create_task(chores)
    await graph.wait_for(1)

    assert stuck
    assert [sent.text for sent in graph.messages] == ["» halo"]
