"""GET, PUT and import of applications."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Header, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from riung.backend.applications.imports import import_table
from riung.backend.applications.lookups import note_unknown, pause_seconds, paused
from riung.backend.applications.tables import Application
from riung.backend.applications.transitions import Move, history, move, normal_number
from riung.backend.auth import admin_key, api_key
from riung.backend.db import Writing, database
from riung.backend.people import person_of, sender_hash
from riung.backend.plain_json import PlainJSON
from riung.backend.problems import Problem
from riung.backend.quotas.rules import find_office
from riung.backend.subscriptions.status_notices import tell_status_changed
from riung.clock import now
from riung.office.stages import stage_wording

router = APIRouter(prefix="/applications", tags=["applications"])


@router.get("/{number}", dependencies=[Depends(api_key)], response_model=dict[str, Any])
def get_application(
    number: str,
    request: Request,
    x_riung_sender: Annotated[str | None, Header(max_length=160)] = None,
    accept_language: Annotated[str, Header(max_length=100)] = "id",
) -> PlainJSON:
    """The stage an application is at, in the citizen's words, and nothing personal.

    `Accept-Language: en` asks for the words in English.

    `X-Riung-Sender` names who asks; after more than ten unknown numbers within an hour that sender
    gets 429 `too_many_unknown`. Only a keyed hash of the sender is kept, and of an unknown number
    nothing.
    """
    wanted = normal_number(number)
    with database(request).reading() as session:
        person = person_of(session, x_riung_sender) if x_riung_sender else ""
        who = sender_hash(session, person) if person else None
        wait = pause_seconds(session, who, now()) if who else 0
        found = session.get(Application, wanted)
        if found is not None and not wait:
            return PlainJSON(_as_dict(session, found, accept_language[:2].lower()))
    if who and not wait:
        with database(request).writing() as session:
            note_unknown(session, who, now())
            wait = pause_seconds(session, who, now())
    if wait:
        raise paused(wait)
    raise Problem("application_not_found", "Check the digits on the receipt.")


@router.put("/{number}", dependencies=[Depends(admin_key)])
def put_application(number: str, wanted: Move, session: Writing) -> dict[str, Any]:
    """Create an application or move it to a stage; the same stage again changes nothing."""
    find_office(wanted.office)
    plain = normal_number(number)
    changed = move(session, plain, wanted, now())
    if changed is not None:
        tell_status_changed(session, changed, now())
    found = session.get(Application, plain)
    assert found is not None
    return _as_dict(session, found)


@router.post("/import", dependencies=[Depends(admin_key)])
async def import_applications(
    request: Request, file: Annotated[UploadFile | None, File()] = None
) -> dict[str, Any]:
    """Take a CSV or xlsx file, as the body or as the form field `file`.

    Columns: nomor, kantor, tahap and, if wanted, jalur, jenis, waktu. Good lines are taken; each
    bad one is in `errors` with its line and the reason in Indonesian.
    """
    if file is None and "form" in request.headers.get("content-type", ""):
        raise Problem("invalid_request", "The form has no file in its field `file`.")
    content = await file.read() if file else await request.body()
    return await run_in_threadpool(_import, request, content)


def _import(request: Request, content: bytes) -> dict[str, Any]:
    with database(request).writing() as session:
        return import_table(session, content, now()).as_dict()


def _as_dict(session: Session, found: Application, language: str = "id") -> dict[str, Any]:
    office = find_office(found.office)
    zone = office.zone
    said = partial(stage_wording, office, found.route, language=language)
    words = said(found.stage)
    return {
        "number": found.number,
        "office": found.office,
        "office_name": office.nama_singkat,
        "kind": found.kind,
        "route": found.route,
        "stage": found.stage,
        "stage_label": words["stage_label"],
        "stage_text": words["stage_text"],
        "next_step": words["next_step"],
        "updated_at": found.updated_at.astimezone(zone),
        "history": [
            {
                "stage": change.stage,
                "stage_label": said(change.stage)["stage_label"],
                "at": change.at.astimezone(zone),
            }
            for change in history(session, found.number)
        ],
    }
