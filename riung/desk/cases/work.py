"""What happens to a case: opened, moved a step, completed by the citizen, given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.backend.codes import new_code, normal_code
from riung.backend.once import once
from riung.backend.people import person_of
from riung.backend.problems import Problem, register
from riung.desk import live_updates
from riung.desk.cases import news
from riung.desk.cases.kinds import CANCELLED, Kind, kinds
from riung.desk.cases.tables import Case, CaseStep
from riung.office.model import Office
from riung.office.offices import offices
from riung.privacy import mask_nik

LONGEST_NOTE = 300
"""Letters of a reason: it has to fit a message to the citizen."""

MISSED = "missed"
"""The step in which a case for one day ends when nobody came to it."""

MOST_FILES = 20
"""Files of one case; more than a family has papers."""

NEEDS_REASON = "It needs a reason."
NOT_NEXT = "It does not follow the present step."
FIRST_STEP = "There is no step to take back."
"""Why a step was refused."""

register(
    {
        "case_not_found": (404, "There is no such case"),
        "case_ended": (409, "This case has ended"),
        "too_many_cases": (409, "There are open cases of this sender already"),
        "step_refused": (409, "That step does not follow the present one"),
        "too_late_to_cancel": (409, "It has gone too far to be cancelled in the chat"),
        "service_off": (409, "The office does not offer this service"),
    }
)


def open_case(
    session: Session,
    office: Office,
    kind: str,
    phone: str,
    moment: datetime,
    *,
    conversation_id: str | None = None,
    details: dict[str, str] | None = None,
    files: Sequence[dict[str, str]] = (),
    day: date | None = None,
    key: str | None = None,
) -> Case:
    """Store a request at its first step; the same key gives the same case.

    Raises:
        Problem: `service_off`, `too_many_cases`.
    """

    def before() -> Case | None:
        same = select(Case).where(Case.idempotency_key == key)
        return session.scalar(same) if key is not None else None

    def new() -> Case:
        return _new(session, office, kind, phone, moment, key, asked)

    asked = {
        "conversation_id": conversation_id,
        "details": {name: mask_nik(text) for name, text in (details or {}).items()},
        "files": [*files][:MOST_FILES],
        "date": day,
    }
    return once(session, before, new)


def _new(
    session: Session,
    office: Office,
    kind: str,
    phone: str,
    moment: datetime,
    key: str | None,
    asked: dict[str, Any],
) -> Case:
    rules = kinds()[kind]
    if not office.modul.is_on(rules.module):
        raise Problem("service_off", "It is switched off in the office's file.")
    person = person_of(session, phone)
    running = [one for one in of_sender(session, person, kind) if one.ended_at is None]
    if len(running) >= rules.most_open:
        raise Problem("too_many_cases", "End one of them first.", codes=[c.code for c in running])
    case = Case(
        code=new_code(session, Case),
        kind=kind,
        office=office.id,
        step=rules.order[0],
        sender=person,
        team={},
        idempotency_key=key,
        created_at=moment,
        updated_at=moment,
        **asked,
    )
    session.add(case)
    session.flush()
    _begin(session, case, case.step, moment)
    return case


def move(
    session: Session,
    case: Case,
    step: str,
    moment: datetime,
    *,
    user_id: int | None = None,
    note: str = "",
) -> None:
    """Begin the next step, and tell the citizen where the rules say so.

    Raises:
        Problem: `step_refused`, also where a reason is wanted and none is given.
    """
    rules = kinds()[case.kind]
    words = mask_nik(" ".join(note.split()))[:LONGEST_NOTE]
    if step not in rules.follows(steps_passed(session, case)):
        raise Problem("step_refused", NOT_NEXT)
    if rules.steps[step].needs_reason and not words:
        raise Problem("step_refused", NEEDS_REASON)
    _begin(session, case, step, moment, user_id, words)
    news.tell(session, case, moment, words)


def undo(session: Session, case: Case, moment: datetime) -> None:
    """Take the last step back, as if it had never been recorded; its news is withdrawn.

    Raises:
        Problem: `step_refused` at the first step.
    """
    taken = history(session, case)
    if len(taken) < 2:
        raise Problem("step_refused", FIRST_STEP)
    session.delete(taken[-1])
    case.step, case.updated_at = taken[-2].step, moment
    case.ended_at = None
    news.take_back(session, case)
    _announce(session, case)


def add_files(
    session: Session, case: Case, files: Sequence[dict[str, str]], moment: datetime
) -> None:
    """Keep what the citizen sent later; a case that waited for it goes back to its first step.

    Raises:
        Problem: `case_ended`.
    """
    _running(case)
    known = {one["id"] for one in case.files}
    fresh = [one for one in files if one["id"] not in known]
    case.files = [*case.files, *fresh][:MOST_FILES]
    case.updated_at = moment
    rules = kinds()[case.kind]
    if rules.steps[case.step].awaits_citizen:
        _begin(session, case, rules.order[0], moment)
    _announce(session, case)


def arrive(session: Session, case: Case, seat: str, moment: datetime) -> None:
    """The citizen sits at `seat`: the second step begins, unless it is past already.

    Raises:
        Problem: `case_ended`.
    """
    _running(case)
    case.details = {**case.details, "seat": mask_nik(seat)}
    order = kinds()[case.kind].order
    if case.step == order[0]:
        _begin(session, case, order[1], moment)
    _announce(session, case)


def cancel(session: Session, case: Case, moment: datetime, note: str) -> None:
    """The citizen gives it up; nobody needs to be told. Twice is the same as once.

    Raises:
        Problem: `case_ended`, `too_late_to_cancel`.
    """
    if case.step == CANCELLED:
        return
    _running(case)
    if not kinds()[case.kind].may_be_cancelled(case.step):
        raise Problem("too_late_to_cancel", f"Now it is {case.step}.")
    news.take_back(session, case)
    _begin(session, case, CANCELLED, moment, note=note)


def end_past_days(session: Session, moment: datetime) -> None:
    """What was for a day that is over has ended, also if nobody recorded how."""
    running = select(Case).where(Case.ended_at.is_(None), Case.date.is_not(None))
    for case in session.scalars(running):
        office = offices().get(case.office)
        if office and case.date < moment.astimezone(office.zone).date():
            _begin(session, case, _ending(case), moment)


def _ending(case: Case) -> str:
    """`missed` where it may follow; else the end of the order, reached by skipping the rest."""
    rules = rules_of(case)
    step = rules.steps.get(MISSED)
    return MISSED if step and case.step in step.after else rules.order[-1]


def find(session: Session, code: str) -> Case:
    """The case with that code, however it is typed.

    Raises:
        Problem: `case_not_found`.
    """
    found: Case | None = session.scalar(select(Case).where(Case.code == normal_code(code)))
    if found is None:
        raise Problem("case_not_found", "Check the code.")
    return found


def of_sender(session: Session, person: str, kind: str = "") -> list[Case]:
    """A person's cases, newest first."""
    mine = select(Case).where(Case.sender == person)
    mine = mine.where(Case.kind == kind) if kind else mine
    return list(session.scalars(mine.order_by(Case.id.desc()).limit(20)))


def history(session: Session, case: Case) -> list[CaseStep]:
    """The steps that were taken, oldest first."""
    taken = select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.id)
    return list(session.scalars(taken))


def steps_passed(session: Session, case: Case) -> list[str]:
    """The codes of the steps that were taken, oldest first."""
    return [one.step for one in history(session, case)]


def rules_of(case: Case) -> Kind:
    """The rules of the case's kind."""
    return kinds()[case.kind]


def _begin(
    session: Session,
    case: Case,
    step: str,
    moment: datetime,
    user_id: int | None = None,
    note: str = "",
) -> None:
    taken: dict[str, Any] = {"step": step, "at": moment, "user_id": user_id, "note": note}
    session.add(CaseStep(case_id=case.id, **taken))
    case.step, case.updated_at = step, moment
    case.ended_at = moment if kinds()[case.kind].steps[step].final else None
    session.flush()
    _announce(session, case)


def _announce(session: Session, case: Case) -> None:
    live_updates.announce(session, case.office, "cases")


def _running(case: Case) -> None:
    if case.ended_at is not None:
        raise Problem("case_ended", f"It is {case.step}.")
