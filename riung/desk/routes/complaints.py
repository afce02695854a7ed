"""Complaints: the list, and one of them with its evidence and its answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import BackgroundTasks, Form, Query, Request, Response

from riung import clock
from riung.backend.db import Reading, database
from riung.desk import (
    accounts,
    audit,
    canned_replies,
    complaints,
    conversations,
    form_fields,
    rasa_outbox,
)
from riung.desk.access import ComplaintHandler, MissingError
from riung.desk.pages import render, router, see
from riung.desk.routes.dependencies import call_back, rasa, sent_by_citizen
from riung.desk.tickets import queries
from riung.office.offices import office as office_of

routes = router()


@routes.get("/complaints")
def complaints_page(
    request: Request,
    who: ComplaintHandler,
    session: Reading,
    status: Annotated[str, Query(max_length=20)] = "",
    category: Annotated[str, Query(max_length=20)] = "",
    office: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """What has to be answered, the most urgent first."""
    visible = who.visible_offices()
    wanted = [who.pick_office(office)] if office else visible
    found = complaints.rows(
        session,
        [one.id for one in wanted],
        clock.now(),
        status=status,
        category=category,
    )
    return render(
        request,
        "complaints.html",
        page="complaints",
        complaints=found,
        chosen=status,
        category=category,
        visible=visible,
        office=office,
        statuses=queries.STATUS_NAMES,
        severities=complaints.SEVERITIES,
        categories=complaints.CATEGORIES,
        category_name=complaints.category_name,
        office_names={office.id: office.nama_singkat for office in visible},
        zones={office.id: office.zone for office in visible},
    )


@routes.get("/complaints/escalated")
def escalated_count(request: Request, who: ComplaintHandler, session: Reading) -> Response:
    """How many wait for a superior's look, beside the menu."""
    mine = [office.id for office in who.visible_offices()]
    count = complaints.count_escalated(session, mine)
    return render(request, "_escalated_count.html", count=count)


@routes.get("/complaints/{code}")
def complaint_page(request: Request, who: ComplaintHandler, code: str) -> Response:
    """One complaint. Opening it is noted."""
    with database(request).writing() as session:
        found = complaints.find(session, code, who, clock.now())
        audit.write(session, who.login, "complaint_seen", code, "", found.office)
    with database(request).reading() as session:
        return render(
            request,
            "complaint.html",
            page="complaints",
            one=found,
            evidence=complaints.evidence(session, found),
            statuses=queries.STATUS_NAMES,
            severities=complaints.SEVERITIES,
            categories=complaints.CATEGORIES,
            category_name=complaints.category_name,
            office=office_of(found.office),
            history=complaints.history(session, code),
            colleagues=[user.name for user in accounts.colleagues(session, found.office)],
        )


@routes.post("/complaints/{code}/note")
def note_complaint(
    request: Request, who: ComplaintHandler, code: str, text: Annotated[str, Form()] = ""
) -> Response:
    """A remark for colleagues; the citizen never sees it."""
    with database(request).writing() as session:
        complaints.note(session, code, who, clock.now(), text)
        found = complaints.find(session, code, who, clock.now())
        audit.write(session, who.login, "note_written", code, "", found.office)
    return see(f"/desk/complaints/{code}")


@routes.get("/complaints/{code}/files/{file_id}")
def evidence_file(request: Request, who: ComplaintHandler, code: str, file_id: str) -> Response:
    """A file that came with the complaint; who looked is noted."""
    with database(request).writing() as session:
        found = complaints.find(session, code, who, clock.now())
        if file_id not in found.files:
            raise MissingError("Berkas itu tidak ada.")
        audit.write(session, who.login, "media_seen", f"pengaduan {code}", "", found.office)
    return sent_by_citizen(request, file_id)


@routes.post("/complaints/{code}")
def change_complaint(
    request: Request,
    who: ComplaintHandler,
    code: str,
    status: Annotated[str, Form()] = "",
    severity: Annotated[str, Form()] = "",
    category: Annotated[str, Form()] = "",
    escalated: Annotated[bool, Form()] = False,
    due: Annotated[str, Form()] = "",
    owner: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Status, severity, category, due date, who sees to it, escalation."""
    with database(request).writing() as session:
        found = complaints.find(session, code, who, clock.now())
        due_at = (
            form_fields.moment(due, office_of(found.office).zone, "Batas waktu") if due else None
        )
        complaints.change(
            session,
            code,
            who,
            clock.now(),
            status=status,
            severity=severity,
            category=category,
            escalated=escalated,
            due_at=due_at,
            owner=owner,
        )
        detail = f"{status}, {severity or '-'}{', eskalasi' if escalated else ''}"
        audit.write(session, who.login, "complaint_changed", code, detail, found.office)
    return see(f"/desk/complaints/{code}")


@routes.post("/complaints/{code}/answer")
def answer_complaint(
    request: Request,
    who: ComplaintHandler,
    code: str,
    later: BackgroundTasks,
    text: Annotated[str, Form(max_length=1500)] = "",
) -> Response:
    """Answer it; a citizen who gave no name reads the answer by asking with the number."""
    store, moment = database(request), clock.now()
    with store.writing() as session:
        office = complaints.find(session, code, who, moment).office
        found = complaints.answer(session, code, who, moment, text)
        audit.write(session, who.login, "complaint_changed", code, "dijawab", office)
        is_open = found is not None and conversations.window_open(found, moment)
        if found is not None:
            metadata = {"petugas": who.name}
            words = canned_replies.automatic(
                "jawaban_aduan", office_of(office), found.language, nomor=code, isi=text.strip()
            )
            rasa_outbox.say(session, found, words, moment, metadata, hold=not is_open)
    if found is not None and is_open:
        later.add_task(rasa_outbox.deliver, store, rasa(request), found.id)
    elif found is not None:
        call_back(request, who, found.id, ticket=code)
    return see(f"/desk/complaints/{code}")
