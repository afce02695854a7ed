"""What offices have already is taken along by each change of the tables."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from riung.backend.bookings.tables import Booking
from riung.backend.db import MIGRATIONS, Database
from riung.desk import conversations
from riung.desk.tables import Conversation
from riung.desk.tickets.tables import Ticket

MOMENT = datetime(2026, 11, 20, 2, tzinfo=timezone.utc).replace(tzinfo=None)
PERSON, NUMBER = "6281200000001", "111111111111111"


def made_by(revision: str, folder: Path) -> Database:
    """A database as that revision left it."""
    database = Database(f"sqlite:///{folder / 'riung.db'}")
    with database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return database


def fill(database: Database, table: str, **values: Any) -> None:
    columns = [sa.column(name) for name in values]
    with database.engine.begin() as connection:
        connection.execute(sa.insert(sa.table(table, *columns)).values(**values))


def test_a_conversation_with_two_offices_becomes_one_of_each(tmp_path: Path) -> None:
    database = made_by("0002_desk", tmp_path)
    talk: dict[str, Any] = {
        "id": 1,
        "sender_id": PERSON,
        "office": "bandung",
        "phone_number_id": NUMBER,
    }
    talk |= {"name": "", "channel": "whatsapp", "state": "officer", "state_since": MOMENT}
    talk |= {"timer": "none", "topic": "", "labels": "[]", "unread": 1, "last_text": "halo"}
    fill(database, "desk_conversations", **talk, last_at=MOMENT, behind=False)
    for key, office in (("user:1", "bandung"), ("user:2", "pemalang")):
        line: dict[str, Any] = {
            "event_key": key,
            "office": office,
            "at": MOMENT,
            "author": "citizen",
        }
        line |= {"text": f"ke {office}", "intent": "", "details": "{}"}
        fill(database, "desk_messages", conversation_id=1, **line)
        ticket: dict[str, Any] = {"code": office[:8].upper(), "kind": "complaint", "office": office}
        ticket |= {"status": "open", "conversation_id": PERSON, "subject": ""}
        ticket |= {"last_messages": "[]", "details": "{}", "created_at": MOMENT}
        fill(database, "tickets", **ticket, updated_at=MOMENT)

    database.migrate()

    with database.reading() as session:
        own, other = session.scalars(sa.select(Conversation).order_by(Conversation.id))
        assert (own.sender_id, own.person, own.state) == (f"{PERSON}@{NUMBER}", PERSON, "officer")
        assert (other.person, other.office, other.state) == (PERSON, "pemalang", "bot")
        said = [
            [line.text for line in conversations.lines(session, one.id)] for one in (own, other)
        ]
        assert said == [["ke bandung"], ["ke pemalang"]]
        named = {one.office: one.conversation_id for one in session.scalars(sa.select(Ticket))}
        assert named == {"bandung": own.sender_id, "pemalang": other.sender_id}
    database.dispose()


def test_who_was_booked_before_families_keeps_the_one_place(tmp_path: Path) -> None:
    database = made_by("0009_complaint_events", tmp_path)
    booking: dict[str, Any] = {"code": "AAAA22", "office": "pemalang", "place": "mpp_batang"}
    booking |= {"date": "2026-11-24", "service_class": "regular", "queue_number": 1}
    booking |= {"kind": "baru", "status": "booked", "source": "whatsapp", "sender": PERSON}
    fill(database, "bookings", **booking, moves=0, sent_at=MOMENT, created_at=MOMENT)

    database.migrate()

    with database.reading() as session:
        (kept,) = session.scalars(sa.select(Booking))
        assert (kept.sender, kept.nth_of_sender, kept.is_child) == (PERSON, 0, False)
    database.dispose()
