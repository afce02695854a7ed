"""What a message becomes: free text in the 24-hour window, a template after it (Meta §10.15)."""

from __future__ import annotations

import pytest

from tests import webhook
from tests.conftest import SetEnvironment
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import TEMPLATE, RunningChannel


@pytest.mark.parametrize(
    ("hours_later", "kind"),
    [("+PT23H54M", "text"), ("+PT23H56M", "template"), ("+PT24H1M", "template")],
)
async def test_the_window_is_judged_when_the_message_is_sent(
    channel: RunningChannel,
    graph: GraphStandIn,
    set_environment: SetEnvironment,
    hours_later: str,
    kind: str,
) -> None:
    await channel.deliver(webhook.message("halo", phone="6289900000001"))
    await graph.wait_for(1)
    set_environment(RIUNG_NOW=hours_later)
    message = {"to": "+6289900000001", "key": "a", "text": "Kabar baru.", "template": TEMPLATE}
    assert (await channel.api("POST", "/send", json=message))[0] == 202
    sent = (await graph.wait_for(2))[1]
    assert sent.body["type"] == kind
    if kind == "template":
        assert sent.body["template"]["name"] == "riung_status_berubah"
        parameters = sent.body["template"]["components"][0]["parameters"]
        assert [parameter["text"] for parameter in parameters] == [
            "1179",
            "Siap diambil",
            "Silakan ambil.",
        ]


async def test_inside_the_window_a_template_goes_as_free_text_with_its_buttons(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(webhook.message("halo", phone="6289900000001"))
    await graph.wait_for(1)
    message = {"to": "6289900000001", "key": "a", "template": TEMPLATE}
    assert (await channel.api("POST", "/send", json=message))[0] == 202
    sent = (await graph.wait_for(2))[1]
    assert sent.body["type"] == "interactive"
    assert sent.text.startswith("Kabar permohonan 1179: tahap sekarang Siap diambil.")
    buttons = sent.body["interactive"]["action"]["buttons"]
    assert [button["reply"]["id"] for button in buttons] == ["/cek_status"]


async def test_an_english_conversation_gets_the_template_and_its_dates_in_english(
    channel: RunningChannel, graph: GraphStandIn, set_environment: SetEnvironment
) -> None:
    channel.agent.language = "en"
    await channel.deliver(webhook.message("hello", phone="6289900000001"))
    await graph.wait_for(1)
    set_environment(RIUNG_NOW="+PT24H1M")
    day = {"id": "Selasa 24 November 2026", "en": "Tuesday 24 November 2026"}
    who = {"id": "Anda", "en": "you"}
    values = {"siapa": who, "tempat": "MPP Batang", "tanggal": day}
    template = {"name": "tawaran_habis", "variables": values}

    message = {"to": "6289900000001", "key": "a", "template": template}
    assert (await channel.api("POST", "/send", json=message))[0] == 202

    sent = (await graph.wait_for(2))[1].body["template"]
    assert sent["language"] == {"code": "en"}
    told = [one["text"] for one in sent["components"][0]["parameters"]]
    assert told == ["you", "MPP Batang", day["en"]]


async def test_our_own_sentences_are_in_the_conversations_language(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    channel.agent.language = "en"

    await channel.deliver(webhook.message(type="unsupported"))

    assert (await graph.wait_for(1))[0].text.startswith("Sorry, I cannot read")
