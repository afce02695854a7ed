"""Bookings over the API."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (the field is called date)
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from sqlalchemy.orm import Session

from riung.backend.auth import api_key
from riung.backend.bookings.abuse import flags_of, note_attempt
from riung.backend.bookings.booking import book, glance
from riung.backend.bookings.booking_request import (
    BookingDetails,
    BookingRequest,
    aware,
    checked_details,
)
from riung.backend.bookings.picture import picture_link
from riung.backend.bookings.representation import ticket
from riung.backend.bookings.rescheduling import cancel, find_booking, open_bookings_of, reschedule
from riung.backend.bookings.tables import Booking
from riung.backend.db import Database, Reading, Writing, database
from riung.backend.people import identity_of
from riung.backend.problems import Problem
from riung.backend.quotas.days import day_view
from riung.backend.quotas.rules import find_office, find_place
from riung.backend.schema import Body
from riung.clock import now

router = APIRouter(tags=["bookings"], dependencies=[Depends(api_key)])

Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
Phone = Annotated[str, Query(max_length=160, description="WhatsApp number or user id")]


class Nik(Body):
    """Body of `POST /identities`."""

    nik: str = Field(..., max_length=40)


class NewDay(Body):
    """Body of a reschedule."""

    date: Date
    place: str | None = Field(None, description="the present place when left out")
    phone: str | None = Field(None, max_length=160, description="must be the booking's own")
    sent_at: datetime | None = Field(None, description="when the citizen wrote it")


@router.post("/identities", status_code=201)
def post_identity(body: Nik, session: Reading) -> dict[str, Any]:
    """Check a NIK and get a token for it, so that nobody has to store the NIK.

    `is_child` tells whether other documents are needed than an adult's.

    422 `nik_format`, `nik_length`, `nik_region` or `nik_birth_date` say what is wrong with it.
    """
    identity = identity_of(session, body.nik)
    token = identity.token(session)
    return {"identity": token, "last4": identity.last4, "is_child": identity.is_child}


@router.post("/bookings", status_code=201)
async def post_booking(
    request: Request, body: BookingRequest, idempotency_key: Key = None
) -> dict[str, Any]:
    """Take a place: first come, first served by `sent_at`, never more than the day has.

    Use the WhatsApp message id as `Idempotency-Key`; the same key gives the same booking. 409:
    `quota_full` (with `next_open`, `next_opening`, `other_places`), `already_booked`,
    `quota_closed`, `not_yet_open` (with `opens_at`).
    """
    received = now()
    look = partial(_look, database(request), body, idempotency_key, received)
    details, known = await run_in_threadpool(look)
    if known is None:
        async with request.app.state.turnstile.turn(details.sent_at, body.sequence):
            known = await run_in_threadpool(_book, database(request), details, received)
    if isinstance(known, Problem):
        raise known
    return ticket(known) | {"picture": picture_link(request.app.state.settings, known)}


@router.get("/bookings")
def get_bookings(phone: Phone, session: Reading) -> list[dict[str, Any]]:
    """The sender's open bookings; `day_closed` is why the day takes nobody, null when it does."""
    return [
        ticket(booking) | {"day_closed": _day_closed(session, booking)}
        for booking in open_bookings_of(session, phone)
    ]


@router.get("/bookings/{code}")
def get_booking(code: str, session: Reading, phone: Phone | None = None) -> dict[str, Any]:
    """One booking by its code; with `phone` only the sender's own."""
    return ticket(find_booking(session, code, phone))


@router.delete("/bookings/{code}")
def delete_booking(
    code: str, session: Writing, phone: Phone | None = None, sent_at: datetime | None = None
) -> dict[str, Any]:
    """Give the place back: it goes to the waiting list. 409 `too_late`, `booking_over`.

    `sent_at` is when the citizen wrote it; the office's limit is judged by it.
    """
    asked_at = aware(sent_at, now())
    return ticket(cancel(session, find_booking(session, code, phone), now(), asked_at=asked_at))


@router.post("/bookings/{code}/reschedule")
def post_reschedule(code: str, body: NewDay, request: Request, session: Writing) -> dict[str, Any]:
    """Move the booking to another day. 409 `too_late`, `moves_used` or as for a new booking.

    The office's limit is judged by `sent_at`.
    """
    booking = find_booking(session, code, body.phone)
    asked_at = aware(body.sent_at, now())
    moved = reschedule(session, booking, body.place, body.date, now(), asked_at=asked_at)
    return ticket(moved) | {"picture": picture_link(request.app.state.settings, moved)}


@router.get("/flags")
def get_flags(office: str, session: Reading) -> list[dict[str, Any]]:
    """Senders whose tries officers should look at, newest first."""
    return [
        {
            "reason": flag.reason,
            "sender": flag.sender_masked,
            "count": flag.count,
            "first_at": flag.first_at,
            "last_at": flag.last_at,
        }
        for flag in flags_of(session, office)
    ]


def _day_closed(session: Session, booking: Booking) -> str | None:
    office = find_office(booking.office)
    return day_view(session, office, find_place(office, booking.place), booking.date).closed_reason


def _look(
    store: Database, body: BookingRequest, key: str | None, received: datetime
) -> tuple[BookingDetails, Booking | Problem | None]:
    with store.reading() as session:
        details = checked_details(session, body, key, received)
        known = glance(session, details, received)
    if isinstance(known, Problem):
        with store.writing() as session:
            note_attempt(session, details, received)
    return details, known


def _book(store: Database, details: BookingDetails, received: datetime) -> Booking | Problem:
    with store.writing() as session:
        return book(session, details, received)
