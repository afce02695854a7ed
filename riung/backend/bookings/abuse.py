"""Tries that look like a tout's. They are flagged to officers and refused to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from riung.backend.bookings.booking_request import BookingDetails
from riung.backend.bookings.tables import Attempt, Flag
from riung.backend.db import insert_once
from riung.backend.people import sender_hash
from riung.privacy import mask_phone

MANY_IDENTITIES = 3
"""More different NIKs than this from one sender within a week: more than a family's parents and
a child, where the place does not allow more (`orang_per_nomor`). No source states a number;
officers judge, the program only points."""

MANY_TRIES = 20
"""More tries than this from one sender within an hour: no hand types so often."""

MOST_COUNTED = 200
"""Tries looked at; beyond it the count says nothing new."""

WEEK, HOUR = timedelta(days=7), timedelta(hours=1)


_TRIES = (
    select(Attempt.identity_hash, Attempt.at)
    .where(Attempt.sender_hash == bindparam("who"), Attempt.at > bindparam("since"))
    .order_by(Attempt.at.desc())
    .limit(MOST_COUNTED)
)


def note_attempt(session: Session, details: BookingDetails, now: datetime) -> None:
    """Remember the try and flag its sender when the tries are too many."""
    who = sender_hash(session, details.sender)
    session.add(Attempt(sender_hash=who, identity_hash=details.identity.hash, at=now))
    session.flush()
    tries = session.execute(_TRIES, {"who": who, "since": now - WEEK}).all()
    family = max(MANY_IDENTITIES, details.place.aturan.orang_per_nomor)
    counts = {
        "many_identities": (len({identity for identity, _ in tries}), family),
        "many_tries": (sum(at > now - HOUR for _, at in tries), MANY_TRIES),
    }
    for reason, (count, most) in counts.items():
        if count > most:
            _flag(session, details, who, reason, count, now)


def flags_of(session: Session, office: str) -> list[Flag]:
    """What an office's officers should look at, newest first."""
    newest = select(Flag).filter_by(office=office).order_by(Flag.last_at.desc())
    return list(session.execute(newest).scalars())


def flags_on(session: Session, office: str, senders: Iterable[str | None]) -> dict[str, list[Flag]]:
    """Those of the senders who are flagged, each with its flags."""
    flags: dict[str, list[Flag]] = {}
    for flag in flags_of(session, office):
        flags.setdefault(flag.sender_hash, []).append(flag)
    hashes = {sender: sender_hash(session, sender) for sender in senders if sender and flags}
    return {sender: flags[hashed] for sender, hashed in hashes.items() if hashed in flags}


def _flag(
    session: Session, details: BookingDetails, who: str, reason: str, count: int, now: datetime
) -> None:
    key = {"office": details.office.id, "reason": reason, "sender_hash": who}
    masked = mask_phone(details.sender)
    new = {**key, "sender_masked": masked, "count": count, "first_at": now, "last_at": now}
    if not insert_once(session, Flag, new):
        flag = session.execute(select(Flag).filter_by(**key)).scalar_one()
        flag.count, flag.last_at = count, now
