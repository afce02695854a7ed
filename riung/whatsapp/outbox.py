"""The durable outbox: what is to be said, written in one transaction with the turn that said it.

    pending → sending → accepted → sent → delivered → read → played
                 └→ unknown ┘
    pending → merged    into an earlier answer that still waited
    sending → held      its template is paused; pending again when WhatsApp opens the template
    any     → failed    kept for an officer, who may send it again

`sending` is committed before the request leaves. What is found `sending` after a crash may or may
not have gone out, and the Graph API has no idempotency key: it is `unknown` until a status with our
key tells, or another try is made (Meta §8).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.privacy import mask_nik
from riung.whatsapp.bubble import Bubble
from riung.whatsapp.identity import Contact
from riung.whatsapp.tables import contacts, outbox, stops, windows

Kind = Literal["reply", "bulk"]

PROGRESS = (
    "pending",
    "sending",
    "unknown",
    "accepted",
    "sent",
    "delivered",
    "read",
    "played",
)
"""States in the only direction they may go."""

OPEN = ("pending", "sending", "unknown")
"""States that still need work."""

ALL_NUMBERS = "*"
"""Stands for every number of ours where one is stopped."""


@dataclass(frozen=True)
class OutboxMessage:
    """A message of ours with all that sending it needs."""

    id: int
    key: str
    conversation_id: str
    phone_number_id: str
    kind: Kind
    state: str
    attempts: int
    doubts: int
    bubble: Bubble | None
    template: dict[str, Any] | None
    wamid: str | None
    asked_wamid: str | None
    asked_at: int | None
    created_at: float
    error_code: str | None
    contact: Contact
    window_opened_at: int


@dataclass(frozen=True)
class ReplyTo:
    """What an answer answers: its number, and the message to quote when it is old."""

    conversation_id: str
    phone_number_id: str
    wamid: str | None = None
    timestamp: int | None = None


def enqueue(
    connection: Connection,
    reply_to: ReplyTo,
    bubbles: Sequence[Bubble],
    now: float,
    kind: Kind = "reply",
    template: dict[str, Any] | None = None,
    key: str | None = None,
) -> int:
    """Write bubbles to be sent, in order; the number of new ones.

    `key` is the caller's idempotency key: a known one writes nothing. `template` is what goes out
    instead when the 24-hour window is shut.
    """
    if key and connection.execute(_BY_KEY, {"wanted": key}).first():
        return 0
    for number, bubble in enumerate(bubbles or [Bubble()]):
        row = {
            "key": key if key and number == 0 else uuid.uuid4().hex,
            "conversation_id": reply_to.conversation_id,
            "phone_number_id": reply_to.phone_number_id,
            "kind": kind,
            "state": "pending",
            "bubble": bubble.to_json() or None,
            "template": template,
            "asked_wamid": reply_to.wamid,
            "asked_at": reply_to.timestamp,
            "created_at": now,
            "updated_at": now,
        }
        connection.execute(_INSERT, row)
    return max(len(bubbles), 1)


def next_to_send(
    connection: Connection, conversation_id: str, phone_number_id: str, now: float, merge: bool
) -> tuple[OutboxMessage | None, Kind | None]:
    """The next message of a chat, marked `sending`, and the kind of the one after it.

    A message whose sending was interrupted comes first, as `unknown`. With `merge` the answers that
    wait are joined, because the person has had all messages they may get for now.
    """
    where = {"conversation": conversation_id, "number": phone_number_id}
    messages = [
        _message(row) for row in connection.execute(_HEADS, where).fetchmany(50 if merge else 2)
    ]
    if not messages:
        return None, None
    head, later = messages[0], messages[1:]
    if head.state in ("sending", "unknown"):
        changes: dict[str, Any] = {"state": "unknown"}
    else:
        changes = {"state": "sending", "attempts": head.attempts + 1}
        if merge and head.bubble:
            bubble, later = _merge(connection, head.bubble, head, later, now)
            changes["bubble"] = bubble.to_json() or None
            head = replace(head, bubble=bubble)
    _set(connection, head.id, now, **changes)
    changes.pop("bubble", None)
    return replace(head, **changes), later[0].kind if later else None


def _merge(
    connection: Connection,
    bubble: Bubble,
    head: OutboxMessage,
    later: list[OutboxMessage],
    now: float,
) -> tuple[Bubble, list[OutboxMessage]]:
    """`bubble` joined with as many of the following answers as fit, and those left over."""
    for place, message in enumerate(later):
        alike = message.state == "pending" and message.kind == head.kind and not message.template
        joined = bubble.joined(message.bubble) if alike and message.bubble else None
        if joined is None:
            return bubble, later[place:]
        bubble = joined
        _set(connection, message.id, now, state="merged", bubble=None)
    return bubble, []


def accepted(connection: Connection, message: OutboxMessage, wamid: str, now: float) -> None:
    """The Graph API took it. Statuses may have come before its answer: never go backwards."""
    bubble = _masked(message.bubble)
    values = {"wanted": message.id, "new_wamid": wamid, "now": now}
    connection.execute(_ACCEPT, {**values, "new_bubble": bubble.to_json() if bubble else None})


def progressed(connection: Connection, wamid: str, key: str | None, state: str, now: float) -> None:
    """Move the message a status speaks of forward; never backwards."""
    about = {"status_wamid": wamid, "status_key": key}
    connection.execute(_PROGRESS[state], {**about, "now": now})


def by_status(connection: Connection, wamid: str, key: str | None) -> OutboxMessage | None:
    """The message a status speaks of."""
    row = connection.execute(_BY_STATUS, {"status_wamid": wamid, "status_key": key}).first()
    return _message(row) if row else None


def state_of(connection: Connection, message_id: int) -> str:
    """The present state of a message."""
    return str(connection.execute(_STATE, {"wanted": message_id}).scalar_one())


def retry(connection: Connection, message: OutboxMessage, now: float, **changes: Any) -> None:
    """Back to `pending`; statuses of the attempt that failed no longer concern it."""
    _set(connection, message.id, now, state="pending", wamid=None, **changes)


def fail(connection: Connection, message: OutboxMessage, code: str, now: float) -> None:
    """Keep it as a failed message with the reason."""
    bubble = _masked(message.bubble)
    _set(
        connection,
        message.id,
        now,
        state="failed",
        error_code=code,
        bubble=bubble.to_json() if bubble else None,
    )


def hold(connection: Connection, message: OutboxMessage, code: str, now: float) -> None:
    """Keep it until its template may be sent again; the try does not count."""
    _set(
        connection,
        message.id,
        now,
        state="held",
        error_code=code,
        attempts=message.attempts - 1,
    )


def release_held(connection: Connection, template: str, now: float) -> list[tuple[str, str]]:
    """Messages of a template, or of all with "", may be tried again; their chats."""
    held = _MESSAGES.where(outbox.c.state == "held").order_by(outbox.c.id)
    messages = [
        message
        for message in map(_message, connection.execute(held))
        if template in ("", (message.template or {}).get("name"))
    ]
    for message in messages:
        _set(connection, message.id, now, state="pending")
    return list(dict.fromkeys((one.conversation_id, one.phone_number_id) for one in messages))


def stop(connection: Connection, phone_number_id: str, code: str) -> None:
    """Let a number, or `ALL_NUMBERS`, send nothing more, whichever worker asks."""
    connection.execute(stops.insert().values(phone_number_id=phone_number_id, code=code))


def stopped(connection: Connection) -> dict[str, str]:
    """The error by which each number was stopped."""
    rows = connection.execute(sa.select(stops))
    return {row.phone_number_id: row.code for row in rows}


def lift_stops(connection: Connection) -> None:
    """Let all numbers send again; what is not mended stops them again."""
    connection.execute(stops.delete())


def open_chats(connection: Connection, before: float) -> list[tuple[str, str, Kind]]:
    """(conversation, number, most urgent kind) of the chats with messages written until then."""
    return [tuple(row) for row in connection.execute(_OPEN_CHATS, {"before": before})]


def has_open(connection: Connection, chat: tuple[str, str]) -> bool:
    """Whether a chat still has something to send."""
    where = {"conversation": chat[0], "number": chat[1]}
    return connection.execute(_HEADS, where).first() is not None


def find(connection: Connection, message_id: int) -> OutboxMessage | None:
    """One message, for the desk."""
    row = connection.execute(_BY_ID, {"wanted": message_id}).first()
    return _message(row) if row else None


def id_of(connection: Connection, key: str) -> int:
    """The id of the message with that idempotency key."""
    return int(connection.execute(_BY_KEY, {"wanted": key}).scalar_one())


def by_state(connection: Connection, state: str, limit: int) -> list[OutboxMessage]:
    """The newest messages of a state, for the desk."""
    query = _MESSAGES.where(outbox.c.state == state).order_by(outbox.c.id.desc()).limit(limit)
    return [_message(row) for row in connection.execute(query)]


def of_chat(connection: Connection, chat: tuple[str, str], limit: int) -> list[OutboxMessage]:
    """The newest messages of a chat, for the desk."""
    mine = (outbox.c.conversation_id == chat[0]) & (outbox.c.phone_number_id == chat[1])
    query = _MESSAGES.where(mine).order_by(outbox.c.id.desc()).limit(limit)
    return [_message(row) for row in connection.execute(query)]


def send_again(connection: Connection, message: OutboxMessage, now: float) -> bool:
    """An officer sends a failed message again; False when it is none (any more)."""
    changed = connection.execute(
        outbox.update()
        .where(outbox.c.id == message.id, outbox.c.state == "failed")
        .values(
            state="pending",
            attempts=0,
            doubts=0,
            wamid=None,
            error_code=None,
            created_at=now,
            updated_at=now,
        )
    )
    return bool(changed.rowcount)


def _before(state: str) -> tuple[str, ...]:
    return PROGRESS[: PROGRESS.index(state)]


def _set(connection: Connection, message_id: int, now: float, **values: Any) -> None:
    changes = {f"new_{name}": value for name, value in values.items()}
    connection.execute(_setting(*values), {"wanted": message_id, "now": now, **changes})


@lru_cache
def _setting(*names: str) -> sa.sql.Update:
    """The statement that sets these columns; made once, because making it costs most of its run."""
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
    return (
        outbox.update()
        .where(outbox.c.id == sa.bindparam("wanted"))
        .values(updated_at=sa.bindparam("now"), **values)
    )


def _masked(bubble: Bubble | None) -> Bubble | None:
    """What is kept of a bubble that went out: no NIK (docs/whatsapp.md, "Privacy")."""
    if bubble is None:
        return None
    return Bubble(**{**vars(bubble), "text": mask_nik(bubble.text)})


def _message(row: sa.engine.Row) -> OutboxMessage:
    values = dict(row._mapping)
    contact = Contact(values["conversation_id"], values.pop("user_id"), values.pop("phone"))
    bubble = values.pop("bubble")
    return OutboxMessage(
        **{**values, "window_opened_at": values["window_opened_at"] or 0},
        bubble=Bubble.from_json(bubble) if bubble else None,
        contact=contact,
    )


_MESSAGES = sa.select(
    *(outbox.c[name] for name in OutboxMessage.__dataclass_fields__ if name in outbox.c),
    contacts.c.user_id,
    contacts.c.phone,
    windows.c.opened_at.label("window_opened_at"),
).select_from(
    outbox.outerjoin(contacts, contacts.c.conversation_id == outbox.c.conversation_id).outerjoin(
        windows,
        sa.and_(
            windows.c.conversation_id == outbox.c.conversation_id,
            windows.c.phone_number_id == outbox.c.phone_number_id,
        ),
    )
)
_HEADS = _MESSAGES.where(
    outbox.c.conversation_id == sa.bindparam("conversation"),
    outbox.c.phone_number_id == sa.bindparam("number"),
    outbox.c.state.in_(OPEN),
).order_by(sa.case((outbox.c.state == "pending", 1), else_=0), outbox.c.kind.desc(), outbox.c.id)
"""What was interrupted first, then replies before bulk ('reply' > 'bulk'), each in order."""
_BY_ID = _MESSAGES.where(outbox.c.id == sa.bindparam("wanted"))
_INSERT = outbox.insert()
_ACCEPT = (
    outbox.update()
    .where(outbox.c.id == sa.bindparam("wanted"))
    .values(
        wamid=sa.bindparam("new_wamid"),
        bubble=sa.bindparam("new_bubble"),
        error_code=None,
        updated_at=sa.bindparam("now"),
        state=sa.case((outbox.c.state.in_(_before("accepted")), "accepted"), else_=outbox.c.state),
    )
)
_STATUS_OF = sa.or_(
    outbox.c.wamid == sa.bindparam("status_wamid"),
    sa.and_(outbox.c.key == sa.bindparam("status_key"), outbox.c.wamid.is_(None)),
)
_PROGRESS = {
    state: outbox.update()
    .where(_STATUS_OF, outbox.c.state.in_(_before(state)))
    .values(state=state, wamid=sa.bindparam("status_wamid"), updated_at=sa.bindparam("now"))
    for state in ("sent", "delivered", "read", "played")
}
_BY_STATUS = _MESSAGES.where(_STATUS_OF)
"""By Meta's id; by our key only while Meta's id is not known yet (Meta §8, unknown outcome)."""
_STATE = sa.select(outbox.c.state).where(outbox.c.id == sa.bindparam("wanted"))
_BY_KEY = sa.select(outbox.c.id).where(outbox.c.key == sa.bindparam("wanted"))
_OPEN_CHATS = (
    sa.select(outbox.c.conversation_id, outbox.c.phone_number_id, sa.func.max(outbox.c.kind))
    .where(outbox.c.state.in_(OPEN), outbox.c.created_at <= sa.bindparam("before"))
    .group_by(outbox.c.conversation_id, outbox.c.phone_number_id)
    .order_by(sa.func.min(outbox.c.id))
)
