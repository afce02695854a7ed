"""Days of a follow-up question, counted from the day that was talked about."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta, weekday

from riung.nlu.dates import DateError, DateRange, counts_on, resolve_date

WEEK = timedelta(days=7)

_DAY_ALONE = re.compile(r"\D*(\d{1,2})")
"""A day of which only the number is written: "tgl 29"."""


def fixed(written: str, today: date) -> str:
    """A written day as 2026-12-01, since "besok" is another day tomorrow; ranges stay written."""
    resolved = resolve_date(written, today)
    return resolved.isoformat() if isinstance(resolved, date) else written


def counted_on(last: str, days: int) -> dict[str, str]:
    """The day so many days on; nothing when what was talked about is no single day."""
    try:
        return {"tanggal": (date.fromisoformat(last) + timedelta(days)).isoformat()}
    except ValueError:
        return {}


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
    the month that was talked about: "tgl 29?" after "desember".
    """
    named = resolve_date(written, today)
    doubtful = resolve_date(last, today) if last else None
    if isinstance(doubtful, DateRange) and (number := _DAY_ALONE.fullmatch(written)):
        return _in_month(int(number[1]), doubtful)
    meant = doubtful.date if isinstance(doubtful, DateError) else None
    if meant is None or not isinstance(named, date) or any(map(str.isdigit, written)):
        return None
    return meant.isoformat() if named.weekday() == meant.weekday() else None


def _in_month(number: int, days: DateRange) -> str | None:
    """The day of that number in a stretch of days within one month."""
    every = (days.start + timedelta(days=one) for one in range((days.end - days.start).days + 1))
    is_month = days.start.month == days.end.month
    return next((day.isoformat() for day in every if is_month and day.day == number), None)
