"""What a database lacks that was made before a migration was edited in place.

Each repair looks first: it is done once, where a table is as that earlier migration left it, before
the migrations go on. No migration is edited any more (`tests/riung/server/test_migrations.py`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.engine import Connection
from sqlalchemy.engine.reflection import Inspector

_FULL_TEXT = "riung.server.migrations.versions.0005_full_text"


def repair(connection: Connection) -> None:
    """Bring the tables to what their migrations say today."""
    here = sa.inspect(connection)
    does = Operations(MigrationContext.configure(connection))
    for one in (_held_answers, _waiting_without_a_name, _vectors_of_words):
        one(here, does)


def _held_answers(here: Inspector, does: Operations) -> None:
    """0002: an officer's answer may be held back; none was."""
    if _lacks(here, "desk_outgoing", "held"):
        held = sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false())
        does.add_column("desk_outgoing", held)


def _waiting_without_a_name(here: Inspector, does: Operations) -> None:
    """0001: who waited is forgotten after some days; the entry stays."""
    columns = {one["name"]: one for one in _columns(here, "waiting_entries")}
    needed = [
        name
        for name in ("identity_hash", "identity_last4")
        if name in columns and not columns[name]["nullable"]
    ]
    if needed:
        with does.batch_alter_table("waiting_entries") as batch:
            for name in needed:
                batch.alter_column(name, existing_type=columns[name]["type"], nullable=True)


def _vectors_of_words(here: Inspector, does: Operations) -> None:
    """0005, PostgreSQL alone: the vectors of the words are stored, and not worked out anew."""
    is_postgres = here.bind.dialect.name == "postgresql"
    if not is_postgres or not _has(here, "desk_messages", "numbers"):
        return
    if _lacks(here, "desk_messages", "words"):
        does.execute("DROP INDEX IF EXISTS ix_desk_messages_words")
        for statement in import_module(_FULL_TEXT).POSTGRESQL:
            does.execute(sa.text(statement))


def _columns(here: Inspector, table: str) -> list[dict[str, Any]]:
    return here.get_columns(table) if here.has_table(table) else []


def _has(here: Inspector, table: str, name: str) -> bool:
    return name in {one["name"] for one in _columns(here, table)}


def _lacks(here: Inspector, table: str, name: str) -> bool:
    """Whether the table is there, and the column is not."""
    return here.has_table(table) and not _has(here, table, name)
