"""Handing due messages to the channel, which decides between free text and template.

The notice's key is the channel's idempotency key, so a message whose answer was lost is sent again
without reaching the citizen twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from riung.backend.db import Database
from riung.backend.notices.outbox import due
from riung.backend.notices.tables import Notice
from riung.channel_client import ChannelAwayError, ChannelClient, ChannelError
from riung.office.message_hours import MessageHours, local_moment
from riung.office.offices import offices

log = structlog.get_logger()

AT_ONCE = 200
"""Messages of one round; the next minute takes the rest. Meta's pace is the channel's business."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60))
"""Wait before each new try while the channel is away; the last one repeats until the end of use."""


class Outcome(Enum):
    """What the channel said."""

    TAKEN = "sent"
    REFUSED = "failed"
    AWAY = "pending"


def send(channel: ChannelClient, notice: Notice) -> Outcome:
    """Hand one message over. A refusal is final: sending it again would not help."""
    try:
        channel.send_template(
            notice.to or "", notice.office, notice.key, notice.kind, notice.variables, "bulk"
        )
    except ChannelAwayError:
        return Outcome.AWAY
    except ChannelError as error:
        log.error("notice.not_taken", kind=notice.kind, reason=str(error))
        return Outcome.REFUSED
    return Outcome.TAKEN


def deliver(database: Database, channel: ChannelClient, now: datetime) -> int:
    """Send what is due and drop what came too late; how many the channel took.

    No connection is held while the channel answers. After the first sign that it is away the rest
    waits for the next round.
    """
    with database.reading() as session:
        notices = due(session, now, AT_ONCE)
    taken = 0
    for notice in notices:
        outcome = None if now >= notice.expires_at else send(channel, notice)
        with database.writing() as session:
            _note(session, notice, outcome, now)
        taken += outcome is Outcome.TAKEN
        if outcome is Outcome.AWAY:
            break
    return taken


def _again_at(notice: Notice, now: datetime) -> datetime:
    """After the pause, but not after the office has closed for the day."""
    again = now + PAUSES[min(notice.tries, len(PAUSES) - 1)]
    office = offices().get(notice.office)
    if office is None:
        return again
    hours = MessageHours.of(office)
    closes = local_moment(now.astimezone(office.zone).date(), hours.end, office.zone)
    return again if again < closes else hours.next_moment(again)


def _note(session: Session, notice: Notice, outcome: Outcome | None, now: datetime) -> None:
    changes: dict[str, object] = {"tries": notice.tries + 1}
    if outcome is None:
        changes["status"] = "expired"
    elif outcome is Outcome.AWAY:
        changes["due_at"] = _again_at(notice, now)
    else:
        changes |= {"status": outcome.value, "sent_at": now}
    if changes.get("status"):
        changes |= {"to": None, "variables": {}}  # nothing personal stays longer than needed
    still = (Notice.id == notice.id) & (Notice.status == "pending")
    session.execute(
        update(Notice).where(still).values(**changes).execution_options(synchronize_session=False)
    )
