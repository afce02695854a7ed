"""The front door: handshake, signature, 200 after the store and before the dialogue."""

from __future__ import annotations

import asyncio
import socket
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage
from rasa.shared.exceptions import RasaException

from riung import clock
from riung.dialogue.actions_here import ActionsHere
from riung.settings import Settings
from riung.whatsapp import readiness
from riung.whatsapp.channel import BODY_LIMIT, WhatsAppInput
from riung.whatsapp.signature import HEADER, sign
from tests import webhook
from tests.graph_standin import SAMPLES, GraphStandIn
from tests.riung.whatsapp.channel import (
    Agent,
    RunningChannel,
    channel_settings,
    running_channel,
)
from tests.stack import free_ports


async def test_a_message_is_answered_with_one_bubble(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(webhook.message("selamat pagi", phone="6289900000101"))

    (sent,) = await graph.wait_for(1)
    assert (sent.to, sent.text) == ("+6289900000101", "» selamat pagi")
    assert not graph.invalid
    assert graph.tokens == {"Bearer akses-uji"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("hub.mode=subscribe&hub.challenge=42&hub.verify_token=token-uji", 200),
        ("hub.mode=subscribe&hub.challenge=42&hub.verify_token=salah", 403),
        ("hub.mode=subscribe&hub.challenge=42&hub.verify_token=", 403),
        ("hub.mode=subscribe&hub.challenge=42", 403),
        ("hub.mode=subscribe&hub.challenge=42&hub.verify_token=t%C3%B6ken", 403),
        ("hub.mode=unsubscribe&hub.challenge=42&hub.verify_token=token-uji", 403),
        ("hub.challenge=42&hub.verify_token=token-uji", 403),
        ("", 403),
    ],
)
async def test_the_handshake_opens_only_with_our_token(
    channel: RunningChannel, query: str, status: int
) -> None:
    async with channel.session.get(f"{channel.url}/webhook?{query}") as response:
        assert response.status == status
        assert await response.text() == ("42" if status == 200 else "")
        if status == 200:
            assert response.content_type == "text/plain"


@pytest.mark.parametrize("missing", ["WHATSAPP_VERIFY_TOKEN", "WHATSAPP_APP_SECRET"])
def test_without_its_secrets_the_channel_does_not_start(missing: str) -> None:
    secrets = {"WHATSAPP_VERIFY_TOKEN": "a", "WHATSAPP_APP_SECRET": "b", missing: ""}
    with pytest.raises(RasaException, match=missing) as raised:
        WhatsAppInput(Settings.from_env(secrets))
    assert "\n" not in str(raised.value)


IN_TEXT = (SAMPLES / "in_text.json").read_bytes()
RIGHT = sign(IN_TEXT, "rahasia-uji")


@pytest.mark.parametrize(
    ("body", "header", "status"),
    [
        (IN_TEXT, None, 401),
        (IN_TEXT, "", 401),
        (IN_TEXT, RIGHT.replace("sha256=", "sha1="), 403),
        (IN_TEXT, RIGHT.removeprefix("sha256="), 403),
        (IN_TEXT, RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1"), 403),
        (IN_TEXT, RIGHT.upper(), 403),
        (IN_TEXT, "sha256=", 403),
        (IN_TEXT, sign(IN_TEXT, "rahasia-lain"), 403),
        (IN_TEXT + b" ", RIGHT, 403),
    ],
    ids=range(9),
)
async def test_an_unsigned_delivery_reaches_nobody(
    channel: RunningChannel, body: bytes, header: str | None, status: int
) -> None:
    headers = {} if header is None else {HEADER: header}
    assert await channel.post(body, headers) == status
    assert channel.agent.turns == []
    assert b"whatsapp_updates_total{" not in channel.service.metrics.text()


async def test_a_signature_of_raw_bytes_is_refused_and_not_an_error(
    channel: RunningChannel,
) -> None:
    host, port = channel.url.split("/")[2].split(":")
    request = b"POST /webhooks/whatsapp/webhook HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n"
    request += b"X-Hub-Signature-256: sha256=\xff\xfe\xc3\xa9\r\nContent-Length: 2\r\n\r\n{}"

    def ask() -> bytes:
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            connection.sendall(request)
            return connection.recv(100)

    answer = await asyncio.to_thread(ask)
    assert answer.startswith(b"HTTP/1.1 403")


async def test_a_delivery_over_the_limit_is_turned_away(channel: RunningChannel) -> None:
    assert await channel.post(b"x" * (BODY_LIMIT + 1)) == 413


async def test_200_does_not_wait_for_the_dialogue(tmp_path: Path, graph: GraphStandIn) -> None:
    """1,000 deliveries, 20 at once, are answered while not one turn has ended."""
    end_of_test = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await end_of_test.wait()
        agent.paused.add(message.sender_id)

    agent = Agent(slow)
    async with running_channel(channel_settings(tmp_path, graph.url), agent) as channel:

        async def meta(worker: int) -> None:
            for number in range(50):
                await channel.deliver(webhook.message("halo", phone=f"62899{worker:03}{number:03}"))

        await asyncio.gather(*(meta(worker) for worker in range(20)))
        assert not agent.paused
        end_of_test.set()


async def test_a_graph_api_that_is_down_changes_nothing_for_meta(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}/v25.0"
        async with running_channel(channel_settings(tmp_path, nowhere)) as channel:
            for number in range(20):
                await channel.deliver(webhook.message("halo", phone=f"62899000000{number:02}"))


async def test_a_store_that_cannot_be_written_answers_503(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    body = webhook.delivery(webhook.message("halo"))
    url = channel.service.settings.channel_database_url
    with sa.create_engine(url).begin() as database:
        database.execute(sa.text("ALTER TABLE inbox RENAME TO away"))
    assert await channel.post(body) == 503
    async with channel.session.get(f"{channel.url}/readyz") as response:
        assert response.status == 503

    with sa.create_engine(url).begin() as database:
        database.execute(sa.text("ALTER TABLE away RENAME TO inbox"))
    assert await channel.post(body) == 200
    await graph.wait_for(1)


async def test_health_readiness_and_metrics_are_told(channel: RunningChannel) -> None:
    await channel.deliver(webhook.message("halo"))
    for path, wanted in (("healthz", "ok"), ("readyz", '"ready":true')):
        async with channel.session.get(f"{channel.url}/{path}") as response:
            assert response.status == 200
            assert wanted in await response.text()
    async with channel.session.get(f"{channel.url}/metrics") as response:
        assert 'whatsapp_updates_total{outcome="text"} 1.0' in await response.text()


async def readiness_of(channel: RunningChannel) -> tuple[int, dict[str, Any]]:
    async with channel.session.get(f"{channel.url}/readyz") as response:
        return response.status, await response.json()


async def test_it_is_not_ready_while_the_action_server_is_down(
    channel: RunningChannel,
) -> None:
    nobody = SimpleNamespace(url=f"http://127.0.0.1:{free_ports(1)[0]}/webhook")
    channel.agent.action_endpoint = nobody  # type: ignore[attr-defined]

    status, told = await readiness_of(channel)

    assert (status, told["actions"]) == (503, False)


async def test_it_is_not_ready_while_conversations_cannot_be_read(channel: RunningChannel) -> None:
    async def refuse(_: str) -> None:
        raise sa.exc.DatabaseError("SELECT", {}, Exception("malformed"))

    channel.agent.tracker_store = SimpleNamespace(retrieve=refuse)

    status, told = await readiness_of(channel)

    assert (status, told["tracker"], told["store"]) == (503, False, True)


async def test_actions_in_the_same_process_are_ready_with_it(channel: RunningChannel) -> None:
    channel.agent.action_endpoint = ActionsHere()  # type: ignore[attr-defined]

    assert (await readiness_of(channel))[0] == 200


async def test_it_is_not_ready_while_the_action_server_hangs(
    channel: RunningChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes calls and never answers
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/webhook"
        channel.agent.action_endpoint = SimpleNamespace(url=url)  # type: ignore[attr-defined]

        status, told = await readiness_of(channel)

    assert (status, told["actions"]) == (503, False)


async def test_it_is_not_ready_without_room_on_the_disk(
    channel: RunningChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "FREE_AT_LEAST", 1 << 62)

    status, told = await readiness_of(channel)

    assert (status, told["disk"]) == (503, False)


async def test_it_is_not_ready_while_a_number_is_stopped(channel: RunningChannel) -> None:
    await channel.stop_sending(webhook.DEMO_NUMBER)

    status, told = await readiness_of(channel)

    assert (status, told["sending"]) == (503, False)
    assert told["stopped"] == {webhook.DEMO_NUMBER: "131045"}


async def test_the_clock_is_compared_with_the_graph_apis(channel: RunningChannel) -> None:
    graph = channel.service.graph
    while not graph.clock_off:  # it is asked for at the start
        await asyncio.sleep(0.01)
    graph._compare_clocks("Mon, 02 Nov 2020 10:00:00 GMT")

    assert graph.clock_off > 24 * 3600
    assert (await readiness_of(channel))[1]["clock"] is False

    graph._compare_clocks("entah")  # says nothing new
    assert (await readiness_of(channel))[1]["clock"] is False


TWO_DAYS = 2 * 24 * 3600


async def test_with_a_clock_two_days_ahead_citizens_are_answered_and_the_operator_is_told(
    tmp_path: Path, graph: GraphStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.now(timezone.utc) + timedelta(days=2))
    async with running_channel(channel_settings(tmp_path, graph.url)) as channel:
        while not channel.service.graph.clock_off:  # asked for at the start
            await asyncio.sleep(0.01)
        await channel.deliver(webhook.message("halo"))
        await graph.wait_for(1)

        assert graph.messages[0].text == "» halo"
        assert channel.service.graph.clock_off == pytest.approx(TWO_DAYS, abs=60)
        assert (await readiness_of(channel))[1]["clock"] is False


async def test_it_is_not_ready_without_a_model(tmp_path: Path, graph: GraphStandIn) -> None:
    agent = Agent()
    agent.is_ready = lambda: False  # type: ignore[method-assign]
    async with running_channel(channel_settings(tmp_path, graph.url), agent) as channel:
        async with channel.session.get(f"{channel.url}/readyz") as response:
            assert response.status == 503
        await channel.deliver(webhook.message("halo"))
        assert agent.turns == []
        agent.is_ready = lambda: True  # type: ignore[method-assign]
        assert (await graph.wait_for(1))[0].text == "» halo"
