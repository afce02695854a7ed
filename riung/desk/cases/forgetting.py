"""What of a case is forgotten, when, and at whose word; its steps stay for the office's numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from riung.desk.cases.tables import Case, CaseStep
from riung.desk.cases.work import end_past_days

NOBODY: dict[str, Any] = {
    "sender": None,
    "conversation_id": None,
    "details": {},
    "files": [],
    "idempotency_key": None,
}


def end_what_is_over(session: Session, moment: datetime) -> None:
    """End what was for a day that is past; empty what its person wished to be erased once over."""
    end_past_days(session, moment)
    _empty(session, Case.erase_when_over & Case.ended_at.is_not(None))


def empty_older(session: Session, before: datetime) -> None:
    """Empty what ended before `before`."""
    _empty(session, Case.ended_at < before)


def forget_person(session: Session, person: str) -> int:
    """Empty the ended cases of somebody who asks for it; how many there were. The others follow
    when they have ended.
    """
    running = (Case.sender == person) & Case.ended_at.is_(None)
    marked = update(Case).where(running).values(erase_when_over=True)
    session.execute(marked.execution_options(synchronize_session=False))
    return _empty(session, (Case.sender == person) & Case.ended_at.is_not(None))


def count_open(session: Session, person: str) -> int:
    """How many cases of the person are not over."""
    mine = (Case.sender == person) & Case.ended_at.is_(None)
    return int(session.execute(select(func.count(Case.id)).where(mine)).scalar_one())


def _empty(session: Session, which: Any) -> int:
    over = [*session.scalars(select(Case.id).where(which & Case.sender.is_not(None)))]
    for table, rows, values in (
        (CaseStep, CaseStep.case_id.in_(over), {"note": ""}),
        (Case, Case.id.in_(over), NOBODY),
    ):
        changed = update(table).where(rows).values(**values)
        session.execute(changed.execution_options(synchronize_session=False))
    return len(over)
