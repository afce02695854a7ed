"""Once only, in order, over restarts and repeated deliveries (Meta §10.4 to §10.8, §10.11)."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage

from riung.conversation_id import conversation_id
from riung.whatsapp.inbox import FILES_A_DAY, MOST_WAITING
from riung.whatsapp.tables import contacts, inbox, media
from tests import webhook
from tests.edits import edit
from tests.graph_standin import SAMPLES, GraphStandIn
from tests.riung.whatsapp.channel import (
    Agent,
    RunningChannel,
    channel_settings,
    echo,
    outbox_rows,
    running_channel,
)

PEMALANG = "111111111111111"


async def all_done(channel: RunningChannel) -> None:
    """Until no message waits for its turn."""
    while channel.service.turns._workers:
        await asyncio.sleep(0.01)


def at_ours(person: str) -> str:
    return conversation_id(person, webhook.DEMO_NUMBER)


async def test_the_same_delivery_fifty_times_at_once_is_worked_on_once(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    body = webhook.delivery(webhook.message("sekali saja"))
    statuses = await asyncio.gather(*(channel.post(body) for _ in range(50)))
    assert statuses == [200] * 50
    await channel.deliver(webhook.message("terakhir"))
    await graph.wait_for(2)
    assert channel.agent.texts == ["sekali saja", "terakhir"]


async def test_a_redelivery_with_other_bytes_after_a_restart_is_known(
    tmp_path: Path, graph: GraphStandIn
) -> None:
    settings = channel_settings(tmp_path, graph.url, RIUNG_NOW="")
    message = webhook.message("dikirim dua kali", wamid="wamid.dua")
    async with running_channel(settings) as channel:
        await channel.deliver(message)
        await graph.wait_for(1)
    async with running_channel(settings) as channel:
        await channel.deliver(dict(reversed(message.items())))
        await channel.deliver(webhook.message("baru"))
        await graph.wait_for(2)
        assert channel.agent.texts == ["baru"]


async def test_what_was_answered_200_is_worked_on_at_the_next_start(
    tmp_path: Path, graph: GraphStandIn
) -> None:
    stuck = Agent()
    stuck.is_ready = lambda: False  # type: ignore[method-assign]
    settings = channel_settings(tmp_path, graph.url)
    async with running_channel(settings, stuck) as channel:
        await channel.deliver(webhook.message("satu"), webhook.message("dua"))
    async with running_channel(settings) as channel:
        await graph.wait_for(2)
        assert [sent.text for sent in graph.messages] == ["» satu", "» dua"]


async def test_ten_quick_messages_of_one_person_are_answered_in_order(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    for number in range(10):
        await channel.deliver(webhook.message(f"pesan {number}"))
    await graph.wait_for(10)
    assert [sent.text for sent in graph.messages] == [f"» pesan {n}" for n in range(10)]


async def test_a_stuck_person_holds_nobody_else_up(tmp_path: Path, graph: GraphStandIn) -> None:
    free = asyncio.Event()

    async def answer(message: UserMessage) -> None:
        if message.text == "macet":
            await free.wait()
        await echo(message)

    async with running_channel(channel_settings(tmp_path, graph.url), Agent(answer)) as channel:
        await channel.deliver(webhook.message("macet", phone="6289900000001"))
        await channel.deliver(webhook.message("lancar", phone="6289900000002"))
        assert (await graph.wait_for(1))[0].text == "» lancar"
        free.set()
        await graph.wait_for(2)


async def test_the_same_person_with_and_without_number_is_one_conversation(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    person: Any = {"from_user_id": "ID.900000000000777"}
    await channel.deliver(webhook.message("dengan", phone="6289900000777", **person))
    hidden = webhook.message("tanpa", phone="", **person)
    del hidden["from"]
    await channel.deliver(hidden)
    await graph.wait_for(2)
    assert {turn.sender_id for turn in channel.agent.turns} == {at_ours("ID.900000000000777")}
    assert {sent.to for sent in graph.messages} == {"+6289900000777"}


async def test_a_known_number_that_gets_a_user_id_keeps_its_conversation(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(webhook.message("lama", phone="6289900000778"))
    await graph.wait_for(1)
    await channel.deliver(
        webhook.message("baru", phone="6289900000778", from_user_id="ID.900000000000778")
    )
    await graph.wait_for(2)
    assert [turn.sender_id for turn in channel.agent.turns] == [at_ours("6289900000778")] * 2


async def test_a_person_known_by_user_id_alone_is_answered_there(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    hidden = webhook.message("halo", from_user_id="ID.900000000000108")
    hidden["from"] = ""
    await channel.deliver(hidden)
    (sent,) = await graph.wait_for(1)
    assert sent.body["recipient"] == "ID.900000000000108"
    assert "to" not in sent.body


async def test_a_changed_number_moves_the_conversation(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(
        webhook.message("lama", phone="6289900000130", from_user_id="ID.900000000000130")
    )
    system = {
        "type": "user_changed_number",
        "wa_id": "6289900000131",
        "user_id": "ID.900000000000131",
    }
    await channel.deliver(
        webhook.message(
            phone="6289900000130",
            from_user_id="ID.900000000000130",
            type="system",
            system=system,
        )
    )
    await channel.deliver(
        webhook.message("baru", phone="6289900000131", from_user_id="ID.900000000000131")
    )
    await graph.wait_for(2)
    assert {turn.sender_id for turn in channel.agent.turns} == {at_ours("ID.900000000000130")}
    assert graph.messages[1].to == "+6289900000131"


async def test_news_of_a_changed_number_that_come_again_change_nothing(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    system = {"type": "user_changed_number", "wa_id": "6289900000141"}
    moved = webhook.message(phone="6289900000140", type="system", system=system)
    await channel.deliver(webhook.message("lama", phone="6289900000140"))
    await graph.wait_for(1)
    await channel.deliver(moved)
    await channel.deliver(webhook.message("pemilik baru", phone="6289900000140"))
    await graph.wait_for(2)
    await channel.deliver(moved)
    await channel.deliver(webhook.message("di nomor baru", phone="6289900000141"))
    await graph.wait_for(3)

    assert [sent.to for sent in graph.messages] == [
        "+6289900000140",
        "+6289900000140",
        "+6289900000141",
    ]
    first, second, third = (turn.sender_id for turn in channel.agent.turns)
    assert first == third != second


async def test_who_sends_more_than_is_read_is_told_once_and_holds_up_nobody(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    async def think(message: UserMessage) -> None:
        await asyncio.sleep(0.02)
        await echo(message)

    channel.agent.answer = think
    many = [webhook.message(f"{n}", phone="6289900000151") for n in range(MOST_WAITING * 3)]
    for start in range(0, len(many), 20):
        await channel.deliver(*many[start : start + 20])
    await channel.deliver(webhook.message("permisi", phone="6289900000152"))
    while "permisi" not in channel.agent.texts:
        await asyncio.sleep(0.01)
    before = len(channel.agent.texts)
    await all_done(channel)

    assert before < MOST_WAITING
    assert MOST_WAITING <= len(channel.agent.texts) - 1 < 2 * MOST_WAITING
    rows = await outbox_rows(channel)
    assert sum("terlalu banyak" in str(row.bubble) for row in rows) == 1


async def test_of_one_persons_files_a_day_only_so_many_are_kept(channel: RunningChannel) -> None:
    image = {"id": "1", "mime_type": "image/jpeg", "sha256": "x"}
    pictures = [
        webhook.message(phone="6289900000153", type="image", image=image)
        for _ in range(FILES_A_DAY + 2)
    ]
    for start in range(0, len(pictures), 20):
        await channel.deliver(*pictures[start : start + 20])
        await all_done(channel)

    files = await channel.service.store.run(
        lambda c: c.execute(sa.select(media.c.state, media.c.reason)).all()
    )
    assert [tuple(one) for one in files[FILES_A_DAY:]] == [("refused", "too_many")] * 2
    assert {one.state for one in files[:FILES_A_DAY]} == {"known"}


async def test_a_stale_message_reaches_the_officers_and_is_not_answered(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    two_days_ago = int(time.time()) - 2 * 24 * 3600
    await channel.deliver(webhook.message("kemarin dulu", timestamp=two_days_ago))
    await channel.deliver(webhook.message("sekarang"))
    await graph.wait_for(1)
    assert channel.agent.texts == ["sekarang"]
    (late,) = channel.agent.noted
    assert late.text == "kemarin dulu"
    assert late.metadata is not None
    assert (late.metadata["late"], late.metadata["timestamp"]) == (True, two_days_ago)
    rows = await channel.service.store.run(
        lambda database: database.execute(sa.select(inbox)).all()
    )
    assert [(row.state, row.message) for row in rows] == [("done", None), ("done", None)]


async def test_an_old_question_is_quoted_by_its_answer(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    message = webhook.message("tadi pagi", timestamp=int(time.time()) - 3600)
    await channel.deliver(message)
    await channel.deliver(webhook.message("barusan", phone="6289900000002"))
    await graph.wait_for(2)
    contexts = {sent.text: sent.body.get("context") for sent in graph.messages}
    assert contexts == {"» tadi pagi": {"message_id": message["id"]}, "» barusan": None}


async def test_the_inbox_forgets_the_words_when_the_turn_is_done(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    await channel.deliver(webhook.message("nik saya 3204110101900001"))
    await graph.wait_for(1)
    await graph.until(lambda: bool(channel.service))

    def everything(database: sa.engine.Connection) -> str:
        tables = (inbox, contacts, media)
        return str([database.execute(sa.select(table)).all() for table in tables])

    assert "3204110101900001" not in await channel.service.store.run(everything)


async def test_a_refused_number_is_stored_without_its_content(channel: RunningChannel) -> None:
    body = webhook.delivery(webhook.message("bukan untuk kami"), number="999999999999999")
    assert await channel.post(body) == 200
    rows = await channel.service.store.run(
        lambda database: database.execute(sa.select(inbox)).all()
    )
    assert [(row.state, row.phone_number_id, row.message) for row in rows] == [
        ("refused", "999999999999999", None)
    ]
    assert channel.agent.turns == []


async def test_hostile_text_reaches_the_dialogue_clean(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    for name in ("bad_control_characters", "bad_lone_surrogate", "bad_huge_text"):
        body = (SAMPLES / f"{name}.json").read_bytes().replace(b'"1790000004"', b'""')
        assert await channel.post(body) == 200
    await graph.wait_for(3)
    control, surrogate, huge = channel.agent.texts
    assert control == "nolkontrol balikitreper lebar\u200bnol"
    assert surrogate == "setengah \ufffd emoji"
    assert len(huge) == 4096 or huge.endswith("…")
    assert not graph.invalid


async def test_what_nobody_can_read_is_told_to_an_officer_who_answers(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    edited = webhook.message(type="unsupported", unsupported={"type": "edit"})
    channel.agent.paused.add(at_ours(edited["from"]))
    await channel.deliver(edited)
    await channel.deliver(reaction("👍"))
    await graph.until(lambda: len(channel.agent.noted) == 2)

    assert [note.text for note in channel.agent.noted] == ["/kirim_lain"] * 2
    told = channel.agent.noted[1].metadata or {}
    assert told["aside"] == {"about": "wamid.tanya", "words": "👍"}
    assert graph.messages == []
    channel.agent.paused.clear()
    await channel.deliver(reaction("👍"), webhook.message(type="unsupported"))
    assert "belum bisa" in (await graph.wait_for(1))[0].text
    assert len(channel.agent.noted) == 2
    assert channel.agent.turns == []


async def test_what_nobody_can_read_is_told_to_the_officer_who_is_waited_for(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    unread = webhook.message(type="unsupported", unsupported={"type": "poll_creation"})
    channel.agent.awaited.add(at_ours(unread["from"]))
    await channel.deliver(reaction("👍"), unread)

    assert "belum bisa" in (await graph.wait_for(1))[0].text
    assert [(note.metadata or {})["type"] for note in channel.agent.noted] == [
        "reaction",
        "unsupported",
    ]


async def test_what_nobody_can_read_and_came_late_is_told_to_officers_and_not_answered(
    channel: RunningChannel, graph: GraphStandIn
) -> None:
    yesterday = int(time.time()) - 90_000
    await channel.deliver(
        webhook.message(type="unsupported", timestamp=yesterday),
        {**reaction("👍"), "timestamp": str(yesterday)},
        webhook.message("hari ini"),
    )
    await graph.wait_for(1)

    (note,) = channel.agent.noted
    assert note.metadata is not None
    assert (note.metadata["type"], note.metadata["late"]) == ("unsupported", True)
    assert [sent.text for sent in graph.messages] == ["» hari ini"]


def reaction(emoji: str) -> dict[str, Any]:
    return webhook.message(type="reaction", reaction={"message_id": "wamid.tanya", "emoji": emoji})


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Rahmat Hidayat", "Rahmat Hidayat"),
        ("  Ibu\n\u202eSri \x00 ", "Ibu Sri"),
        ("Budi 081234567890", "Budi 0812…890"),
        ("x" * 500, "x" * 59 + "…"),
        ("", None),
    ],
)
async def test_the_profiles_name_comes_along_cleaned(
    channel: RunningChannel, graph: GraphStandIn, name: str, shown: str | None
) -> None:
    body = json.loads(webhook.delivery(webhook.message("halo")))
    body["entry"][0]["changes"][0]["value"]["contacts"][0]["profile"]["name"] = name
    assert await channel.post(json.dumps(body).encode()) == 200
    await graph.wait_for(1)

    assert (channel.agent.turns[0].metadata or {}).get("name") == shown


async def test_a_person_has_a_conversation_with_each_of_our_numbers(
    office_folder: Path, channel: RunningChannel, graph: GraphStandIn
) -> None:
    """An officer of one office answers; the other office's bot answers all the same."""
    edit(
        office_folder / "pemalang.yml", "phone_number_ids: []", f"phone_number_ids: ['{PEMALANG}']"
    )
    channel.agent.paused.add(conversation_id("6289900000779", PEMALANG))
    for number in (PEMALANG, webhook.DEMO_NUMBER):
        message = webhook.message("halo", phone="6289900000779")
        assert await channel.post(webhook.delivery(message, number=number)) == 200
    (sent,) = await graph.wait_for(1)

    assert sent.number == webhook.DEMO_NUMBER
    offices = [(turn.metadata or {})["office"] for turn in channel.agent.turns]
    assert offices == ["pemalang", "bandung"]
    message = {"to": conversation_id("6289900000779", PEMALANG), "key": "a", "text": "Dari kami."}
    assert (await channel.api("POST", "/send", json=message))[0] == 202
    assert (await graph.wait_for(2))[1].number == PEMALANG
