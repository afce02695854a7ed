"""What offices have already is taken along by each change of the tables."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from riung.backend.bookings.tables import Booking
from riung.backend.db import MIGRATIONS, Database, newest_revision
from riung.backend.waiting_list.tables import WaitingEntry
from riung.desk import conversations
from riung.desk.tables import Conversation, Outgoing
from riung.desk.tickets.tables import Ticket
from riung.server.migrations.repairs import repair
from riung.server.state import known_revisions
from tests.services import new_database

MOMENT = datetime(2026, 11, 20, 2, tzinfo=timezone.utc).replace(tzinfo=None)
PERSON, NUMBER = "6281200000001", "111111111111111"


def made_by(revision: str, folder: Path) -> Database:
    """A database as that revision left it."""
    folder.mkdir(exist_ok=True)
    return made_at(f"sqlite:///{folder / 'riung.db'}", revision)


def made_at(url: str, revision: str) -> Database:
    """The same, wherever it stands."""
    database = Database(url)
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


EARLIER = Path(__file__).parent / "earlier"
"""Databases as earlier programs made and filled them, as `sqlite3 .dump` writes them."""


def rows_of(database: Database) -> dict[str, int]:
    """Table → how many rows it has; of the tables that hold what people gave."""
    here = sa.inspect(database.engine)
    with database.engine.connect() as connection:
        return {
            table: connection.execute(sa.text(f'SELECT count(*) FROM "{table}"')).scalar()
            for table in here.get_table_names()
            if not table.startswith(("alembic", "desk_words", "desk_names", "desk_changes"))
        }


def test_a_database_from_before_a_migration_was_edited_is_repaired(tmp_path: Path) -> None:
    path = tmp_path / "riung.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((EARLIER / "2026_11_21.sql").read_text("utf-8"))
    database = Database(f"sqlite:///{path}")
    before = rows_of(database)

    database.migrate()

    assert tables_of(database) == tables_of(made_by("head", tmp_path / "new"))
    after = rows_of(database)
    divided = {"desk_conversations": 2}  # one person, two offices
    assert {table: after[table] for table in before} == {**before, **divided}
    with database.writing() as session:
        assert [one.held for one in session.scalars(sa.select(Outgoing))] == [False]
        (waits,) = session.scalars(sa.select(WaitingEntry))
        waits.identity_hash = waits.identity_last4 = None  # as after some days
    database.dispose()


def tables_of(database: Database) -> dict[str, dict[str, tuple[str, bool]]]:
    """Table → column → its type, and whether it may be empty."""
    here = sa.inspect(database.engine)
    return {
        table: {one["name"]: (str(one["type"]), one["nullable"]) for one in here.get_columns(table)}
        for table in sorted(here.get_table_names())
    }


def test_nothing_is_repaired_where_nothing_is_missing(tmp_path: Path) -> None:
    database = made_by("0002_desk", tmp_path)
    before = tables_of(database)

    with database.engine.begin() as connection:
        repair(connection)

    assert tables_of(database) == before
    database.dispose()


@pytest.mark.services
def test_a_postgresql_that_works_words_out_anew_stores_them() -> None:
    with new_database() as url:
        database = Database(url)
        database.migrate()
        with database.engine.begin() as connection:  # as a database of before was left
            connection.execute(sa.text("ALTER TABLE desk_messages DROP COLUMN words CASCADE"))
            repair(connection)

        indexes = {one["name"] for one in sa.inspect(database.engine).get_indexes("desk_messages")}
        assert "ix_desk_messages_words" in indexes
        database.dispose()


def test_the_newest_revision_is_told_by_the_names_of_the_files() -> None:
    chain = ScriptDirectory(str(MIGRATIONS))
    assert newest_revision() == chain.get_current_head()
    assert known_revisions() == {one.revision for one in chain.walk_revisions()}


def test_todays_tables_are_opened_without_what_would_change_them(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'riung.db'}"
    Database(url).migrate()
    opened = f"import sys; from riung.backend.db import migrate; migrate({url!r})"
    told = f"{opened}; print('alembic' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]


REVISIONS = [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_each_earlier_version_kept_is_kept(revision: str, tmp_path: Path) -> None:
    database = made_by(revision, tmp_path)
    with database.engine.begin() as connection:
        put_a_row_into_each(connection)
    before = rows_of(database)

    database.migrate()

    after = rows_of(database)
    assert {table: after[table] for table in before} == before
    database.dispose()


PLAUSIBLE: dict[str, Any] = {
    "office": "bandung",
    "offices": ["bandung"],
    "place": "mpp_batang",
    "role": "officer",
    "sender_id": f"{PERSON}@{NUMBER}",
    "person": PERSON,
    "phone_number_id": NUMBER,
    "labels": [],
    "details": {},
    "last_messages": [],
}
"""Column → a value that means something there; the others get one of their type."""


def put_a_row_into_each(connection: sa.engine.Connection) -> None:
    """A row in every table, those that others refer to first."""
    known = sa.MetaData()
    known.reflect(connection, only=lambda name, _: not name.startswith(("alembic", "desk_words")))
    for table in known.sorted_tables:
        if not table.name.startswith("desk_names"):
            row = {one.name: value_for(one) for one in table.columns}
            connection.execute(table.insert().values(**row))


def value_for(column: sa.Column[Any]) -> Any:
    if column.name in PLAUSIBLE:
        return PLAUSIBLE[column.name]
    kinds: list[tuple[Any, Any]] = [
        (sa.JSON, {}),
        (sa.Boolean, False),
        (sa.DateTime, MOMENT),
        (sa.Date, MOMENT.date()),
        ((sa.Integer, sa.Float), 1),
    ]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), column.name[:8])


def test_no_migration_is_edited_any_more() -> None:
    """What was once in use is what offices have: add a migration instead."""
    sums = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted((MIGRATIONS / "versions").glob("0*.py"))
    }
    written = json.loads((EARLIER / "migrations.json").read_text("utf-8"))

    assert {name: sums.get(name) for name in written} == written
    assert sums.keys() - written.keys() == set(), "write its sum into earlier/migrations.json"
