"""What stands beside the chat: the citizen's bookings, tickets and asked-for applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.applications.tables import Application
from riung.backend.bookings.abuse import flags_on
from riung.backend.bookings.tables import Booking, Flag
from riung.desk.tables import Conversation, Message
from riung.desk.tickets import queries
from riung.desk.tickets.tables import Ticket
from riung.desk.transcript import CITIZEN
from riung.office.model import Office

NEWEST = 5
"""Of each kind: what fits beside a chat."""

FLAG_NAMES = {
    "many_identities": "NIK berbeda dalam seminggu",
    "many_tries": "percobaan dalam satu jam",
}
"""What a flag counts."""


@dataclass(frozen=True)
class AskedApplication:
    """An application number from the chat, and where that application stands."""

    number: str
    stage: str
    since: datetime | None


@dataclass(frozen=True)
class Citizen:
    """Everything known about the person on the other side, as far as officers need it."""

    bookings: list[Booking]
    tickets: list[Ticket]
    applications: list[AskedApplication]
    flags: list[Flag]


def about(session: Session, conversation: Conversation, office: Office) -> Citizen:
    """The profile of the person whom a conversation is with."""
    sender = conversation.person
    booked = (
        select(Booking).where(Booking.sender == sender).order_by(Booking.date.desc()).limit(NEWEST)
    )
    return Citizen(
        bookings=list(session.scalars(booked)),
        tickets=queries.of_sender(session, conversation.sender_id)[:NEWEST],
        applications=_asked(session, conversation, office),
        flags=flags_on(session, office.id, [sender]).get(sender, []),
    )


def _asked(session: Session, conversation: Conversation, office: Office) -> list[AskedApplication]:
    newest = (
        select(Message.details)
        .where(Message.conversation_id == conversation.id, Message.author == CITIZEN)
        .order_by(Message.id.desc())
        .limit(200)
    )
    numbers = dict.fromkeys(
        number for details in session.scalars(newest) for number in details.get("numbers", ())
    )
    return [_application(session, number, office) for number in list(numbers)[:NEWEST]]


def _application(session: Session, number: str, office: Office) -> AskedApplication:
    found = session.get(Application, number)
    if found is None:
        return AskedApplication(number, "tidak ada di data status", None)
    stages = office.raw.get("fakta", {}).get("tahap", {})
    label = str(stages.get(found.stage, {}).get("label", found.stage))
    return AskedApplication(number, label, found.updated_at)
