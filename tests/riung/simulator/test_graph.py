"""The stand-in Graph API over HTTP, as the channel meets it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import requests
from PIL import Image

from riung.simulator.simulator import Simulator
from riung.whatsapp.templates import read_templates
from tests.riung.simulator.conftest import Stage
from tests.riung.simulator.fake_channel import TOKEN
from tests.riung.simulator.waiting import eventually

Json = dict[str, Any]

RAHMA = {"to": "+6289900000201"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def statuses(stage: Stage, message_id: str) -> list[str]:
    return [status for id, status in stage.channel.statuses if id == message_id]


def bubbles(play: Simulator, key: str) -> list[Any]:
    return [bubble for bubble in play.chats[key].bubbles if bubble.by == "office"]


def choose_fault(stage: Stage, id: str, once: bool = True) -> None:
    response = requests.put(f"{stage.url}/fault", json={"id": id, "once": once}, timeout=10)
    assert response.status_code == 204


def test_a_send_without_the_token_is_refused(stage: Stage) -> None:
    url = f"{stage.graph_url}/{stage.line}/messages"
    response = requests.post(url, json={}, headers={"Authorization": "Bearer é"}, timeout=10)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == 190


def test_a_number_that_is_not_ours_cannot_send(stage: Stage) -> None:
    response = stage.channel.send("999999999999999", RAHMA, "halo")
    assert response.json()["error"]["code"] == 100


def test_a_body_that_is_not_json_is_refused(stage: Stage) -> None:
    url = f"{stage.graph_url}/{stage.line}/messages"
    response = requests.post(url, data=b"{", headers=BEARER, timeout=10)
    assert response.json()["error"]["code"] == 100


def test_a_send_is_accepted_like_metas_and_then_reported_as_sent_and_delivered(
    stage: Stage,
) -> None:
    response = stage.channel.send(stage.line, RAHMA, "Mangga.", biz_opaque_callback_data="k-1")
    answer = response.json()
    assert answer["contacts"] == [{"input": "+6289900000201", "wa_id": "6289900000201"}]
    message_id = answer["messages"][0]["id"]
    assert message_id.startswith("wamid.")
    eventually(lambda: statuses(stage, message_id) == ["sent", "delivered"])
    value = stage.channel.deliveries[-1]["entry"][0]["changes"][0]["value"]
    assert value["statuses"][0]["biz_opaque_callback_data"] == "k-1"


def test_a_citizen_without_number_is_reached_by_user_id(stage: Stage) -> None:
    to = {"recipient": "ID.900000000000204"}
    answer = stage.channel.send(stage.line, to, "Halo Kelana").json()
    assert answer["contacts"] == [{"input": "ID.900000000000204", "user_id": "ID.900000000000204"}]
    eventually(lambda: f"{stage.line}/kelana" in stage.play.chats)


def test_an_opened_chat_is_reported_as_read(stage: Stage) -> None:
    message_id = stage.channel.send(stage.line, RAHMA, "Mangga.").json()["messages"][0]["id"]
    eventually(lambda: "delivered" in statuses(stage, message_id))
    name = {"phone_number_id": stage.line, "citizen": "rahma"}
    requests.post(f"{stage.url}/read", json=name, timeout=10)
    requests.post(f"{stage.url}/read", json=name, timeout=10)
    eventually(lambda: statuses(stage, message_id) == ["sent", "delivered", "read"])


def test_an_invented_address_nobody_has_becomes_a_guest(stage: Stage) -> None:
    stage.channel.send(stage.line, {"to": "+6289900077777"}, "Antrean Anda besok.")
    eventually(lambda: bubbles(stage.play, f"{stage.line}/tamu_77777"))


def test_a_stranger_is_accepted_and_then_reported_as_unreachable(stage: Stage) -> None:
    answer = stage.channel.send(stage.line, {"to": "+15550100001"}, "Halo").json()
    eventually(lambda: statuses(stage, answer["messages"][0]["id"]) == ["failed"])
    value = stage.channel.deliveries[-1]["entry"][0]["changes"][0]["value"]
    assert value["statuses"][0]["errors"][0]["code"] == 131026


def test_an_unknown_message_cannot_be_marked_as_read(stage: Stage) -> None:
    body = {"status": "read", "message_id": "wamid.tidak-ada"}
    assert stage.channel.graph(stage.line, body).json()["error"]["code"] == 131009


def test_a_free_answer_after_a_day_fails_and_a_template_arrives(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = {"phone_number_id": stage.line, "citizen": "rahma"}
    content = {"type": "text", "text": {"body": "mau tanya"}}
    requests.post(f"{stage.url}/messages", json={**name, "content": content}, timeout=10)
    eventually(lambda: stage.channel.messages)
    monkeypatch.setenv("RIUNG_NOW", "+P1DT1M")
    late = stage.channel.send(stage.line, RAHMA, "Maaf baru dibalas.").json()
    template = stage.channel.send(stage.line, RAHMA, any_template()).json()
    eventually(lambda: statuses(stage, late["messages"][0]["id"]) == ["failed"])
    eventually(lambda: "delivered" in statuses(stage, template["messages"][0]["id"]))


def test_a_template_is_shown_with_its_words_filled_in(stage: Stage) -> None:
    stage.channel.send(stage.line, RAHMA, any_template())
    template = next(iter(read_templates().values()))
    eventually(lambda: bubbles(stage.play, f"{stage.line}/rahma"))
    shown = bubbles(stage.play, f"{stage.line}/rahma")[0].content["template"]
    assert all(value in shown["teks"] for value in template.contoh.id.values())
    assert shown["tombol"] == [button.judul.id for button in template.tombol]


def test_a_template_that_is_not_registered_is_refused(stage: Stage) -> None:
    body = any_template()
    body["template"]["name"] = "tidak_ada"
    assert stage.channel.send(stage.line, RAHMA, body).json()["error"]["code"] == 132001


def test_a_template_with_too_few_values_is_refused(stage: Stage) -> None:
    body = any_template()
    body["template"]["components"][0]["parameters"].pop()
    assert stage.channel.send(stage.line, RAHMA, body).json()["error"]["code"] == 132000


def test_a_file_is_uploaded_described_downloaded_and_sent(stage: Stage) -> None:
    uploaded = requests.post(
        f"{stage.graph_url}/{stage.line}/media",
        files={"file": ("kode.png", png(), "image/png")},
        data={"messaging_product": "whatsapp", "type": "image/png"},
        headers=BEARER,
        timeout=10,
    ).json()["id"]
    described = requests.get(f"{stage.graph_url}/{uploaded}", headers=BEARER, timeout=10).json()
    assert described["mime_type"] == "image/png"
    assert described["file_size"] == len(png())
    assert requests.get(described["url"], timeout=10).status_code == 401
    assert requests.get(described["url"], headers=BEARER, timeout=10).content == png()
    body = {"type": "image", "image": {"id": uploaded, "caption": "Kode antrean"}}
    assert stage.channel.send(stage.line, RAHMA, body).ok


def test_a_file_of_another_type_is_refused(stage: Stage) -> None:
    response = requests.post(
        f"{stage.graph_url}/{stage.line}/media",
        files={"file": ("a.png", b"MZ program", "image/png")},
        data={"messaging_product": "whatsapp"},
        headers=BEARER,
        timeout=10,
    )
    assert response.json()["error"]["code"] == 131053


def test_an_unknown_file_cannot_be_sent(stage: Stage) -> None:
    body = {"type": "image", "image": {"id": "1"}}
    assert stage.channel.send(stage.line, RAHMA, body).json()["error"]["code"] == 131009


@pytest.mark.parametrize(("fault", "http", "code"), [("131056", 400, 131056), ("500", 500, 131000)])
def test_a_provoked_refusal_hits_one_send_only(
    stage: Stage, fault: str, http: int, code: int
) -> None:
    choose_fault(stage, fault)
    refused = stage.channel.send(stage.line, RAHMA, "satu")
    assert refused.status_code == http
    assert refused.json()["error"]["code"] == code
    assert stage.channel.send(stage.line, RAHMA, "satu").status_code == 200


def test_a_lasting_fault_stays_until_it_is_taken_away(stage: Stage) -> None:
    choose_fault(stage, "131056", once=False)
    assert not stage.channel.send(stage.line, RAHMA, "satu").ok
    assert not stage.channel.send(stage.line, RAHMA, "satu").ok
    choose_fault(stage, "lancar")
    assert stage.channel.send(stage.line, RAHMA, "satu").ok


def test_a_provoked_failure_comes_as_a_status_after_the_acceptance(stage: Stage) -> None:
    choose_fault(stage, "131026")
    answer = stage.channel.send(stage.line, RAHMA, "satu")
    assert answer.status_code == 200
    eventually(lambda: statuses(stage, answer.json()["messages"][0]["id"]) == ["failed"])


def test_a_phone_that_is_off_gets_its_messages_when_it_is_on_again(stage: Stage) -> None:
    choose_fault(stage, "mati")
    message_id = stage.channel.send(stage.line, RAHMA, "satu").json()["messages"][0]["id"]
    eventually(lambda: statuses(stage, message_id) == ["sent"])
    assert not bubbles(stage.play, f"{stage.line}/rahma")
    choose_fault(stage, "lancar")
    eventually(lambda: statuses(stage, message_id) == ["sent", "delivered"])
    eventually(lambda: bool(bubbles(stage.play, f"{stage.line}/rahma")))


def test_the_record_of_requests_holds_no_token(stage: Stage) -> None:
    stage.channel.send(stage.line, RAHMA, "satu")
    eventually(lambda: len(stage.play.traces) == 3)
    assert TOKEN not in repr(stage.play.traces)
    assert [trace.summary for trace in stage.play.traces] == [
        "text",
        "statuses sent",
        "statuses delivered",
    ]


def any_template() -> Json:
    template = next(iter(read_templates().values()))
    return template.body(template.contoh.id, "id")
