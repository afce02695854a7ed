"""What became of our messages: each status once, never backwards, and what it costs (Meta §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.office.model import Office
from riung.whatsapp import outbox
from riung.whatsapp.errors import OTHER, ErrorTable
from riung.whatsapp.send_failure import Verdict, handle_failure
from riung.whatsapp.tables import billing, statuses
from riung.whatsapp.updates import Status


@dataclass(frozen=True)
class Failure:
    """A message that Meta took and could not deliver, and what the sender is to do."""

    chat: tuple[str, str]
    verdict: Verdict


def record(
    connection: Connection,
    status: Status,
    phone_number_id: str,
    office: Office,
    rules: ErrorTable,
    now: float,
) -> Failure | None:
    """Write a status down, once; what it says of a failure that is news to us."""
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
    connection.execute(_INSERT, row)
    if billed:
        _bill(connection, status, phone_number_id, office, timestamp)
    if any(row.status == "failed" for row in known):
        return None  # late news of an attempt that failed
    return _move_message(connection, status, rules, now)


def _move_message(
    connection: Connection, status: Status, rules: ErrorTable, now: float
) -> Failure | None:
    if status.status != "failed":
        outbox.progressed(connection, status.wamid, status.key, status.status, now)
        return None
    message = outbox.by_status(connection, status.wamid, status.key)
    if message is None or message.state in ("failed", "merged", "delivered", "read", "played"):
        return None
    code = str(status.error_code) if status.error_code is not None else OTHER
    chat = (message.conversation_id, message.phone_number_id)
    return Failure(chat, handle_failure(connection, message, code, rules, now))


def _bill(
    connection: Connection, status: Status, phone_number_id: str, office: Office, timestamp: int
) -> None:
    """Count a delivered message in its office's month; Meta bills deliveries (Meta §7)."""
    assert status.pricing is not None
    day = datetime.fromtimestamp(timestamp, timezone.utc).astimezone(office.zone)
    key = {
        "month": f"{day:%Y-%m}",
        "office": office.id,
        "phone_number_id": phone_number_id,
        "category": status.pricing["category"],
        "type": status.pricing["type"],
    }
    counted = connection.execute(_COUNT, {f"its_{name}": value for name, value in key.items()})
    if not counted.rowcount:
        connection.execute(billing.insert(), {**key, "messages": 1})


_INSERT = statuses.insert()
_COUNT = (
    billing.update()
    .where(*(column == sa.bindparam(f"its_{column.name}") for column in billing.primary_key))
    .values(messages=billing.c.messages + 1)
)
_KNOWN = sa.select(statuses.c.status, statuses.c.billed).where(
    statuses.c.wamid == sa.bindparam("seen_wamid")
)
