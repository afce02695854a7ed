"""Deliveries as Meta makes them, for tests: bodies, ids and the signature header."""

from __future__ import annotations

import base64
import json
import time
from typing import Any
from uuid import uuid4

from riung.whatsapp.signature import HEADER, sign

DEMO_NUMBER = "000000000000000"
APP_SECRET = "rahasia-uji"


def new_wamid(text: str = "") -> str:
    """An id nobody has used, long as Meta's are: those of one person begin alike."""
    name = text or uuid4().hex.upper()
    who = b"\x1c\x18\x16ID.1349120865530274194\x15\x02\x00\x12\x18 "
    return "wamid." + base64.b64encode(who + name.encode() + b"\x00").decode()


def message(
    body: str = "",
    phone: str = "6289900000001",
    wamid: str = "",
    timestamp: int | None = None,
    **content: Any,
) -> dict[str, Any]:
    """A citizen's message: a text, or any other kind by `type=…` and its object."""
    made: dict[str, Any] = {
        "from": phone,
        "id": wamid or new_wamid(),
        "timestamp": str(timestamp or int(time.time())),
        "type": "text",
        **content,
    }
    if made["type"] == "text":
        made["text"] = {"body": body}
    return made


def tap(choice_id: str, title: str = "", phone: str = "6289900000001") -> dict[str, Any]:
    """A tapped row of a list."""
    reply = {"id": choice_id, "title": title or choice_id}
    return message(
        phone=phone, type="interactive", interactive={"type": "list_reply", "list_reply": reply}
    )


def status(
    wamid: str, name: str, recipient: str = "6289900000001", key: str = "", **more: Any
) -> dict[str, Any]:
    """A status of a message of ours."""
    made: dict[str, Any] = {
        "id": wamid,
        "status": name,
        "timestamp": str(int(time.time())),
        "recipient_id": recipient,
        **more,
    }
    if key:
        made["biz_opaque_callback_data"] = key
    if name in ("sent", "delivered") and "pricing" not in more:
        made["pricing"] = {
            "billable": True,
            "pricing_model": "PMP",
            "type": "regular",
            "category": "service",
        }
    return made


def delivery(
    *messages: dict[str, Any],
    statuses: list[dict[str, Any]] | None = None,
    number: str = DEMO_NUMBER,
) -> bytes:
    """The body of one POST."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "6289900099999", "phone_number_id": number},
    }
    if messages:
        senders = dict.fromkeys(m["from"] for m in messages if m.get("from"))
        value["contacts"] = [{"profile": {"name": "Warga"}, "wa_id": sender} for sender in senders]
        value["messages"] = list(messages)
    if statuses:
        value["statuses"] = statuses
    entry = {"id": "000000000000001", "changes": [{"value": value, "field": "messages"}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def headers(body: bytes, app_secret: str = APP_SECRET) -> dict[str, str]:
    """What Meta sends beside the body."""
    return {HEADER: sign(body, app_secret), "Content-Type": "application/json"}
