"""Cases over the API, as the citizen's side of them. Officers work on them in the desk."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (the field is called date)
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header
from pydantic import Field, constr
from sqlalchemy.orm import Session

from riung.backend.auth import api_key
from riung.backend.bookings.booking_request import aware
from riung.backend.bookings.routes import Key, Phone
from riung.backend.db import Reading, Writing
from riung.backend.people import person_of
from riung.backend.problems import Problem
from riung.backend.quotas.rules import find_office
from riung.backend.schema import Body
from riung.clock import now
from riung.desk.cases import work
from riung.desk.cases.kinds import kinds, words
from riung.desk.cases.tables import Case
from riung.desk.tickets.creation import FileId
from riung.office.hours import is_open, next_opening

router = APIRouter(prefix="/cases", tags=["cases"], dependencies=[Depends(api_key)])

Language = Annotated[str, Header(alias="Accept-Language", max_length=100)]
Text = constr(max_length=1000)


class SentFile(Body):
    """A file the channel keeps."""

    id: FileId
    kind: Literal["image", "document"] = "image"


class CaseRequest(Body):
    """Body of `POST /cases`; `details` is what the form asked."""

    kind: str = Field(..., max_length=20, description="a kind of `aturan/langkah.yml`")
    office: str
    phone: str = Field(..., min_length=3, max_length=160, description="WhatsApp number or user id")
    conversation_id: str | None = Field(None, max_length=160)
    details: dict[str, Text] = {}  # type: ignore[valid-type]
    files: list[SentFile] = Field([], max_items=work.MOST_FILES)
    date: Date | None = None
    asked_at: datetime | None = Field(None, description="when the citizen wrote, if not just now")


class MoreFiles(Body):
    """Body of `POST /cases/{code}/files`."""

    phone: str = Field(..., min_length=3, max_length=160)
    files: list[SentFile] = Field(..., min_items=1, max_items=work.MOST_FILES)


class Arrival(Body):
    """Body of `POST /cases/{code}/arrival`."""

    phone: str = Field(..., min_length=3, max_length=160)
    seat: str = Field(..., min_length=1, max_length=200)


@router.post("", status_code=201)
def post_case(
    body: CaseRequest,
    session: Writing,
    idempotency_key: Key = None,
    accept_language: Language = "id",
) -> dict[str, Any]:
    """Ask for a service that goes step by step. 409 `service_off`, `too_many_cases`."""
    moment = now()
    if body.kind not in kinds():
        raise Problem("invalid_request", f"kind is one of {', '.join(kinds())}.")
    case = work.open_case(
        session,
        find_office(body.office),
        body.kind,
        body.phone,
        min(aware(body.asked_at, moment), moment),
        conversation_id=body.conversation_id,
        details=body.details,
        files=[one.dict() for one in body.files],
        day=body.date,
        key=idempotency_key,
    )
    return as_dict(case, accept_language)


@router.get("")
def get_cases(
    phone: Phone, session: Reading, kind: str = "", accept_language: Language = "id"
) -> list[dict[str, Any]]:
    """The sender's cases, newest first; the last step and what it means, nothing of the person."""
    found = work.of_sender(session, person_of(session, phone), kind)
    return [as_dict(case, accept_language) for case in found]


@router.post("/{code}/files", status_code=201)
def post_files(
    code: str, body: MoreFiles, session: Writing, accept_language: Language = "id"
) -> dict[str, Any]:
    """Add what was missing. 404 `case_not_found`, 409 `case_ended`."""
    case = _own(session, code, body.phone)
    work.add_files(session, case, [one.dict() for one in body.files], now())
    return as_dict(case, accept_language)


@router.post("/{code}/arrival", status_code=201)
def post_arrival(
    code: str, body: Arrival, session: Writing, accept_language: Language = "id"
) -> dict[str, Any]:
    """The citizen sits in the waiting room. 404 `case_not_found`, 409 `case_ended`."""
    case = _own(session, code, body.phone)
    work.arrive(session, case, body.seat, now())
    return as_dict(case, accept_language)


@router.delete("/{code}")
def delete_case(
    code: str, phone: Phone, session: Writing, accept_language: Language = "id"
) -> dict[str, Any]:
    """Give it up. 404 `case_not_found`, 409 `case_ended`, `too_late_to_cancel`."""
    case = _own(session, code, phone)
    work.cancel(session, case, now(), "")
    return as_dict(case, accept_language)


def _own(session: Session, code: str, phone: str) -> Case:
    """The sender's case; another person's is not there for them."""
    case = work.find(session, code)
    if case.sender != person_of(session, phone):
        raise Problem("case_not_found", "Check the code.")
    return case


def as_dict(case: Case, accept_language: str) -> dict[str, Any]:
    """A case as citizens may read it."""
    office, language = find_office(case.office), accept_language[:2].lower()
    rules, said = work.rules_of(case), words()[case.kind]
    opening = None if is_open(office, "petugas", now()) else next_opening(office, "petugas", now())
    return {
        "code": case.code,
        "kind": case.kind,
        "kind_name": said.name.in_language(language),
        "office": case.office,
        "group": case.details.get("group", ""),
        "step": case.step,
        "step_label": said.steps[case.step].label.in_language(language),
        "step_text": said.steps[case.step].citizen.in_language(language),
        "awaits_citizen": rules.steps[case.step].awaits_citizen,
        "takes_files": case.ended_at is None and rules.takes_files(case.step),
        "may_cancel": case.ended_at is None and rules.may_be_cancelled(case.step),
        "ended": case.ended_at is not None,
        "date": case.date,
        "files": len(case.files),
        "answered_from": opening.astimezone(office.zone) if opening else None,
        "created_at": case.created_at.astimezone(office.zone),
        "updated_at": case.updated_at.astimezone(office.zone),
    }
