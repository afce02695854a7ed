"""Reminders of a citizen's own dates: the limit of a payment, and a passport that soon ends.

How long before stands in the facts (`fakta/`): a passport is renewed in its last six months, a
billing code is to be paid within two hours.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.notices.outbox import plan
from riung.backend.people import sender_hash
from riung.backend.problems import Problem, register
from riung.backend.subscriptions.tables import Subscription
from riung.formatting import say_date, say_time
from riung.localized import in_both
from riung.office.facts import facts
from riung.office.message_hours import MessageHours
from riung.office.model import Office
from riung.office.offices import offices

register(
    {
        "date_malformed": (422, "The day or moment cannot be read"),
        "date_past": (422, "The day or moment is over"),
    }
)

BEFORE_LIMIT = timedelta(minutes=30)
"""How long before the limit of a payment its reminder comes."""

NEWS_FOR = timedelta(days=30)
"""How long it is of use to hear that a passport may be renewed."""


@lru_cache(maxsize=1)
def months_before_end() -> int:
    """From how many months before its end a passport is renewed (fact sisa_masa_berlaku)."""
    return int(facts()["sisa_masa_berlaku"].value["bulan_sebelum_habis"])


def passport_end(written: str, today: date) -> str:
    """The last day of a passport as `2028-05-12`.

    Raises:
        Problem: `date_malformed` no day; `date_past` it is over, so nothing can be told before.
    """
    try:
        ends = date.fromisoformat(written)
    except ValueError as error:
        raise Problem("date_malformed", "Send the day as 2028-05-12.") from error
    if ends <= today:
        raise Problem("date_past", "The passport has ended.")
    return ends.isoformat()


def remind_of_payment(
    session: Session, office: Office, sender: str, written: str, now: datetime
) -> str:
    """Plan the reminder of one payment, also outside the office's hours: it was asked for now.

    Raises:
        Problem: `date_malformed` no moment with its zone; `date_past` the limit is over.
    """
    try:
        limit = datetime.fromisoformat(written)
    except ValueError as error:
        raise Problem("date_malformed", "Send the limit as 2026-11-29T14:30:00+07:00.") from error
    if limit.tzinfo is None:
        raise Problem("date_malformed", "Send the limit with its zone.")
    if limit <= now:
        raise Problem("date_past", "The limit is over.")
    plan(
        session,
        key=f"payment:{sender_hash(session, sender)[:24]}:{limit:%Y%m%d%H%M}",
        kind="batas_bayar",
        office=office.id,
        to=sender,
        variables={"batas": say_time(limit, office.zone)},
        due_at=max(now, limit - BEFORE_LIMIT),
        expires_at=limit,
        now=now,
    )
    return limit.isoformat()


def tell_passports_end(session: Session, now: datetime) -> None:
    """Tell who asked that their passport may be renewed; telling uses a wish up."""
    wanted = select(Subscription).filter_by(kind="passport")
    for wish in session.execute(wanted).scalars().all():
        office = offices().get(wish.office)
        ends = date.fromisoformat(wish.subject)
        renewable = ends - relativedelta(months=months_before_end())
        if office is None or now.astimezone(office.zone).date() < renewable:
            continue
        due = MessageHours.of(office).next_moment(now)
        plan(
            session,
            key=f"passport:{wish.id}",
            kind="paspor_habis",
            office=office.id,
            to=wish.sender,
            variables={"tanggal": in_both(partial(say_date, ends))},
            due_at=due,
            expires_at=due + NEWS_FOR,
            now=now,
        )
        session.delete(wish)
