"""What Meta checks in a request to `/messages` (Meta §7 and §8), told in Meta's error bodies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from riung import limits

Json = dict[str, Any]

TITLES = {
    1: "Unknown",
    100: "Invalid parameter",
    131000: "Something went wrong",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131051: "Unsupported message type",
    131053: "Media upload error",
    131056: "Pair rate limit hit",
    132001: "Template name does not exist in the translation",
    132000: "Number of parameters does not match the expected number of params",
    190: "Error validating access token",
}
"""Error code → Meta's title (Meta §8)."""

_TO = re.compile(r"^\+\d{8,15}$")
_RECIPIENT = re.compile(r"^[A-Z]{2}\.[A-Za-z0-9]{1,128}$")
_LANGUAGE = re.compile(r"^[a-z]{2}(_[A-Z]{2})?$")
_TEMPLATE_NAME = re.compile(r"^[a-z0-9_]{1,512}$")


class GraphError(Exception):
    """Meta refuses a request: `code` decides, `details` say why, `http` is the answer's status."""

    def __init__(self, code: int, details: str, http: int = 400) -> None:
        super().__init__(f"(#{code}) {details}")
        self.code, self.details, self.http = code, details, http

    def as_json(self) -> Json:
        """The error body as Meta writes it."""
        title = TITLES.get(self.code, TITLES[131000])
        error: Json = {"message": f"(#{self.code}) {title}", "type": "OAuthException"}
        error |= {"code": self.code, "fbtrace_id": "A" + uuid4().hex[:22]}
        if self.code == 190:
            return {"error": {**error, "message": title, "error_subcode": 463}}
        return {
            "error": {
                **error,
                "error_data": {"messaging_product": "whatsapp", "details": self.details},
            }
        }


def check_message(body: object) -> Json:
    """The body of a send, checked; returned as it came.

    Raises:
        GraphError: 100, 131008, 131009 or 131051, with the field in the details.
    """
    request = check_product(body)
    _check_address(request)
    kind = request.get("type", "text")
    check = _KINDS.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise GraphError(131051, f"Message type '{kind}' is not supported.")
    check(_object(request, str(kind)))
    context = request.get("context")
    if context is not None:
        _text(context if isinstance(context, dict) else {}, "message_id", 512, "context.message_id")
    return request


def check_product(body: object) -> Json:
    """What every request to `/messages` must have: an object with `messaging_product`."""
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    return body


def _check_address(request: Json) -> None:
    to, recipient = request.get("to"), request.get("recipient")
    if to is None and recipient is None:
        raise GraphError(131008, "The parameter to or recipient is required.")
    if to is not None and not (isinstance(to, str) and _TO.match(to)):
        # Meta takes a number without plus and may put our country code in front: not reached.
        raise GraphError(131009, "to must be a number with a leading plus.")
    if to is None and not (isinstance(recipient, str) and _RECIPIENT.match(recipient)):
        raise GraphError(131009, "recipient must be a business-scoped user id.")
    if request.get("recipient_type", "individual") != "individual":
        raise GraphError(131009, "recipient_type must be individual.")


def _check_text(text: Json) -> None:
    _text(text, "body", limits.TEXT_BODY, "text.body")


def _check_media(media: Json) -> None:
    if bool(media.get("id")) == bool(media.get("link")):
        raise GraphError(131008, "Give either id or link.")
    _text(media, "caption", limits.CAPTION, "caption", required=False)


def _check_location(location: Json) -> None:
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = location.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > most:
            raise GraphError(131009, f"location.{name} must be a number up to {most}.")


def _check_template(template: Json) -> None:
    name = _text(template, "name", 512, "template.name")
    if not _TEMPLATE_NAME.match(name):
        raise GraphError(131009, "template.name: small letters, digits and underscores only.")
    language = template.get("language")
    code = language.get("code") if isinstance(language, dict) else None
    if not isinstance(code, str) or not _LANGUAGE.match(code):
        raise GraphError(131008, "template.language.code is required, such as id.")
    for part in template.get("components", []):
        for parameter in part.get("parameters", []) if isinstance(part, dict) else []:
            if isinstance(parameter, dict) and parameter.get("type") == "text":
                _text(parameter, "text", limits.INTERACTIVE_BODY, "template parameter text")


def _check_interactive(interactive: Json) -> None:
    kind = interactive.get("type")
    check = _INTERACTIVE.get(kind) if isinstance(kind, str) else None
    if check is None:
        raise GraphError(131009, "interactive.type must be button, list or cta_url.")
    most = limits.LIST_BODY if kind == "list" else limits.INTERACTIVE_BODY
    _text(_object(interactive, "body"), "text", most, "interactive.body.text")
    if "footer" in interactive:
        _text(_object(interactive, "footer"), "text", limits.FOOTER, "interactive.footer.text")
    if "header" in interactive:
        header = _object(interactive, "header")
        if kind == "list" and header.get("type") != "text":
            raise GraphError(131009, "The header of a list must be text.")
        if header.get("type") == "text":
            _text(header, "text", limits.HEADER, "interactive.header.text")
    check(_object(interactive, "action"))


def _check_buttons(action: Json) -> None:
    buttons = [_object(button, "reply") for button in _items(action, "buttons", limits.BUTTONS)]
    for button in buttons:
        _text(button, "id", limits.BUTTON_ID, "button.reply.id")
        _text(button, "title", limits.BUTTON_TITLE, "button.reply.title")
    _unique((button["title"] for button in buttons), "Button title")
    _unique((button["id"] for button in buttons), "Button id")


def _check_list(action: Json) -> None:
    _text(action, "button", limits.LIST_BUTTON, "action.button")
    sections = _items(action, "sections", limits.LIST_SECTIONS)
    for section in sections:
        _text(section, "title", limits.SECTION_TITLE, "section.title", required=len(sections) > 1)
    rows = [row for section in sections for row in _items(section, "rows", limits.LIST_ROWS)]
    if len(rows) > limits.LIST_ROWS:
        raise GraphError(131009, f"A list has at most {limits.LIST_ROWS} rows in all.")
    for row in rows:
        _text(row, "id", limits.ROW_ID, "row.id")
        _text(row, "title", limits.ROW_TITLE, "row.title")
        _text(row, "description", limits.ROW_DESCRIPTION, "row.description", required=False)
    _unique((row["id"] for row in rows), "Row id")


def _check_link(action: Json) -> None:
    parameters = _object(action, "parameters")
    _text(parameters, "display_text", limits.BUTTON_TITLE, "parameters.display_text")
    if not _text(parameters, "url", 2000, "parameters.url").startswith(("https://", "http://")):
        raise GraphError(131009, "parameters.url must be a web address.")


_INTERACTIVE: dict[str, Callable[[Json], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link,
}
_KINDS: dict[str, Callable[[Json], None]] = {
    "text": _check_text,
    "image": _check_media,
    "document": _check_media,
    "location": _check_location,
    "template": _check_template,
    "interactive": _check_interactive,
}


def _object(parent: object, name: str) -> Json:
    value = parent.get(name) if isinstance(parent, dict) else None
    if not isinstance(value, dict):
        raise GraphError(131008, f"The parameter {name} is required.")
    return value


def _items(parent: Json, name: str, most: int) -> list[Json]:
    value = parent.get(name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise GraphError(131008, f"The parameter {name} is required.")
    if not 1 <= len(value) <= most:
        raise GraphError(131009, f"{name}: 1 to {most} are allowed, {len(value)} were given.")
    return value


def _text(parent: Json, name: str, most: int, shown: str, required: bool = True) -> str:
    value = parent.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise GraphError(131008, f"The parameter {shown} is required.")
    if limits.length(value) > most:
        raise GraphError(100, f"Param {shown} must be at most {most} characters long.")
    return value


def _unique(values: Iterable[str], what: str) -> None:
    listed = list(values)
    if len(set(listed)) < len(listed):
        raise GraphError(131009, f"{what} must be unique.")
