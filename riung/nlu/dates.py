"""What a written date means: a day, a range of days, or why it is neither.

Names of days, months, numbers and feasts stand in `kamus/tanggal.yml`; where dates stand in a text
is `riung.nlu.date_spans`' matter. The calendar arithmetic is dateutil's; the reading is ours:
dateparser 1.2 reads "2 des" right but not "lusa", "selasa depan", "tgl 7" or 2026-12-02, and
neither it nor dateutil's parser tells an impossible day from another one (docs/nlu.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dateutil.relativedelta import MO, SU, relativedelta, weekday
from dateutil.rrule import MONTHLY, rrule

from riung.nlu.cleaning import clean
from riung.nlu.date_spans import (
    ahead,
    day_pairs,
    find_dates,
    names,
    numbered_weekday,
    ordinal_dates,
    weekends,
)
from riung.nlu.vocabulary import Dates, alternatives, vocabulary
from riung.office.national_holidays import holiday

__all__ = ["DateError", "DateRange", "Resolved", "find_dates", "names", "resolve_date"]

RECENT = relativedelta(days=90)
"""A day and month without a year that passed this recently means the past one ("2 november" on
21 November is a mistake to point out); one longer ago means next year's."""

_LONGEST_MONTH = 31
_WEEK = 7
_FEW_MONTHS = 2
"""Months within which "senin 28" is looked for."""

_FARTHEST_FEAST = 400
"""Days within which every yearly feast comes round, lunar ones included."""

_JOINT_LEAVE = "cutibersama"
"""Name in `kamus/tanggal.yml` of the days beside a feast on which offices may rest as well."""

_NUMERIC = re.compile(
    r"(?<!\d)(\d{1,2})\s?[/.\-_ ]\s?(\d{1,2})(?:\s?[/.\-_ ]\s?(\d{4}|\d{2}))?(?!\d)"
)

_PARTS = {"awal": (1, 10), "tengah": (11, 20), "akhir": (21, _LONGEST_MONTH)}
"""First and last day of a month's beginning, middle and end."""


@dataclass(frozen=True)
class DateRange:
    """Days from `start` to `end`, both included ("minggu depan", "desember")."""

    start: date
    end: date


@dataclass(frozen=True)
class DateError:
    """Why a text is no usable date.

    past, impossible (31 Februari), contradiction (the `date` is no such weekday) or not understood.
    """

    kind: Literal["past", "impossible", "contradiction", "unknown"]
    date: date | None = None


Resolved = date | DateRange | DateError


def resolve_date(text: str, today: date) -> Resolved:
    """What a written date means, seen from `today` (the office's day, when it was written).

    A weekday is the next such day, today included; with "depan", "minggu depan" or "next" it is
    that day of next week, Monday to Sunday, with "depannya lagi" or "after next" a week later, and
    beside "besok" the one to come. A day without month is the next day of that number. A date beats
    a weekday beside it, and if the two disagree that is said. A week, month or part of one is a
    range that starts no earlier than today.
    """
    written = _in_figures(" ".join(clean(text).text.split()))
    counted = (_ahead, _part, _feast, _weekday, _relative, _range, _month, _day)
    for read in (_pair, _weekend, _dated, *counted):
        if (resolved := read(written, today)) is not None:
            return resolved
    return DateError("unknown")


def _in_figures(text: str) -> str:
    """Numbers in words as digits: "dua belas desember", "december 12th" → "12 desember"."""
    text = ordinal_dates().sub(lambda found: f"{found[1] or found[4]} {found[2] or found[3]}", text)
    pattern = rf"\b(?:{alternatives(names('bilangan'))})\b"
    return re.sub(pattern, lambda match: str(_number("bilangan", match[0])), text)


def _pair(text: str, today: date) -> Resolved | None:
    """Two days of one month as a range: "24 sama 25 desember"."""
    if not (match := day_pairs().search(text)):
        return None
    month = _number("bulan", match[3])
    days = [_in_year(int(match[place]), month, None, today) for place in (1, 2)]
    start, end = days
    if isinstance(start, date) and isinstance(end, date) and start < end:
        return DateRange(start, end)
    return start if isinstance(start, date) else end


def _weekend(text: str, today: date) -> DateRange | None:
    """The Saturday and Sunday to come, what is left of them: "sabtu minggu", "weekend"."""
    return _end_of_week(today) if weekends().search(text) else None


def _end_of_week(today: date) -> DateRange:
    sunday = today + relativedelta(weekday=SU)
    return DateRange(max(today, sunday + relativedelta(days=-1)), sunday)


def _dated(text: str, today: date) -> Resolved | None:
    """A day told by its number, checked against a weekday that stands beside it."""
    for read in (_iso, _numeric, _day_and_month, _day_of_range, _marked_day, _numbered_weekday):
        if (resolved := read(text, today)) is not None:
            named = _named_weekday(text)
            differs = named is not None and isinstance(resolved, date)
            if differs and resolved.weekday() != named:  # type: ignore[union-attr]
                return DateError("contradiction", resolved)  # type: ignore[arg-type]
            return resolved
    return None


def _ahead(text: str, today: date) -> Resolved | None:
    """So many from today: "3 hari lagi", "seminggu lagi", "in 2 months"."""
    match = re.search(ahead(), text)
    if not match:
        return None
    found = re.search(r"\d+", match[0])
    count = int(found[0]) if found else 1
    units = vocabulary(Dates).groups("satuan")
    unit = next(name for name, words in units.items() if _has_part(words, match[0]))
    return (
        today
        + {
            "hari": relativedelta(days=count),
            "minggu": relativedelta(weeks=count),
            "bulan": relativedelta(months=count),
        }[unit]
    )


def _part(text: str, today: date) -> Resolved | None:
    """The beginning, middle or end of a month; "akhir tahun" is the end of December."""
    parts = vocabulary(Dates).groups("bagian")
    part = next((name for name, words in parts.items() if _has(words, text)), None)
    if part is None:
        return None
    month = _range(text, today) or _month(text, today)
    if month is None and _has(vocabulary(Dates).tahun, text):
        month = _month("desember" if part == "akhir" else "januari", today)
    if month is None and _has(vocabulary(Dates).groups("satuan")["bulan"], text):
        return _coming_part(part, today)
    if not isinstance(month, DateRange):
        return month
    if (month.end - month.start).days < _WEEK:
        return month  # of a week there is no part
    last = month.end + relativedelta(day=_PARTS[part][1])
    return _part_of_month(part, month.end, today) or DateError("past", last)


def _coming_part(part: str, today: date) -> DateRange | None:
    """Of no month that is named: the next time that the calendar has it."""
    months = (today, today + relativedelta(months=1))
    return next(filter(None, (_part_of_month(part, one, today) for one in months)), None)


def _part_of_month(part: str, month: date, today: date) -> DateRange | None:
    """That part of the month in which a day is, as far as it is not past."""
    first, last = (month + relativedelta(day=day) for day in _PARTS[part])
    return DateRange(max(first, today), last) if last >= today else None


def _feast(text: str, today: date) -> Resolved | None:
    """A feast by its name, from the ministers' decree: "natal", "cuti bersama lebaran"."""
    feasts = vocabulary(Dates).hari_besar.items()
    named = tuple(name for name, words in feasts if _has(words, text))
    return _next_feast(named, today) if named else None


@lru_cache(maxsize=64)
def _next_feast(named: tuple[str, ...], today: date) -> date | None:
    days = (today + timedelta(days=ahead) for ahead in range(_FARTHEST_FEAST))
    return next((day for day in days if _is_feast(named, day)), None)


def _is_feast(named: tuple[str, ...], day: date) -> bool:
    """Whether the day has every name; joint leave, named after its feast, only if asked."""
    name = holiday(day, "id", joint_leave=_JOINT_LEAVE in named) or ""
    return all(feast in name.casefold().replace(" ", "") for feast in named)


def _relative(text: str, today: date) -> Resolved | None:
    for days, words in vocabulary(Dates).relatif.items():
        if _has(words, text):
            return today + relativedelta(days=days)
    return None


def _range(text: str, today: date) -> DateRange | None:
    name = _range_name(text)
    if name is None:
        return None
    next_week = today + relativedelta(days=1, weekday=MO)
    next_month = today + relativedelta(months=1, day=1)
    return {
        "minggu_ini": DateRange(today, next_week + relativedelta(days=-1)),
        "minggu_depan": DateRange(next_week, next_week + relativedelta(days=6)),
        "akhir_pekan": _end_of_week(today),
        "bulan_ini": DateRange(today, _end_of_month(today)),
        "bulan_depan": DateRange(next_month, _end_of_month(next_month)),
    }[name]


def _range_name(text: str) -> str | None:
    ranges = vocabulary(Dates).groups("rentang")
    return next((name for name, words in ranges.items() if _has(words, text)), None)


def _iso(text: str, today: date) -> Resolved | None:
    match = re.search(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b", text)
    return _not_past(int(match[1]), int(match[2]), int(match[3]), today) if match else None


def _numeric(text: str, today: date) -> Resolved | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    return _in_year(int(match[1]), int(match[2]), match[3], today)


def _day_and_month(text: str, today: date) -> Resolved | None:
    months = alternatives(names("bulan"))
    match = re.search(rf"\b(\d{{1,2}})\s*({months})\b\.?,?(?:\s*'?(\d{{4}}|\d{{2}})\b)?", text)
    if not match:
        return None
    return _in_year(int(match[1]), _number("bulan", match[2]), match[3], today)


def _day_of_range(text: str, today: date) -> Resolved | None:
    """The day of that number in this or the next month: "tanggal 5 bulan depan"."""
    match = re.search(rf"\b(\d{{1,2}})\s+(?:{alternatives(names('rentang'))})", text)
    month = _range(match[0], today) if match else None
    if not match or not month or not str(_range_name(match[0])).startswith("bulan"):
        return None
    return _not_past(month.end.year, month.end.month, int(match[1]), today)


def _marked_day(text: str, today: date) -> Resolved | None:
    """A day told by its number alone: "tgl 7"."""
    markers = alternatives(vocabulary(Dates).penanda)
    match = re.search(rf"\b(?:{markers})\.?\s*(\d{{1,2}})\b", text)
    return _day(match[1], today) if match else None


def _numbered_weekday(text: str, today: date) -> Resolved | None:
    """A weekday with its number, the next on which both agree: "senin 28"."""
    if not (match := numbered_weekday().search(text)):
        return None
    days = rrule(MONTHLY, bymonthday=int(match[2]), dtstart=today, count=_FEW_MONTHS)
    named = _number("hari", match[1])
    return next((day.date() for day in days if day.weekday() == named), days[0].date())


def _named_weekday(text: str) -> int | None:
    """Monday is 0. "Minggu" is also a week, so only as "hari minggu" is it surely the day."""
    match = re.search(rf"\b({alternatives(names('hari'))})\b", text)
    if not match or (_has(vocabulary(Dates).kata_minggu, match[1]) and "hari" not in text):
        return None
    return _number("hari", match[1])


def _weekday(text: str, today: date) -> Resolved | None:
    match = re.search(rf"\b({alternatives(names('hari'))})\b", text)
    if not match or (match[1] in vocabulary(Dates).kata_minggu and _range(text, today)):
        return None
    asked = weekday(_number("hari", match[1]))
    if counts_on(text[match.end() :]):
        return today + relativedelta(days=1, weekday=MO) + relativedelta(weeks=1, weekday=asked)
    of_week = _range(text[match.end() :], today)
    later = vocabulary(Dates).depan
    if of_week is None and (_has(later, text[match.end() :]) or _has(later, text[: match.start()])):
        of_week = _range("minggu depan", today)
    if of_week is None and _has(vocabulary(Dates).relatif[1], text):  # "jumat besok", on a Friday
        today += timedelta(days=1)
    return (of_week.start if of_week else today) + relativedelta(weekday=asked)


def counts_on(text: str) -> bool:
    """Whether it says the one after the next: "selasa depannya lagi"."""
    return _has(vocabulary(Dates).depan_lagi, text)


def _month(text: str, today: date) -> Resolved | None:
    match = re.search(rf"\b({alternatives(names('bulan'))})\b(?:\s*(\d{{4}}))?", text)
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


@lru_cache(maxsize=256)
def _number(kind: str, name: str) -> int:
    groups = vocabulary(Dates).groups(kind).items()
    plain = " ".join(name.split())
    return next(int(number) for number, words in groups if plain in words)


def _has(words: Iterable[str], text: str) -> bool:
    return bool(re.search(rf"\b(?:{alternatives(words)})\b", text))


def _has_part(words: Iterable[str], text: str) -> bool:
    """The same for a word with "se" before it ("seminggu")."""
    return bool(re.search(rf"(?:\b|\bse|\d)(?:{alternatives(words)})\b", text))
