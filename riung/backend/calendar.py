"""Which days an office works and at which hours it may write to citizens.

Holidays and joint leave come from the `holidays` library (its dates of Islamic and Buddhist feasts
are computed and may move by a day); an office adds its own in `libur:`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from riung.offices import WEEKDAYS, Office

LONGEST_CLOSURE = 60
"""Days to look ahead for the next working day; no office is closed longer."""


@lru_cache(maxsize=16)
def _national(year: int) -> dict[date, str]:
    """Public holidays and joint leave (cuti bersama: the library's category "government")."""
    found = holidays.country_holidays(
        "ID", years=year, categories=("public", "government"), language="id"
    )
    return dict(found)


def closed_reason(office: Office, day: date) -> str | None:
    """Why the office is closed on `day`, in Indonesian; None when it is not a holiday."""
    own = next((closure.alasan for closure in office.libur if closure.tanggal == day), None)
    return own or _national(day.year).get(day)


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
        return day.weekday() in self.weekdays and closed_reason(self.office, day) is None

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
