"""What the page of one conversation shows: its transcript, who owns it, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from riung import clock
from riung.channel_client import Delivery
from riung.desk import (
    accounts,
    canned_replies,
    citizen_profile,
    conversations,
    deliveries,
    handover,
    intent_names,
    snooze,
)
from riung.desk.access import Principal, Right
from riung.desk.tables import Conversation, User
from riung.desk.tickets import queries
from riung.intents import intents


def transcript(
    session: Session,
    found: Conversation,
    around: int | None = None,
    sent: Sequence[Delivery] = (),
    limit: int = conversations.LINES,
) -> dict[str, Any]:
    """The transcript with the notes in their places, by time."""
    said = conversations.lines(session, found.id, limit, around)
    others = conversations.has_others(session, found.id, said)
    notes = [
        note
        for note in conversations.notes(session, found.id)
        if not (others.older and note.at < said[0].at)
        and not (others.newer and note.at > said[-1].at)
    ]
    known = deliveries.by_line(said, sent)
    return {
        "deliveries": known,
        "quoted": deliveries.quoted(said, known),
        "lines": sorted([*said, *notes], key=lambda entry: entry.at),
        "older": said[0].id if others.older else None,
        "newer": said[-1].id if others.newer else None,
        "around": around,
        "names": accounts.names(session),
        "topic_name": intent_names.name,
        "zone": handover.office_of(found).zone,
        "conversation": found,
    }


def talk(
    session: Session,
    who: Principal,
    found: Conversation,
    around: int | None = None,
    sent: Sequence[Delivery] = (),
    limit: int = conversations.LINES,
) -> dict[str, Any]:
    """Everything the page shows of a conversation."""
    office, now = handover.office_of(found), clock.now()
    current = handover.open_handover(session, found.id)
    owner = session.get(User, found.owner_id) if found.owner_id else None
    colleagues = [user for user in accounts.colleagues(session, found.office) if user.id != who.id]
    return {
        **transcript(session, found, around, sent, limit),
        "is_whole": limit > conversations.LINES,
        "who": conversations.who_it_is(found),
        "office": office,
        "office_of": handover.office_of,
        "owner": owner,
        "mine": owner is not None and owner.id == who.id,
        "may_erase": who.may(Right.ERASE),
        "may_take_over": conversations.may_take_over(found, who),
        "is_snoozed": snooze.is_snoozed(found),
        "snoozes": snooze.CHOICES,
        "may_move": owner is None or owner.id == who.id or who.may(Right.ASSIGN),
        "window_open": conversations.window_open(found, now),
        "handover": current,
        "patience": handover.patience_of(office),
        "colleagues": colleagues,
        "canned": canned_replies.canned(office, who.name, found.language),
        "citizen": citizen_profile.about(session, found, office),
        "flag_names": citizen_profile.FLAG_NAMES,
        "status_names": queries.STATUS_NAMES,
        "kind_names": queries.KIND_NAMES,
        "reason": intents().handover_reasons.get(current.reason, "") if current else "",
    }
