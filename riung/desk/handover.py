"""Carrying out what `riung.desk.ownership` decides: store it, and tell Rasa and the citizen.

State, numbers and what is to be said are written in one transaction. Rasa hears of it afterwards
from `riung.desk.rasa_outbox`, which keeps it until Rasa took it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riung.backend.people import kept_under
from riung.desk import conversations, live_updates, rasa_outbox
from riung.desk.access import ConflictError
from riung.desk.ownership import (
    Effect,
    Event,
    NotAllowedError,
    Patience,
    State,
    Timer,
    next_due,
    step,
)
from riung.desk.tables import Conversation, Handover, User
from riung.desk.tickets import queries
from riung.office import hours
from riung.office.model import Office
from riung.office.offices import default_office, offices

OFFICE_HOURS = "petugas"
"""The key under `jam:` in an office file: when officers answer chats."""


@dataclass(frozen=True)
class Actor:
    """Who makes something happen: an officer, or nobody (the citizen, a clock)."""

    id: int | None = None
    name: str = ""


NOBODY = Actor()


def waiting(session: Session, now: datetime) -> dict[str, tuple[int, float]]:
    """Office → how many wait for a person, and for how many seconds the first of them."""
    people = func.count(), func.min(Conversation.waiting_since)
    rows = session.execute(
        select(Conversation.office, *people)
        .where(Conversation.state == State.WAITING.value, Conversation.waiting_since.is_not(None))
        .group_by(Conversation.office)
    )
    return {office: (count, (now - since).total_seconds()) for office, count, since in rows}


def office_of(conversation: Conversation) -> Office:
    """The conversation's office; the default one when its file is gone."""
    return offices().get(conversation.office) or default_office()


def patience_of(office: Office) -> Patience:
    """The office's minutes (`meja:` in its file), with our defaults for what it does not set."""
    minutes = office.meja
    return Patience(
        answer=minutes.janji_menit,
        reply=minutes.balas_menit,
        idle=minutes.diam_menit,
        survey=minutes.survei_menit,
    )


def requested(
    session: Session,
    *,
    sender_id: str,
    office: str,
    ticket: str,
    reason: str,
    moment: datetime,
    asked_at: datetime | None = None,
) -> Conversation:
    """A person is asked for: a handover ticket was opened. Called with the ticket's transaction.

    Args:
        session: the ticket's write transaction.
        sender_id: the citizen, as Rasa calls them.
        office: the office id.
        ticket: the ticket's code.
        reason: why: `citizen`, `misunderstood`, or what the tapped button was about.
        moment: now, aware; the hours and the clocks go by it.
        asked_at: when the citizen wrote it, if that was earlier; waiting is counted from then.
    """
    conversation = conversations.of_sender_or_new(session, sender_id, office, moment)
    conversation.person = kept_under(session, conversation.person)
    is_open = hours.is_open(office_of(conversation), OFFICE_HOURS, moment)
    event = Event.REQUEST if is_open else Event.REQUEST_AFTER_HOURS
    apply(
        session,
        conversation,
        event,
        moment=moment,
        reason=reason,
        ticket=ticket,
        asked_at=asked_at,
    )
    return conversation


def heard(session: Session, conversation: Conversation, at: datetime, moment: datetime) -> None:
    """The citizen wrote at `at`, before the transcript tells it: from then on everything may be
    sent, also what was held back.
    """
    was_open = conversations.window_open(conversation, moment)
    conversation.citizen_at = max(at, conversation.citizen_at or at)
    if not was_open and conversations.window_open(conversation, moment):
        rasa_outbox.release(session, [conversation.id], moment)


def apply(
    session: Session,
    conversation: Conversation,
    event: Event,
    *,
    moment: datetime,
    actor: Actor = NOBODY,
    reason: str = "",
    ticket: str = "",
    summary: str = "",
    asked_at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Let an event happen to a conversation.

    Args:
        session: a write transaction.
        conversation: read in this transaction.
        event: what happens.
        moment: now, aware.
        actor: the officer who owns the conversation after TAKE and HAND_ON, or who wrote.
        reason: why a person is asked for (REQUEST).
        ticket: the handover ticket's code (REQUEST).
        asked_at: when it was asked for, if not now (REQUEST).
        summary: what the officer writes the citizen at the end (CLOSE).
        until: when it comes back (SNOOZE).

    Raises:
        ConflictError: the event is not possible any more; somebody was quicker.
    """
    before = State(conversation.state)
    try:
        rule = step(before, event)
    except NotAllowedError as error:
        raise ConflictError(_explain(session, conversation, event)) from error
    office = office_of(conversation)
    running = (Timer(conversation.timer), conversation.due_at)
    timer, due = next_due(rule, patience_of(office), moment, running)
    conversation.timer, conversation.due_at = timer.value, until or due
    _move(conversation, before, rule.state, event, actor, moment)
    if conversation.waiting_since == moment:
        conversation.waiting_since = asked_at or moment
    _keep_numbers(session, conversation, event, actor, moment, reason, ticket, asked_at)
    may_speak = conversations.window_open(conversation, moment)
    said = [
        rasa_outbox.events_of(
            effect, office, conversation.language, actor.name, patience_of(office), summary
        )
        for effect in rule.effects
        if may_speak or effect in (Effect.PAUSE, Effect.RESUME)
    ]
    changed = [rasa_outbox.owner(rule.state)] if rule.state is not before else []
    to_tell = [*changed, *(one for some in said for one in some)]
    if to_tell:
        rasa_outbox.put(session, conversation, to_tell, moment)
    comes_in = rule.state is State.WAITING and before is not State.WAITING
    if comes_in or event in _HEARD:
        live_updates.announce(session, conversation.office, "alert", conversation.id)
    live_updates.announce(session, conversation.office, "inbox", conversation.id)
    live_updates.announce(session, conversation.office, "talk", conversation.id)


def _move(
    conversation: Conversation,
    before: State,
    after: State,
    event: Event,
    actor: Actor,
    moment: datetime,
) -> None:
    if after is not before:
        conversation.state, conversation.state_since = after.value, moment
    if after is State.WAITING and before is not State.WAITING:
        conversation.waiting_since = moment
    if after is not State.WAITING:
        conversation.waiting_since = None
    if event in (Event.TAKE, Event.HAND_ON):
        conversation.owner_id = actor.id
    elif after is not State.OFFICER:
        conversation.owner_id = None
    if after is State.BOT:
        conversation.unread = 0


def _keep_numbers(
    session: Session,
    conversation: Conversation,
    event: Event,
    actor: Actor,
    moment: datetime,
    reason: str,
    ticket: str,
    asked_at: datetime | None,
) -> None:
    """The row of this handover, for waiting and answering times."""
    if event not in _COUNTED:
        return
    current = open_handover(session, conversation.id)
    asked = event in _ASKED
    if current is None and (asked or event is Event.TAKE):
        current = Handover(
            conversation_id=conversation.id,
            office=conversation.office,
            reason=reason or "officer",
            ticket=ticket,
            after_hours=event is Event.REQUEST_AFTER_HOURS,
            asked_at=asked_at or moment,
        )
        session.add(current)
    if current is None:
        return
    if event in (Event.TAKE, Event.HAND_ON):
        current.taken_at = current.taken_at or moment
        current.officer_id = actor.id
        queries.set_status(session, current.ticket, "in_progress", moment)
    elif event is Event.OFFICER_WROTE:
        current.answered_at = current.answered_at or moment
    elif event in _OUTCOMES:
        current.closed_at, current.outcome = moment, _OUTCOMES[event]
        queries.set_status(session, current.ticket, "closed", moment)


_HEARD = frozenset({Event.HAND_ON, Event.SNOOZE_OVER})
"""Events of which whoever has the conversation afterwards hears."""

_OUTCOMES = {
    Event.CLOSE: "closed",
    Event.IDLE: "idle",
    Event.WITHDRAW: "withdrawn",
}
_ASKED = frozenset({Event.REQUEST, Event.REQUEST_AFTER_HOURS})
_COUNTED = _ASKED | {Event.TAKE, Event.HAND_ON, Event.OFFICER_WROTE} | set(_OUTCOMES)
"""Events that a handover's row tells of."""


def open_handover(session: Session, conversation_id: int) -> Handover | None:
    """The handover that has not ended yet."""
    found: Handover | None = session.scalar(
        select(Handover)
        .where(Handover.conversation_id == conversation_id, Handover.closed_at.is_(None))
        .order_by(Handover.id.desc())
        .limit(1)
    )
    return found


def _explain(session: Session, conversation: Conversation, event: Event) -> str:
    if event is Event.TAKE and conversation.owner_id:
        owner = session.get(User, conversation.owner_id)
        return f"{owner.name if owner else 'Rekan Anda'} sudah mengambil percakapan ini."
    return "Percakapan ini sudah berpindah keadaan. Lihat dulu yang terbaru."
