"""Reading a delivery: bytes in, updates out. Pure, and total: no payload makes it raise (Meta §5).

Every update of every entry and change is returned, each with the outcome it leads to:

    text, choice, form, media, media+caption, location, contacts, order   one turn of the dialogue
    unsupported                                                          one short fixed answer
    rekey                                                                the sender's identity moved
    status:*, log:error                                                  bookkeeping
    ignore:reaction, ignore:edit, ignore:revoke                          for an officer who answers
    ignore:*, drop:*                                                     counted and logged, no more

What the store alone can know (`drop:duplicate`, `stale`) is decided in `riung.whatsapp.inbox`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from riung import limits
from riung.intents import intents
from riung.privacy import mask
from riung.sanitizer import clean, is_command, neutralise
from riung.whatsapp import json_fields as fields
from riung.whatsapp.updates import (
    STATUSES,
    JsonObject,
    Message,
    Rekey,
    Sender,
    Status,
    Template,
    Update,
)

_MEDIA_TYPES = frozenset({"image", "video", "document", "audio", "sticker"})
_FORM_LIMIT = 20_000  # characters of a form's JSON
_EMOJI = 40  # code points of one emoji at most, joined ones too
_NAME = 60  # characters of a profile's name
_CARDS = 5  # contact cards and ordered items handed on


def parse(body: bytes, is_ours: Callable[[str], bool]) -> list[Update]:
    """All updates of one delivery, in the order in which they are to be handled.

    Args:
        body: the request's bytes, already verified.
        is_ours: whether a `phone_number_id` belongs to one of our offices.
    """
    try:
        delivery = json.loads(body)
    except (ValueError, RecursionError):
        return [Update("drop:body")]
    if not isinstance(delivery, dict) or delivery.get("object") != "whatsapp_business_account":
        return [Update("drop:object")]
    updates = [
        update
        for entry in fields.objects(delivery.get("entry"))
        for change in fields.objects(entry.get("changes"))
        for update in _read_change(change, is_ours)
    ]
    return _in_order_of_time(updates)


def _in_order_of_time(updates: list[Update]) -> list[Update]:
    """Messages sorted by their time (stable) among the places messages have; the rest stays."""
    places = [place for place, update in enumerate(updates) if update.time is not None]
    ordered = sorted((updates[place] for place in places), key=lambda update: update.time or 0)
    for place, update in zip(places, ordered, strict=True):
        updates[place] = update
    return updates


def _read_change(change: JsonObject, is_ours: Callable[[str], bool]) -> Iterator[Update]:
    if change.get("field") == "message_template_status_update":
        value = change.get("value")
        name, event = fields.text_of(value, "message_template_name"), fields.text_of(value, "event")
        yield Update("ignore:field", template=Template(name, event))
        return
    if change.get("field") != "messages":
        yield Update("ignore:field")
        return
    value = change.get("value")
    if not isinstance(value, dict):
        yield Update("drop:value")
        return
    number = fields.text_of(value.get("metadata"), "phone_number_id")
    elements = [*fields.items(value.get("messages")), *fields.items(value.get("statuses"))]
    if not is_ours(number):
        for element in elements:
            yield Update("drop:phone_number_id", number, message=_stub(element))
        return
    for _ in fields.objects(value.get("errors")):
        yield Update("log:error", number, reason=str(fields.error_code(value.get("errors"))))
    contacts = list(fields.objects(value.get("contacts")))
    for element in fields.items(value.get("messages")):
        time = fields.timestamp(element.get("timestamp")) if isinstance(element, dict) else None
        yield replace(_read_message(element, contacts), phone_number_id=number, time=time or 0)
    for element in fields.items(value.get("statuses")):
        yield replace(_read_status(element), phone_number_id=number)


def _stub(element: Any) -> Message | None:
    """The id of a refused message, for the record; its content is not ours to keep."""
    wamid = fields.text_of(element, "id")
    return Message(wamid, Sender(None, None), "") if wamid else None


def _read_message(element: Any, contacts: list[JsonObject]) -> Update:
    if not isinstance(element, dict):
        return Update("drop:message", reason="not an object")
    wamid, kind = element.get("id"), element.get("type")
    if not isinstance(wamid, str) or not 0 < len(wamid) <= 512:
        return Update("drop:message", reason="id")
    if not isinstance(kind, str):
        return Update("drop:message", reason="type")
    sender = _read_sender(element, contacts)
    if sender is None:
        return Update("drop:message", reason="sender")
    if "group_id" in element:
        return Update("ignore:group")
    if kind == "request_welcome":
        return Update("ignore:request_welcome")
    if kind == "system":
        return _read_rekey(element, sender)
    base = Message(
        clean(wamid), sender, clean(kind)[:40], timestamp=fields.timestamp(element.get("timestamp"))
    )
    base.extra.update(_read_context(element))
    if name := _read_name(sender, contacts):
        base.extra["name"] = name
    return _READERS.get(kind, _read_unknown)(base, element)


def _read_sender(element: JsonObject, contacts: list[JsonObject]) -> Sender | None:
    """The ids on the message, completed from the contact that carries one of them (Meta §5)."""
    phone, user_id = fields.phone(element.get("from")), fields.user_id(element.get("from_user_id"))
    if phone is None and user_id is None:
        return None
    for contact in contacts:
        wa_id, contact_id = (
            fields.phone(contact.get("wa_id")),
            fields.user_id(contact.get("user_id")),
        )
        if (phone and phone == wa_id) or (user_id and user_id == contact_id):
            return Sender(user_id or contact_id, phone or wa_id)
    return Sender(user_id, phone)


def _read_name(sender: Sender, contacts: list[JsonObject]) -> str:
    """How the citizen calls themselves in WhatsApp: one short line, no number in it."""
    for contact in contacts:
        ids = (fields.phone(contact.get("wa_id")), fields.user_id(contact.get("user_id")))
        if any(known and known in ids for known in (sender.phone, sender.user_id)):
            name = " ".join(clean(fields.raw_text(contact.get("profile"), "name")).split())
            return limits.cut(mask(name), _NAME)
    return ""


def _read_rekey(element: JsonObject, sender: Sender) -> Update:
    system = element.get("system")
    new = Sender(
        fields.user_id(system.get("user_id")) if isinstance(system, dict) else None,
        fields.phone(system.get("wa_id")) if isinstance(system, dict) else None,
    )
    if new.user_id is None and new.phone is None:
        return Update("ignore:system")
    return Update("rekey", rekey=Rekey(sender, new, clean(str(element["id"]))))


def _read_context(element: JsonObject) -> JsonObject:
    context = element.get("context")
    if not isinstance(context, dict):
        return {}
    found: JsonObject = {}
    if quoted := fields.text_of(context, "id"):
        found["context_id"] = quoted
    if context.get("forwarded") is True or context.get("frequently_forwarded") is True:
        found["forwarded"] = True
    return found


def _read_text(base: Message, element: JsonObject) -> Update:
    said = _spoken(fields.raw_text(element.get("text"), "body"))
    if not said.text:
        return Update("drop:text")
    return Update("text" + said.note, message=replace(base, text=said.text))


def _read_button(base: Message, element: JsonObject) -> Update:
    button = element.get("button")
    return _choice(base, fields.text_of(button, "payload"), fields.raw_text(button, "text"))


def _read_interactive(base: Message, element: JsonObject) -> Update:
    interactive = element.get("interactive")
    kind = fields.text_of(interactive, "type")
    reply = interactive.get(kind) if isinstance(interactive, dict) else None
    if kind in ("button_reply", "list_reply"):
        return _choice(base, fields.text_of(reply, "id"), fields.raw_text(reply, "title"))
    if kind == "nfm_reply":
        return _form(base, fields.raw_text(reply, "response_json"))
    return _unsupported(base)


def _choice(base: Message, choice_id: str, title: str) -> Update:
    """A tapped button or row; without an id, what its title says counts as typed."""
    said = _spoken(title or choice_id)
    if choice_id:
        command = choice_id if is_command(choice_id) else None
        return Update("choice", message=replace(base, text=said.text, command=command))
    if said.text:
        return Update("text" + said.note, message=replace(base, text=said.text))
    return _unsupported(base)


def _form(base: Message, answer: str) -> Update:
    try:
        form = json.loads(answer) if len(answer) <= _FORM_LIMIT else None
    except (ValueError, RecursionError):
        form = None
    if not isinstance(form, dict):
        return _unsupported(base)
    return _event(base, "form", _command_of("form"), form=_cleaned(form))


def _read_media(base: Message, element: JsonObject) -> Update:
    media = element.get(base.type)
    media_id = fields.text_of(media, "id")
    if not media_id:
        return _unsupported(base)
    assert isinstance(media, dict)
    base.extra["media"] = {
        "media_id": media_id,
        "kind": base.type,
        "mime_type": fields.text_of(media, "mime_type"),
        "sha256": fields.text_of(media, "sha256"),
        "filename": fields.text_of(media, "filename"),
        "voice": media.get("voice") is True,
    }
    said = _spoken(fields.raw_text(media, "caption"))
    if said.text:
        return Update("media+caption", message=replace(base, text=said.text))
    return Update("media", message=replace(base, command=_command_of("media")))


def _read_location(base: Message, element: JsonObject) -> Update:
    place = element.get("location")
    if not isinstance(place, dict):
        return _unsupported(base)
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not (fields.is_degree(latitude, 90) and fields.is_degree(longitude, 180)):
        return _unsupported(base)
    location = {"latitude": latitude, "longitude": longitude, "name": fields.text_of(place, "name")}
    return _event(base, "location", _command_of("location"), location=location)


def _read_contacts(base: Message, element: JsonObject) -> Update:
    cards = [
        {
            "name": fields.text_of(card.get("name"), "formatted_name"),
            "phones": [
                fields.text_of(phone, "phone") for phone in fields.objects(card.get("phones"))
            ][:_CARDS],
        }
        for card in fields.objects(element.get("contacts"))
    ]
    if not cards:
        return _unsupported(base)
    return _event(base, "contacts", _command_of("contact"), contacts=cards[:_CARDS])


def _read_order(base: Message, element: JsonObject) -> Update:
    order = element.get("order")
    items = [
        {"id": fields.text_of(item, "product_retailer_id"), "quantity": item.get("quantity")}
        for item in fields.objects(order.get("product_items") if isinstance(order, dict) else None)
        if isinstance(item.get("quantity"), int) and abs(item["quantity"]) < 10**6
    ]
    note = _spoken(fields.raw_text(order, "text")).text
    return _event(
        base, "order", _command_of("order"), order={"items": items[:_CARDS], "note": note}
    )


def _command_of(attachment: str) -> str:
    """The command by which a message without words reaches the dialogue."""
    return f"/{getattr(intents().attachment, attachment)}"


def _event(base: Message, outcome: str, command: str, **extra: Any) -> Update:
    """A message without words: it reaches the dialogue as an intent of ours, with its content."""
    base.extra.update(extra)
    return Update(outcome, message=replace(base, command=command))


def _unsupported(base: Message) -> Update:
    """What nobody can read; an officer who answers there hears that it came."""
    return Update("unsupported", message=replace(base, command=_command_of("other")))


def _read_reaction(base: Message, element: JsonObject) -> Update:
    reaction = element.get("reaction")
    emoji = clean(fields.raw_text(reaction, "emoji"))[:_EMOJI]
    return _aside(base, fields.text_of(reaction, "message_id"), emoji)


def _read_correction(base: Message, element: JsonObject) -> Update:
    """A message of theirs that the citizen wrote anew, or took back."""
    change = element.get(base.type)
    message = change.get("message") if isinstance(change, dict) else None
    words = _words_of(message) if isinstance(message, dict) else ""
    return _aside(base, fields.text_of(change, "original_message_id"), _spoken(words).text)


def _words_of(message: JsonObject) -> str:
    """The text of a message, or what stands below its picture."""
    captions = (fields.raw_text(message.get(kind), "caption") for kind in _MEDIA_TYPES)
    return fields.raw_text(message.get("text"), "body") or next(filter(None, captions), "")


def _aside(base: Message, about: str, words: str) -> Update:
    """Nothing to answer; an officer who answers there sees it."""
    base.extra["aside"] = {"about": about, "words": words}
    return Update(f"ignore:{base.type}", message=replace(base, command=_command_of("other")))


def _read_unknown(base: Message, _: JsonObject) -> Update:
    return _unsupported(base)


_READERS: Mapping[str, Callable[[Message, JsonObject], Update]] = {
    "text": _read_text,
    "button": _read_button,
    "interactive": _read_interactive,
    "location": _read_location,
    "contacts": _read_contacts,
    "order": _read_order,
    "reaction": _read_reaction,
    "edit": _read_correction,
    "revoke": _read_correction,
    **dict.fromkeys(_MEDIA_TYPES, _read_media),
}


def _read_status(element: Any) -> Update:
    wamid, name = fields.text_of(element, "id"), fields.text_of(element, "status")
    if not wamid or name not in STATUSES:
        return Update("ignore:status", reason=name)
    pricing = element.get("pricing")
    status = Status(
        wamid,
        name,
        timestamp=fields.timestamp(element.get("timestamp")),
        key=fields.text_of(element, "biz_opaque_callback_data") or None,
        error_code=fields.error_code(element.get("errors")) if name == "failed" else None,
        pricing=_read_pricing(pricing) if isinstance(pricing, dict) else None,
    )
    return Update(f"status:{name}", status=status)


def _read_pricing(pricing: JsonObject) -> JsonObject:
    return {
        "category": fields.text_of(pricing, "category")[:40] or "unknown",
        "type": fields.text_of(pricing, "type")[:40] or "regular",
    }


@dataclass(frozen=True)
class _Spoken:
    text: str
    note: str = ""


def _spoken(raw: str) -> _Spoken:
    """Free text made safe: no command, no control characters, no longer than a WhatsApp text."""
    text = clean(raw).strip()
    safe = neutralise(text)
    short = limits.cut(safe, limits.TEXT_BODY)
    note = "(neutralised)" if safe != text else "(cut)" if short != safe else ""
    return _Spoken(short, note)


def _cleaned(value: Any, depth: int = 0) -> Any:
    """A form's answer without control characters and without depth nobody asked for."""
    if isinstance(value, str):
        return clean(value)[: limits.TEXT_BODY]
    if isinstance(value, dict) and depth < 4:
        return {clean(str(key))[:100]: _cleaned(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list) and depth < 4:
        return [_cleaned(item, depth + 1) for item in value[:100]]
    return value if isinstance(value, (int, bool)) or value is None else str(value)[:100]
