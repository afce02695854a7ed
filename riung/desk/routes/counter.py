"""The day at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Form, Query, Request, Response
from sqlalchemy.orm import Session

from riung import clock, privacy
from riung.backend.bookings.abuse import flags_of, flags_on
from riung.backend.bookings.tables import Booking
from riung.backend.counter import exports, line
from riung.backend.db import Reading, Writing
from riung.backend.people import checked_name
from riung.backend.problems import Problem
from riung.backend.quotas.day_updates import change_day
from riung.backend.quotas.days import day_view
from riung.backend.quotas.rules import CLASSES, find_office, find_place
from riung.desk import audit, form_fields, live_updates
from riung.desk.access import CounterClerk, DeskError, MissingError, Principal
from riung.desk.citizen_profile import FLAG_NAMES
from riung.desk.counter_words import CLASS_NAMES, STATUS_NAMES, in_words, kind_name
from riung.desk.pages import render, router, see
from riung.office.model import Office, Place

routes = router()

_REASONS = {
    "nobody_waits": "Semua yang terdaftar hari ini sudah dipanggil.",
    "wrong_day": "Antrean ini untuk hari lain.",
    "already_booked": "Orang ini sudah punya antrean lain.",
    "booking_over": "Antrean ini sudah selesai atau dibatalkan.",
    "booking_not_found": "Kode itu tidak ada. Periksa lagi huruf dan angkanya.",
    "quota_full": "Kuota kelas ini hari ini sudah habis.",
    "name_invalid": "Tulis nama seperti di KTP, huruf saja.",
    "place_not_found": "Tempat layanan itu tidak ada.",
}


Event = Literal["arrived", "again", "served", "no_show", "undo"]
CounterNumber = Annotated[int | None, Form(ge=1, le=99)]
Back = Annotated[Literal["list", "call"], Form()]
"""The page that the form stands on."""


@dataclass(frozen=True)
class Where:
    """A counter on a day."""

    office: Office
    place: Place
    day: date

    @property
    def query(self) -> str:
        """The address's query for this counter."""
        return f"office={self.office.id}&place={self.place.id}"


@routes.get("/counter")
def counter_page(
    request: Request,
    who: CounterClerk,
    session: Reading,
    office: Annotated[str, Query(max_length=40)] = "",
    place: Annotated[str, Query(max_length=40)] = "",
    day: Annotated[date | None, Query()] = None,
) -> Response:
    """The list of the day with everything a clerk does."""
    where = find_counter(who, office, place, day)
    return render(request, "counter.html", page="counter", **_shown(session, who, where))


@routes.get("/counter/list")
def counter_list(
    request: Request,
    who: CounterClerk,
    session: Reading,
    office: Annotated[str, Query(max_length=40)] = "",
    place: Annotated[str, Query(max_length=40)] = "",
    day: Annotated[date | None, Query()] = None,
) -> Response:
    """The list alone, for live updates."""
    where = find_counter(who, office, place, day)
    return render(request, "_counter_list.html", **_shown(session, who, where))


@routes.get("/counter/call")
def caller_page(
    request: Request,
    who: CounterClerk,
    session: Reading,
    office: Annotated[str, Query(max_length=40)] = "",
    place: Annotated[str, Query(max_length=40)] = "",
    part: Annotated[bool, Query()] = False,
) -> Response:
    """For whoever calls from a phone: who is called, and what to press."""
    where = find_counter(who, office, place, None)
    template = "_call.html" if part else "call.html"
    return render(request, template, page="counter", **_shown(session, who, where))


@routes.get("/counter/file")
def day_file(
    request: Request,
    who: CounterClerk,
    session: Writing,
    form: Annotated[Literal["csv", "ics"], Query()] = "csv",
    office: Annotated[str, Query(max_length=40)] = "",
    place: Annotated[str, Query(max_length=40)] = "",
    day: Annotated[date | None, Query()] = None,
) -> Response:
    """The day's list for a spreadsheet or a calendar; that it was taken is noted."""
    where = find_counter(who, office, place, day)
    found = line.day_list(session, where.office, where.place, where.day)
    name = f"{where.place.id}-{where.day}.{form}"
    audit.write(session, who.login, "exported", name, "", where.office.id)
    if form == "ics":
        content = exports.as_calendar(where.office, where.place, where.day, found, in_words)
        media_type = "text/calendar; charset=utf-8"
    else:
        content, media_type = exports.as_csv(found, in_words), "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


@routes.post("/counter/next")
def call_next(
    request: Request,
    who: CounterClerk,
    session: Writing,
    office: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
    counter: CounterNumber = None,
    back: Back = "list",
) -> Response:
    """Call the next in line."""
    where = find_counter(who, office, place, None)
    try:
        day = (where.office, where.place, where.day)
        called = line.call_next(session, *day, clock.now(), counter)
    except Problem as problem:
        return _refused(request, who, session, where, back, "next", _explained(problem))
    _done(session, who, where, called)
    return _back(where, back)


@routes.post("/counter/code")
def by_code(
    request: Request,
    who: CounterClerk,
    session: Writing,
    code: Annotated[str, Form(max_length=200)] = "",
    event: Annotated[Event, Form()] = "arrived",
    office: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
    counter: CounterNumber = None,
    back: Back = "list",
) -> Response:
    """Somebody came, is called again, was served or did not come, or it was a slip; by code."""
    where = find_counter(who, office, place, None)
    try:
        booking = _happened(session, code.strip(), event, counter)
        _check_here(who, where, booking)
    except Problem as problem:
        return _refused(request, who, session, where, back, "code", _explained(problem), code=code)
    except DeskError as error:
        return _refused(request, who, session, where, back, "code", error, code=code)
    _done(session, who, where, booking)
    return _back(where, back)


def _happened(session: Session, code: str, event: Event, counter: int | None) -> Booking:
    now = clock.now()
    if event == "arrived":
        return line.arrived(session, code, now)
    if event == "again":
        return line.call_again(session, code, now, counter)
    if event == "undo":
        return line.reopened(session, code, now)
    return line.ended(session, code, event, now)


def _check_here(who: Principal, where: Where, booking: Booking) -> None:
    if not who.sees(booking.office):
        raise MissingError("Antrean itu milik kantor lain.")
    if (booking.office, booking.place) != (where.office.id, where.place.id):
        elsewhere = find_place(find_office(booking.office), booking.place).nama
        raise DeskError(f"Antrean ini untuk {elsewhere}, bukan di sini.")


@routes.post("/counter/walk-in")
def walk_in(
    request: Request,
    who: CounterClerk,
    session: Writing,
    name: Annotated[str, Form(max_length=200)] = "",
    kind: Annotated[str, Form(max_length=40)] = "baru",
    service_class: Annotated[Literal["regular", "priority", "same_day"], Form()] = "regular",
    office: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
) -> Response:
    """Somebody without a booking, within the day's quota."""
    where = find_counter(who, office, place, None)
    try:
        booking = line.add_walk_in(
            session,
            where.office,
            where.place,
            where.day,
            clock.now(),
            name=checked_name(name),
            kind=kind if kind in where.place.layanan else "baru",
            service_class=service_class,
        )
    except Problem as problem:
        field = "name" if problem.code == "name_invalid" else "walk_in"
        return _refused(request, who, session, where, "list", field, _explained(problem), name=name)
    _done(session, who, where, booking)
    return _back(where)


@routes.post("/counter/close")
def close_day(
    request: Request,
    who: CounterClerk,
    session: Writing,
    reason: Annotated[str, Form(max_length=200)] = "",
    day: Annotated[date | None, Form()] = None,
    office: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
) -> Response:
    """Close a day: everybody booked is told and offered another one."""
    where = find_counter(who, office, place, day)
    if not reason.strip():
        error = DeskError("Tulis alasannya; warga yang terdaftar membacanya.")
        return _refused(request, who, session, where, "list", "reason", error)
    values = {"closed": True, "reason": reason.strip()}
    change_day(session, where.office, where.place, where.day, values, clock.now())
    subject = f"{where.place.id} {where.day}"
    audit.write(session, who.login, "day_closed", subject, reason, where.office.id)
    live_updates.announce(session, where.office.id, "counter")
    return see(f"/desk/counter?{where.query}&day={where.day}")


@routes.post("/counter/day")
def change_this_day(
    request: Request,
    who: CounterClerk,
    session: Writing,
    regular: Annotated[int | None, Form(ge=0, le=2000)] = None,
    priority: Annotated[int | None, Form(ge=0, le=2000)] = None,
    same_day: Annotated[int | None, Form(ge=0, le=2000)] = None,
    until: Annotated[str, Form(max_length=20)] = "",
    reopen: Annotated[bool, Form()] = False,
    day: Annotated[date | None, Form()] = None,
    office: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
) -> Response:
    """Other numbers for one day, an earlier end of booking, or the day takes place after all."""
    where = find_counter(who, office, place, day)
    view = day_view(session, where.office, where.place, where.day)
    wanted = {"regular": regular, "priority": priority, "same_day": same_day}
    values: dict[str, Any] = {
        name: count
        for name, count in wanted.items()
        if count is not None and count != view.capacity(name)
    }
    told = [f"{CLASS_NAMES[name]} {count}" for name, count in values.items()]
    closes_at = form_fields.moment(until, where.office.zone, "Batas pendaftaran") if until else None
    if closes_at and closes_at != view.closes_at:
        values["closes_at"] = closes_at
        told.append(f"pendaftaran sampai {until}")
    if reopen:
        values["closed"] = False
        told.append("dibuka lagi")
    change_day(session, where.office, where.place, where.day, values, clock.now())
    subject = f"{where.place.id} {where.day}"
    audit.write(session, who.login, "day_changed", subject, ", ".join(told), where.office.id)
    live_updates.announce(session, where.office.id, "counter")
    return see(f"/desk/counter?{where.query}&day={where.day}")


def find_counter(who: Principal, office: str, place: str, day: date | None) -> Where:
    """The counter asked for; without a place the first of the office that keeps a quota."""
    chosen = who.pick_office(office)
    with_queue = [one for one in chosen.tempat if one.kuota]
    if not with_queue:
        raise DeskError("Kantor ini belum punya tempat layanan dengan kuota di berkasnya.")
    try:
        found = find_place(chosen, place) if place else with_queue[0]
    except Problem as problem:
        raise _explained(problem) from problem
    return Where(chosen, found, day or clock.today(chosen.zone))


def counter_of(office_id: str, place_id: str) -> Where:
    """The counter of these ids, today.

    Raises:
        MissingError: there is none (any more).
    """
    try:
        office = find_office(office_id)
        place = find_place(office, place_id)
    except Problem as problem:
        raise MissingError("Tempat layanan itu tidak ada.") from problem
    return Where(office, place, clock.today(office.zone))


def _shown(session: Session, who: Principal, where: Where) -> dict[str, Any]:
    office, place, day = where.office, where.place, where.day
    live_after = live_updates.latest(session)
    view = day_view(session, office, place, day)
    bookings = line.day_list(session, office, place, day)
    return {
        "errors": {},
        "typed": {},
        "live_after": live_after,
        "where": where,
        "is_today": day == clock.today(office.zone),
        "bookings": bookings,
        "flags": flags_of(session, office.id),
        "flagged": flags_on(session, office.id, [one.sender for one in bookings]),
        "flag_names": FLAG_NAMES,
        "state": line.line_state(session, office, place, day),
        "closed_reason": view.closed_reason,
        "closed_by_hand": bool(view.changed and view.changed.closed_at),
        "closes_at": view.closes_at.astimezone(office.zone),
        "capacities": [(key, label, view.capacity(key)) for key, label in CLASS_NAMES.items()],
        "classes": [
            (CLASS_NAMES[key], view.capacity(key), view.remaining(key))
            for key in CLASSES
            if view.capacity(key)
        ],
        "visible": who.visible_offices(),
        "status_names": STATUS_NAMES,
        "class_names": CLASS_NAMES,
        "kind_name": kind_name,
        "now": clock.now(),
    }


def _explained(problem: Problem) -> DeskError:
    return DeskError(_REASONS.get(problem.code, "Tidak bisa dilakukan sekarang."))


def _done(session: Session, who: Principal, where: Where, booking: Booking) -> None:
    detail = f"nomor {booking.queue_number}: {STATUS_NAMES[booking.status]}"
    subject = privacy.mask(booking.code)
    audit.write(session, who.login, "booking_changed", subject, detail, where.office.id)
    live_updates.announce(session, where.office.id, "counter")


def _back(where: Where, back: Back = "list") -> Response:
    page = "/desk/counter/call" if back == "call" else "/desk/counter"
    return see(f"{page}?{where.query}")


def _refused(
    request: Request,
    who: Principal,
    session: Session,
    where: Where,
    back: Back,
    field: str,
    error: DeskError,
    **typed: str,
) -> Response:
    """The page again, with what was wrong beside the field and what was typed still there."""
    request.state.failed = True
    template = "call.html" if back == "call" else "counter.html"
    shown = _shown(session, who, where) | {"errors": {field: error.message}, "typed": typed}
    return render(request, template, page="counter", status=error.status, **shown)
