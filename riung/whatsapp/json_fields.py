"""Reading fields of untrusted JSON: every function takes anything and never raises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from riung.sanitizer import clean

_TEXT_LIMIT = 240  # file names, addresses, ids: longer is never wanted


def raw_text(container: Any, key: str) -> str:
    """A text field as it came, or "" when it is missing or is no text."""
    value = container.get(key) if isinstance(container, dict) else None
    return value if isinstance(value, str) else ""


def text_of(container: Any, key: str) -> str:
    """A text field cleaned and cut to what names and ids may need."""
    return clean(raw_text(container, key)).strip()[:_TEXT_LIMIT]


def phone(value: Any) -> str | None:
    """Digits without plus; Meta shows both forms, and empty for hidden numbers (Meta §5)."""
    digits = str(value).lstrip("+") if isinstance(value, (str, int)) else ""
    return digits if digits.isdecimal() and digits.isascii() and 5 <= len(digits) <= 20 else None


def user_id(value: Any) -> str | None:
    """A business-scoped user id: letters, digits and dots (Meta §5)."""
    if not isinstance(value, str) or not 0 < len(value) <= 140:
        return None
    return value if value.isascii() and value.replace(".", "").isalnum() else None


def is_degree(value: Any, limit: int) -> bool:
    """Whether it is a number of degrees between minus and plus `limit`."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and abs(value) <= limit  # also false for NaN


def items(value: Any) -> list[Any]:
    """The list, or an empty one."""
    return value if isinstance(value, list) else []


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in a list."""
    return (item for item in items(value) if isinstance(item, dict))


def error_code(errors: Any) -> int | None:
    """Meta's code in an `errors` list, an `error` object, or either of them malformed."""
    first = errors[0] if isinstance(errors, list) and errors else errors
    code = first.get("code") if isinstance(first, dict) else None
    if isinstance(code, bool):
        return None
    if isinstance(code, int) and abs(code) < 10**9:
        return code
    return int(code) if isinstance(code, str) and code.isdecimal() and len(code) < 10 else None


def timestamp(value: Any) -> int | None:
    """Unix seconds from Meta's text; milliseconds have been seen, words have too (Meta §5)."""
    if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) <= 16:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10**16:
        return None
    return value // 1000 if value > 10**11 else value
