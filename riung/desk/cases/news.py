"""Telling a citizen that their case went a step on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from riung.backend.notices.outbox import plan, withdraw
from riung.desk.cases.kinds import kinds, words
from riung.desk.cases.tables import Case
from riung.localized import in_both

USEFUL = timedelta(days=3)
"""A step is worth telling for so long."""


def tell(session: Session, case: Case, moment: datetime, reason: str = "") -> None:
    """Plan a message about the present step, if its rules want one; older ones are of no use.

    An officer works on it at this moment, so it goes out at once, whatever the hour.
    """
    step = kinds()[case.kind].steps[case.step]
    take_back(session, case)
    if not step.told or case.sender is None:
        return
    said = words()[case.kind]
    now_at = said.steps[case.step]
    variables = {
        "layanan": in_both(said.name.in_language),
        "kode": case.code,
        "tahap": in_both(now_at.label.in_language),
        "arti": in_both(now_at.citizen.in_language),
    }
    plan(
        session,
        key=f"{_about(case)}{case.step}:{int(moment.timestamp())}",
        kind="langkah_dikembalikan" if step.needs_reason else "langkah_berubah",
        office=case.office,
        to=case.conversation_id or case.sender,
        variables=variables | ({"alasan": reason or "-"} if step.needs_reason else {}),
        due_at=moment,
        expires_at=moment + USEFUL,
        now=moment,
    )


def take_back(session: Session, case: Case) -> None:
    """Drop what was not sent yet about the case."""
    withdraw(session, _about(case))


def _about(case: Case) -> str:
    return f"case:{case.code}:"
