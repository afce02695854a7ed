"""One day at one place as it really is: the rule, what officers changed, and what is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from riung.backend.bookings.tables import Booking
from riung.backend.db import insert_once
from riung.backend.quotas.rules import CLASSES, DayRule, day_rule, serves_on
from riung.backend.quotas.tables import Day
from riung.backend.waiting_list.tables import WaitingEntry
from riung.office.model import Office, Place

_Key = tuple[str, date]
_Taken = dict[_Key, dict[str, int]]


@dataclass(frozen=True)
class DayView:
    """A day's capacity and what is taken of it, per class."""

    rule: DayRule
    changed: Day | None
    booked: dict[str, int]
    offered: dict[str, int]

    @property
    def opens_at(self) -> datetime:
        """From when on places are given."""
        return (self.changed and self.changed.opens_at) or self.rule.opens_at

    @property
    def closes_at(self) -> datetime:
        """Until when places are given: the start of service unless an officer set it earlier."""
        return (self.changed and self.changed.closes_at) or self.rule.starts_at

    def capacity(self, service_class: str) -> int:
        """Places of the class. A holiday has none unless an officer gave it some by hand."""
        own = getattr(self.changed, service_class) if self.changed else None
        if own is not None:
            return int(own)
        return 0 if self.rule.closed_reason else self.rule.capacity[service_class]

    def taken(self, service_class: str) -> int:
        """Places booked, here or elsewhere."""
        elsewhere = self.changed.booked_elsewhere if self.changed else 0
        return self.booked.get(service_class, 0) + (elsewhere if service_class == "regular" else 0)

    def remaining(self, service_class: str) -> int:
        """Places somebody may book now; an offered place is held for the person it was offered."""
        held = self.offered.get(service_class, 0)
        return max(self.capacity(service_class) - self.taken(service_class) - held, 0)

    @property
    def closed_reason(self) -> str | None:
        """Why the whole day is closed (Indonesian), None when it is not."""
        if self.changed and self.changed.closed_at:
            return self.changed.closed_reason or ""
        if any(self.capacity(name) for name in CLASSES):
            return None
        return self.rule.closed_reason or ""

    def status(self, service_class: str, now: datetime) -> str:
        """`closed`, `not_yet_open`, `full` or `open`."""
        if self.closed_reason is not None or now >= self.closes_at:
            return "closed"
        if now < self.opens_at:
            return "not_yet_open"
        return "open" if self.remaining(service_class) else "full"

    def as_dict(self, service_class: str, now: datetime) -> dict[str, Any]:
        """The API's answer for the day, with moments in the office's zone."""
        zone = self.rule.office.zone
        return {
            "office": self.rule.office.id,
            "place": self.rule.place.id,
            "place_name": self.rule.place.nama,
            "date": self.rule.date,
            "service_class": service_class,
            "capacity": self.capacity(service_class),
            "booked": self.taken(service_class),
            "remaining": self.remaining(service_class),
            "status": self.status(service_class, now),
            "opens_at": self.opens_at.astimezone(zone),
            "closes_at": self.closes_at.astimezone(zone),
            "arrive_at": self.rule.arrive_at,
            "closed_reason": self.closed_reason,
            "bookable": self.rule.place.pendaftaran == "whatsapp",
            "example": bool(self.rule.place.kuota and self.rule.place.kuota.contoh),
            "classes": {
                name: {
                    "capacity": self.capacity(name),
                    "booked": self.taken(name),
                    "remaining": self.remaining(name),
                }
                for name in CLASSES
                if self.capacity(name)
            },
        }


def lock_day(session: Session, office: Office, place: Place, day: date) -> DayView:
    """The day, locked until the transaction ends: nobody else gives or takes a place of it."""
    key = {"office": office.id, "place": place.id, "date": day}
    insert_once(session, Day, {**key, "booked_elsewhere": 0})
    locked = select(Day).filter_by(**key).with_for_update()
    session.execute(locked.execution_options(populate_existing=True)).scalar_one()
    return day_view(session, office, place, day)


def day_view(session: Session, office: Office, place: Place, day: date) -> DayView:
    """The day as it is now."""
    return _Days.read(session, office, day, day).view(place, day)


def day_views(
    session: Session, office: Office, places: Iterable[Place], start: date, end: date
) -> Iterator[DayView]:
    """The days from `start` to `end` on which a place serves, or would but for a holiday.

    A day counts when the rule or an officer gives it places; ordered by date, then as the office
    lists its places.
    """
    found, wanted = _Days.read(session, office, start, end), list(places)
    for ahead in range((end - start).days + 1):
        day = start + timedelta(days=ahead)
        for place in wanted:
            if not serves_on(place, day) and (place.id, day) not in found.changed:
                continue
            view = found.view(place, day)
            if any(view.rule.capacity.values()) or any(view.capacity(name) for name in CLASSES):
                yield view


@dataclass(frozen=True)
class _Days:
    """What the tables hold about the days of one office, read at once."""

    office: Office
    changed: dict[_Key, Day]
    booked: _Taken
    offered: _Taken

    @classmethod
    def read(cls, session: Session, office: Office, start: date, end: date) -> _Days:
        asked = {"office": office.id, "start": start, "end": end}
        rows = session.execute(_CHANGED, asked).scalars()
        return cls(
            office,
            {(row.place, row.date): row for row in rows},
            _counts(session, _BOOKED, asked),
            _counts(session, _OFFERED, asked),
        )

    def view(self, place: Place, day: date) -> DayView:
        key, rule = (place.id, day), day_rule(self.office, place, day)
        return DayView(rule, self.changed.get(key), self.booked[key], self.offered[key])


def _of_days(table: Any) -> Any:
    return (table.office == bindparam("office")) & table.date.between(
        bindparam("start"), bindparam("end")
    )


def _count_of(table: Any, condition: Any) -> Any:
    columns = (table.place, table.date, table.service_class)
    return select(*columns, func.count()).where(_of_days(table), condition).group_by(*columns)


# Built once: in a rush, building them anew costs more than the database takes to answer.
_CHANGED = select(Day).where(_of_days(Day))
_BOOKED = _count_of(Booking, Booking.status != "cancelled")
_OFFERED = _count_of(WaitingEntry, WaitingEntry.status == "offered")


def _counts(session: Session, statement: Any, asked: dict[str, Any]) -> _Taken:
    counts: _Taken = defaultdict(dict)
    for place, day, service_class, count in session.execute(statement, asked):
        counts[(place, day)][service_class] = count
    return counts
