"""Text as people see it: one plain, lower-case line that remembers where each character came from.

Compatibility forms (𝗕𝗼𝗹𝗱, ²), accents, Cyrillic and Greek look-alikes become plain letters, digits
of any script 0 to 9, invisible characters go; spans of the clean text lead back to the original.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from riung.digits import plain_digits

MAX_CHARACTERS = 4096
"""WhatsApp's longest text. Of anything longer the beginning and the end are read: a pasted letter
greets at the top and asks at the bottom, and time stays bounded."""

_HEAD = 1024

_LOOK_ALIKES = str.maketrans(
    "авеёіӏјкмнорсԛѕтуѵԝхһүαεικνορτυχ",
    "abeeiljkmhopcqstyvwxhyaeikvoptux",
)
"""Letters that look like a Latin one and stand for it (the common ones of Unicode TR39)."""


@dataclass(frozen=True)
class CleanText:
    """A cleaned text and, for each of its characters, the index in the original."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points `[start, end)` of the clean text as a span of the original."""
        return self.origin[start], self.origin[end - 1] + 1


def clean(original: str) -> CleanText:
    """Clean at most `MAX_CHARACTERS` of `original`."""
    if original.isascii() and original.isprintable() and len(original) <= MAX_CHARACTERS:
        plain = original.lower().replace("`", "'")
        return CleanText(plain, tuple(range(len(plain))))
    characters: list[str] = []
    origin: list[int] = []
    for index in _positions(len(original)):
        for character in _plain(original[index]):
            characters.append(character)
            origin.append(index)
    return CleanText("".join(characters), tuple(origin))


def _positions(length: int) -> list[int]:
    if length <= MAX_CHARACTERS:
        return list(range(length))
    return [*range(_HEAD), *range(length - (MAX_CHARACTERS - _HEAD), length)]


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """What stands for one character: nothing, itself in lower case, or a few letters."""
    if character in "\t\n\r\x0b\x0c\u2028\u2029":
        return "\n"
    if character in "‘’ʼ`´":
        return "'"
    if character in "‐‑‒–—−":
        return "-"
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return ""
    if character.isdecimal():
        return plain_digits(character)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    letters = "".join(part for part in plain if not unicodedata.combining(part))
    return letters.translate(_LOOK_ALIKES)
