"""Making citizens' text safe: no control characters, no half emoji, no Rasa command (Meta §6)."""

from __future__ import annotations

import json
import re

_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; PostgreSQL can't store NUL
    "\u202a-\u202e\u2066-\u2069]"  # direction overrides: text that reads backwards in the desk
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_COMMAND = re.compile(r"/([a-z][a-z0-9_]*)(\{.*\})?", re.DOTALL)


def clean(text: str) -> str:
    """`text` without control characters and direction overrides; half an emoji becomes U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", _UNWANTED.sub("", text.replace("\r\n", "\n")))


def neutralise(text: str) -> str:
    """`text` without the slash that would make it a command: `/restart` → `restart`.

    Whoever types "/menu" means the menu, so dropping the slash is also the kind reading.
    """
    if not text.startswith("/"):
        return text
    return text.lstrip("/ \t\n\u00a0") or "／"


def is_command(choice_id: str) -> bool:
    """Whether a button's id has the form of our commands: `/intent{"entity": "value"}`."""
    return intent_of(choice_id) is not None


def intent_of(choice_id: str) -> str | None:
    """The intent a command names; None when it is no well-formed command."""
    found = _COMMAND.fullmatch(choice_id)
    if found is None:
        return None
    try:
        entities = json.loads(found[2] or "{}")
    except (ValueError, RecursionError):
        return None
    flat = all(isinstance(value, (str, int)) for value in entities.values())
    return found[1] if flat else None
