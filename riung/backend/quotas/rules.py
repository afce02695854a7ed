"""The quota rule of a place, from the office's file: days, number of places, opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from riung.backend.problems import Problem, register
from riung.office.hours import holiday_name
from riung.office.message_hours import MessageHours, local_moment
from riung.office.model import Office, Place
from riung.office.offices import offices
from riung.office.opening_hours import WEEKDAYS

ServiceClass = Literal["regular", "priority", "same_day"]

CLASSES: dict[str, str] = {
    "regular": "reguler",
    "priority": "prioritas",
    "same_day": "percepatan",
}
"""Class in the API: its key in the office's file (`kuota.kelas`)."""

register(
    {
        "office_not_found": (404, "There is no such office"),
        "place_not_found": (404, "The office has no such place"),
    }
)


@dataclass(frozen=True)
class DayRule:
    """What the rule says for one day, before anybody changed that day."""

    office: Office
    place: Place
    date: date
    capacity: dict[str, int]
    opens_at: datetime
    starts_at: datetime
    closed_reason: str | None

    @property
    def hours(self) -> MessageHours:
        """When the place may write: its own `jam_pesan`, else the office's hours."""
        own = self.place.aturan.jam_pesan
        hours = MessageHours.of(self.office)
        return hours.between(own.mulai, own.selesai) if own else hours

    @property
    def arrive_at(self) -> datetime:
        """When the citizen should be there."""
        return self.starts_at - timedelta(minutes=self.place.datang_awal_menit)


def find_office(office_id: str) -> Office:
    """The office, or the problem `office_not_found`."""
    found = offices().get(office_id)
    if found is None:
        raise Problem("office_not_found", f"Known: {', '.join(sorted(offices()))}.")
    return found


def find_place(office: Office, place_id: str) -> Place:
    """The place, or the problem `place_not_found`."""
    found = office.place(place_id)
    if found is None:
        known = ", ".join(place.id for place in office.tempat)
        raise Problem("place_not_found", f"{office.id} has: {known}.")
    return found


def serves_on(place: Place, day: date) -> bool:
    """Whether the rule has the place serve on that weekday."""
    return place.kuota is not None and WEEKDAYS[day.weekday()] in place.kuota.hari


def day_rule(office: Office, place: Place, day: date) -> DayRule:
    """What holds at `place` on `day` by rule.

    A place without a rule, or on a weekday it does not serve, has no capacity; an officer may
    still give it some for that day.
    """
    quota = place.kuota
    serves = serves_on(place, day)
    capacity = {
        name: getattr(quota.kelas, key) if quota and serves else 0 for name, key in CLASSES.items()
    }
    starts_at = local_moment(day, quota.jam_datang if quota else "08:00", office.zone)
    return DayRule(
        office=office,
        place=place,
        date=day,
        capacity=capacity,
        opens_at=_opens_at(office, place, day),
        starts_at=starts_at,
        closed_reason=holiday_name(office, day, "id"),
    )


def _opens_at(office: Office, place: Place, day: date) -> datetime:
    """`{hari: jumat, minggu_sebelum: 1}` is the Friday of the week before the day's week."""
    if place.kuota is None:
        return local_moment(day, "00:00", office.zone) - timedelta(days=place.aturan.hari_ke_depan)
    opening = place.kuota.dibuka
    monday = day - timedelta(days=day.weekday(), weeks=opening.minggu_sebelum)
    weekday = monday + timedelta(days=WEEKDAYS.index(opening.hari))
    return local_moment(weekday, opening.jam, office.zone)
