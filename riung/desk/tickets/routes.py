"""Tickets over the API. Officers work on them in the desk."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from sqlalchemy import select

from riung.backend.auth import api_key
from riung.backend.bookings.booking_request import aware
from riung.backend.bookings.routes import Key
from riung.backend.db import Reading, Writing
from riung.backend.quotas.rules import find_office
from riung.clock import now
from riung.desk import handover
from riung.desk.tickets.creation import (
    Message,
    TicketKind,
    TicketRequest,
    add_message,
    find_ticket,
    open_ticket,
)
from riung.desk.tickets.tables import Ticket
from riung.office.hours import is_open, next_opening

MOST = 5
"""Requests told at once; older ones are found by their number."""

router = APIRouter(prefix="/tickets", tags=["tickets"], dependencies=[Depends(api_key)])


@router.post("", status_code=201)
def post_ticket(
    body: TicketRequest, session: Writing, idempotency_key: Key = None
) -> dict[str, Any]:
    """Ask for a person: a handover of the chat, a complaint, or a visit at home.

    Texts are masked before they are stored. A conversation has one running handover; asking again
    gives the same ticket. `answered_from` is when officers answer next: now or when hours begin.
    """
    office, moment = find_office(body.office), now()
    ticket = open_ticket(session, office, body, idempotency_key, moment)
    if ticket.kind == "handover" and ticket.conversation_id:
        talk = handover.requested(
            session,
            sender_id=ticket.conversation_id,
            office=office.id,
            ticket=ticket.code,
            reason=body.details.get("reason", "citizen"),
            moment=moment,
            asked_at=min(aware(body.asked_at, moment), moment),
        )
        if body.asked_at:
            handover.heard(session, talk, min(aware(body.asked_at, moment), moment), moment)
    return _as_dict(ticket)


@router.post("/{code}/messages", status_code=201)
def post_message(code: str, body: Message, session: Writing) -> dict[str, Any]:
    """Add what the citizen wrote after asking. 404 `ticket_not_found`, 409 `ticket_closed`."""
    ticket = find_ticket(session, code)
    add_message(ticket, body, now())
    return _as_dict(ticket)


@router.get("")
def get_tickets(conversation: str, kind: TicketKind, session: Reading) -> list[dict[str, Any]]:
    """The newest requests of a conversation; an anonymous complaint belongs to none."""
    mine = select(Ticket).filter_by(conversation_id=conversation, kind=kind)
    newest = session.execute(mine.order_by(Ticket.id.desc()).limit(MOST)).scalars()
    return [_as_dict(ticket) for ticket in newest]


@router.get("/{code}")
def get_ticket(code: str, session: Reading) -> dict[str, Any]:
    """How far a request is, and an officer's answer; not what the citizen wrote."""
    return _as_dict(find_ticket(session, code))


def _as_dict(ticket: Ticket) -> dict[str, Any]:
    office = find_office(ticket.office)
    in_hours = is_open(office, "petugas", now())
    answered_from = now() if in_hours else next_opening(office, "petugas", now())
    return {
        "code": ticket.code,
        "kind": ticket.kind,
        "office": ticket.office,
        "status": ticket.status,
        "anonymous": ticket.kind == "complaint" and not ticket.conversation_id,
        "in_hours": in_hours,
        "answered_from": answered_from.astimezone(office.zone) if answered_from else None,
        "answer": ticket.details.get("answer", ""),
        "due_at": ticket.due_at.astimezone(office.zone) if ticket.due_at else None,
        "created_at": ticket.created_at.astimezone(office.zone),
        "updated_at": ticket.updated_at.astimezone(office.zone),
    }
