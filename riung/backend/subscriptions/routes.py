"""Asking to be told later, and asking not to be told."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Depends
from pydantic import Field
from sqlalchemy import delete, select

from riung.backend.applications.tables import Application
from riung.backend.applications.transitions import normal_number
from riung.backend.auth import api_key
from riung.backend.bookings.routes import Phone
from riung.backend.db import Reading, Writing, insert_once
from riung.backend.people import person_of, sender_hash
from riung.backend.problems import Problem
from riung.backend.quotas.rules import find_office, find_place
from riung.backend.schema import Body
from riung.backend.subscriptions.own_dates import passport_end, remind_of_payment
from riung.backend.subscriptions.tables import OptOut, Subscription
from riung.clock import now
from riung.office.model import Office

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"], dependencies=[Depends(api_key)])


class Wanted(Body):
    """`status`: `subject` is an application number; `quota`: it is a place of the office;
    `passport`: the passport's last day (2028-05-12); `payment`: the limit (with its zone).
    """

    kind: Literal["status", "quota", "passport", "payment"]
    office: str
    subject: str = Field(..., max_length=40)
    phone: str = Field(..., min_length=3, max_length=160)


@router.post("", status_code=201)
def post_subscription(body: Wanted, session: Writing) -> dict[str, Any]:
    """Tell this sender when the stage changes, the quota opens, the passport may be renewed or the
    payment is due; also ends an opt-out.

    404 `application_not_found`, `place_not_found`; 422 `date_malformed`, `date_past`. Asking twice
    is the same as once.
    """
    office = find_office(body.office)
    sender = person_of(session, body.phone)
    mine = OptOut.sender_hash == sender_hash(session, sender)
    session.execute(delete(OptOut).where(mine))
    if body.kind == "payment":
        subject = remind_of_payment(session, office, sender, body.subject, now())
    else:
        subject = _subject(session, office, body)
        wanted = {"kind": body.kind, "office": office.id, "subject": subject, "sender": sender}
        insert_once(session, Subscription, {**wanted, "created_at": now()})
    return {"kind": body.kind, "office": office.id, "subject": subject}


def _subject(session: Writing, office: Office, body: Wanted) -> str:
    """What the wish is about, as it is kept."""
    if body.kind == "quota":
        return find_place(office, body.subject).id
    if body.kind == "passport":
        return passport_end(body.subject, now().astimezone(office.zone).date())
    number = normal_number(body.subject)
    if session.get(Application, number) is None:
        raise Problem("application_not_found", "Check the digits on the receipt.")
    return number


@router.get("")
def get_subscriptions(phone: Phone, session: Reading) -> list[dict[str, Any]]:
    """What the sender asked to be told."""
    mine = (
        select(Subscription).filter_by(sender=person_of(session, phone)).order_by(Subscription.id)
    )
    return [
        {"kind": subscription.kind, "office": subscription.office, "subject": subscription.subject}
        for subscription in session.execute(mine).scalars()
    ]


@router.delete("")
def delete_subscriptions(phone: Phone, session: Writing) -> dict[str, Any]:
    """Opt out: no more reminders and no more news, until the sender subscribes again.

    Messages about the sender's own place in the queue (closed day, offered place) still come.
    """
    sender = person_of(session, phone)
    session.execute(delete(Subscription).where(Subscription.sender == sender))
    insert_once(session, OptOut, {"sender_hash": sender_hash(session, sender), "at": now()})
    return {"opted_out": True}
