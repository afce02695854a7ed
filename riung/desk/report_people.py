"""The month by officer and by counter: what each did, and how long people waited and were served.

Times are medians in minutes, so that one forgotten talk does not make a month of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import mean, median

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riung.backend.bookings.tables import Booking
from riung.desk.tables import Handover, Message, Survey, User


@dataclass(frozen=True)
class OfficerRow:
    """What an officer did in the talks that they answered in; None where nothing was measured."""

    name: str
    talks: int
    answering: float | None
    length: float | None
    score: float | None
    scores: int


@dataclass(frozen=True)
class CounterRow:
    """What happened at a counter; `counter` is None where no number was given."""

    place: str
    counter: int | None
    served: int
    no_shows: int
    waiting: float | None
    serving: float | None


def by_officer(
    session: Session, asked: Sequence[Handover], surveys: Sequence[Survey]
) -> list[OfficerRow]:
    """Each officer who answered in a talk, the busiest first; a talk that went through several
    hands, and the score of it, is everybody's. One in which nobody wrote is whose it was last.
    """
    names = {user.id: user.name for user in session.scalars(select(User))}
    scores = {survey.handover_id: survey.score for survey in surveys if survey.handover_id}
    answered = _answered_by(session, asked)
    mine = defaultdict(list)
    for one in asked:
        if one.officer_id is not None:
            for name in answered.get(one.id) or (names.get(one.officer_id, "–"),):
                mine[name].append(one)
    rows = []
    for name, talks in mine.items():
        given = [scores[one.id] for one in talks if one.id in scores]
        rows.append(
            OfficerRow(
                name=name,
                talks=len(talks),
                answering=_between((one.taken_at, one.answered_at) for one in talks),
                length=_between((one.taken_at, one.closed_at) for one in talks),
                score=mean(given) if given else None,
                scores=len(given),
            )
        )
    return sorted(rows, key=lambda row: (-row.talks, row.name))


def _answered_by(session: Session, asked: Sequence[Handover]) -> dict[int, list[str]]:
    """Handover → the names of those who wrote to the citizen while it lasted, the first first.

    Only an officer's line names one (`riung.desk.transcript`).
    """
    moments = [one.asked_at for one in asked]
    if not moments:
        return {}
    here = Message.conversation_id == Handover.conversation_id
    said = (
        select(Handover.id, Message.details)
        .join(Message, here)
        .where(
            Handover.office.in_({one.office for one in asked}),
            Handover.asked_at.between(min(moments), max(moments)),
            Message.at >= Handover.asked_at,
            or_(Handover.closed_at.is_(None), Message.at <= Handover.closed_at),
        )
        .order_by(Message.at, Message.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for handover, details in session.execute(said):
        name = details.get("petugas")
        if name and name not in found[handover]:
            found[handover].append(str(name))
    return found


def by_counter(session: Session, office: str, first: date, after: date) -> list[CounterRow]:
    """Each counter of each place, from a day until before another."""
    served = select(Booking).where(
        Booking.office == office,
        Booking.date >= first,
        Booking.date < after,
        Booking.status.in_(("served", "no_show")),
    )
    groups = defaultdict(list)
    for one in session.scalars(served):
        groups[one.place, one.counter].append(one)
    return [
        CounterRow(
            place=place,
            counter=counter,
            served=sum(one.status == "served" for one in ended),
            no_shows=sum(one.status == "no_show" for one in ended),
            waiting=_between((one.arrived_at, one.called_at) for one in ended),
            serving=_between(
                (one.called_at, one.ended_at) for one in ended if one.status == "served"
            ),
        )
        for (place, counter), ended in sorted(
            groups.items(), key=lambda item: (item[0][0], item[0][1] or 0)
        )
    ]


def _between(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> float | None:
    minutes = [(end - start).total_seconds() / 60 for start, end in pairs if start and end]
    return median(minutes) if minutes else None
