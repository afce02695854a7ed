"""The counter over the API; the desk's pages call the same functions of `line`."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (the field is called date)
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from riung.backend.auth import admin_key, api_key
from riung.backend.bookings.representation import ticket
from riung.backend.bookings.tables import Booking
from riung.backend.counter.exports import as_calendar, as_csv
from riung.backend.counter.line import (
    add_walk_in,
    arrived,
    call_next,
    day_list,
    ended,
    line_state,
)
from riung.backend.db import Reading, Writing
from riung.backend.people import checked_name
from riung.backend.quotas.rules import ServiceClass, find_office, find_place
from riung.backend.schema import Body
from riung.clock import now, today

router = APIRouter(prefix="/counter", tags=["counter"])


class WalkIn(Body):
    """Somebody who came without a booking."""

    office: str
    place: str
    name: str = Field(..., max_length=200)
    kind: str = Field("baru", max_length=40)
    service_class: ServiceClass = "regular"


class Where(Body):
    """A counter."""

    office: str
    place: str


@router.get("/now", dependencies=[Depends(api_key)])
def get_now(
    session: Reading,
    office: str,
    place: str,
    phone: Annotated[str | None, Query(max_length=160)] = None,
    code: Annotated[str | None, Query(max_length=8)] = None,
) -> dict[str, Any]:
    """The number being served today; with `phone` that sender's number and wait in minutes.

    `code` says which of the sender's bookings, where a number may book for several people.

    The wait follows the day's real pace, the office's guess before there is one.
    """
    found = find_office(office)
    day = today(found.zone)
    state = line_state(session, found, find_place(found, place), day, phone, code)
    return {
        "date": day,
        "now_serving": state.now_serving,
        "waiting": state.waiting,
        "served": state.served,
        "number": state.number,
        "before": state.before,
        "wait_minutes": state.wait_minutes,
    }


@router.get("/day", dependencies=[Depends(admin_key)])
def get_day(
    session: Reading,
    office: str,
    place: str,
    date: Date | None = None,
    form: Annotated[Literal["json", "csv", "ics"], Query(alias="format")] = "json",
) -> Any:
    """The day's list in the order of calling: as JSON, as CSV for a spreadsheet, as iCalendar.

    The calendar holds numbers and codes only, as calendars are shared; JSON and CSV hold names.
    """
    found = find_office(office)
    where = find_place(found, place)
    day = date or today(found.zone)
    bookings = day_list(session, found, where, day)
    if form == "csv":
        return _file(as_csv(bookings), "text/csv; charset=utf-8", f"{place}-{day}.csv")
    if form == "ics":
        content = as_calendar(found, where, day, bookings)
        return _file(content, "text/calendar; charset=utf-8", f"{place}-{day}.ics")
    return [_line(booking) for booking in bookings]


@router.post("/call-next", dependencies=[Depends(api_key)])
def post_call_next(body: Where, session: Writing) -> dict[str, Any]:
    """Call the next in line. 409 `nobody_waits`."""
    office = find_office(body.office)
    place = find_place(office, body.place)
    return _line(call_next(session, office, place, today(office.zone), now()))


@router.post("/walk-ins", status_code=201, dependencies=[Depends(api_key)])
def post_walk_in(body: WalkIn, session: Writing) -> dict[str, Any]:
    """Add somebody within the day's quota. 409 `quota_full`."""
    office = find_office(body.office)
    booking = add_walk_in(
        session,
        office,
        find_place(office, body.place),
        today(office.zone),
        now(),
        name=checked_name(body.name),
        kind=body.kind,
        service_class=body.service_class,
    )
    return _line(booking)


@router.post("/{code}/{event}", dependencies=[Depends(api_key)])
def post_event(
    code: str, event: Literal["arrived", "served", "no_show"], session: Writing
) -> dict[str, Any]:
    """Note that somebody is here, was served, or did not come. 409 `wrong_day`, `booking_over`."""
    if event == "arrived":
        return _line(arrived(session, code, now()))
    return _line(ended(session, code, event, now()))


def _line(booking: Booking) -> dict[str, Any]:
    wanted = ("code", "queue_number", "status", "name", "kind", "service_class", "identity_last4")
    whole = ticket(booking)
    return {name: whole[name] for name in wanted} | {"source": booking.source}


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
