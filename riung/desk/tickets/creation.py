"""Opening a ticket: masked, once per message, with the day it is due."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ConstrainedStr, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.bookings.booking_request import aware
from riung.backend.codes import new_code, normal_code
from riung.backend.once import once
from riung.backend.people import person_of, sender_hash
from riung.backend.problems import Problem, register
from riung.backend.schema import Body
from riung.desk.tickets.tables import Ticket
from riung.office.message_hours import MessageHours, local_moment
from riung.office.model import Office
from riung.privacy import mask
from riung.validation import Edited, edited_file, read_as

DUE_FILE = edited_file("aturan/tiket.yml")

MOST_MESSAGES = 20
"""Messages kept with a ticket: what fits an officer's screen."""

register(
    {
        "ticket_not_found": (404, "There is no such ticket"),
        "ticket_closed": (409, "This request is closed"),
    }
)


TicketKind = Literal["handover", "complaint", "home_service"]
"""What is asked for."""


class FileId(ConstrainedStr):
    """A file the channel keeps."""

    regex = re.compile(r"^[0-9A-Za-z]{1,64}$")


class Message(Body):
    """One bubble of the conversation."""

    sender: Literal["citizen", "bot", "officer"] = "citizen"
    text: str = Field(..., max_length=4096)
    at: datetime | None = None
    files: list[FileId] = Field([], max_items=20, description="ids of files sent with it")


class TicketRequest(Body):
    """Body of `POST /tickets`."""

    kind: TicketKind
    office: str
    conversation_id: str | None = Field(None, max_length=160)
    phone: str | None = Field(None, max_length=160)
    subject: str = Field("", max_length=2000)
    asked_at: datetime | None = Field(None, description="when the citizen wrote, if not just now")
    last_messages: list[Message] = Field([], max_items=100)
    details: dict[str, str] = Field({}, description="what a form asked, such as an address")
    files: list[FileId] = Field([], max_items=20, description="the channel's ids of sent files")


class DaysToAnswer(Edited):
    """Working days for each kind of ticket."""

    handover: int = Field(ge=0, le=60)
    complaint: int = Field(ge=0, le=60)
    home_service: int = Field(ge=0, le=60)


class TicketRules(Edited):
    """The file `aturan/tiket.yml`."""

    batas_hari_kerja: DaysToAnswer


@lru_cache(maxsize=1)
def days_to_answer() -> dict[str, int]:
    """Working days an office has for each kind of ticket (`aturan/tiket.yml`)."""
    return read_ticket_rules().batas_hari_kerja.dict()


def read_ticket_rules(path: Path = DUE_FILE) -> TicketRules:
    """The file, typed.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, TicketRules)


def open_ticket(
    session: Session, office: Office, request: TicketRequest, key: str | None, now: datetime
) -> Ticket:
    """Store the request, as of when the citizen wrote it. The same key gives the same ticket; so
    does a second handover of a conversation whose first one is not closed.
    """
    return once(
        session,
        lambda: _before(session, request, key),
        lambda: _new(session, office, request, key, now),
    )


def _new(
    session: Session, office: Office, request: TicketRequest, key: str | None, now: datetime
) -> Ticket:
    asked = min(aware(request.asked_at, now), now)
    ticket = Ticket(
        code=new_code(session, Ticket),
        kind=request.kind,
        office=office.id,
        status="open",
        conversation_id=request.conversation_id,
        sender_hash=sender_hash(session, person_of(session, request.phone))
        if request.phone
        else None,
        subject=mask(request.subject),
        last_messages=[_stored(message) for message in request.last_messages[-MOST_MESSAGES:]],
        details=_details(request),
        idempotency_key=key,
        due_at=due_at(office, request.kind, asked),
        created_at=asked,
        updated_at=asked,
    )
    session.add(ticket)
    session.flush()
    return ticket


def add_message(ticket: Ticket, message: Message, now: datetime) -> None:
    """Add a line to a running request, masked; the oldest go when there are too many. The line that
    stands there last is the same call come again.

    Raises:
        Problem: `ticket_closed`.
    """
    if ticket.status == "closed":
        raise Problem("ticket_closed", "Open a new one.")
    known = ticket.details.get("files", "").split()
    if message.files:
        files = dict.fromkeys([*known, *message.files])
        ticket.details = {**ticket.details, "files": " ".join(files)}
    line = _stored(message)
    if line in ticket.last_messages[-1:]:
        return
    kept = [*ticket.last_messages, line]
    ticket.last_messages, ticket.updated_at = kept[-MOST_MESSAGES:], now


def find_ticket(session: Session, code: str) -> Ticket:
    """The ticket with that code, or the problem `ticket_not_found`."""
    found: Ticket | None = session.execute(
        select(Ticket).filter_by(code=normal_code(code))
    ).scalar()
    if found is None:
        raise Problem("ticket_not_found", "Check the code.")
    return found


def due_at(office: Office, kind: str, now: datetime) -> datetime:
    """The end of office hours on the last working day the office has to answer."""
    hours = MessageHours.of(office)
    day = hours.next_moment(now).astimezone(office.zone).date()
    left = days_to_answer()[kind]
    while left:
        day += timedelta(days=1)
        left -= hours.works_on(day)
    return local_moment(day, hours.end, office.zone)


def _before(session: Session, request: TicketRequest, key: str | None) -> Ticket | None:
    same = select(Ticket)
    if key is not None:
        found: Ticket | None = session.execute(same.filter_by(idempotency_key=key)).scalar()
        if found is not None:
            return found
    if request.kind != "handover" or request.conversation_id is None:
        return None
    running = same.filter_by(kind="handover", conversation_id=request.conversation_id)
    handover: Ticket | None = session.execute(running.where(Ticket.status != "closed")).scalar()
    return handover


def _stored(message: Message) -> dict[str, Any]:
    return {
        "sender": message.sender,
        "text": mask(message.text),
        "at": message.at.isoformat() if message.at else None,
    }


def _details(request: TicketRequest) -> dict[str, str]:
    details = {name: mask(value) for name, value in request.details.items()}
    return details | {"files": " ".join(request.files)} if request.files else details
