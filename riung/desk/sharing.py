"""Who is at work, and sharing out what waits among them where the office wants it.

An office switches it on in its file (`meja.bagi_otomatis`). The worker shares every 15 seconds:
each conversation to whoever is at work and holds least, in the hours in which officers answer.
Whoever let it pass or gave it back does not get it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riung import clock
from riung.desk import accounts, audit, handover
from riung.desk.access import ALL_OFFICES, RIGHTS, Principal, Right, Role
from riung.desk.ownership import Event, State, Timer
from riung.desk.tables import Conversation, Handover, LoginSession, User
from riung.office import hours
from riung.office.model import Office
from riung.office.offices import offices

AT_WORK_FOR = timedelta(minutes=15)
"""Who did something within this time is at work; a browser's last sign is up to five minutes old
(`riung.desk.sessions`).
"""

AT_ONCE = 100
"""Conversations shared out in one look; the next look takes the rest."""

AUDITED_AS = "otomatis"


@dataclass(frozen=True)
class Colleague:
    """Somebody at work: what they hold, and when they were last given something."""

    id: int
    name: str
    role: str
    offices: tuple[str, ...]
    is_away: bool
    held: int
    taken_at: datetime | None

    def serves(self, office: str) -> bool:
        """Whether conversations of the office are theirs to answer."""
        return ALL_OFFICES in self.offices or office in self.offices


def at_work(session: Session) -> list[Colleague]:
    """Everybody at work, by name."""
    now = clock.now()
    lately = select(LoginSession.user_id).where(LoginSession.seen_at > now - AT_WORK_FOR)
    held = select(func.count()).where(
        Conversation.owner_id == User.id, Conversation.state == State.OFFICER.value
    )
    taken = select(func.max(Handover.taken_at)).where(Handover.officer_id == User.id)
    found = session.execute(
        select(User, held.scalar_subquery(), taken.scalar_subquery())
        .where(User.id.in_(lately), User.active)
        .order_by(User.name)
    )
    return [
        Colleague(user.id, user.name, user.role, tuple(user.offices), user.away, count, last)
        for user, count, last in found
    ]


def colleagues_at_work(session: Session, who: Principal) -> list[Colleague]:
    """Those who answer citizens and share an office with this person."""
    return [
        one
        for one in at_work(session)
        if Right.TALK in RIGHTS[Role(one.role)]
        if ALL_OFFICES in one.offices or any(map(who.sees, one.offices))
    ]


def set_away(session: Session, who: Principal, *, away: bool) -> None:
    """Say that one is away for a while, or back: nothing is shared out to who is away."""
    accounts.get(session, who.id).away = away


def share(session: Session, now: datetime) -> int:
    """Share out what waits in the offices that want it; returns how many conversations."""
    wanting = [one for one in offices().values() if _shares(one, now)]
    if not wanting:
        return 0
    free = {one.id: one for one in at_work(session) if _takes_part(one)}
    waiting = session.scalars(
        select(Conversation)
        .where(
            Conversation.office.in_([one.id for one in wanting]),
            Conversation.state == State.WAITING.value,
            Conversation.timer != Timer.SNOOZE.value,
        )
        .order_by(Conversation.waiting_since, Conversation.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return sum(_give(session, found, free, now) for found in list(waiting))


def _shares(office: Office, now: datetime) -> bool:
    return office.meja.bagi_otomatis and hours.is_open(office, handover.OFFICE_HOURS, now)


def _takes_part(one: Colleague) -> bool:
    return not one.is_away and one.role in (Role.OFFICER.value, Role.SUPERVISOR.value)


def _give(session: Session, found: Conversation, free: dict[int, Colleague], now: datetime) -> bool:
    """Give it to who holds least, of equals to who waited longest for one."""
    current = handover.open_handover(session, found.id)
    had_it = current.officer_id if current else None
    most = handover.office_of(found).meja.bagi_paling_banyak
    can = [
        one
        for one in free.values()
        if one.serves(found.office) and one.held < most and one.id != had_it
    ]
    if not can:
        return False
    chosen = min(can, key=lambda one: (one.held, one.taken_at or _NEVER, one.id))
    free[chosen.id] = replace(chosen, held=chosen.held + 1, taken_at=now)
    actor = handover.Actor(chosen.id, chosen.name)
    handover.apply(session, found, Event.HAND_ON, moment=now, actor=actor)
    subject, to = f"percakapan {found.id}", f"kepada {chosen.name}"
    audit.write(session, AUDITED_AS, "conversation_assigned", subject, to, found.office)
    return True


_NEVER = datetime.min.replace(tzinfo=clock.WIB)
