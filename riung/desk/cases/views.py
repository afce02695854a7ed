"""Cases as the desk shows them: each step with its time against the office's own procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.desk import conversations
from riung.desk.cases import work
from riung.desk.cases.kinds import Kind, KindWords, Step, kinds, words
from riung.desk.cases.tables import Case, CaseStep
from riung.desk.tables import User
from riung.office.model import Office
from riung.office.offices import office as office_of
from riung.office.working_time import working_day_end, working_minutes

SHOWN = 300
"""Cases of a list; more are not looked through by hand."""


@dataclass(frozen=True)
class StepTime:
    """A step that was taken: how long it took or takes, in working minutes.

    `late` is None where the procedure gives no time.
    """

    code: str
    label: str
    number: int | None
    minutes_allowed: int | None
    days_allowed: int | None
    at: datetime
    minutes: int | None
    by: str
    note: str
    late: bool | None
    is_now: bool


@dataclass(frozen=True)
class CaseView:
    """A case with all that its page shows."""

    case: Case
    office: Office
    label: str
    group: str
    steps: list[StepTime]
    following: list[tuple[str, str, bool]]
    """What may come next: code, label, and whether a reason is needed."""
    conversation_id: int | None
    late: bool
    waits: bool
    """Whether it is the citizen's turn."""

    @property
    def minutes(self) -> int:
        """Working minutes of all steps that the procedure gives a time, so far."""
        return sum(one.minutes or 0 for one in self.steps if one.minutes_allowed)

    @property
    def minutes_allowed(self) -> int:
        """What the procedure gives for the steps that were taken."""
        return sum(one.minutes_allowed or 0 for one in self.steps)


def rows(
    session: Session,
    kind: str,
    offices: Sequence[str],
    moment: datetime,
    *,
    ended: bool = False,
    day: date | None = None,
) -> list[CaseView]:
    """The cases of a kind: what runs, the oldest first, or what has ended, the newest first."""
    query = select(Case).where(Case.kind == kind, Case.office.in_(offices))
    query = query.where(Case.ended_at.is_not(None) if ended else Case.ended_at.is_(None))
    if day is not None:
        query = query.where(Case.date == day)
    order = Case.id.desc() if ended else Case.id
    found = session.scalars(query.order_by(order).limit(SHOWN))
    return [view(session, case, moment) for case in found]


def view(session: Session, case: Case, moment: datetime) -> CaseView:
    """One case with its times."""
    rules, said, office = kinds()[case.kind], words()[case.kind], office_of(case.office)
    taken = _with_names(session, case)
    steps = _times(taken, rules, said, office, moment)
    talk = conversations.of_sender(session, case.conversation_id) if case.conversation_id else None
    group = said.groups.get(case.details.get("group", ""))
    return CaseView(
        case=case,
        office=office,
        label=said.steps[case.step].label.id,
        group=group.id if group else "",
        steps=steps,
        following=[
            (code, said.steps[code].label.id, rules.steps[code].needs_reason)
            for code in rules.follows([one.step for one, _ in taken])
        ],
        conversation_id=talk.id if talk else None,
        late=any(one.is_now and one.late for one in steps),
        waits=rules.steps[case.step].awaits_citizen,
    )


def _with_names(session: Session, case: Case) -> list[tuple[CaseStep, str]]:
    ids = {one.user_id for one in work.history(session, case)} - {None}
    found = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    names = {row.id: row.name for row in found}
    return [
        (one, names.get(one.user_id, "warga" if one.user_id is None else ""))
        for one in work.history(session, case)
    ]


def _times(
    taken: Sequence[tuple[CaseStep, str]],
    rules: Kind,
    said: KindWords,
    office: Office,
    moment: datetime,
) -> list[StepTime]:
    found = []
    for (one, name), after in zip_longest(taken, (row for row, _ in taken[1:])):
        step = rules.steps[one.step]
        until = after.at if after else moment
        minutes = None if step.final else working_minutes(office, one.at, until)
        found.append(
            StepTime(
                code=one.step,
                label=said.steps[one.step].label.id,
                number=step.number,
                minutes_allowed=step.minutes,
                days_allowed=step.working_days,
                at=one.at,
                minutes=minutes,
                by=name,
                note=one.note,
                late=_is_late(step, office, one.at, until, minutes),
                is_now=after is None and not step.final,
            )
        )
    return found


def _is_late(
    step: Step, office: Office, start: datetime, until: datetime, minutes: int | None
) -> bool | None:
    if step.minutes is not None and minutes is not None:
        return minutes > step.minutes
    if step.working_days is not None:
        return until > working_day_end(office, start, step.working_days)
    return None
