"""The words of a claim without the signs around them: "berarti tetap daftar online dulu ya?"."""

from __future__ import annotations

from functools import lru_cache

from riung.dialogue.claims import claims
from riung.nlu.lexicon import lexicon


def core_of(words: list[str]) -> tuple[str, bool, bool]:
    """The words without the signs around them and the "tidak" that only asks; whether there was a
    sign, and whether there was such a "tidak".
    """
    signs, empty = claims().signs, _empty_words()
    left = [word for word in words if word.isalnum() or "-" in word]
    while left and left[0] in empty and left[0] not in signs.opening:
        left.pop(0)
    if len(left) > 1 and left[1] in signs.opening and left[0] in signs.bare:
        left.pop(0)  # "itu artinya …"
    opened = bool(left) and left[0] in signs.opening
    left = left[opened:]
    closed = False
    while left and (left[-1] in signs.closing or left[-1] in empty):
        closed = closed or left[-1] in signs.closing
        left.pop()
    asks = bool(left) and left[-1] == "tidak"
    return " ".join(left[:-1] if asks else left), opened or (closed and not asks), asks


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    """Words around a claim that say nothing of it."""
    known, closing = lexicon(), claims().signs.closing
    around = known.address | known.greeting | known.opening
    return frozenset(around | (known.filler - {*closing}))
