"""Parts of a file: a phone plays a voice note only from who gives parts of it (RFC 9110 §14)."""

from __future__ import annotations

import re

_ASKED = re.compile(r"bytes=(\d*)-(\d*)")


def part(asked: str, length: int) -> range | None:
    """The bytes that a Range header asks for; None for the whole file, an empty range where there
    are none. Several parts at once, which no player wants, are answered with the whole.
    """
    found = _ASKED.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return range(max(length - int(last), 0), length)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last or length) + 1, length))
