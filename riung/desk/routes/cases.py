"""Cases at the desk: visits to the sick, and priority applicants at their seats."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Form, Query, Request, Response
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Reading, Writing, database
from riung.backend.problems import Problem
from riung.desk import accounts, audit
from riung.desk.access import CaseWorker, DeskError, MissingError, Principal, RefusedError
from riung.desk.cases import views, work
from riung.desk.cases.kinds import kinds, words
from riung.desk.cases.tables import Case
from riung.desk.pages import render, router, see
from riung.desk.routes.dependencies import sent_by_citizen

routes = router()

VISITS, SEATS = "micin", "sambang"
ADDRESSES = {VISITS: "/desk/visits", SEATS: "/desk/seats"}

OfficeId = Annotated[str, Query(max_length=40)]


@routes.get("/visits")
def visits_page(
    request: Request,
    who: CaseWorker,
    session: Reading,
    ended: Annotated[bool, Query()] = False,
    office: OfficeId = "",
) -> Response:
    """The requests for a visit: what runs and how long, or what has ended."""
    wanted = [who.pick_office(office)] if office else who.visible_offices()
    ids = [one.id for one in wanted]
    found = views.rows(session, VISITS, ids, clock.now(), ended=ended)
    return render(
        request,
        "visits.html",
        page="visits",
        cases=found,
        ended=ended,
        office=office,
        visible=who.visible_offices(),
        kind=words()[VISITS],
    )


@routes.get("/seats")
def seats_page(
    request: Request,
    who: CaseWorker,
    session: Reading,
    office: OfficeId = "",
    day: Annotated[date | None, Query()] = None,
) -> Response:
    """A day's priority applicants by their seats, made for the officer's tablet."""
    offering = [one for one in who.visible_offices() if one.modul.seat_visits]
    chosen = who.pick_office(office or (offering[0].id if offering else ""))
    shown = day or clock.today(chosen.zone)
    running, over = (
        views.rows(session, SEATS, [chosen.id], clock.now(), ended=ended, day=shown)
        for ended in (False, True)
    )
    return render(
        request,
        "seats.html",
        page="seats",
        running=sorted(running, key=_by_seat),
        over=over,
        day=shown,
        is_today=shown == clock.today(chosen.zone),
        office=chosen,
        visible=who.visible_offices(),
        kind=words()[SEATS],
    )


def _by_seat(one: views.CaseView) -> tuple[bool, str, int]:
    """Who sits somewhere first, by seat; who is still to come last."""
    seat = one.case.details.get("seat", "")
    return not seat, seat.casefold(), one.case.id


@routes.get("/cases/{code}")
def case_page(request: Request, who: CaseWorker, code: str) -> Response:
    """One case with its steps. Opening it is noted."""
    with database(request).writing() as session:
        case = _find(session, code, who)
        audit.write(session, who.login, "case_seen", case.code, case.kind, case.office)
    with database(request).reading() as session:
        return render(
            request,
            "case.html",
            page="seats" if case.kind == SEATS else "visits",
            back=ADDRESSES[case.kind],
            one=views.view(session, case, clock.now()),
            rules=kinds()[case.kind],
            kind=words()[case.kind],
            colleagues=[user.name for user in accounts.colleagues(session, case.office)],
        )


@routes.post("/cases/{code}/step")
def take_step(
    session: Writing,
    who: CaseWorker,
    code: str,
    step: Annotated[str, Form(max_length=30)] = "",
    note: Annotated[str, Form(max_length=work.LONGEST_NOTE)] = "",
    back: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Begin the next step; the citizen is told where the rules say so."""
    case = _find(session, code, who)
    if kinds()[case.kind].steps.get(step) is None:
        raise DeskError("Pilih langkahnya dari daftar.")
    try:
        work.move(session, case, step, clock.now(), user_id=who.id, note=note)
    except Problem as error:
        raise DeskError(_REASONS[error.detail]) from error
    audit.write(session, who.login, "case_changed", case.code, step, case.office)
    return see(_back_to(case, back))


_REASONS = {
    work.NEEDS_REASON: "Tulis alasannya; warga membacanya.",
    work.NOT_NEXT: "Langkah itu tidak mengikuti langkah sekarang. Muat ulang halaman.",
    work.FIRST_STEP: "Tidak ada langkah yang bisa ditarik kembali.",
}


@routes.post("/cases/{code}/undo")
def take_back(
    session: Writing,
    who: CaseWorker,
    code: str,
    step: Annotated[str, Form(max_length=30)] = "",
    back: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Take the last step back, if it is still the one that the page showed."""
    case = _find(session, code, who)
    if case.step != step:
        raise DeskError(_REASONS[work.NOT_NEXT])
    try:
        work.undo(session, case, clock.now())
    except Problem as error:
        raise DeskError(_REASONS[error.detail]) from error
    audit.write(session, who.login, "case_changed", case.code, f"tarik {step}", case.office)
    return see(_back_to(case, back))


@routes.post("/cases/{code}/team")
def set_team(
    session: Writing,
    who: CaseWorker,
    code: str,
    role: Annotated[list[str] | None, Form()] = None,
    ready: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Who goes with which role, in the order of the roles, and what equipment is ready."""
    case = _find(session, code, who)
    rules = kinds()[case.kind]
    names = {user.name for user in accounts.colleagues(session, case.office)}
    chosen = dict(zip(rules.roles, role or [], strict=False))
    if not {*filter(None, chosen.values())} <= names | {*case.team.values()}:
        raise RefusedError("Pilih petugas dari kantor ini.")
    case.team = chosen
    there = [one for one in rules.equipment if one in (ready or ())]
    case.details = {**case.details, "equipment": " ".join(there)}
    audit.write(session, who.login, "case_changed", case.code, "tim", case.office)
    return see(f"/desk/cases/{case.code}#team")


@routes.get("/cases/{code}/files/{file_id}")
def case_file(request: Request, who: CaseWorker, code: str, file_id: str) -> Response:
    """A letter or document that came with the case; who looked is noted."""
    with database(request).writing() as session:
        case = _find(session, code, who)
        if file_id not in {one["id"] for one in case.files}:
            raise MissingError("Berkas itu tidak ada.")
        audit.write(session, who.login, "media_seen", f"permohonan {code}", "", case.office)
    return sent_by_citizen(request, file_id)


def _find(session: Session, code: str, who: Principal) -> Case:
    try:
        case = work.find(session, code)
    except Problem as error:
        raise MissingError("Permohonan itu tidak ada, atau milik kantor lain.") from error
    if not who.sees(case.office):
        raise MissingError("Permohonan itu tidak ada, atau milik kantor lain.")
    return case


def _back_to(case: Case, page: str) -> str:
    """The page that the form stood on."""
    return ADDRESSES[case.kind] if page == "list" else f"/desk/cases/{case.code}"
