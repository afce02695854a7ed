"""The citizens' side: what they write arrives signed, in order, and is tried again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import pytest
import requests

from riung.office.offices import DEMO_PHONE_NUMBER_ID
from riung.simulator.chats import Bounded, Bubble
from riung.simulator.feed import WAITING, Feed
from riung.simulator.script import SCRIPT, guest, lines, read_script
from riung.yaml_files import YamlError
from tests.conftest import SetEnvironment
from tests.riung.simulator.conftest import Stage
from tests.riung.simulator.fake_channel import FakeChannel
from tests.riung.simulator.waiting import eventually


def write(stage: Stage, body: str, citizen: str = "rahma") -> requests.Response:
    content = {"type": "text", "text": {"body": body}}
    name = {"phone_number_id": stage.line, "citizen": citizen}
    return requests.post(f"{stage.url}/messages", json={**name, "content": content}, timeout=10)


def own_bubble(stage: Stage, citizen: str = "rahma") -> Bubble:
    return next(b for b in stage.play.chats[f"{stage.line}/{citizen}"].bubbles if b.by == "citizen")


def test_messages_written_quickly_arrive_signed_and_in_order(stage: Stage) -> None:
    texts = [f"pesan {number}" for number in range(10)]
    for text in texts:
        assert write(stage, text).status_code == 202
    eventually(lambda: len(stage.channel.messages) == 10)
    assert [message["text"]["body"] for message in stage.channel.messages] == texts
    assert stage.channel.refused == 0


def test_a_message_is_ticked_as_delivered_and_then_as_read(stage: Stage) -> None:
    write(stage, "tanpa jawaban")
    eventually(lambda: own_bubble(stage).status == "read")


def test_a_typing_office_is_shown_until_the_answer_comes(stage: Stage) -> None:
    write(stage, "tanpa jawaban")
    chat = stage.play.chats[f"{stage.line}/rahma"]
    eventually(lambda: chat.typing_until > 0)
    stage.channel.send(stage.line, {"to": "+6289900000201"}, "Mangga.")
    eventually(lambda: chat.typing_until == 0)


def test_a_message_is_tried_again_while_the_channel_is_down(stage: Stage) -> None:
    stage.channel.http_status = 503
    write(stage, "halo")
    eventually(lambda: stage.play.traces)
    stage.channel.http_status = 200

    def arrived() -> bool:
        if own_bubble(stage).status == "failed":  # all tries were over before the channel was back
            name = {"phone_number_id": stage.line, "citizen": "rahma"}
            again = f"{stage.url}/messages/{own_bubble(stage).id}/again"
            requests.post(again, json=name, timeout=10)
        return len(stage.channel.messages) == 1

    eventually(arrived)


def test_a_refused_signature_is_said_and_not_tried_again(stage: Stage) -> None:
    stage.channel.http_status = 403
    write(stage, "halo")
    eventually(lambda: own_bubble(stage).status == "failed")
    assert "WHATSAPP_APP_SECRET" in (own_bubble(stage).error or {})["details"]
    assert len(stage.play.traces) == 1


def test_a_channel_that_is_not_there_is_said(stage: Stage, channel: FakeChannel) -> None:
    channel.close()
    write(stage, "halo")
    eventually(lambda: own_bubble(stage).status == "failed")
    assert "make run" in (own_bubble(stage).error or {})["details"]


def test_a_failed_message_can_be_sent_once_more(stage: Stage) -> None:
    stage.channel.http_status = 403
    message_id = write(stage, "halo").json()["id"]
    eventually(lambda: own_bubble(stage).status == "failed")
    stage.channel.http_status = 200
    name = {"phone_number_id": stage.line, "citizen": "rahma"}
    again = f"{stage.url}/messages/{message_id}/again"
    assert requests.post(again, json=name, timeout=10).status_code == 202
    eventually(lambda: [message["id"] for message in stage.channel.messages] == [message_id])
    assert requests.post(again, json=name, timeout=10).status_code == 409


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"type": "text", "text": {"body": ""}}, 422),
        ({"type": "text", "text": {"body": "a" * 4097}}, 422),
        ({"type": "reaction", "reaction": {}}, 422),
        ({"type": "interactive", "interactive": {"type": "list_reply"}}, 422),
        ({"type": "image", "image": {"id": "1"}}, 410),
        ({"type": "location", "location": {"latitude": 91, "longitude": 0}}, 422),
    ],
)
def test_what_no_phone_could_send_is_refused(stage: Stage, content: Any, status: int) -> None:
    name = {"phone_number_id": stage.line, "citizen": "rahma"}
    response = requests.post(f"{stage.url}/messages", json={**name, "content": content}, timeout=10)
    assert response.status_code == status


def test_an_unknown_citizen_cannot_write(stage: Stage) -> None:
    assert write(stage, "halo", citizen="siapa").status_code == 404


def test_a_cleared_phone_is_empty(stage: Stage) -> None:
    write(stage, "halo")
    name = {"phone_number_id": stage.line, "citizen": "rahma"}
    requests.post(f"{stage.url}/clear", json=name, timeout=10)
    assert not [b for b in stage.play.chats[f"{stage.line}/rahma"].bubbles if b.by == "citizen"]


@pytest.mark.parametrize("office", ["pemalang", "bandung"])
def test_the_default_office_comes_first_and_every_office_has_a_number(
    office: str, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_OFFICE=office)
    known = lines()
    assert known[0].office == office
    assert {line.office for line in known} >= {"bandung", "pemalang"}
    assert len({line.display_phone_number for line in known}) == len(known)
    assert DEMO_PHONE_NUMBER_ID in {line.phone_number_id for line in known}


def test_real_addresses_never_become_guests() -> None:
    assert guest("6281234567890", None) is None
    assert guest(None, "ID.123") is None


def test_a_mistake_in_the_script_names_file_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "simulasi.yml"
    text = SCRIPT.read_text("utf-8")
    broken.write_text(text.replace('"6289900000201"', '"6281234567890"'), "utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "6289900000201" in row)
    with pytest.raises(YamlError) as error:
        read_script(broken)
    assert error.value.line == line


def test_a_full_memory_forgets_the_oldest() -> None:
    memory: Bounded[str, int] = Bounded(2)
    memory["a"], memory["b"], memory["c"] = 1, 2, 3
    assert list(memory) == ["b", "c"]


def test_a_status_never_moves_back() -> None:
    bubble = Bubble("1", "office", 0, {"type": "text"})
    assert bubble.moves_to("read")
    assert not bubble.moves_to("delivered")
    assert bubble.moves_to("failed")
    assert not bubble.moves_to("read")


async def test_a_page_that_does_not_keep_up_is_cut_off() -> None:
    feed = Feed()
    page = feed.listen(dict, anyio.Event())
    assert (await page.__anext__())["event"] == "snapshot"
    for _ in range(WAITING + 1):
        feed.tell("bubble", {})
    received = [message async for message in page]
    assert len(received) == WAITING


async def test_an_open_page_ends_when_the_server_stops() -> None:
    stopping = anyio.Event()
    page = Feed().listen(dict, stopping)
    await page.__anext__()
    stopping.set()
    assert [message async for message in page] == []


def test_a_citizen_can_quote_their_own_message(stage: Stage) -> None:
    first = write(stage, "berapa biayanya?").json()["id"]
    content = {"type": "text", "text": {"body": "ini belum dijawab"}}
    name = {"phone_number_id": stage.line, "citizen": "rahma"}
    body = {**name, "content": content, "reply_to": first}
    requests.post(f"{stage.url}/messages", json=body, timeout=10)
    eventually(lambda: len(stage.channel.messages) == 2)
    assert stage.channel.messages[1]["context"] == {"from": "6289900000201", "id": first}
