"""Who writes: the conversation id stays while phone numbers and user ids come and go (Meta §5).

A conversation is named by the first id seen of a person: the business-scoped user id, else the
number. The contacts table leads every later id of the same person to that name.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.whatsapp.tables import contacts
from riung.whatsapp.updates import Rekey, Sender


@dataclass(frozen=True)
class Contact:
    """A person as the channel knows them."""

    conversation_id: str
    user_id: str | None
    phone: str | None

    @property
    def address(self) -> dict[str, str]:
        """Where the Graph API is to send: `to` with a plus if the number is known (Meta §7)."""
        if self.phone:
            return {"to": f"+{self.phone}"}
        return {"recipient": self.user_id or self.conversation_id}


def contact_of(connection: Connection, sender: Sender) -> Contact:
    """The contact behind `sender`, made or completed where needed.

    When number and user id lead to two contacts, the user id's one is right: Meta hands numbers
    out again, user ids never.
    """
    found = _find(connection, sender)
    if found is None:
        return _insert(connection, sender)
    return _link(connection, found, sender)


def rekey(connection: Connection, change: Rekey) -> Contact:
    """Move a contact to its new ids; the conversation goes on under its old name."""
    contact = contact_of(connection, change.sender)
    return _link(connection, contact, change.new)


def contact(connection: Connection, conversation_id: str) -> Contact | None:
    """The contact of a conversation."""
    row = connection.execute(_BY_CONVERSATION, {"conversation_id": conversation_id}).first()
    return _contact(row) if row else None


def contact_for_address(connection: Connection, address: str) -> Contact:
    """The contact for an id given from outside: a conversation id, a user id or a number.

    `address` is what the desk or the queue knows of the citizen; numbers with or without plus.
    """
    name = address.strip().lstrip("+")
    known = contact(connection, name)
    if known is not None:
        return known
    sender = Sender(None, name) if name.isdecimal() else Sender(name, None)
    return contact_of(connection, sender)


def _find(connection: Connection, sender: Sender) -> Contact | None:
    ids = {"user_id": sender.user_id, "phone": sender.phone}
    rows = [_contact(row) for row in connection.execute(_BY_IDS, ids)]
    by_user_id = [row for row in rows if row.user_id and row.user_id == sender.user_id]
    by_phone = [row for row in rows if row.user_id is None or sender.user_id is None]
    return next(iter(by_user_id or by_phone), None)


def _insert(connection: Connection, sender: Sender) -> Contact:
    name = sender.user_id or sender.phone
    assert name, "payloads drops messages without any id"
    row = Contact(_free_name(connection, name), sender.user_id, sender.phone)
    _release(connection, row.conversation_id, sender)
    connection.execute(_INSERT, vars(row))
    return row


def _free_name(connection: Connection, name: str) -> str:
    """`name`, or with a suffix when an earlier owner of the same number still has it."""
    taken = contact(connection, name)
    number = 2
    while taken is not None:
        candidate = f"{name}-{number}"
        taken, number = contact(connection, candidate), number + 1
        if taken is None:
            return candidate
    return name


def _link(connection: Connection, known: Contact, sender: Sender) -> Contact:
    user_id, phone = sender.user_id or known.user_id, sender.phone or known.phone
    linked = Contact(known.conversation_id, user_id, phone)
    if linked != known:
        _release(connection, known.conversation_id, Sender(user_id, phone))
        connection.execute(
            _UPDATE, {"name": known.conversation_id, "new_user_id": user_id, "new_phone": phone}
        )
    return linked


def _release(connection: Connection, conversation_id: str, sender: Sender) -> None:
    """Take ids from whoever had them before: they are unique."""
    for statement, value in ((_FREE_USER_ID, sender.user_id), (_FREE_PHONE, sender.phone)):
        if value:
            connection.execute(statement, {"value": value, "name": conversation_id})


def _contact(row: sa.engine.Row) -> Contact:
    return Contact(row.conversation_id, row.user_id, row.phone)


_COLUMNS = (contacts.c.conversation_id, contacts.c.user_id, contacts.c.phone)
_INSERT = contacts.insert()
_FREE_USER_ID, _FREE_PHONE = (
    contacts.update()
    .where(column == sa.bindparam("value"), contacts.c.conversation_id != sa.bindparam("name"))
    .values({column: None})
    for column in (contacts.c.user_id, contacts.c.phone)
)
_BY_CONVERSATION = sa.select(*_COLUMNS).where(
    contacts.c.conversation_id == sa.bindparam("conversation_id")
)
_BY_IDS = sa.select(*_COLUMNS).where(
    sa.or_(contacts.c.user_id == sa.bindparam("user_id"), contacts.c.phone == sa.bindparam("phone"))
)
_UPDATE = (
    contacts.update()
    .where(contacts.c.conversation_id == sa.bindparam("name"))
    .values(user_id=sa.bindparam("new_user_id"), phone=sa.bindparam("new_phone"))
)
