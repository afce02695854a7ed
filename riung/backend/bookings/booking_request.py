"""What a citizen asks for, checked before any place is touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  (the field is called date)
from datetime import datetime, timedelta, timezone

from pydantic import Field, root_validator
from sqlalchemy.orm import Session

from riung.backend.people import Identity, checked_name, identity_from_token, identity_of, person_of
from riung.backend.problems import Problem, register
from riung.backend.quotas.rules import ServiceClass, find_office, find_place
from riung.backend.schema import Body
from riung.office.model import Office, Place

STALE = timedelta(minutes=10)
"""A message older than this is judged by our clock (the channel's bound for late answers)."""

register(
    {
        "booking_not_offered": (409, "This place takes no bookings over WhatsApp"),
        "kind_not_served": (409, "This place does not serve this kind of application"),
    }
)


class BookingRequest(Body):
    """Body of `POST /bookings` and of `POST /waiting-list`."""

    office: str
    place: str
    date: Date
    phone: str = Field(..., min_length=3, max_length=160, description="WhatsApp number or user id")
    name: str = Field(..., max_length=200)
    nik: str | None = Field(None, max_length=40)
    identity: str | None = Field(None, max_length=300, description="token of POST /identities")
    kind: str = Field("baru", max_length=40)
    service_class: ServiceClass = "regular"
    sent_at: datetime | None = Field(None, description="time WhatsApp gave the message")
    sequence: int | None = Field(None, description="order of arrival within the same second")

    @root_validator(skip_on_failure=True)
    def _one_identity(cls, values: dict[str, object]) -> dict[str, object]:
        if bool(values["nik"]) == bool(values["identity"]):
            raise ValueError("give either nik or identity")
        return values


@dataclass(frozen=True)
class BookingDetails:
    """A checked request. `sent_at` orders it, `asked_at` is compared with the opening."""

    office: Office
    place: Place
    day: Date
    kind: str
    service_class: str
    sender: str
    name: str
    identity: Identity
    sent_at: datetime
    asked_at: datetime
    key: str | None


def checked_details(
    session: Session, request: BookingRequest, key: str | None, received: datetime
) -> BookingDetails:
    """Check a request and find what it names.

    Raises:
        Problem: unknown office or place, a place without WhatsApp bookings, a kind it does not
            serve, a NIK or name that cannot be one.
    """
    office = find_office(request.office)
    place = find_place(office, request.place)
    check_offered(place, request.kind)
    identity = (
        identity_of(session, request.nik)
        if request.nik
        else identity_from_token(session, request.identity or "")
    )
    sent_at = aware(request.sent_at, received)
    return BookingDetails(
        office=office,
        place=place,
        day=request.date,
        kind=request.kind,
        service_class=request.service_class,
        sender=person_of(session, request.phone),
        name=checked_name(request.name),
        identity=identity,
        sent_at=sent_at,
        asked_at=sent_at if received - STALE <= sent_at <= received else received,
        key=key,
    )


def check_offered(place: Place, kind: str) -> None:
    """Refuse places that are not booked over WhatsApp, and kinds the place does not serve."""
    if place.pendaftaran != "whatsapp":
        raise Problem("booking_not_offered", f"Register by {place.pendaftaran}.")
    if place.layanan and kind not in place.layanan:
        raise Problem("kind_not_served", f"It serves: {', '.join(place.layanan)}.")


def aware(moment: datetime | None, received: datetime) -> datetime:
    """The moment in UTC; a missing one is when we received the message."""
    if moment is None:
        return received
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
