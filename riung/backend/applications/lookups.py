"""A pause for senders who try numbers: more than ten unknown ones within an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.applications.tables import UnknownLookup
from riung.backend.problems import Problem

MOST_UNKNOWN = 10
"""Unknown numbers one sender may ask for in `WINDOW` (docs/api.md): more is guessing."""

WINDOW = timedelta(hours=1)


def pause_seconds(session: Session, sender_hash: str, now: datetime) -> int:
    """How long the sender has to wait, 0 when not at all; a number that exists waits as well."""
    recent = (
        select(UnknownLookup.at)
        .where(UnknownLookup.sender_hash == sender_hash, UnknownLookup.at > now - WINDOW)
        .order_by(UnknownLookup.at.desc())
        .limit(MOST_UNKNOWN + 1)
    )
    moments = session.execute(recent).scalars().all()
    if len(moments) <= MOST_UNKNOWN:
        return 0
    return int((moments[-1] + WINDOW - now).total_seconds()) + 1


def paused(seconds: int) -> Problem:
    """The answer to a sender who has to wait."""
    return Problem(
        "too_many_unknown",
        f"More than {MOST_UNKNOWN} numbers that do not exist within an hour.",
        headers={"Retry-After": str(seconds)},
        retry_after=seconds,
    )


def note_unknown(session: Session, sender_hash: str, now: datetime) -> None:
    """Count one unknown number; the number itself is kept nowhere."""
    session.add(UnknownLookup(sender_hash=sender_hash, at=now))
    session.flush()
