"""On which days and at which hours an office may write to citizens by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from riung.office.hours import is_holiday
from riung.office.model import Office
from riung.office.opening_hours import WEEKDAYS

LONGEST_CLOSURE = 60
"""Days to look ahead for the next working day; no office is closed longer."""


def local_moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """`day` at `clock` ("08:00") in `zone`, aware."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)


@dataclass(frozen=True)
class MessageHours:
    """When an office may write by itself: on its working days between two clock times."""

    office: Office
    weekdays: frozenset[int]
    start: str
    end: str

    @classmethod
    def of(cls, office: Office) -> MessageHours:
        """The hours in which officers answer chats (`jam.petugas`), without their breaks.

        Without such hours: Monday to Friday, 08:00 to 16:00 (fact pml_jam).
        """
        hours = office.jam.get("petugas")
        days = hours.hari if hours and hours.hari else WEEKDAYS[:5]
        return cls(
            office,
            frozenset(WEEKDAYS.index(day) for day in days),
            (hours and hours.buka) or "08:00",
            (hours and hours.tutup) or "16:00",
        )

    def between(self, start: str, end: str) -> MessageHours:
        """The same working days with other clock times."""
        return replace(self, start=start, end=end)

    def works_on(self, day: date) -> bool:
        """Whether the office works that day at all."""
        return day.weekday() in self.weekdays and not is_holiday(self.office, day)

    def next_moment(self, moment: datetime) -> datetime:
        """`moment` when it lies inside the hours, else the next time they begin."""
        zone = self.office.zone
        today = moment.astimezone(zone).date()
        for ahead in range(LONGEST_CLOSURE):
            day = today + timedelta(days=ahead)
            if not self.works_on(day) or moment >= local_moment(day, self.end, zone):
                continue
            return max(moment, local_moment(day, self.start, zone))
        return moment

    def last_day_before(self, day: date) -> date:
        """The last working day before `day`."""
        earlier = (day - timedelta(days=back) for back in range(1, LONGEST_CLOSURE))
        return next((found for found in earlier if self.works_on(found)), day - timedelta(days=1))
