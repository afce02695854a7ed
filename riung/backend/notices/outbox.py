"""Planning messages: written in the transaction of what they tell about, once per key."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riung.backend.db import insert_once
from riung.backend.notices.tables import Notice
from riung.backend.people import sender_hash
from riung.backend.subscriptions.tables import OptOut
from riung.localized import in_both
from riung.phrases import phrase

OWN_PLACE = frozenset(
    {
        *("hari_ditutup", "hari_dibuka_lagi", "tempat_ditawarkan", "tawaran_habis"),
        *("langkah_berubah", "langkah_dikembalikan"),
    }
)
"""Kinds about the citizen's own place in the queue or own request; they reach people who opted out,
too.
"""


def plan(
    session: Session,
    *,
    key: str,
    kind: str,
    office: str,
    to: str,
    variables: dict[str, Any],
    due_at: datetime,
    expires_at: datetime,
    now: datetime,
) -> bool:
    """Put one message into the outbox; False when it stands there already or is not wanted.

    `kind` names the message in `kalimat/templat.yml`; `variables` are what it needs, no more.
    `key` says what it is about and is the channel's idempotency key. It is sent from `due_at` on,
    a moment inside the office's hours, and not after `expires_at`, when it is of no use any more.
    """
    if due_at >= expires_at:
        return False
    if kind not in OWN_PLACE and session.get(OptOut, sender_hash(session, to)) is not None:
        return False
    return insert_once(
        session,
        Notice,
        {
            "key": key,
            "kind": kind,
            "office": office,
            "to": to,
            "variables": variables,
            "status": "pending",
            "due_at": due_at,
            "expires_at": expires_at,
            "tries": 0,
            "created_at": now,
        },
    )


def whom(name: str | None, people: int) -> str | dict[str, str]:
    """Who is meant: by name where a number may stand for several people, else "you".

    A name that nobody needs is not kept.
    """
    if name and people > 1:
        return name
    return in_both(partial(phrase, "anda"))


def withdraw(session: Session, key_prefix: str) -> None:
    """Drop pending messages that something newer makes wrong; they may be planned anew."""
    pending = Notice.key.startswith(key_prefix, autoescape=True) & (Notice.status == "pending")
    session.execute(delete(Notice).where(pending).execution_options(synchronize_session=False))


def sent_keys(session: Session, key_prefix: str) -> list[str]:
    """The keys of the messages about something that have gone out."""
    gone = Notice.key.startswith(key_prefix, autoescape=True) & (Notice.status == "sent")
    return list(session.execute(select(Notice.key).where(gone)).scalars())


def due(session: Session, now: datetime, limit: int) -> list[Notice]:
    """Pending messages whose moment has come, oldest first."""
    pending = select(Notice).where(Notice.status == "pending", Notice.due_at <= now)
    return list(session.execute(pending.order_by(Notice.due_at, Notice.id).limit(limit)).scalars())
