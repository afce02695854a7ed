"""The move from the SQLite files to PostgreSQL: every row of every table, each store wholly.

The files stay as they are, so that a move that was not wanted is taken back by taking back
`RIUNG_DATABASE_URL`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.backend.db import Base, migrate
from riung.dialogue.tracker_store import EVENTS
from riung.server import postgres, state
from riung.server import tables as backend_tables
from riung.settings import Settings
from riung.whatsapp import schema as channel_schema

AT_ONCE = 1000
"""Rows read and written together."""


class MoveError(state.StateError):
    """Nothing was moved; the message says why."""


def move(chosen: Settings) -> dict[str, int]:
    """Copy the SQLite files under `RIUNG_VAR_DIR` into the database of `RIUNG_DATABASE_URL`.

    Nothing else may run meanwhile.

    Returns:
        Rows by store.

    Raises:
        MoveError: there is nothing to move, or the database has rows already.
    """
    if not state.is_postgres(chosen):
        raise MoveError("Set RIUNG_DATABASE_URL=postgresql://… : where to move to.")
    if there := postgres.tables(chosen.database_url):
        raise MoveError(f"The database has tables already ({there[0]}). Nothing was changed.")
    files = {name: chosen.var_dir / f"{name}.db" for name in postgres.SCHEMAS}
    if not files["riung"].exists():
        raise MoveError(f"There is no {files['riung']} to move.")
    migrate(f"sqlite:///{files['riung']}")
    stores = {
        "riung": (chosen.database_url, _backend_tables()),
        "channel": (chosen.channel_database_url, list(channel_schema.TABLES)),
        "tracker": (chosen.tracker_database_url, [EVENTS]),
    }
    try:
        _make_tables(chosen, files["channel"])
        return {name: _copy(files[name], *store) for name, store in stores.items()}
    except (sa.exc.SQLAlchemyError, channel_schema.NewerTablesError) as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise MoveError(
            f"Not moved: {cause}. The files are as they were; make the database anew "
            "before the next try."
        ) from error


def _backend_tables() -> list[sa.Table]:
    assert backend_tables.__all__, "imported, so that the metadata knows them"
    return list(Base.metadata.sorted_tables)


def _make_tables(chosen: Settings, channel_file: Path) -> None:
    migrate(chosen.database_url)
    with _writing(f"sqlite:///{channel_file}") as connection:
        channel_schema.upgrade(connection)
    with _writing(chosen.channel_database_url) as connection:
        connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS channel"))
        channel_schema.upgrade(connection)
    with _writing(chosen.tracker_database_url) as connection:
        connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS tracker"))
        EVENTS.metadata.create_all(connection, tables=[EVENTS])


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def _copy(source: Path, url: str, tables: list[sa.Table]) -> int:
    """Copy the rows of all tables in one transaction; how many there were."""
    if not source.exists():
        return 0
    read, write = sa.create_engine(f"sqlite:///{source}"), sa.create_engine(url)
    try:
        with read.connect() as old, write.begin() as new:
            here = set(sa.inspect(old).get_table_names())
            return sum(_copy_table(old, new, table) for table in tables if table.name in here)
    finally:
        read.dispose()
        write.dispose()


def _copy_table(old: Connection, new: Connection, table: sa.Table) -> int:
    found = old.execution_options(stream_results=True).execute(sa.select(table))
    count = 0
    while rows := found.fetchmany(AT_ONCE):
        new.execute(table.insert(), [dict(row._mapping) for row in rows])
        count += len(rows)
    for column in table.primary_key:
        if isinstance(column.type, sa.Integer) and not column.foreign_keys:
            _go_on_counting(new, table, column.name)
    if new.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() != count:
        raise MoveError(f"{table.name} did not arrive whole. Nothing was moved of this store.")
    return count


def _go_on_counting(new: Connection, table: sa.Table, column: str) -> None:
    """New rows get ids after those that were moved."""
    sequence = sa.select(sa.func.pg_get_serial_sequence(table.name, column))
    if new.execute(sequence).scalar() is not None:
        highest = sa.select(sa.func.max(table.c[column])).scalar_subquery()
        is_empty = sa.select(sa.func.count() > 0).select_from(table).scalar_subquery()
        name = sa.func.pg_get_serial_sequence(table.name, column)
        new.execute(sa.select(sa.func.setval(name, sa.func.coalesce(highest, 1), is_empty)))
