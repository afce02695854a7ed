from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import String, select, text
from sqlalchemy.exc import IntegrityError, StatementError

import riung.desk.tables  # noqa: F401  (its tables belong to the same migrations)
from riung.backend.db import Base, Database, insert_once, migrate
from riung.server import tables

MOMENT = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=7)))

OF_THE_SEARCH = {("desk_messages", "words"), ("desk_conversations", "names")}
"""Columns that PostgreSQL computes for its full-text search."""


def is_a_table_of_the_code(name: str | None, kind: str, parents: dict[str, Any]) -> bool:
    """The indexes of the full-text search are the database's own affair, different in each."""
    place = (parents.get("table_name"), name)
    own = ("desk_words", "desk_names", "ix_desk_messages_words", "ix_desk_conversations_names")
    is_column = kind == "column" and place in OF_THE_SEARCH
    return not is_column and not (name or "").startswith(own)


def is_of_another_type(context: MigrationContext, *of_column: Any) -> bool | None:
    """None leaves it to Alembic; SQLite knows no length: a text that may be longer is the same."""
    stored, wanted = of_column[-2:]
    both = isinstance(stored, String) and isinstance(wanted, String)
    return False if both and context.dialect.name == "sqlite" else None


def test_migrations_lead_to_exactly_the_tables_of_the_code(any_url: str) -> None:
    migrate(any_url)
    migrated = Database(any_url)
    with migrated.engine.connect() as connection:
        opts = {"compare_type": is_of_another_type, "include_name": is_a_table_of_the_code}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    migrated.dispose()


def test_migrating_twice_changes_nothing(any_database: Database) -> None:
    any_database.migrate()
    with any_database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1


def test_a_database_can_be_made_from_its_address(any_url: str) -> None:
    migrate(any_url)
    database = Database(any_url)
    database.check()
    database.dispose()


def test_moments_come_back_in_utc(any_database: Database) -> None:
    with any_database.writing() as session:
        session.add(tables.UnknownLookup(sender_hash="x", at=MOMENT))
    with any_database.reading() as session:
        found = session.query(tables.UnknownLookup).one().at
    assert found == MOMENT
    assert found.tzinfo is timezone.utc


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = select(tables.UnknownLookup).where(tables.UnknownLookup.at > datetime(2026, 11, 24))
    with database.reading() as session, pytest.raises(StatementError, match="without a zone"):
        session.execute(naive)


def test_foreign_keys_hold(any_database: Database) -> None:
    with pytest.raises(IntegrityError), any_database.writing() as session:
        session.add(tables.StageChange(number="1179000000009999", stage="paid", at=MOMENT))


def test_a_failed_write_leaves_nothing(any_database: Database) -> None:
    def write_and_fail() -> None:
        with any_database.writing() as session:
            session.add(tables.UnknownLookup(sender_hash="x", at=MOMENT))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    with any_database.reading() as session:
        assert session.query(tables.UnknownLookup).count() == 0


def test_a_row_is_inserted_once(any_database: Database) -> None:
    values = {"sender_hash": "x", "at": MOMENT}
    with any_database.writing() as session:
        assert [insert_once(session, tables.OptOut, values) for _ in range(2)] == [True, False]


def test_readers_go_on_while_somebody_writes(database: Database) -> None:
    with database.writing() as writer:
        writer.add(tables.UnknownLookup(sender_hash="x", at=MOMENT))
        writer.flush()
        with database.reading() as reader:
            assert reader.query(tables.UnknownLookup).count() == 0
