"""What a text is found by: its words, and its long numbers without the marks between digits."""

from __future__ import annotations

import re

from riung.digits import digits_of, plain_digits

LONG_NUMBER = 8
"""Digits from which a number is one, however it is parted: phone and application numbers are
longer, dates with their separators as long.
"""

_LONG = re.compile(rf"\d(?:[ .-]?\d){{{LONG_NUMBER - 1},}}")
_WORD = re.compile(r"[^\W_]+")


def numbers_in(text: str) -> str:
    """The long numbers of a text, parted by spaces: `status 1179 0000 …` gives `11790000…`."""
    found = _LONG.findall(plain_digits(text))
    return " ".join(dict.fromkeys(map(digits_of, found)))


def words_of(text: str) -> list[str]:
    """What is searched for: the long numbers, and each other word, once."""
    plain = plain_digits(text)
    numbers = [digits_of(found) for found in _LONG.findall(plain)]
    others = _WORD.findall(_LONG.sub(" ", plain.casefold()))
    return list(dict.fromkeys([*numbers, *others]))
