"""What the simulator sends is what Meta sends: rebuilt from the samples, key for key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import parse_obj_as

from riung.simulator import webhook
from riung.simulator.chats import File
from riung.simulator.message_content import Content, as_meta
from riung.simulator.script import Citizen, Line
from tests.paths import ROOT

Json = dict[str, Any]

SAMPLES = ROOT / "tests" / "riung" / "whatsapp" / "samples"
LINE = Line(
    phone_number_id="000000000000000",
    display_phone_number="6289900099999",
    office="bandung",
    nama="Kantor",
    nama_singkat="Kantor",
)

MESSAGES = (
    "in_text",
    "in_text_username_only",
    "in_text_without_bsuid",
    "in_text_reply_context",
    "in_interactive_button_reply",
    "in_interactive_list_reply",
    "in_interactive_list_reply_no_description",
    "in_button_template_quick_reply",
    "in_image_caption",
    "in_image_no_caption",
    "in_document",
    "in_location",
    "in_location_current",
)
STATUSES = ("st_sent", "st_delivered", "st_delivered_bsuid_only", "st_read")
FAILURES = ("st_failed_131047_no_contacts", "st_failed_131056", "st_failed_131053_media")


def sample(name: str) -> Json:
    parsed: Json = json.loads((SAMPLES / f"{name}.json").read_bytes())
    return parsed


def value(body: Json) -> Json:
    found: Json = body["entry"][0]["changes"][0]["value"]
    return found


def citizen(contact: Json) -> Citizen:
    return Citizen(
        id="warga",
        nama=contact["profile"]["name"],
        tentang="",
        nomor=contact.get("wa_id"),
        bsuid=contact.get("user_id"),
        username=contact["profile"].get("username"),
    )


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_has_the_shape_of_the_sample(name: str) -> None:
    wanted = sample(name)
    message = value(wanted)["messages"][0]
    sender = citizen(value(wanted)["contacts"][0])
    content = {"type": message["type"], message["type"]: message[message["type"]]}
    built = webhook.message(
        sender, message["id"], int(message["timestamp"]), content, message.get("context")
    )
    assert webhook.delivery(LINE, sender, messages=[built]) == wanted


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_has_the_shape_of_the_sample(name: str) -> None:
    wanted = sample(name)
    status = value(wanted)["statuses"][0]
    reader = citizen(value(wanted)["contacts"][0])
    built = webhook.status(reader, status["id"], status["status"], int(status["timestamp"]), None)
    assert webhook.delivery(LINE, reader, statuses=[built]) == wanted


def test_our_own_reference_comes_back_in_statuses() -> None:
    wanted = value(sample("st_delivered_with_callback_data"))["statuses"][0]
    reader = citizen(value(sample("st_delivered_with_callback_data"))["contacts"][0])
    built = webhook.status(reader, wanted["id"], "delivered", 1790000060, "percakapan-42")
    assert built == wanted


@pytest.mark.parametrize("name", FAILURES)
def test_a_failed_status_has_the_shape_of_the_sample(name: str) -> None:
    wanted = sample(name)
    status = value(wanted)["statuses"][0]
    error = status["errors"][0]
    reader = Citizen(id="yuni", nama="Yuni", tentang="", nomor=status["recipient_id"])
    built = webhook.failed(
        reader,
        status["id"],
        int(status["timestamp"]),
        None,
        error["code"],
        error["title"],
        error["error_data"]["details"],
    )
    assert webhook.delivery(LINE, reader, statuses=[built]) == wanted


def test_text_is_escaped_as_meta_escapes_it() -> None:
    raw = webhook.encode({"body": "paspor é/🙏"})
    assert raw == rb'{"body":"paspor \u00e9\/\ud83d\ude4f"}'
    assert json.loads(raw) == {"body": "paspor é/🙏"}


def test_a_picture_from_the_page_becomes_the_media_object_of_a_webhook() -> None:
    content: Any = {"type": "image", "image": {"id": "300000000000001", "caption": "ini"}}
    file = File("300000000000001", b"", "image/jpeg", "foto.jpg", "sidik=")
    built = as_meta(parse_obj_as(Content, content), file, "http://graph.example.invalid/1")  # type: ignore[arg-type]
    assert built["image"].keys() == value(sample("in_image_caption"))["messages"][0]["image"].keys()


def test_a_document_from_the_page_keeps_its_name() -> None:
    content: Any = {"type": "document", "document": {"id": "3", "caption": "bukti"}}
    file = File("3", b"", "application/pdf", "bukti.pdf", "sidik=")
    built = as_meta(parse_obj_as(Content, content), file, "http://graph.example.invalid/3")  # type: ignore[arg-type]
    wanted = value(sample("in_document"))["messages"][0]["document"]
    assert built["document"].keys() == wanted.keys()
    assert built["document"]["filename"] == "bukti.pdf"
