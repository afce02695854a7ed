"""The durable inbox: every update once, under Meta's ids, before Meta is answered (Meta §10.6).

The functions here run inside a transaction of `riung.whatsapp.store`. A message is `new` until its
turn is done; `riung.whatsapp.turns` takes the new ones of a conversation one after the other, also
after a restart.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung import conversation_id as names
from riung.whatsapp import identity
from riung.whatsapp.tables import inbox, media, windows
from riung.whatsapp.updates import Message, Rekey, Update

STALE_AFTER = 24 * 3600
"""Seconds after which the bot answers no more: nothing free-form may be sent (Meta §4, §10.11). The
message goes to the officers alone."""

MOST_WAITING = 60
"""Messages of one person that may wait for their turn; the fullest album has 30 pictures. More at
once is a machine or a joke, and takes everybody's time."""

TOO_MANY = "drop:too_many"
"""Outcome of a message beyond that."""

FILES_A_DAY = 60
"""Files of one person that are kept; at 16 MB at most that is a gigabyte."""

QUOTE_AFTER = 600
"""Seconds after which an answer quotes its question, so that it is understood (Meta §10.11)."""


@dataclass(frozen=True)
class InboxMessage:
    """A stored message whose turn has not been worked on."""

    id: int
    wamid: str
    conversation_id: str
    phone_number_id: str
    outcome: str
    timestamp: int
    message: dict[str, Any]

    @property
    def conversation(self) -> str:
        """The dialogue's name of the conversation: this person at this number."""
        return names.conversation_id(self.conversation_id, self.phone_number_id)

    @property
    def is_unreadable(self) -> bool:
        """Whether the bot has nothing to say to it: reactions, corrections, kinds it can't read."""
        return self.outcome == "unsupported" or self.is_aside

    @property
    def is_aside(self) -> bool:
        """Whether it asks for nothing: a reaction, a correction, a message taken back."""
        return self.outcome.startswith("ignore:")


@dataclass(frozen=True)
class Stored:
    """What became of one delivery.

    Attributes:
        updates: with the outcome of each.
        conversations: people whose messages now wait.
        overrun: conversations of people who sent more than is read.
    """

    updates: list[Update]
    conversations: list[str]
    overrun: list[str]


def store_messages(connection: Connection, updates: Sequence[Update], now: float) -> Stored:
    """Write the messages of a delivery; repeated ones are recognised by their id.

    `updates` are those of `payloads.parse`, in order; `now` is the arrival in Unix seconds.
    """
    wamids = [named.wamid for update in updates if (named := update.message or update.rekey)]
    known = {wamid for wamid in wamids if connection.execute(_KNOWN, {"seen": wamid}).first()}
    outcomes: list[Update] = []
    waiting: dict[str, None] = {}
    overrun: dict[str, None] = {}
    for update in updates:
        if update.rekey and update.rekey.wamid not in known:
            known.add(update.rekey.wamid)
            _move(connection, update, update.rekey, now)
        if (message := update.message) is None:
            outcomes.append(update)
        elif message.wamid in known:
            outcomes.append(_as_duplicate(update))
        else:
            known.add(message.wamid)
            stored, conversation_id = _store(connection, update, message, now)
            outcomes.append(stored)
            if conversation_id and stored.outcome == TOO_MANY:
                overrun[names.conversation_id(conversation_id, update.phone_number_id)] = None
            elif conversation_id:
                waiting[conversation_id] = None
    return Stored(outcomes, list(waiting), list(overrun))


def _move(connection: Connection, update: Update, change: Rekey, now: float) -> None:
    """Give the sender their new ids, once: news that comes again later would tie whoever has the
    old number by then to the new one.
    """
    identity.rekey(connection, change)
    row = {"wamid": change.wamid, "phone_number_id": update.phone_number_id, "outcome": "rekey"}
    done = {"state": "done", "timestamp": update.time or int(now), "received_at": now}
    connection.execute(_NEW_INBOX, {**row, **done})


def _as_duplicate(update: Update) -> Update:
    refused = update.outcome == "drop:phone_number_id"
    return update if refused else replace(update, outcome="drop:duplicate")


def _store(
    connection: Connection, update: Update, message: Message, now: float
) -> tuple[Update, str | None]:
    timestamp = min(message.timestamp or int(now), int(now))
    row: dict[str, Any] = {
        "wamid": message.wamid,
        "phone_number_id": update.phone_number_id,
        "outcome": update.outcome,
        "timestamp": timestamp,
        "received_at": now,
    }
    if update.outcome == "drop:phone_number_id":
        connection.execute(_NEW_INBOX, {**row, "state": "refused"})
        return update, None
    contact = identity.contact_of(connection, message.sender)
    row["conversation_id"] = contact.conversation_id
    if not update.is_aside:
        _open_window(connection, contact.conversation_id, update.phone_number_id, timestamp)
    if (
        connection.execute(_COUNT, {"conversation": contact.conversation_id}).scalar_one()
        >= MOST_WAITING
    ):
        connection.execute(_NEW_INBOX, {**row, "state": "done", "outcome": TOO_MANY})
        return replace(update, outcome=TOO_MANY), contact.conversation_id
    content = _content(connection, message, contact.conversation_id, now)
    connection.execute(_NEW_INBOX, {**row, "state": "new", "message": content})
    is_stale = timestamp < now - STALE_AFTER
    return replace(update, outcome="stale") if is_stale else update, contact.conversation_id


def _content(
    connection: Connection, message: Message, conversation_id: str, now: float
) -> dict[str, Any]:
    """What the turn needs, in a form JSON keeps; a file gets its row and an id of ours."""
    extra = dict(message.extra)
    if file := extra.get("media"):
        recent = {"conversation": conversation_id, "since": now - 24 * 3600}
        is_too_many = connection.execute(_FILES, recent).scalar_one() >= FILES_A_DAY
        media_row = {
            "id": uuid.uuid4().hex,
            "conversation_id": conversation_id,
            "media_id": file["media_id"],
            "kind": file["kind"],
            "state": "refused" if is_too_many else "known",
            "reason": "too_many" if is_too_many else None,
            "mime_type": file["mime_type"][:100],
            "sha256": file["sha256"],
            "filename": file["filename"],
            "created_at": now,
        }
        connection.execute(_NEW_MEDIA, media_row)
        names = ("id", "kind", "mime_type", "filename")
        extra["media"] = {name: media_row[name] for name in names}
    return {
        "type": message.type,
        "text": message.text,
        "command": message.command,
        "extra": extra,
    }


def _open_window(
    connection: Connection, conversation_id: str, phone_number_id: str, timestamp: int
) -> None:
    key = {"conversation": conversation_id, "number": phone_number_id, "timestamp": timestamp}
    if not connection.execute(_OPEN_WINDOW, key).rowcount:
        row = {
            "conversation_id": conversation_id,
            "phone_number_id": phone_number_id,
            "opened_at": timestamp,
        }
        connection.execute(_NEW_WINDOWS, row)


def finish(connection: Connection, inbox_id: int, now: float) -> bool:
    """Mark a message done and forget what it said; False when another worker was quicker."""
    done = connection.execute(_FINISH, {"inbox_id": inbox_id, "now": now})
    return bool(done.rowcount == 1)


def next_of(connection: Connection, conversation_id: str) -> tuple[InboxMessage | None, bool]:
    """The oldest unfinished message of a conversation, and whether there are more."""
    rows = connection.execute(_NEXT, {"conversation": conversation_id}).all()
    return (InboxMessage(**rows[0]._mapping) if rows else None), len(rows) > 1


def has_work(connection: Connection, name: str) -> bool:
    """Whether a conversation has unfinished messages."""
    return next_of(connection, name)[0] is not None


def conversations_with_work(connection: Connection, now: float, age: float) -> list[str]:
    """Whose messages were answered 200 `age` seconds ago and not worked on, oldest first."""
    return list(connection.execute(_WITH_WORK, {"before": now - age}).scalars())


def oldest_waiting(connection: Connection) -> float | None:
    """When the oldest message came that is not worked on yet; None when none waits."""
    oldest: float | None = connection.execute(_OLDEST).scalar()
    return oldest


def window_opened_at(connection: Connection, conversation_id: str, phone_number_id: str) -> int:
    """When the citizen last wrote to this number (Unix seconds); 0 if never, or if Meta says so."""
    key = {"conversation": conversation_id, "number": phone_number_id}
    return connection.execute(_WINDOW, key).scalar() or 0


def close_window(connection: Connection, conversation_id: str, phone_number_id: str) -> None:
    """Believe Meta (131047): the window is shut until the citizen writes again."""
    key = {"conversation": conversation_id, "number": phone_number_id}
    connection.execute(_SHUT_WINDOW, key)


def numbers_of(connection: Connection, conversation_id: str) -> list[str]:
    """The numbers of ours that a citizen wrote to, the latest first."""
    return list(connection.execute(_NUMBERS, {"conversation": conversation_id}).scalars())


_KNOWN = sa.select(inbox.c.wamid).where(inbox.c.wamid == sa.bindparam("seen"))
_NEW_INBOX, _NEW_MEDIA, _NEW_WINDOWS = inbox.insert(), media.insert(), windows.insert()
_THIS_WINDOW = sa.and_(
    windows.c.conversation_id == sa.bindparam("conversation"),
    windows.c.phone_number_id == sa.bindparam("number"),
)
_WINDOW = sa.select(windows.c.opened_at).where(_THIS_WINDOW)
_OPEN_WINDOW = (
    windows.update()
    .where(_THIS_WINDOW)
    .values(
        opened_at=sa.case(
            (windows.c.opened_at < sa.bindparam("timestamp"), sa.bindparam("timestamp")),
            else_=windows.c.opened_at,
        )
    )
)
_SHUT_WINDOW = windows.update().where(_THIS_WINDOW).values(opened_at=0)
_NUMBERS = (
    sa.select(windows.c.phone_number_id)
    .where(windows.c.conversation_id == sa.bindparam("conversation"))
    .order_by(windows.c.opened_at.desc())
)
_FINISH = (
    inbox.update()
    .where(inbox.c.id == sa.bindparam("inbox_id"), inbox.c.state == "new")
    .values(state="done", done_at=sa.bindparam("now"), message=None)
)
_NEXT = (
    sa.select(*(inbox.c[name] for name in InboxMessage.__dataclass_fields__))
    .where(inbox.c.state == "new", inbox.c.conversation_id == sa.bindparam("conversation"))
    .order_by(inbox.c.id)
    .limit(2)
)
_OLDEST = sa.select(sa.func.min(inbox.c.received_at)).where(inbox.c.state == "new")
_COUNT = sa.select(sa.func.count()).where(
    inbox.c.state == "new", inbox.c.conversation_id == sa.bindparam("conversation")
)
_FILES = sa.select(sa.func.count()).where(
    media.c.conversation_id == sa.bindparam("conversation"),
    media.c.created_at > sa.bindparam("since"),
)
_WITH_WORK = (
    sa.select(inbox.c.conversation_id)
    .where(inbox.c.state == "new", inbox.c.received_at <= sa.bindparam("before"))
    .group_by(inbox.c.conversation_id)
    .order_by(sa.func.min(inbox.c.id))
)
