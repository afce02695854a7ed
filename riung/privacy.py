"""Masking of personal data: NIK and family-card numbers, phone numbers, user ids.

Everything that writes a log line or keeps a text longer than its purpose goes through here.
"""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import Callable, MutableMapping
from typing import Any

from riung.digits import digits_of, plain_digits
from riung.nik import begins_like_nik, fault_of

_GAP = r"[\s.\-–—/_,:•·()\u200b-\u200d\u2060\ufeff]{0,3}"
"""What people put between the digits of a long number; some of it nobody sees."""

_LONG_NUMBER = re.compile(rf"(?<!\d)(?=(\d(?:{_GAP}\d){{15}})(?!\d))")
"""Every place where sixteen digits stand: NIK, family card or application number. A lookahead, as
the sixteen may begin in the middle of other numbers ("2026 3273 …")."""

_NEARLY = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{14,18}}(?!\d)")
"""Fifteen to nineteen digits: perhaps a NIK with one left out or some too many."""

_SLIPPED, _MOST_SLIPS = re.compile(r"(?<!\w)[\dOoIl]{16}(?!\w)"), 3
_MEANT = str.maketrans("OoIl", "0011")
"""Sixteen digits, up to three of them typed as the letters that look alike."""

_DIGIT, _FEWEST = re.compile(r"\d"), 13
"""Most texts hold no number of that length, which is soon seen."""

_LONGER_NUMBER = re.compile(r"\d{17,}")
"""A NIK with a digit too many is still somebody's."""

_PHONE = re.compile(
    r"\+\d(?:[ .\-()]{0,2}\d){7,13}(?!\d)"  # any country's, with its plus
    r"|(?<!\d)(?<!\d\.)(?:62|0)[ .\-()]{0,2}8(?:[ .\-()]{0,2}\d){7,11}(?!\d)"
    r"|(?<![\w.])8[1-9]\d(?:[ \-]?\d){7,9}(?!\w)"  # its zero left out, as behind a printed +62
)
"""An Indonesian mobile number: 62 or 0, then 8 and eight to twelve digits."""

_SLIPPED_PHONE = re.compile(r"(?<!\w)(?:62|[0Oo])8[\dOoIl]{8,11}(?!\w)")
"""The same with some of its digits typed as the letters that look alike."""

_USER_ID = re.compile(r"\b([A-Z]{2}\.)(?=[A-Za-z]*\d)[0-9A-Za-z]{6,128}\b")
"""A business-scoped user id: country, dot, up to 128 letters and digits (Meta §5)."""


def looks_like_nik(number: str) -> bool:
    """Whether 16 digits have the shape of a NIK: a known region and a possible birth date."""
    return fault_of(number) is None


def mask_number(number: str) -> str:
    """Keep the first four characters: enough to recognise one's own, useless to others."""
    return number[:4] + "x" * max(len(number) - 4, 0)


def mask_phone(phone: str) -> str:
    """`6289900012345` → `6289…345`; short values are hidden whole."""
    return f"{phone[:4]}…{phone[-3:]}" if len(phone) >= 9 else "…"


def mask(text: str, keep: frozenset[str] = frozenset()) -> str:
    """Hide every 16-digit number, phone number and user id in `text`.

    Args:
        text: any text, also one with lone surrogates.
        keep: 16-digit numbers that may stay, such as application numbers known to the backend.

    Returns:
        The text, with digits of other scripts (１２, ١٢) as 0 to 9.
    """
    text = plain_digits(text)
    text = _hide_long_numbers(text, lambda number: number not in keep)
    text = _LONGER_NUMBER.sub(lambda found: mask_number(found.group()), text)
    text = _PHONE.sub(lambda found: mask_phone(digits_of(found.group())), text)
    text = _SLIPPED_PHONE.sub(lambda found: mask_phone(found.group().translate(_MEANT)), text)
    return _USER_ID.sub(lambda found: f"{found[1]}…{found.group()[-3:]}", text)


def mask_nik(text: str, keep: frozenset[str] = frozenset()) -> str:
    """Hide only what has the shape of a NIK, or nearly; for texts an officer must still read."""
    if len(_DIGIT.findall(text)) < _FEWEST:
        return text
    hidden = _hide_long_numbers(text, lambda number: number not in keep and looks_like_nik(number))
    return _NEARLY.sub(lambda found: _without_near_nik(found.group(), keep), hidden)


def _without_near_nik(written: str, keep: frozenset[str]) -> str:
    number = digits_of(written)
    is_other = len(number) == 16 or any(known in number for known in keep)
    if is_other or not (begins_like_nik(number) or begins_like_nik(number[-16:])):
        return written
    return mask_number(number)


def _hide_long_numbers(text: str, is_hidden: Callable[[str], bool]) -> str:
    def hide_slip(found: re.Match[str]) -> str:
        number = found.group().translate(_MEANT)
        slips = sum(map(str.isalpha, found.group()))
        return mask_number(number) if slips <= _MOST_SLIPS and is_hidden(number) else found.group()

    text = _SLIPPED.sub(hide_slip, text)
    parts, done = [], 0
    for found in _LONG_NUMBER.finditer(text):
        start, end = found.span(1)
        number = digits_of(found[1])
        if start >= done and is_hidden(number):
            parts += [text[done:start], mask_number(number)]
            done = end
    return "".join([*parts, text[done:]])


def keyed_hash(value: str, key: str) -> str:
    """HMAC-SHA256 of `value` in hex: recognises the same person again and tells nothing else.

    Raises:
        ValueError: the key is empty, which would make every hash guessable.
    """
    if not key:
        raise ValueError("RIUNG_HASH_KEY is empty; personal numbers can't be hashed without it.")
    return hmac.digest(key.encode(), value.encode("utf-8", "surrogatepass"), "sha256").hex()


class MaskingFilter(logging.Filter):
    """Masks the finished message of every standard-library log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; never drops one."""
        try:
            message = record.getMessage()
        except Exception:  # a faulty log call must not stop what it tells about
            message = str(record.msg)
        record.msg, record.args = mask(message), ()
        if record.exc_info:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


def mask_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: masks every text field of the event."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = mask(value)
    return event


def mask_line(_: Any, __: str, line: Any) -> str:
    """Last structlog processor: masks what was no text before it was printed (a dict, a number)."""
    return mask(str(line))
