"""Time that counts for an office's own procedure: only while its people work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from riung.office.message_hours import MessageHours, local_moment
from riung.office.model import Office
from riung.office.opening_hours import WEEKDAYS

LONGEST = 400
"""Days to look through; a case that is older has been late for long."""


def working_minutes(office: Office, start: datetime, end: datetime) -> int:
    """Whole minutes between two moments within the hours of `jam.petugas`, breaks taken out."""
    total = timedelta()
    day = start.astimezone(office.zone).date()
    last = min(end.astimezone(office.zone).date(), day + timedelta(days=LONGEST))
    while day <= last:
        for begins, ends in _spans(office, day):
            total += max(timedelta(), min(end, ends) - max(start, begins))
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def working_day_end(office: Office, start: datetime, days: int) -> datetime:
    """The end of office hours on the working day `days` after the day of `start`."""
    hours = MessageHours.of(office)
    day = start.astimezone(office.zone).date()
    while days:
        day += timedelta(days=1)
        days -= hours.works_on(day)
    return local_moment(day, hours.end, office.zone)


def _spans(office: Office, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of a day in which the office works."""
    hours = MessageHours.of(office)
    if not hours.works_on(day):
        return
    service = office.jam.get("petugas")
    weekday = WEEKDAYS[day.weekday()]
    pauses = [p for p in service.istirahat if weekday in p.hari] if service else []
    begins = hours.start
    for pause in sorted(pauses, key=lambda one: one.mulai):
        yield _span(office, day, begins, pause.mulai)
        begins = pause.selesai
    yield _span(office, day, begins, hours.end)


def _span(office: Office, day: date, start: str, end: str) -> tuple[datetime, datetime]:
    return local_moment(day, start, office.zone), local_moment(day, end, office.zone)
