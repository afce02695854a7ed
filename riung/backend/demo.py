"""Invented data for trying Riung: an application at every stage, and quotas worth asking about.

Numbers begin 1179 0000 0000 (the shape in fact nop_contoh) and cannot be a NIK, as no month is 00.
Bookings have invented names and no sender, so nobody is ever written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.application_number import number_shape
from riung.backend.applications.tables import Application
from riung.backend.applications.transitions import Move, move
from riung.backend.bookings.booking import next_number
from riung.backend.bookings.tables import Booking
from riung.backend.codes import new_code
from riung.backend.db import Database, one_at_a_time
from riung.backend.quotas.day_updates import change_day
from riung.backend.quotas.days import day_views, lock_day
from riung.office.message_hours import MessageHours, local_moment
from riung.office.model import Office, Place
from riung.office.offices import offices
from riung.office.stages import stage_order, stage_wording

FIRST, OFFICE = 1201, "1179"

DAYS_AHEAD = 28
"""Days with invented figures: the coming weeks."""

PLACES_LEFT = (0, 3, 12, 27, 1, 0, 8)
"""Regular places left on the coming days where people register elsewhere, over and over."""

NAMES = ("Asep", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gilang", "Hana", "Indra", "Joko")


@dataclass(frozen=True)
class DemoApplication:
    """One invented application."""

    number: str
    office: str
    route: str
    stage: str
    label: str


def demo_applications() -> list[DemoApplication]:
    """Every stage and branch at one office; at the others some of another route."""
    order, known = stage_order(), offices()
    main, *others = known
    first, *more = order.routes
    wanted = [(main, first, stage) for stage in order.routes[first]]
    wanted += [(main, _route_with(branch), branch) for branch in order.branches]
    wanted += [
        (office, route, stage)
        for office in others
        for route in more[:1]
        for stage in _few(order.routes[route])
    ]
    return [
        DemoApplication(
            _number(index),
            office,
            route,
            stage,
            stage_wording(known[office], route, stage)["stage_label"],
        )
        for index, (office, route, stage) in enumerate(wanted)
    ]


def fill(database: Database, now: datetime) -> bool:
    """Put the invented data into an empty database; False when it holds applications already."""
    with database.writing() as session:
        one_at_a_time(session.connection(), "riung.backend.demo")
        if session.execute(select(Application.number).limit(1)).first() is not None:
            return False
        for application in demo_applications():
            _walk(session, application, now)
        for office in offices().values():
            for place in office.tempat:
                if place.kuota is not None:
                    _fill_days(session, office, place, now)
    return True


def _number(index: int) -> str:
    """A whole number: the office's four digits, noughts, and a count."""
    return f"{OFFICE}{FIRST + index:0{number_shape().length - len(OFFICE)}d}"


def _few(stages: Sequence[str]) -> Sequence[str]:
    """Every other stage: enough to see that another route has other next steps."""
    return stages[::2]


def _route_with(branch: str) -> str:
    """A route that has the stage on its way, else the first."""
    order = stage_order()
    return next((name for name, way in order.routes.items() if branch in way), order.first_route)


def _walk(session: Session, application: DemoApplication, now: datetime) -> None:
    """Move the application through its route, a working day a step, up to its stage."""
    office = offices()[application.office]
    stages = [*_stages_before(application), application.stage]
    hours = MessageHours.of(office)
    days = [now.astimezone(office.zone).date()]
    for _ in stages:
        days.append(hours.last_day_before(days[-1]))
    for stage, day in zip(stages, reversed(days[1:]), strict=False):
        at = local_moment(day, "10:12", office.zone)
        step = Move(office=office.id, route=application.route, stage=stage, updated_at=at)
        move(session, application.number, step, now)


def _stages_before(application: DemoApplication) -> list[str]:
    order = stage_order()
    route = order.routes[application.route]
    if application.stage in route:
        return list(route[: route.index(application.stage)])
    left = next(stage for stage in order.branches[application.stage].after if stage in route)
    return list(route[: route.index(left) + 1])


def _fill_days(session: Session, office: Office, place: Place, now: datetime) -> None:
    today = now.astimezone(office.zone).date()
    views = day_views(
        session, office, [place], today + timedelta(days=1), today + timedelta(days=DAYS_AHEAD)
    )
    days = [view for view in views if view.capacity("regular")]
    if place.pendaftaran != "whatsapp":
        opened = (view for view in days if view.status("regular", now) == "open")
        for view, left in zip(opened, PLACES_LEFT * DAYS_AHEAD, strict=False):
            booked = max(view.capacity("regular") - left, 0)
            change_day(session, office, place, view.rule.date, {"booked_elsewhere": booked}, now)
        return
    # The next day is full; the one after is open already, so that booking can be tried any day.
    for index, view in enumerate(days[:2]):
        booked = view.capacity("regular") if index == 0 else 3
        opens_at = min(view.opens_at, now.replace(second=0, microsecond=0))
        change_day(session, office, place, view.rule.date, {"opens_at": opens_at}, now)
        _fill_day(session, office, place, view.rule.date, booked, now)


def _fill_day(
    session: Session, office: Office, place: Place, day: date, count: int, now: datetime
) -> None:
    lock_day(session, office, place, day)
    for index in range(count):
        session.add(
            Booking(
                code=new_code(session, Booking),
                office=office.id,
                place=place.id,
                date=day,
                service_class="regular",
                queue_number=next_number(session, office, place, day),
                kind=place.layanan[index % len(place.layanan)] if place.layanan else "baru",
                status="booked",
                source="demo",
                name=f"{NAMES[index % len(NAMES)]} Contoh",
                moves=0,
                sent_at=now,
                created_at=now,
            )
        )
        session.flush()
