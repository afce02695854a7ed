"""What became of our messages: each status once, never backwards, and what it costs (SPEC §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.offices import Office
from riung.whatsapp import outbox
from riung.whatsapp.errors import OTHER, ErrorTable
from riung.whatsapp.payloads import Status
from riung.whatsapp.settle import Verdict, settle
from riung.whatsapp.tables import billing, statuses


@dataclass(frozen=True)
class Consequence:
    """What the sender has to know of a recorded status."""

    letter_id: int
    chat: tuple[str, str]
    verdict: Verdict | None = None


def record(
    connection: Connection,
    status: Status,
    phone_number_id: str,
    office: Office,
    rules: ErrorTable,
    now: float,
) -> Consequence | None:
    """Write a status down; None when it is known, late, or not about a letter of ours."""
    known = connection.execute(_KNOWN, {"seen_wamid": status.wamid}).all()
    if any(row.status == status.status for row in known):
        return None
    delivered = status.status in ("delivered", "read") and status.pricing is not None
    billed = delivered and not any(row.billed for row in known)
    timestamp = status.timestamp or int(now)
    row = {
        "wamid": status.wamid,
        "status": status.status,
        "timestamp": timestamp,
        "error_code": str(status.error_code) if status.error_code is not None else None,
        "billed": billed,
    }
    connection.execute(statuses.insert(), row)
    if billed:
        _bill(connection, status, phone_number_id, office, timestamp)
    if any(row.status == "failed" for row in known):
        return None  # late news of an attempt that failed
    return _move_letter(connection, status, rules, now)


def _move_letter(
    connection: Connection, status: Status, rules: ErrorTable, now: float
) -> Consequence | None:
    letter = outbox.by_status(connection, status.wamid, status.key)
    if letter is None:
        return None
    chat = (letter.conversation_id, letter.phone_number_id)
    if status.status != "failed":
        outbox.progressed(connection, letter, status.wamid, status.status, now)
        return Consequence(letter.id, chat)
    if letter.state in ("failed", "merged", "delivered", "read", "played"):
        return None
    code = str(status.error_code) if status.error_code is not None else OTHER
    return Consequence(letter.id, chat, settle(connection, letter, code, rules, now))


def _bill(
    connection: Connection, status: Status, phone_number_id: str, office: Office, timestamp: int
) -> None:
    """Count a delivered message in its office's month; Meta bills deliveries (SPEC §7)."""
    assert status.pricing is not None
    day = datetime.fromtimestamp(timestamp, timezone.utc).astimezone(office.zone)
    key = {
        "month": f"{day:%Y-%m}",
        "office": office.id,
        "phone_number_id": phone_number_id,
        "category": status.pricing["category"],
        "type": status.pricing["type"],
    }
    same = sa.and_(*(billing.c[name] == value for name, value in key.items()))
    counted = connection.execute(
        billing.update().where(same).values(messages=billing.c.messages + 1)
    )
    if not counted.rowcount:
        connection.execute(billing.insert(), {**key, "messages": 1})


_KNOWN = sa.select(statuses.c.status, statuses.c.billed).where(
    statuses.c.wamid == sa.bindparam("seen_wamid")
)
