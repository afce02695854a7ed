"""How many days a text speaks of: "12 days over", "dua minggu"."""

from __future__ import annotations

import re
from functools import lru_cache

from riung.nlu.date_spans import number
from riung.nlu.vocabulary import Dates, alternatives, vocabulary

ONE = "1"
"""The count of "a week" and "seminggu"."""

_DAYS = {"hari": 1, "minggu": 7}


def days_in(text: str) -> int | None:
    """The days or weeks that are counted in the text, as days; None when none are.

    Months are not: they differ, and a fine by the day must not be guessed.
    """
    found = _counted().search(text.casefold())
    if found is None:
        return None
    count, unit = found["count"] or ONE, found["unit"] or found["single"]
    figures = vocabulary(Dates).bilangan.items()
    told = (
        int(count)
        if count.isdigit()
        else next(figure for figure, words in figures if " ".join(count.split()) in words)
    )
    units = vocabulary(Dates).groups("satuan")
    return told * next(length for name, length in _DAYS.items() if unit in units[name])


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    units = vocabulary(Dates).groups("satuan")
    words = alternatives(word for name in _DAYS for word in units[name])
    counted = rf"(?P<count>\d{{1,3}}|{number()})\s*(?P<unit>{words})"
    return re.compile(rf"\b(?:{counted}|(?:a |an |another |se)(?P<single>{words}))\b")
