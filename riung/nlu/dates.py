"""Dates the Indonesian way: finding them in a text, and resolving what was written to a day.

`find_dates` gives spans, for the entity `tanggal`; `resolve_date` is for actions. Names of days,
months and relative words stand in `kamus/tanggal.yml`. The calendar arithmetic is dateutil's; the
reading is ours: dateparser 1.2 reads "2 des" right but not "lusa", "selasa depan", "tgl 7" or
2026-12-02, and neither it nor dateutil's parser tells an impossible day from another one
(docs/nlu.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from dateutil.relativedelta import MO, relativedelta, weekday
from dateutil.rrule import MONTHLY, rrule

from riung.nlu.cleaning import CleanText, clean
from riung.nlu.lexicon import section

RECENT = relativedelta(days=90)
"""A day and month without a year that passed this recently means the past one ("2 november" on
21 November is a mistake to point out); one longer ago means next year's."""

_LONGEST_MONTH = 31


@dataclass(frozen=True)
class DateRange:
    """Days from `start` to `end`, both included ("minggu depan", "desember")."""

    start: date
    end: date


@dataclass(frozen=True)
class DateError:
    """Why a text is no usable date: past, impossible (31 Februari) or not understood."""

    kind: Literal["past", "impossible", "unknown"]
    date: date | None = None


Resolved = date | DateRange | DateError


def find_dates(cleaned: CleanText) -> list[tuple[int, int]]:
    """Spans of dates in a cleaned text, as indices of the clean text."""
    return [match.span("found") for match in _finder().finditer(cleaned.text)]


def resolve_date(text: str, today: date) -> Resolved:
    """What a written date means, seen from `today` (the office's day).

    A weekday is the next such day, today included; with "depan" it is that day of next week. A day
    without month is the next day of that number. A week or month is a range that starts no earlier
    than today.
    """
    written = " ".join(clean(text).text.split())
    for read in (_relative, _range, _iso, _numeric, _day_and_month, _weekday, _month, _day):
        if (resolved := read(written, today)) is not None:
            return resolved
    return DateError("unknown")


def _relative(text: str, today: date) -> Resolved | None:
    for days, words in section("tanggal")["relatif"].items():
        if _has(words, text):
            return today + relativedelta(days=int(days))
    return None


def _range(text: str, today: date) -> Resolved | None:
    next_week = today + relativedelta(days=1, weekday=MO)
    next_month = today + relativedelta(months=1, day=1)
    ranges = {
        "minggu_ini": DateRange(today, next_week + relativedelta(days=-1)),
        "minggu_depan": DateRange(next_week, next_week + relativedelta(days=6)),
        "bulan_ini": DateRange(today, _end_of_month(today)),
        "bulan_depan": DateRange(next_month, _end_of_month(next_month)),
    }
    for name, words in section("tanggal")["rentang"].items():
        if _has(words, text):
            return ranges[name]
    return None


def _iso(text: str, today: date) -> Resolved | None:
    match = re.search(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b", text)
    return _not_past(int(match[1]), int(match[2]), int(match[3]), today) if match else None


def _numeric(text: str, today: date) -> Resolved | None:
    match = re.search(r"\b(\d{1,2})\s?[/.\-]\s?(\d{1,2})(?:\s?[/.\-]\s?(\d{4}|\d{2}))?\b", text)
    if not match:
        return None
    return _in_year(int(match[1]), int(match[2]), match[3], today)


def _day_and_month(text: str, today: date) -> Resolved | None:
    months = _alternatives(_names("bulan"))
    match = re.search(rf"\b(\d{{1,2}})\s*({months})\b\.?,?(?:\s*(\d{{4}}|\d{{2}})\b)?", text)
    if not match:
        return None
    return _in_year(int(match[1]), _number("bulan", match[2]), match[3], today)


def _weekday(text: str, today: date) -> Resolved | None:
    match = re.search(rf"\b({_alternatives(_names('hari'))})\b(?:\s+(\S+))?", text)
    if not match:
        return None
    asked = weekday(_number("hari", match[1]))
    from_day = today
    if match[2] in section("tanggal")["depan"]:
        from_day = today + relativedelta(days=1, weekday=MO)
    return from_day + relativedelta(weekday=asked)


def _month(text: str, today: date) -> Resolved | None:
    match = re.search(rf"\b({_alternatives(_names('bulan'))})\b(?:\s*(\d{{4}}))?", text)
    if not match:
        return None
    month = _number("bulan", match[1])
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    end = _end_of_month(date(year, month, 1))
    if end < today:
        return DateError("past", end)
    return DateRange(max(today, end.replace(day=1)), end)


def _day(text: str, today: date) -> Resolved | None:
    match = re.search(r"\b(\d{1,2})\b", text)
    if not match:
        return None
    day = int(match[1])
    if not 1 <= day <= _LONGEST_MONTH:
        return DateError("impossible")
    return rrule(MONTHLY, bymonthday=day, dtstart=today, count=1)[0].date()


def _in_year(day: int, month: int, year: str | None, today: date) -> Resolved:
    if year:
        return _not_past(int(year) + (2000 if len(year) == 2 else 0), month, day, today)
    this_year = _not_past(today.year, month, day, today)
    if isinstance(this_year, DateError) and this_year.kind == "past":
        recent = this_year.date and this_year.date + RECENT >= today
        return this_year if recent else _not_past(today.year + 1, month, day, today)
    return this_year


def _not_past(year: int, month: int, day: int, today: date) -> Resolved:
    try:
        resolved = date(year, month, day)
    except ValueError:
        return DateError("impossible")
    return resolved if resolved >= today else DateError("past", resolved)


def _end_of_month(day: date) -> date:
    return day + relativedelta(day=_LONGEST_MONTH)


def _names(kind: str) -> Iterator[str]:
    for names in section("tanggal")[kind].values():
        yield from names


@lru_cache(maxsize=256)
def _number(kind: str, name: str) -> int:
    groups = section("tanggal")[kind].items()
    return next(int(number) for number, names in groups if name in names)


def _has(words: Iterable[str], text: str) -> bool:
    return bool(re.search(rf"\b(?:{_alternatives(words)})\b", text))


def _alternatives(words: Iterable[str]) -> str:
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return "|".join(word.replace(r"\ ", r"\s+") for word in longest_first)


_FULL_NAME = 5
"""Day names from this length on are recognised alone; "sel", "min", "jum" only after "hari"."""


@lru_cache(maxsize=1)
def _finder() -> re.Pattern[str]:
    """One pattern for all written forms; the group `found` is the entity's span."""
    words = section("tanggal")
    months, days = _alternatives(_names("bulan")), _alternatives(_names("hari"))
    full_months = _alternatives(
        m for m in _names("bulan") if (len(m) >= _FULL_NAME - 1 and m != "march") or m == "mei"
    )
    full_days = _alternatives(
        d for d in _names("hari") if (len(d) >= _FULL_NAME or d == "rebo") and d != "minggu"
    )
    relative = _alternatives(
        w for kind in ("relatif", "rentang") for g in words[kind].values() for w in g
    )
    ahead = rf"(?:\s+(?:{_alternatives(words['depan'])}))"
    repeating = "".join(rf"(?<!\b{w} )(?<!\b{w} hari )" for w in words["berulang"])
    lengths = "".join(rf"(?<!\b{w} )" for w in words["bukan_tanggal"])
    forms = (
        r"20\d\d-\d{1,2}-\d{1,2}",
        r"\d{1,2}(?P<mark>[/\-.])\d{1,2}(?P=mark)(?:\d{4}|\d{2})",
        r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])",
        rf"\d{{1,2}}\s*(?:{months})\b(?:\s+20\d\d)?",
        rf"(?:{_alternatives(words['penanda'])})\.?\s*\d{{1,2}}"
        rf"(?!\d|[.\-/]\d|\s*(?:{months})\b)",
        relative,
        rf"(?<=hari )(?:{days}){ahead}?",
        r"(?<=sabtu )minggu|(?<=sabtu dan )minggu|(?<=sabtu atau )minggu",
        rf"minggu(?=\s+(?:{_alternatives(words['depan'])}|ini)\b){ahead}?",
        rf"(?:{full_days}){ahead}?",
        rf"(?:{full_months})(?:\s+20\d\d)?",
    )
    return re.compile(rf"{repeating}{lengths}(?<![\w/\-])(?P<found>{'|'.join(forms)})(?![\w/])")
