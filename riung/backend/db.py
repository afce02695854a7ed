"""The backend's one database: SQLite by default, PostgreSQL by `RIUNG_DATABASE_URL`.

Reads and writes are separate on purpose: a transaction of `Database.writing` takes SQLite's write
lock at its first statement (`BEGIN IMMEDIATE`), so two writers never meet half way and nothing has
to be retried. On PostgreSQL rows are locked where they are read (`with_for_update`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timezone
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Column, DateTime, MetaData, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from riung.damage import watch
from riung.settings import ENGINE

BUSY_TIMEOUT_MS = 5000
"""How long SQLite waits for another process's write before it gives up."""

MIGRATIONS = ENGINE / "riung" / "server" / "migrations"

Base: Any = declarative_base(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
)


def mapped_column(*args: Any, **kwargs: Any) -> Any:
    """A `Column` that may be annotated `Mapped[...]`, under the name SQLAlchemy 2.0 gives it."""
    return Column(*args, **kwargs)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on both databases (SQLite keeps no zone by itself)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments and store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be stored.")
        moment = value.astimezone(timezone.utc)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back aware, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)


class Database:
    """Engine and transactions of one database URL.

    Sessions carry the key for hashing personal numbers in `session.info["hash_key"]`.
    """

    def __init__(self, url: str, hash_key: str = "") -> None:
        self.url = url
        self._info = {"hash_key": hash_key}
        self.engine = _engine(url)
        self.damage = watch(self.engine)
        self._write_engine = self.engine.execution_options(begin="IMMEDIATE")
        self._is_sqlite = self.engine.dialect.name == "sqlite"
        # Threads of one process queue here instead of polling SQLite's busy handler.
        self._writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading; whatever it changed is thrown away."""
        with Session(self.engine, future=True, info=self._info) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One write transaction: committed when the block ends well, else rolled back."""
        with (
            self._one_writer(),
            Session(
                self._write_engine, future=True, expire_on_commit=False, info=self._info
            ) as session,
            session.begin(),
        ):
            yield session

    def check(self) -> None:
        """Read a row, as a damaged file still answers a question that reads nothing.

        Raises:
            DatabaseError: the database is away, without its tables, or was found damaged.
        """
        if self.damage.is_found:
            raise OperationalError(None, None, Exception("damaged"))
        with self.engine.connect() as connection:
            connection.execute(text("SELECT version_num FROM alembic_version")).all()

    def migrate(self) -> None:
        """Bring the tables to the newest revision; several processes may call it at once."""
        with self._one_writer(), self._write_engine.begin() as connection:
            _prepare(connection)
            if _revision(connection) != newest_revision():
                _upgrade(connection)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _one_writer(self) -> AbstractContextManager[Any]:
        return self._writer if self._is_sqlite else nullcontext()


def migrate(url: str) -> None:
    """Create or update the tables of the database at `url`."""
    database = Database(url)
    try:
        database.migrate()
    finally:
        database.dispose()


def newest_revision() -> str:
    """The revision of the tables that this program makes: a migration's file bears its name."""
    return max(path.stem for path in MIGRATIONS.glob("versions/[0-9]*.py"))


def insert_once(session: Session, table: Any, values: dict[str, Any]) -> bool:
    """Insert a row unless one with the same unique key stands there; whether it was inserted."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    result: Any = session.execute(statement)
    return bool(result.rowcount)


def one_at_a_time(connection: Connection, what: str) -> None:
    """Wait until no other program does that, up to the end of its transaction; on SQLite a write
    transaction has done so.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": what})


def database(request: Request) -> Database:
    """The application's database, for handlers that draw their own transaction bounds."""
    found: Database = request.app.state.database
    return found


def session(request: Request) -> Iterator[Session]:
    """A reading session for the length of a handler."""
    with database(request).reading() as opened:
        yield opened


def writing_session(request: Request) -> Iterator[Session]:
    """A write transaction for the length of a handler, committed before the answer is sent.

    Where an error has become a page already, it does not get here; `state.failed` tells of it.
    """
    with database(request).writing() as opened:
        yield opened
        if getattr(request.state, "failed", False):
            opened.rollback()


# scope="function": FastAPI would otherwise commit after the answer has left.
Reading = Annotated[Session, Depends(session, scope="function")]
Writing = Annotated[Session, Depends(writing_session, scope="function")]


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, future=True, pool_size=20, max_overflow=20, pool_pre_ping=True)
    # Handlers hop between pool threads; the QueuePool hands a connection to one of them at a time.
    engine = create_engine(
        url,
        future=True,
        poolclass=QueuePool,
        pool_size=20,
        max_overflow=40,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours; the driver's own one comes too late
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _upgrade(connection: Connection) -> None:
    from alembic import command  # 8 MB that a process with today's tables does without
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return found[0] if len(found) == 1 else None


def _prepare(connection: Connection) -> None:
    """On PostgreSQL: one migration at a time, into a schema that exists."""
    if connection.dialect.name != "postgresql":
        return
    one_at_a_time(connection, "riung.backend.migrate")
    path = connection.execute(text("SHOW search_path")).scalar_one()
    schema = path.split(",")[0].strip().strip('"')
    if schema not in ("$user", "public"):
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
