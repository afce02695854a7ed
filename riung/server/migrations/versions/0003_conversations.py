"""A conversation is a person and a number; what stood under the person alone is divided."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from riung.conversation_id import conversation_id, number_of
from riung.office.offices import offices

revision = "0003_conversations"
down_revision = "0002_desk"
branch_labels = None
depends_on = None

talks = sa.table(
    "desk_conversations",
    *(
        sa.column(name)
        for name in [
            "id",
            "sender_id",
            "person",
            "office",
            "name",
            "phone_number_id",
            "channel",
            "state",
            "owner_id",
            "state_since",
            "waiting_since",
            "timer",
            "due_at",
            "topic",
            "unread",
            "last_text",
            "last_at",
            "citizen_at",
            "behind",
        ]
    ),
    sa.column("labels", sa.JSON),
)
tickets = sa.table("tickets", sa.column("conversation_id"), sa.column("office"))
PARTS = [
    sa.table(name, sa.column("conversation_id"), sa.column("office"), sa.column(moment))
    for name, moment in (
        ("desk_messages", "at"),
        ("desk_handovers", "asked_at"),
        ("desk_surveys", "at"),
    )
]
"""What is of one office each, and goes with that office's conversation."""


def upgrade() -> None:
    # Added in place: SQLite would drop and copy the table, and with it every line that hangs on it.
    person = sa.Column("person", sa.String(160), nullable=False, server_default="")
    op.add_column("desk_conversations", person)
    op.create_index("ix_desk_conversations_person", "desk_conversations", ["person"])
    bound = op.get_bind()
    for talk in bound.execute(sa.select(talks)).mappings().all():
        _name(bound, talk)
        for office in _other_offices(bound, talk):
            _divide(bound, talk, office)


def downgrade() -> None:
    raise NotImplementedError("What was divided is not put together again.")


def _name(bound: sa.engine.Connection, talk: Any) -> None:
    """The present conversation keeps its row, and with it its owner and what runs."""
    person = talk["sender_id"]
    name = _named(person, talk["phone_number_id"])
    mine = sa.update(talks).where(talks.c.id == talk["id"])
    bound.execute(mine.values(person=person, sender_id=name))
    _rename_tickets(bound, person, talk["office"], name)


def _other_offices(bound: sa.engine.Connection, talk: Any) -> Iterator[str]:
    found: dict[str, None] = {}
    for part in PARTS:
        lines = sa.select(part.c.office).where(
            part.c.conversation_id == talk["id"], part.c.office != talk["office"]
        )
        found |= dict.fromkeys(bound.execute(lines.distinct()).scalars())
    return iter(found)


def _divide(bound: sa.engine.Connection, talk: Any, office: str) -> None:
    """Another office's lines become a conversation of its own, led by the bot."""
    person, known = talk["sender_id"], offices().get(office)
    numbers = known.whatsapp.phone_number_ids if known else ()
    name = _named(person, next(iter(numbers), "")) if numbers else f"{person}@{office}"
    values = {**talk, "sender_id": name, "person": person, "office": office, "state": "bot"}
    values |= {"phone_number_id": number_of(name), "owner_id": None, "waiting_since": None}
    values |= {"timer": "none", "due_at": None, "unread": 0, "last_text": "", "labels": []}
    del values["id"]
    bound.execute(sa.insert(talks).values(**values))
    new_id = bound.execute(sa.select(talks.c.id).where(talks.c.sender_id == name)).scalar_one()
    for part in PARTS:
        lines = (part.c.conversation_id == talk["id"]) & (part.c.office == office)
        bound.execute(sa.update(part).where(lines).values(conversation_id=new_id))
    _rename_tickets(bound, person, office, name)


def _rename_tickets(bound: sa.engine.Connection, person: str, office: str, name: str) -> None:
    mine = (tickets.c.conversation_id == person) & (tickets.c.office == office)
    bound.execute(sa.update(tickets).where(mine).values(conversation_id=name))


def _named(person: str, number: str) -> str:
    return conversation_id(person, number) if number.isdecimal() else person
