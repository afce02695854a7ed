"""The stand-in takes what Meta takes and refuses what Meta refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from riung.simulator.checks import GraphError, check_message
from tests.paths import ROOT

Json = dict[str, Any]

SAMPLES = ROOT / "tests" / "riung" / "whatsapp" / "samples"
SENDS = sorted(
    path.stem
    for path in SAMPLES.glob("out_*.json")
    if path.stem not in ("out_mark_read", "out_typing_indicator")
)


def send(**content: Any) -> Json:
    return {"messaging_product": "whatsapp", "to": "+6289900000101", **content}


def text(body: Any) -> Json:
    return send(type="text", text={"body": body})


def buttons(*titles: str, body: str = "Pilih") -> Json:
    replies = [
        {"type": "reply", "reply": {"id": f"/{index}", "title": title}}
        for index, title in enumerate(titles)
    ]
    interactive = {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}
    return send(type="interactive", interactive=interactive)


def rows(*titles: str, button: str = "Menu", description: str = "") -> Json:
    listed = [
        {"id": f"/{index}", "title": title} | ({"description": description} if description else {})
        for index, title in enumerate(titles)
    ]
    action = {"button": button, "sections": [{"rows": listed}]}
    interactive = {"type": "list", "body": {"text": "Pilih"}, "action": action}
    return send(type="interactive", interactive=interactive)


@pytest.mark.parametrize("name", SENDS)
def test_every_sample_of_a_send_is_taken(name: str) -> None:
    body = json.loads((SAMPLES / f"{name}.json").read_bytes())
    assert check_message(body) == body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], 100),
        ({"to": "+6289900000101", "type": "text", "text": {"body": "a"}}, 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "a"}}, 131008),
        ({**text("a"), "to": "6289900000101"}, 131009),
        ({**text("a"), "to": None, "recipient": "bukan bsuid"}, 131009),
        ({**text("a"), "recipient_type": "group"}, 131009),
        ({**text("a"), "context": {}}, 131008),
        (send(type="poll", poll={}), 131051),
        (send(type="text"), 131008),
        (text(""), 131008),
        (text(7), 131008),
        (text("a" * 4097), 100),
        (text("😀" * 2049), 100),
        (buttons(), 131009),
        (buttons("a", "b", "c", "d"), 131009),
        (buttons("a" * 21), 100),
        (buttons("a", "a"), 131009),
        (buttons("a", body="b" * 1025), 100),
        (buttons("a", body=" "), 131008),
        (rows(), 131009),
        (rows(*"abcdefghijk"), 131009),
        (rows("a" * 25), 100),
        (rows("a", button="b" * 21), 100),
        (rows("a", description="b" * 73), 100),
        (send(type="interactive", interactive={"type": "flow"}), 131009),
        (send(type="image", image={}), 131008),
        (send(type="image", image={"id": "1", "link": "http://x.example.invalid"}), 131008),
        (send(type="image", image={"id": "1", "caption": "a" * 1025}), 100),
        (send(type="location", location={"latitude": "-6", "longitude": 107}), 131009),
        (send(type="location", location={"latitude": 91, "longitude": 107}), 131009),
        (send(type="template", template={"name": "Nama", "language": {"code": "id"}}), 131009),
        (send(type="template", template={"name": "nama"}), 131008),
    ],
)
def test_a_wrong_send_is_refused_with_metas_code(body: Any, code: int) -> None:
    with pytest.raises(GraphError) as refused:
        check_message(body)
    assert refused.value.code == code
    assert refused.value.details


@pytest.mark.parametrize(
    "body",
    [
        text("a" * 4096),
        text("😀" * 2048),
        buttons("a" * 20, "b", "c", body="b" * 1024),
        rows(*"abcdefghij", button="b" * 20, description="c" * 72),
    ],
)
def test_a_send_at_the_limit_is_taken(body: Json) -> None:
    assert check_message(body) == body


@pytest.mark.parametrize("name", ["resp_err_100", "resp_err_131056", "resp_err_190"])
def test_an_error_body_has_the_shape_of_metas(name: str) -> None:
    wanted = json.loads((SAMPLES / f"{name}.json").read_bytes())["error"]
    details = wanted.get("error_data", {}).get("details", "")
    built = GraphError(wanted["code"], details).as_json()["error"]
    assert {**built, "fbtrace_id": "Acontoh"} == wanted
