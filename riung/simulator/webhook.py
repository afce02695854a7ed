"""Webhook bodies with the shape of Meta's, as bytes.

Shapes: docs/whatsapp.md, sections 3, 5 and 7, and the samples in `tests/riung/whatsapp/samples`.
"""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import uuid4

from riung.simulator.script import Citizen, Line

Json = dict[str, Any]

BUSINESS_ACCOUNT = "000000000000001"
"""Id of the invented WhatsApp business account."""

ERROR_HREF = "/documentation/business-messaging/whatsapp/support/error-codes"


def new_message_id() -> str:
    """An opaque id as Meta's look: `wamid.` and base64."""
    return "wamid." + base64.b64encode(f"simulasi-{uuid4().hex}".encode()).decode()


def message(citizen: Citizen, id: str, at: int, content: Json, reply_to: Json | None) -> Json:
    """One entry of `messages[]`; `content` holds `type` and the object of that name."""
    body: Json = {"from": citizen.nomor, "from_user_id": citizen.bsuid, "id": id}
    body |= {"timestamp": str(at), **content, "context": reply_to}
    return {key: value for key, value in body.items() if value is not None}


def status(citizen: Citizen, id: str, name: str, at: int, callback: str | None) -> Json:
    """One entry of `statuses[]`. Meta names the price with `sent` and `delivered` only."""
    body: Json = {"id": id, "status": name, "timestamp": str(at)}
    body |= {"recipient_id": citizen.nomor, "recipient_user_id": citizen.bsuid}
    body["biz_opaque_callback_data"] = callback
    if name in ("sent", "delivered"):
        body["pricing"] = {
            "billable": True,
            "pricing_model": "PMP",
            "type": "regular",
            "category": "service",
        }
    return {key: value for key, value in body.items() if value is not None}


def failed(
    citizen: Citizen, id: str, at: int, callback: str | None, code: int, title: str, details: str
) -> Json:
    """A `failed` status; sent to a number it names no user id (Meta §7)."""
    body = status(citizen, id, "failed", at, callback)
    if citizen.nomor:
        body.pop("recipient_user_id", None)
    error = {"code": code, "title": title, "message": title}
    body["errors"] = [{**error, "error_data": {"details": details}, "href": ERROR_HREF}]
    return body


def delivery(
    line: Line,
    citizen: Citizen,
    messages: list[Json] | None = None,
    statuses: list[Json] | None = None,
) -> Json:
    """A whole delivery. A failed status comes without `contacts`, as Meta sends it."""
    value: Json = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": line.display_phone_number,
            "phone_number_id": line.phone_number_id,
        },
    }
    if not any(status["status"] == "failed" for status in statuses or []):
        value["contacts"] = [_contact(citizen)]
    value |= {"messages": messages} if messages else {}
    value |= {"statuses": statuses} if statuses else {}
    change = {"value": value, "field": "messages"}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": BUSINESS_ACCOUNT, "changes": [change]}],
    }


def _contact(citizen: Citizen) -> Json:
    profile = {"name": citizen.nama, "username": citizen.username}
    contact: Json = {"profile": {key: value for key, value in profile.items() if value}}
    contact |= {"wa_id": citizen.nomor} if citizen.nomor else {}
    return contact | ({"user_id": citizen.bsuid} if citizen.bsuid else {})


def encode(body: Json) -> bytes:
    r"""JSON as Meta writes it: non-ASCII as `\u00e9`, slashes as `\/` (Meta §3)."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()
