"""Complaints: tickets of that kind with a category, a severity, a due date and an escalation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.desk import conversations, live_updates
from riung.desk.access import DeskError, MissingError, Principal
from riung.desk.tables import ComplaintEvent, Conversation, Message, User
from riung.desk.tickets import queries
from riung.desk.tickets.tables import Ticket
from riung.desk.transcript import CITIZEN
from riung.phrases import phrase

SEVERITIES = {"": "belum dinilai", "light": "ringan", "medium": "sedang", "heavy": "berat"}
"""Fact adu_alur_yankomas (ringan, sedang, berat)."""

CATEGORIES = ("pelayanan", "antrean", "pungli", "sistem", "lainnya")
"""What the form in the chat offers; the words are phrases `aduan_<category>`."""

UNSETTLED = ("open", "in_progress")
"""States in which something has still to be done."""

EVIDENCE_FROM, EVIDENCE_TO = timedelta(hours=1), timedelta(hours=24)
"""Files sent from an hour before the complaint to a day after it count as its evidence."""


@dataclass(frozen=True)
class Complaint:
    """A complaint as the desk shows it."""

    code: str
    office: str
    status: str
    category: str
    severity: str
    text: str
    anonymous: bool
    escalated: bool
    handler: str
    owner: str
    answer: str
    created_at: datetime
    due_at: datetime | None
    overdue: bool
    conversation_id: int | None
    files: tuple[str, ...]
    """The channel's ids of files that came while the form was filled in."""


def category_name(category: str) -> str:
    """A category in words."""
    try:
        return phrase(f"aduan_{category}", "id")
    except KeyError:
        return category or "tanpa kategori"


def rows(
    session: Session,
    offices: Sequence[str],
    moment: datetime,
    *,
    status: str = "",
    category: str = "",
) -> list[Complaint]:
    """Complaints of these offices; escalated and overdue ones first, then by due date.

    `status` is one of the tickets' or empty for all that are not closed.
    """
    query = select(Ticket).where(Ticket.kind == "complaint", Ticket.office.in_(offices))
    query = query.where(Ticket.status == status if status else Ticket.status != "closed")
    found = session.scalars(query.order_by(Ticket.due_at, Ticket.id).limit(300))
    shown = [_complaint(session, ticket, moment) for ticket in found]
    if category:
        shown = [one for one in shown if one.category == category]
    return sorted(shown, key=lambda one: (not one.escalated, not one.overdue))


def find(session: Session, code: str, who: Principal, moment: datetime) -> Complaint:
    """One complaint.

    Raises:
        MissingError: there is none, or it is another office's.
    """
    return _complaint(session, _ticket(session, code, who), moment)


def evidence(session: Session, complaint: Complaint) -> list[Message]:
    """What else the citizen sent around that time; none when the complaint is anonymous."""
    if complaint.conversation_id is None:
        return []
    around = select(Message).where(
        Message.conversation_id == complaint.conversation_id,
        Message.author == CITIZEN,
        Message.at.between(
            complaint.created_at - EVIDENCE_FROM, complaint.created_at + EVIDENCE_TO
        ),
    )
    sent = [(line, line.details.get("media") or {}) for line in session.scalars(around)]
    return [line for line, media in sent if media and media.get("id") not in complaint.files]


def change(
    session: Session,
    code: str,
    who: Principal,
    moment: datetime,
    *,
    status: str,
    severity: str,
    category: str,
    escalated: bool,
    due_at: datetime | None,
    owner: str | None = None,
) -> Ticket:
    """Note how far it is, how bad, who sees to it, and whether the superior has to look.

    An escalation rings for all of the office that have the desk open.

    Raises:
        MissingError: there is none, or it is another office's.
        DeskError: a status or severity that does not exist.
    """
    if status not in queries.STATUS_NAMES or severity not in SEVERITIES:
        raise DeskError("Pilih keadaan dan beratnya dari daftar.")
    ticket = _ticket(session, code, who)
    before = (ticket.status, dict(ticket.details))
    ticket.status, ticket.updated_at = status, moment
    ticket.due_at = due_at or ticket.due_at
    ticket.details = {
        **ticket.details,
        "severity": severity,
        "category": category,
        "escalated": "true" if escalated else "",
        "handler": who.name,
        "owner": owner if owner is not None else ticket.details.get("owner", ""),
    }
    if told := _told(before, ticket):
        note(session, code, who, moment, told, "change")
    if escalated and not before[1].get("escalated"):
        live_updates.announce(session, ticket.office, "escalated")
    return ticket


def _told(before: tuple[str, dict[str, str]], ticket: Ticket) -> str:
    """What a change changed, in words."""
    status, details = before
    new = ticket.details
    changes = [
        (queries.STATUS_NAMES[ticket.status], status != ticket.status),
        (f"berat: {SEVERITIES[new['severity']]}", details.get("severity", "") != new["severity"]),
        (category_name(new["category"]), details.get("category", "") != new["category"]),
        (f"penanggung jawab: {new['owner'] or '–'}", details.get("owner", "") != new["owner"]),
        (
            "dieskalasi" if new["escalated"] else "eskalasi dicabut",
            bool(details.get("escalated")) != bool(new["escalated"]),
        ),
    ]
    return ", ".join(words for words, is_new in changes if is_new)


def note(
    session: Session, code: str, who: Principal, moment: datetime, text: str, kind: str = "note"
) -> None:
    """Write down what happened, or what colleagues should know.

    Raises:
        MissingError: there is no such complaint, or it is another office's.
        DeskError: nothing was written.
    """
    if not text.strip():
        raise DeskError("Catatannya masih kosong.")
    ticket = _ticket(session, code, who)
    session.add(
        ComplaintEvent(
            code=ticket.code, user_id=who.id, at=moment, kind=kind, text=text.strip()[:2000]
        )
    )


def history(session: Session, code: str) -> list[tuple[ComplaintEvent, str]]:
    """What happened to it, oldest first, each with who did it."""
    query = (
        select(ComplaintEvent, User.name)
        .join(User, User.id == ComplaintEvent.user_id)
        .where(ComplaintEvent.code == code)
    )
    return [(row, name) for row, name in session.execute(query.order_by(ComplaintEvent.id))]


def count_escalated(session: Session, offices: Sequence[str]) -> int:
    """How many wait for a superior's look."""
    query = select(Ticket.details).where(
        Ticket.kind == "complaint", Ticket.office.in_(offices), Ticket.status.in_(UNSETTLED)
    )
    return sum(bool(details.get("escalated")) for details in session.scalars(query))


def answer(
    session: Session, code: str, who: Principal, moment: datetime, text: str
) -> Conversation | None:
    """Keep the answer; gives the conversation to say it in, None for an anonymous complaint.

    Raises:
        MissingError: there is none, or it is another office's.
        DeskError: the answer is empty.
    """
    words = text.strip()
    if not words:
        raise DeskError("Jawabannya masih kosong.")
    ticket = _ticket(session, code, who)
    ticket.status, ticket.updated_at = "answered", moment
    ticket.details = {**ticket.details, "answer": words[:1500], "handler": who.name}
    note(session, code, who, moment, words, "answer")
    if not ticket.conversation_id:
        return None
    return conversations.of_sender(session, ticket.conversation_id)


def _ticket(session: Session, code: str, who: Principal) -> Ticket:
    ticket = queries.by_code(session, code)
    if ticket is None or ticket.kind != "complaint" or not who.sees(ticket.office):
        raise MissingError("Pengaduan itu tidak ada, atau milik kantor lain.")
    return ticket


def _complaint(session: Session, ticket: Ticket, moment: datetime) -> Complaint:
    details = ticket.details
    conversation = (
        conversations.of_sender(session, ticket.conversation_id) if ticket.conversation_id else None
    )
    is_open = ticket.status in UNSETTLED
    return Complaint(
        code=ticket.code,
        office=ticket.office,
        status=ticket.status,
        category=details.get("category", ""),
        severity=details.get("severity", ""),
        text=ticket.subject,
        anonymous=details.get("anonymous") == "true" or ticket.conversation_id is None,
        escalated=bool(details.get("escalated")),
        handler=details.get("handler", ""),
        owner=details.get("owner", ""),
        answer=details.get("answer", ""),
        created_at=ticket.created_at,
        due_at=ticket.due_at,
        overdue=bool(is_open and ticket.due_at and ticket.due_at < moment),
        conversation_id=conversation.id if conversation else None,
        files=tuple(details.get("files", "").split()),
    )
