"""Creating an application and moving it to its next stage."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import Field, validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.application_number import number_shape
from riung.backend import problems
from riung.backend.applications.tables import Application, StageChange
from riung.backend.problems import Problem
from riung.backend.schema import Body
from riung.digits import digits_of, plain_digits
from riung.office.stages import stage_order

"""Shape of an application number (fact nop_panjang; the prefix is not fixed: nop_contoh)."""

EARLIEST = 2000
"""No application of today's system is older; an earlier year is a number taken for a moment."""

CLOCK_SKEW = timedelta(minutes=5)
"""How far another system's clock may run ahead of ours."""

problems.register(
    {
        "application_not_found": (404, "There is no application with this number"),
        "number_malformed": (422, "An application number has another length"),
        "stage_impossible": (409, "This stage cannot follow the present one"),
        "route_fixed": (409, "The route of an application cannot change"),
        "moment_impossible": (422, "The moment of the change is not possible"),
        "too_many_unknown": (429, "Too many unknown numbers from this sender"),
    }
)


class Move(Body):
    """Where an application stands; the body of PUT and one line of the import."""

    office: str
    kind: str = Field(default="baru", max_length=40)
    route: str = Field(default_factory=lambda: stage_order().first_route)
    stage: str
    updated_at: datetime | None = None
    judged_later: ClassVar[frozenset[str]] = frozenset({"updated_at"})

    force: bool = Field(default=False, description="Take a stage that the order does not allow")

    @validator("route")
    def _route_known(cls, route: str) -> str:
        known = stage_order().routes
        if route not in known:
            raise ValueError(f"one of {', '.join(known)}")
        return route

    @validator("stage")
    def _stage_known(cls, stage: str) -> str:
        if stage not in stage_order().stages:
            raise ValueError(f"one of {', '.join(sorted(stage_order().stages))}")
        return stage

    @validator("updated_at")
    def _moment_has_zone(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is None:
            raise ValueError("needs a zone, such as 2026-11-24T09:00:00+07:00")
        return moment


def normal_number(text: str) -> str:
    """The digits of a number typed with spaces, dots or dashes.

    Raises:
        Problem: `number_malformed`.
    """
    number = digits_of(text)
    if len(number) != number_shape().length or re.search(r"[^0-9\s.\-]", plain_digits(text)):
        raise Problem("number_malformed", "Spaces, dots and dashes may stand between the digits.")
    return number


def move(session: Session, number: str, to: Move, now: datetime) -> Application | None:
    """Create the application or move it; None when it stands there already.

    Raises:
        Problem: `stage_impossible`, `route_fixed`, `moment_impossible`.
    """
    at = to.updated_at or now
    if at.year < EARLIEST:
        raise Problem(
            "moment_impossible", f"`updated_at` lies in the year {at.year}.", cause="year"
        )
    if at > now + CLOCK_SKEW:
        raise Problem("moment_impossible", "`updated_at` lies in the future.", cause="future")
    found = session.get(Application, number, with_for_update=True)
    if found is None:
        found = Application(number=number, office=to.office, kind=to.kind, route=to.route)
        session.add(found)
    elif found.stage == to.stage:
        return None
    elif not to.force:
        _check(session, found, to, at)
    found.office, found.kind, found.route = to.office, to.kind, to.route
    found.stage, found.updated_at = to.stage, at
    session.flush()
    session.add(StageChange(number=number, stage=to.stage, at=at))
    return found


def history(session: Session, number: str) -> list[StageChange]:
    """Every stage the application has reached, oldest first."""
    changes = select(StageChange).where(StageChange.number == number)
    return list(session.execute(changes.order_by(StageChange.at, StageChange.id)).scalars())


def _check(session: Session, found: Application, to: Move, at: datetime) -> None:
    if to.route != found.route:
        raise Problem("route_fixed", f"It is {found.route}. Use `force` to correct a mistake.")
    if at < found.updated_at:
        detail = "`updated_at` is before the present stage began."
        raise Problem("moment_impossible", detail, cause="before")
    passed = [change.stage for change in history(session, found.number)]
    if not stage_order().may_follow(found.route, passed, to.stage):
        raise Problem(
            "stage_impossible",
            f"{to.stage} cannot follow {found.stage} on the route {found.route}. "
            "Use `force` to correct a mistake.",
            stage=found.stage,
        )
