"""Errors by code and scope, doubt, order, window and pace (Meta §8, §10.13 to §10.15)."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage

from riung import logs
from riung.conversation_id import conversation_id
from riung.whatsapp import graph as graph_module
from riung.whatsapp import sender as sender_module
from riung.whatsapp.bubble import Bubble
from riung.whatsapp.tables import billing, statuses
from tests import webhook
from tests.graph_standin import SAMPLES, GraphStandIn
from tests.riung.whatsapp.channel import (
    TEMPLATE,
    Agent,
    RunningChannel,
    channel_settings,
    outbox_rows,
    running_channel,
    state_becomes,
)

NUMBER = webhook.DEMO_NUMBER


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of each pause: the order of things is tested, not the length of a wait."""
    monkeypatch.setattr(sender_module, "_spread", lambda pause: pause / 100)


@pytest.mark.parametrize("fault", [131000, "html", 131056, 130429, 2, 131057])
async def test_what_may_be_tried_again_is(
    channel: RunningChannel, graph: GraphStandIn, fault: int | str
) -> None:
    graph.fail_next(fault, count=2)
    await channel.deliver(webhook.message("halo"))
    await graph.wait_for(1)
    (row,) = await state_becomes(channel, "delivered")
    assert (row.attempts, row.error_code) == (3, None)


@pytest.mark.parametrize("code", [100, 131026, 131050, 132000, 424242])
async def test_what_may_not_be_tried_again_is_kept_for_an_officer(
    channel: RunningChannel, graph: GraphStandIn, code: int
) -> None:
    graph.fail_next(code)
    await channel.deliver(webhook.message("halo"))
    (row,) = await state_becomes(channel, "failed")
    assert (row.error_code, row.attempts, graph.messages) == (str(code), 1, [])
    status, body = await channel.api("GET", "/outbox")
    (shown,) = body["messages"]
    assert (status, shown["text"]) == (200, "» halo")
    assert shown["reason"] == channel.service.rules[str(code)].officer


async def test_an_officer_sends_a_failed_message_again(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.fail_next(131026)
    await channel.deliver(webhook.message("halo"))
    (row,) = await state_becomes(channel, "failed")
    assert (await channel.api("POST", f"/outbox/{row.id}/resend"))[0] == 202
    assert (await graph.wait_for(1))[0].text == "» halo"
    assert (await channel.api("POST", f"/outbox/{row.id}/resend"))[0] == 409
    assert (await channel.api("POST", "/outbox/4711/resend"))[0] == 404


async def test_the_pair_limit_pauses_one_person_only(
    channel: RunningChannel, graph: GraphStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "_spread", lambda pause: pause / 2)
    graph.fail_next(131056)
    await channel.deliver(webhook.message("ditahan", phone="6289900000001"))
    await graph.until(lambda: graph.requests > 1)
    await channel.deliver(webhook.message("lewat", phone="6289900000002"))
    await graph.wait_for(2)
    assert [sent.text for sent in graph.messages] == ["» lewat", "» ditahan"]


async def test_the_number_limit_pauses_everybody_on_the_number(
    channel: RunningChannel, graph: GraphStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "_spread", lambda pause: 0.5)
    graph.fail_next(130429)
    lane = channel.service.sender.lane(NUMBER)
    await channel.deliver(webhook.message("satu", phone="6289900000001"))
    await graph.until(lambda: lane._paused_until > 0)
    await channel.deliver(webhook.message("dua", phone="6289900000002"))
    end_of_pause = lane._paused_until
    await graph.wait_for(1)
    assert time.monotonic() >= end_of_pause
    await graph.wait_for(2)


async def test_a_bad_token_stops_everything_and_keeps_the_queue(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.fail_next(190)
    await channel.deliver(webhook.message("satu", phone="6289900000001"))
    await graph.until(lambda: channel.service.sender.lane(NUMBER).stopped is not None)
    await channel.deliver(webhook.message("dua", phone="6289900000002"))
    await state_becomes(channel, "pending", "pending")
    assert graph.messages == []
    status, body = await channel.api("GET", "/numbers")
    (number,) = body["numbers"]
    assert (status, number["stopped"]) == (200, "190")
    assert "Kunci akses" in number["reason"]

    assert (await channel.api("POST", "/numbers/resume"))[0] == 200
    await graph.wait_for(2)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short time limit, so that a hanging request is given up quickly."""
    monkeypatch.setattr(graph_module, "SEND_TIMEOUT", 0.3)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", ["hang", "reset"])
async def test_a_lost_answer_does_not_double_the_message(
    channel: RunningChannel, graph: GraphStandIn, fault: str
) -> None:
    graph.fail_next(fault, accepted=True)
    await channel.deliver(webhook.message("sekali"))
    await state_becomes(channel, "delivered")
    await channel.deliver(webhook.message("lagi"))
    await graph.wait_for(2)
    assert [sent.text for sent in graph.messages] == ["» sekali", "» lagi"]


@pytest.mark.usefixtures("impatient")
async def test_without_any_status_there_is_one_more_try_and_then_an_officer(
    tmp_path: Path, graph: GraphStandIn
) -> None:
    async with running_channel(channel_settings(tmp_path, graph.url), unknown_wait=0.2) as channel:
        graph.fail_next("reset", count=2)
        await channel.deliver(webhook.message("satu"))
        await channel.deliver(webhook.message("dua"))
        await graph.wait_for(1)
        rows = await outbox_rows(channel)
        assert rows[0].error_code == "unknown"
        assert [sent.text for sent in graph.messages] == ["» dua"]


async def test_an_unreachable_graph_api_is_tried_again(
    tmp_path: Path, graph: GraphStandIn, channel: RunningChannel
) -> None:
    live, channel.service.graph._url = channel.service.graph._url, "http://127.0.0.1:1/v25.0"
    await channel.deliver(webhook.message("halo"))
    for _ in range(200):
        rows = await outbox_rows(channel)
        if rows and rows[0].error_code == "unreachable":
            break
        await asyncio.sleep(0.01)
    channel.service.graph._url = live
    assert (await graph.wait_for(1))[0].text == "» halo"


async def test_statuses_in_any_order_and_twice_move_only_forward(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.statuses = ()
    await channel.deliver(webhook.message("halo"))
    (sent,) = await graph.wait_for(1)
    for name in ("read", "sent", "delivered", "read", "sent", "delivered"):
        body = webhook.delivery(statuses=[webhook.status(sent.wamid, name)])
        assert await channel.post(body) == 200
    (row,) = await outbox_rows(channel)
    assert row.state == "read"
    known = await channel.service.store.run(
        lambda database: database.execute(sa.select(statuses.c.status)).scalars().all()
    )
    assert sorted(known) == ["delivered", "read", "sent"]


async def test_a_delivered_answer_is_billed_once_to_its_office_and_month(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.statuses = ("sent", "delivered", "read", "delivered")
    await channel.deliver(webhook.message("satu"), webhook.message("dua"))
    await graph.wait_for(2)
    await state_becomes(channel, "read", "read")
    rows = await channel.service.store.run(
        lambda database: database.execute(sa.select(billing)).all()
    )
    assert [(row.office, row.category, row.type, row.messages) for row in rows] == [
        ("bandung", "service", "regular", 2)
    ]
    status, body = await channel.api("GET", f"/billing?month={rows[0].month}")
    assert (status, body["billing"][0]["messages"]) == (200, 2)
    assert (await channel.api("GET", "/billing?month=1999-01"))[1] == {"billing": []}


async def test_a_failed_status_makes_a_failed_message(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.statuses = ()
    await channel.deliver(webhook.message("halo"))
    (sent,) = await graph.wait_for(1)
    failed = webhook.status(sent.wamid, "failed", errors=[{"code": 131026}])
    assert await channel.post(webhook.delivery(statuses=[failed])) == 200
    (row,) = await state_becomes(channel, "failed")
    assert row.error_code == "131026"
    late = webhook.status(sent.wamid, "sent")
    assert await channel.post(webhook.delivery(statuses=[late])) == 200
    await state_becomes(channel, "failed")


async def test_a_failed_status_that_may_be_tried_again_is(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.statuses = ()
    await channel.deliver(webhook.message("halo"))
    (first,) = await graph.wait_for(1)
    failed = webhook.status(first.wamid, "failed", key=first.key, errors=[{"code": 131000}])
    assert await channel.post(webhook.delivery(statuses=[failed])) == 200
    await graph.wait_for(2)
    late = webhook.status(first.wamid, "delivered", key=first.key)
    assert await channel.post(webhook.delivery(statuses=[late])) == 200
    (row,) = await state_becomes(channel, "accepted")
    assert row.wamid == graph.messages[1].wamid


async def test_131047_in_an_open_window_gets_one_more_try(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    graph.fail_next(131047)
    await channel.deliver(webhook.message("halo"))
    await graph.wait_for(1)

    graph.fail_next(131047, count=2)
    await channel.deliver(webhook.message("lagi"))
    await state_becomes(channel, "delivered", "failed")
    assert len(graph.messages) == 1


async def test_free_text_outside_the_window_is_not_sent(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    message = {"to": "6289900000009", "key": "b", "text": "Halo?"}
    assert (await channel.api("POST", "/send", json=message))[0] == 202
    (row,) = await state_becomes(channel, "failed")
    assert (row.error_code, graph.requests) == ("131047", 0)


async def test_sixty_answers_to_one_person_keep_the_pace_by_merging(
    tmp_path: Path, graph: GraphStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "PERSON_INTERVAL", 0.5)

    async def sixty(message: UserMessage) -> None:
        for number in range(60):
            await channel.service.say(message.sender_id, [Bubble(f"bagian {number}")])

    agent = Agent(sixty)
    async with running_channel(channel_settings(tmp_path, graph.url), agent) as channel:
        graph.callback_url = f"{channel.url}/webhook"
        agent.paused = _PausedAfterwards()
        await channel.deliver(webhook.message("mulai"))
        await graph.until(lambda: "bagian 59" in _all_text(graph))
        assert len(graph.messages) < 60
        wanted = "\n\n".join(f"bagian {number}" for number in range(60))
        assert _all_text(graph) == wanted


class _PausedAfterwards(set[str]):
    """Not paused when the turn starts; paused when the channel asks why it was silent."""

    def __init__(self) -> None:
        self.asked = 0

    def __contains__(self, _: object) -> bool:
        self.asked += 1
        return self.asked > 1


def _all_text(graph: GraphStandIn) -> str:
    return "\n\n".join(sent.text for sent in graph.messages)


async def test_replies_overtake_bulk(channel: RunningChannel, graph: GraphStandIn) -> None:
    lane = channel.service.sender.lane(NUMBER)
    await channel.stop_sending(NUMBER)
    for number in range(3):
        message = {"to": f"628990000010{number}", "key": f"k{number}", "template": TEMPLATE}
        assert (await channel.api("POST", "/send", json=message))[0] == 202
    await channel.deliver(webhook.message("halo", phone="6289900000001"))
    await state_becomes(channel, *["pending"] * 4)
    await graph.until(lambda: lane.queued == 4)
    assert (await channel.api("POST", "/numbers/resume"))[0] == 200
    await graph.wait_for(4)
    assert graph.messages[0].text == "» halo"


async def test_a_known_key_sends_nothing_twice(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    message = {"to": "6289900000001", "key": "tiket-1", "template": TEMPLATE}
    answers = [await channel.api("POST", "/send", json=message) for _ in range(3)]
    assert [status for status, _ in answers] == [202] * 3
    assert len({body["id"] for _, body in answers}) == 1
    await graph.wait_for(1)
    await state_becomes(channel, "delivered")


async def test_one_read_mark_with_typing_a_turn_and_none_while_an_officer_answers(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    message = webhook.message("halo")
    await channel.deliver(message)
    await graph.wait_for(1)
    sample = json.loads((SAMPLES / "out_typing_indicator.json").read_bytes())
    assert graph.receipts == [{**sample, "message_id": message["id"]}]

    paused = conversation_id("6289900000001", webhook.DEMO_NUMBER)
    channel.agent.paused.add(paused)
    await channel.deliver(webhook.message("ke petugas"))
    await graph.until(lambda: len(channel.agent.turns) == 2)
    await graph.until(lambda: paused in channel.service.turns._silent)
    await channel.deliver(webhook.message("ke petugas lagi"))
    await graph.until(lambda: len(channel.agent.turns) == 3)
    assert len(graph.receipts) <= 2
    assert len(graph.messages) == 1


async def test_logs_hold_no_token_no_text_and_no_number(
    channel: RunningChannel, graph: GraphStandIn, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure(logging.INFO)
    graph.fail_next(131000)
    await channel.deliver(webhook.message("rahasia negara", phone="6289912345678"))
    await state_becomes(channel, "delivered")
    graph.fail_next(131026)
    await channel.deliver(webhook.message("rahasia negara", phone="6289912345678"))
    await state_becomes(channel, "delivered", "failed")
    printed = "".join(capfd.readouterr())
    assert "sender.sent" in printed
    for secret in ("akses-uji", "rahasia-uji", "rahasia negara", "6289912345678"):
        assert secret not in printed
    logs.configure()


@pytest.mark.parametrize("told", [True, False])
async def test_notices_of_a_paused_template_wait_until_it_is_open_again(
    channel: RunningChannel, graph: GraphStandIn, told: bool
) -> None:
    graph.fail_next(132015)
    message = {"to": "6289900000001", "key": "kabar-1", "template": TEMPLATE}
    assert (await channel.api("POST", "/send", json=message))[0] == 202
    (row,) = await state_becomes(channel, "held")
    assert (row.error_code, row.attempts) == ("132015", 0)
    assert b"whatsapp_templates_held 1.0" in channel.service.metrics.text()

    if told:
        name = channel.service.templates["status_berubah"].nama
        change = {"event": "APPROVED", "message_template_name": name}
        news = [{"field": "message_template_status_update", "value": change}]
        body = {"object": "whatsapp_business_account", "entry": [{"changes": news}]}
        assert await channel.post(json.dumps(body).encode()) == 200
    else:
        await channel.service.sender.release_held()  # as every hour
    await state_becomes(channel, "delivered")
    assert b"whatsapp_templates_held 0.0" in channel.service.metrics.text()


@pytest.mark.parametrize("code", [131037, 133006])
async def test_a_number_that_whatsapp_does_not_let_send_is_stopped_and_answers_wait(
    channel: RunningChannel, graph: GraphStandIn, code: int
) -> None:
    graph.fail_next(code)
    await channel.deliver(webhook.message("halo"))
    await graph.until(lambda: channel.service.sender.lane(NUMBER).stopped is not None)
    assert graph.messages == []
    assert (await channel.api("POST", "/numbers/resume"))[0] == 200
    assert (await graph.wait_for(1))[0].text == "» halo"
