"""Whether an office is open now or on a day, as a sentence: today is told as today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby

from actions.turn import Turn
from riung.clock import now
from riung.formatting import say_time
from riung.nlu.dates import DateRange, resolve_date
from riung.office.hours import holiday_name, is_open, next_opening
from riung.office.model import Office, Place
from riung.office.opening_hours import WEEKDAYS, Hours

AHEAD = timedelta(days=62)
"""How far ahead holidays are told where no days are named."""

FEW_DAYS = 4
"""Fewer days than these are told one by one."""

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")

COUNTER = "layanan"
"""The service whose hours are the office's."""


def said_day(turn: Turn, office: Office) -> date | None:
    """The single day that the message names."""
    written = turn.entity("tanggal")
    written_on = turn.written_at.astimezone(office.zone).date()
    resolved = resolve_date(written, written_on) if written else None
    return resolved if isinstance(resolved, date) else None


def said_days(turn: Turn, office: Office) -> list[date]:
    """The day that the message names, or the few days of a short stretch: "24 sama 25 desember"."""
    if day := said_day(turn, office):
        return [day]
    written = turn.entity("tanggal")
    today = turn.written_at.astimezone(office.zone).date()
    named = resolve_date(written, today) if written else None
    if not isinstance(named, DateRange) or (length := (named.end - named.start).days) >= FEW_DAYS:
        return []
    return [named.start + timedelta(days=one) for one in range(length + 1)]


def names_long_time(turn: Turn, office: Office) -> bool:
    """Whether the message asks of a longer stretch with holidays in it: "akhir tahun buka?"."""
    written = turn.entity("tanggal")
    today = turn.written_at.astimezone(office.zone).date()
    named = resolve_date(written, today) if written else None
    is_long = isinstance(named, DateRange) and (named.end - named.start).days >= FEW_DAYS
    return is_long and bool(closed_days(turn, office))


def closed_days(turn: Turn, office: Office) -> str:
    """The holidays of the days that the message names, else of the coming months, one a line; of a
    whole year a month a line.
    """
    if year := _YEAR.search(turn.text):
        return _by_month(turn, office, int(year[0]))
    written = turn.entity("tanggal")
    today = turn.written_at.astimezone(office.zone).date()
    named = resolve_date(written, today) if written else None
    if isinstance(named, date):
        named = DateRange(named, named)
    days = named if isinstance(named, DateRange) else DateRange(today, today + AHEAD)
    names = ((day, holiday_name(office, day, turn.language)) for day in _every(days))
    return "\n".join(f"• {turn.day_text(day)}: {name}" for day, name in names if name)


def _by_month(turn: Turn, office: Office, year: int) -> str:
    closed = [
        day
        for day in _every(DateRange(date(year, 1, 1), date(year, 12, 31)))
        if holiday_name(office, day, turn.language)
    ]
    months = groupby(closed, key=lambda day: turn.day_text(day).split()[-1])
    return "\n".join(
        f"• {name}: {', '.join(str(one.day) for one in days)}" for name, days in months
    )


def _every(days: DateRange) -> Iterator[date]:
    return (days.start + timedelta(days=one) for one in range((days.end - days.start).days + 1))


def open_or_closed(
    turn: Turn, office: Office, place: Place | None, asked: date | None = None
) -> str:
    """One sentence on the day asked, or on this moment; empty when the hours are not known."""
    service, moment = _service(office, place), now().astimezone(office.zone)
    day = asked or said_day(turn, office) or moment.date()
    named = turn.phrase("hari_ini") if day == moment.date() else ""
    words = {
        "hari": f"{named}{turn.day_text(day)}",
        "lagi": _next(turn, office, service, day),
    }
    if reason := holiday_name(office, day, turn.language):
        return turn.phrase("tutup_libur", alasan=reason, **words)
    hours = office.jam[service] if service else None
    if hours is None or not hours.hari:
        return ""
    if WEEKDAYS[day.weekday()] not in hours.hari:
        return turn.phrase("tutup_hari", **words)
    if not hours.buka or not hours.tutup:
        return turn.phrase("hari_layanan", **words) if asked else ""
    return _on_working_day(turn, office, str(service), hours, day, words)


def _on_working_day(
    turn: Turn, office: Office, service: str, hours: Hours, day: date, words: dict[str, str]
) -> str:
    moment = now().astimezone(office.zone)
    words |= {
        "bagian": turn.phrase("loket" if service == COUNTER else "meja_informasi"),
        "buka": _clock(hours.buka),
        "tutup": f"{_clock(hours.tutup)} {clock_name(office)}",
    }
    if day != moment.date() or moment.time() < time.fromisoformat(hours.buka or ""):
        return turn.phrase("buka_hari", **words)
    if is_open(office, service, moment):
        return turn.phrase("buka_sekarang", **words)
    closed_for_today = moment.time() >= time.fromisoformat(hours.tutup or "")
    return turn.phrase("tutup_sekarang" if closed_for_today else "istirahat", **words)


def clock_name(office: Office) -> str:
    """What the office's clock is called: "WIB"."""
    return say_time(now(), office.zone).split()[-1]


def _clock(written: str | None) -> str:
    return (written or "").replace(":", ".")


def _service(office: Office, place: Place | None) -> str | None:
    """The service of `jam:` that tells when somebody is there; the counter's if it is known."""
    if place and place.id in office.jam:
        return place.id
    known = [name for name in (COUNTER, *office.jam) if office.jam[name].hari]
    return next(iter(known), None)


def _next(turn: Turn, office: Office, service: str | None, day: date) -> str:
    """The next opening after the day, or after now: "Senin 28 Desember pukul 08.00 WIB"."""
    moment = now().astimezone(office.zone)
    if day != moment.date():
        moment = datetime.combine(day + timedelta(days=1), time.min, office.zone)
    opening = next_opening(office, service, moment) if service else None
    if opening is None:
        return ""
    at = say_time(opening, office.zone)
    when = f"{turn.day_text(opening.astimezone(office.zone).date())}, {at}"
    return turn.phrase("buka_lagi", waktu=when)
