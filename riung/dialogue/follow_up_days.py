"""Days of a follow-up question, counted from the day that was talked about."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta, weekday

from riung.nlu.dates import DateError, DateRange, Resolved, counts_on, names, resolve_date

WEEK = timedelta(days=7)

_DAY_ALONE = re.compile(r"\D*(\d{1,2})")
"""A day of which only the number is written: "tgl 29"."""

SOON = timedelta(days=7)
"""Within this time a bare weekday is the next one, whatever day was talked about."""


def fixed(written: str, today: date) -> str:
    """A written day as 2026-12-01, since "besok" is another day tomorrow; ranges stay written."""
    resolved = resolve_date(written, today)
    return resolved.isoformat() if isinstance(resolved, date) else written


def settled(written: str, last: str | None, today: date, again: bool) -> str:
    """A written day as it is meant after the day that was talked about; `again`, where the next
    one is asked for.
    """
    on = later(written, last, today, again)
    return on or meant_day(written, last, today) or fixed(written, today)


def counted_on(last: str, days: int) -> dict[str, str]:
    """The day so many days on; nothing when what was talked about is no single day."""
    try:
        return {"tanggal": (date.fromisoformat(last) + timedelta(days)).isoformat()}
    except ValueError:
        return {}


def not_but_next(line: str, last: str | None, today: date, days: int) -> dict[str, str]:
    """The day so many days after the one that is not meant: "jangan yang selasa ini, yang
    depannya"; the one talked about, or that weekday.

    Args:
        line: the normalised message.
        last: the day that was talked about.
        today: the day on which it is asked.
        days: how many days on.
    """
    weekdays = {*names("hari")}
    named = next((word for word in line.split() if word in weekdays), None)
    denied = fixed(f"hari {named}", today) if named else None
    found = (counted_on(one, days) for one in (last, denied) if one)
    return next(filter(None, found), {})


def day_before(written: str, last: str | None, today: date) -> str | None:
    """That weekday before the day that was talked about: "yang selasa sebelumnya"."""
    named, doubtful = resolve_date(written, today), resolve_date(last, today) if last else None
    if not isinstance(named, date) or not isinstance(doubtful, date):
        return None
    return (doubtful + relativedelta(days=-1, weekday=weekday(named.weekday(), -1))).isoformat()


def later(written: str, last: str | None, today: date, again: bool) -> str | None:
    """The next such weekday after the day that was talked about, where the words count on from it
    ("selasa depannya lagi") or the message asks for the next one `again`.
    """
    if not (again or counts_on(written)):
        return None
    named = resolve_date(written, today)
    try:
        start = date.fromisoformat(last or "")
    except ValueError:
        return None
    if not isinstance(named, date):
        return (start + WEEK).isoformat()
    return (start + relativedelta(days=1, weekday=weekday(named.weekday()))).isoformat()


def meant_day(written: str, last: str | None, today: date) -> str | None:
    """The day of "rabu 3 desember" once the weekday is corrected: "oh kamis maksudnya"; the day of
    the month that was talked about: "tgl 29?" after "desember"; the next one after the day that
    was: "senin?" or "tgl 30?" after "24 desember".
    """
    named = resolve_date(written, today)
    doubtful = resolve_date(last, today) if last else None
    if isinstance(doubtful, date):
        return _after(written, named, doubtful, today)
    if isinstance(doubtful, DateRange) and (number := _DAY_ALONE.fullmatch(written)):
        named_day = _in_month(int(number[1]), doubtful)
        return named_day or _after(written, named, doubtful.start, today)
    meant = doubtful.date if isinstance(doubtful, DateError) else None
    if meant is None or not isinstance(named, date) or any(map(str.isdigit, written)):
        return None
    return meant.isoformat() if named.weekday() == meant.weekday() else None


def _after(written: str, named: Resolved, last: date, today: date) -> str | None:
    """The day of that number that is nearest to `last`, or that weekday after it; None where
    another day is meant, or the same one is named without it.
    """
    if not isinstance(named, date):
        return None
    if number := _DAY_ALONE.fullmatch(written):
        months = (last + relativedelta(months=count) for count in (1, 0, -1))
        days = [month + relativedelta(day=int(number[1])) for month in months]
        near = [day for day in days if day >= today and day.day == int(number[1])]
        return min(near, key=lambda day: abs(day - last)).isoformat() if near else None
    if named >= last:
        return None
    words = written.casefold().removeprefix("hari ").strip()
    is_bare = last - today > SOON and words in {*names("hari")}
    return (last + relativedelta(weekday=weekday(named.weekday()))).isoformat() if is_bare else None


def _in_month(number: int, days: DateRange) -> str | None:
    """The day of that number in a stretch of days within one month."""
    every = (days.start + timedelta(days=one) for one in range((days.end - days.start).days + 1))
    is_month = days.start.month == days.end.month
    return next((day.isoformat() for day in every if is_month and day.day == number), None)
