"""A moment as offices' spreadsheets and their national systems write it.

What can be read in two ways is refused: a wrong date stands before a citizen as a promise.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic.datetime_parse import parse_datetime

_UNREADABLE = "waktu tidak terbaca; contoh: 2026-11-24 09:30"

_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

_NAMES = (
    "jan, feb peb, mar, apr, mei may, jun, jul, agu agt ags aug, sep, okt oct, nov nop, des dec"
)
_MONTHS = {
    name: number for number, names in enumerate(_NAMES.split(","), 1) for name in names.split()
}
"""Months by their first three letters, Indonesian in both spellings and English."""

_WEEKDAY = re.compile(
    r"^(?:sen|sel|rab|kam|jum|sab|min|ming|mon|tue|tues|wed|thu|thur|fri|sat|sun)['’‘`]?[^\W\d]{0,5}"
    r"[.,]?\s+(?=\d|[a-z]{3,9}\.? \d)",
    re.IGNORECASE,
)
_ZONE = re.compile(rf"(?<![a-z])\s*({'|'.join(_ZONES)})$", re.IGNORECASE)

CLOCK = re.compile(r"^(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?(?:[.,]\d+)?(?:\s*([ap])\.?m\.?)?$", re.I)
"""An hour that stands alone, as in a column of its own."""

_CLOCK = r"(?:(?:\s*,|\s+-|[ T])\s*(?:pukul\s+|pkl?\.?\s+|jam\s+)?(?P<clock>\d.*))?$"
_GAP = r"(?P<gap>\s*[/.\-]\s*| )"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        rf"^(?P<day>\d{{1,2}}){_GAP}(?P<month>\d{{1,2}})(?P=gap)(?P<year>\d{{4}}|\d{{2}})(?!\d)",
        rf"^(?P<year>\d{{4}}){_GAP}(?P<month>\d{{1,2}}|[a-z]{{3,9}})(?P=gap)(?P<day>\d{{1,2}})(?!\d)",
        r"^(?P<day>\d{1,2})[\W_]{0,3}(?P<month>[a-z]{3,9})[\W_]{0,3}(?P<year>\d{4}|\d{2})(?!\d)",
        r"^(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})(?!\d)",
    )
)
"""`27/11/2026` and `27-11-26`, `2026-11-27`, `27 Nov 2026`, `Nov 27, 2026`."""

_COMPACT = re.compile(
    r"^(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})[ T]?"
    r"(?P<hour>\d{2})?:?(?P<minute>\d{2})?:?(?P<second>\d{2})?$"
)
_SERIAL = re.compile(r"^(\d{5})(?:[.,](\d{1,20}))?$")
_SERIAL_START = datetime(1899, 12, 30)
"""Day 0 of Excel's counting (Microsoft: DATEVALUE; 1900 counts as a leap year there)."""

_SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/\d{2,4}\b")


def is_american(text: str) -> bool:
    """Whether the month stands first for sure: `11/27/2026`."""
    found = _SLASHED.match(text.strip())
    return found is not None and int(found[1]) <= 12 < int(found[2])


def could_be_american(text: str) -> bool:
    """Whether day and month could change places: `11/12/2026`."""
    found = _SLASHED.match(text.strip())
    return found is not None and max(int(found[1]), int(found[2])) <= 12 and found[1] != found[2]


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """A moment in any of the forms of spreadsheets; the office's zone if it names none.

    `2026-11-24 09:30`, `24/11/2026 09.30 WIB`, `24-11-26`, `Selasa, 24 November 2026`,
    `20261124`, ISO 8601, or Excel's serial day (46350, 46350,395833). A day alone is its first
    minute.

    Raises:
        ValueError: none of them, or no day of the calendar.
    """
    plain = " ".join(text.split())
    if named := _ZONE.search(plain):
        plain, zone = plain[: named.start()].rstrip(), ZoneInfo(_ZONES[named[1].upper()])
    try:
        naive = _naive(_WEEKDAY.sub("", plain))
        if naive is not None:
            return naive.replace(tzinfo=zone)
        if plain.replace(".", "").replace(",", "").isdecimal():
            raise ValueError(_UNREADABLE)  # a bare number is nobody's moment
        moment: datetime = parse_datetime(re.sub(r" (?=[+-]\d{4}$)", "", plain))
    except (ValueError, KeyError, OverflowError) as error:
        raise ValueError(_UNREADABLE) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _naive(text: str) -> datetime | None:
    """The moment on the office's clock; None for what only ISO 8601 could be."""
    if serial := _SERIAL.match(text):
        days = float(f"{serial[1]}.{serial[2] or 0}")
        return _SERIAL_START + timedelta(seconds=round(days * 86400))
    if compact := _COMPACT.match(text):
        return datetime(*(int(part or 0) for part in compact.groups()))  # type: ignore[arg-type]
    for form in _FORMS:
        found = form.match(text)
        clock = CLOCK.match(found["clock"]) if found and found["clock"] else None
        if found and (clock or not found["clock"]):
            return datetime(*_day(found), *_hour(clock))
    return None


def _day(found: re.Match[str]) -> tuple[int, int, int]:
    month, year = found["month"], int(found["year"].rjust(3, "0").rjust(4, "2"))
    number = int(month) if month.isdecimal() else _MONTHS[month[:3].casefold()]
    return year, number, int(found["day"])


def _hour(clock: re.Match[str] | None) -> tuple[int, int, int]:
    if clock is None:
        return 0, 0, 0
    hour, half = int(clock[1]), (clock[4] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(clock[2]), int(clock[3] or 0)
