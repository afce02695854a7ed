"""GET and PUT of quotas."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field, validator
from sqlalchemy.orm import Session

from riung.backend.auth import admin_key, api_key
from riung.backend.db import Reading, Writing
from riung.backend.plain_json import PlainJSON
from riung.backend.problems import Problem, register
from riung.backend.quotas.day_updates import change_day
from riung.backend.quotas.days import day_views
from riung.backend.quotas.rules import ServiceClass, find_office, find_place
from riung.backend.schema import Body
from riung.clock import now, today
from riung.office.model import Office

MOST_DAYS = 92
"""Days in one answer: a quarter of a year."""

router = APIRouter(prefix="/quotas", tags=["quotas"])

register({"range_too_long": (422, "The days asked for are too many or in the wrong order")})


class DayChange(Body):
    """What to change of a day; what is left out stays as it is."""

    capacity: int | None = Field(None, ge=0, le=2000, description="places of class regular")
    priority: int | None = Field(None, ge=0, le=2000)
    same_day: int | None = Field(None, ge=0, le=2000)
    booked_elsewhere: int = Field(0, ge=0, le=2000, description="given away elsewhere")
    opens_at: datetime | None = None
    closes_at: datetime | None = Field(None, description="no booking after this moment")
    closed: bool | None = None
    reason: str | None = Field(None, max_length=200, description="why it is closed, Indonesian")

    @validator("opens_at", "closes_at")
    def _moment_has_zone(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is None:
            raise ValueError("needs a zone, such as 2026-11-20T08:00:00+07:00")
        return moment


@router.get("", dependencies=[Depends(api_key)], response_model=list[dict[str, Any]])
def get_quotas(
    session: Reading,
    office: str,
    start: Annotated[date | None, Query(alias="from")] = None,
    end: Annotated[date | None, Query(alias="to")] = None,
    place: str | None = None,
    service_class: ServiceClass = "regular",
) -> PlainJSON:
    """Each day on which a place serves, with what is left of the class.

    Without `from` it begins today, without `to` it ends as far ahead as the office offers days.
    """
    found = find_office(office)
    places = [find_place(found, place)] if place else list(found.tempat)
    first = start or today(found.zone)
    last = end or first + timedelta(days=_days_ahead(found))
    if not first <= last <= first + timedelta(days=MOST_DAYS):
        raise Problem("range_too_long", f"At most {MOST_DAYS} days, `from` before `to`.")
    moment = now()
    views = day_views(session, found, places, first, last)
    return PlainJSON([view.as_dict(service_class, moment) for view in views])


@router.put("/{office}/{place}/{date}", dependencies=[Depends(admin_key)])
def put_quota(
    office: str, place: str, date: date, change: DayChange, session: Writing
) -> dict[str, Any]:
    """Change one day: capacity, opening, closing early, or closing it altogether.

    More places go to the waiting list first. When a day is closed, everybody booked is told and may
    choose another day; when it is opened again, they keep their places. Fewer places than are
    booked take nobody's place away.
    """
    return set_day(session, office, place, date, change)


def set_day(
    session: Session, office_id: str, place_id: str, day: date, change: DayChange
) -> dict[str, Any]:
    """The same for the desk, which stands on the same database."""
    office = find_office(office_id)
    place = find_place(office, place_id)
    values = change.dict(exclude_unset=True)
    if "capacity" in values:
        values["regular"] = values.pop("capacity")
    view = change_day(session, office, place, day, values, now())
    return view.as_dict("regular", now())


def _days_ahead(office: Office) -> int:
    return max((place.aturan.hari_ke_depan for place in office.tempat), default=MOST_DAYS)
