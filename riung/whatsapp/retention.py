"""How long the channel keeps what: personal text no longer than it is needed.

A message's text is forgotten when its turn is done, a NIK in an answer when it is accepted. What
stays is deleted after the days below, or at once when a citizen asks for it (`forget`).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.whatsapp.outbox import OPEN
from riung.whatsapp.tables import contacts, inbox, introductions, media, outbox, statuses, windows

DAY = 24 * 3600

INBOX_DAYS = 8
"""Meta redelivers for up to seven days; ids are kept a day longer to know duplicates (Meta §4)."""

MESSAGE_DAYS = 30
"""Meta tries to deliver for 30 days (Meta §7): our messages, statuses and files live as long."""

CONTACT_DAYS = 365
"""A citizen who has not written for a year is a stranger again."""


def expire(connection: Connection, now: float) -> list[str]:
    """Delete what is too old; the ids of media whose files are to be deleted too."""
    connection.execute(
        inbox.delete().where(inbox.c.received_at < now - INBOX_DAYS * DAY, inbox.c.state != "new")
    )
    old = now - MESSAGE_DAYS * DAY
    connection.execute(
        outbox.delete().where(outbox.c.updated_at < old, outbox.c.state.not_in(OPEN))
    )
    connection.execute(statuses.delete().where(statuses.c.timestamp < old))
    files = _delete_media(connection, media.c.created_at < old)
    connection.execute(windows.delete().where(windows.c.opened_at < now - CONTACT_DAYS * DAY))
    connection.execute(contacts.delete().where(_is_stranger()))
    return files


def forget(connection: Connection, conversation_id: str) -> list[str]:
    """Delete a citizen's traces; the ids of media whose files are to be deleted too.

    Unfinished messages and messages go with them; Meta's ids stay, so that a redelivery is still
    known as one.
    """
    connection.execute(
        inbox.update()
        .where(inbox.c.conversation_id == conversation_id)
        .values(conversation_id=None, message=None, state="done")
    )
    for table in (outbox, windows, contacts, introductions):
        connection.execute(table.delete().where(table.c.conversation_id == conversation_id))
    return _delete_media(connection, media.c.conversation_id == conversation_id)


def _delete_media(connection: Connection, which: sa.sql.ColumnElement[sa.Boolean]) -> list[str]:
    files = list(connection.execute(sa.select(media.c.id).where(which)).scalars())
    connection.execute(media.delete().where(which))
    return files


def _is_stranger() -> sa.sql.ColumnElement[sa.Boolean]:
    """Neither wrote lately nor is anything kept that was sent to them."""
    return sa.and_(
        contacts.c.conversation_id.not_in(sa.select(windows.c.conversation_id)),
        contacts.c.conversation_id.not_in(sa.select(outbox.c.conversation_id)),
    )
