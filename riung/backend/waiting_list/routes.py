"""The waiting list over the API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.auth import api_key
from riung.backend.bookings.booking_request import BookingRequest, checked_details
from riung.backend.bookings.picture import picture_link
from riung.backend.bookings.representation import ticket
from riung.backend.bookings.routes import Key, Phone
from riung.backend.db import Reading, Writing
from riung.backend.people import person_of
from riung.backend.quotas.rules import find_office, find_place
from riung.backend.waiting_list.tables import LIVE, WaitingEntry
from riung.backend.waiting_list.waiting import accept, find_entry, join, leave, position
from riung.clock import now

router = APIRouter(prefix="/waiting-list", tags=["waiting list"], dependencies=[Depends(api_key)])


@router.post("", status_code=201)
def post_entry(
    body: BookingRequest, session: Writing, idempotency_key: Key = None
) -> dict[str, Any]:
    """Wait for a full day. 409 `places_free`, `already_waiting`, `already_booked`, …"""
    details = checked_details(session, body, idempotency_key, now())
    return _as_dict(session, join(session, details, now()))


@router.get("")
def get_entries(phone: Phone, session: Reading) -> list[dict[str, Any]]:
    """What the sender waits for, and the offers that can be accepted now."""
    mine = select(WaitingEntry).where(
        WaitingEntry.sender == person_of(session, phone), WaitingEntry.status.in_(LIVE)
    )
    entries = session.execute(mine.order_by(WaitingEntry.date)).scalars()
    return [_as_dict(session, entry) for entry in entries]


@router.post("/{code}/accept", status_code=201)
def post_accept(
    code: str, request: Request, session: Writing, phone: Phone | None = None
) -> dict[str, Any]:
    """Take the offered place. 409 `offer_expired`, `not_offered`, `already_booked`."""
    booking = accept(session, find_entry(session, code, phone), now())
    return ticket(booking) | {"picture": picture_link(request.app.state.settings, booking)}


@router.delete("/{code}")
def delete_entry(code: str, session: Writing, phone: Phone | None = None) -> dict[str, Any]:
    """Leave the line or decline the offer."""
    return _as_dict(session, leave(session, find_entry(session, code, phone), now()))


def _as_dict(session: Session, entry: WaitingEntry) -> dict[str, Any]:
    office = find_office(entry.office)
    zone = office.zone
    return {
        "code": entry.code,
        "status": entry.status,
        "position": position(session, entry),
        "office": entry.office,
        "place": entry.place,
        "place_name": find_place(office, entry.place).nama,
        "date": entry.date,
        "name": entry.name,
        "kind": entry.kind,
        "service_class": entry.service_class,
        "accept_by": entry.accept_by.astimezone(zone) if entry.accept_by else None,
    }
