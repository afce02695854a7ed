"""The channel's database: SQLite by default (WAL, `synchronous=FULL`: what is answered survives a
power cut), PostgreSQL when grown (its schema is made when it is missing).

Many callers, one transaction after the other; how they share one is `riung.whatsapp.group_commit`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, make_url
from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential_jitter

from riung.damage import watch
from riung.whatsapp import schema
from riung.whatsapp.group_commit import Commits, InLoop, InThread, Job, StoreError

T = TypeVar("T")
Work = Callable[[Connection], T]

_SCHEMA = re.compile(r"search_path=(\w+)")

PATIENCE, PATIENCE_IN_LOOP = 30.0, 1.0
"""Seconds to wait for another program that writes to the SQLite file; in the loop all citizens wait
with us, and what is refused is tried again."""

_again_and_again = AsyncRetrying(
    wait=wait_exponential_jitter(multiplier=0.1, max=5),
    retry=retry_if_exception_type(StoreError),
)


class Store:
    """Runs functions of a connection, each whole or not at all, and hands their results back.

    Args:
        url: SQLAlchemy's address of the database.
        several_workers: whether other processes write to it as well.
    """

    def __init__(self, url: str, several_workers: bool = False) -> None:
        self._engine = _engine(url, PATIENCE if several_workers else PATIENCE_IN_LOOP)
        self.damage = watch(self._engine)
        self._schema = _SCHEMA.search(str(make_url(url).query.get("options", "")))
        self._in_loop = self._engine.dialect.name == "sqlite" and not several_workers
        self._commits: Commits | None = None
        self._closed = False

    def open(self) -> None:
        """Bring the tables to today's version, before the loop that uses the store begins or in it.

        Raises:
            StoreError: the database cannot be reached.
        """
        try:
            with self._engine.begin() as connection:
                if self._engine.dialect.name == "postgresql":
                    self._prepare(connection)
                schema.upgrade(connection)
        except schema.NewerTablesError as error:
            raise StoreError(f"The channel's database cannot be used. {error}") from error
        except sa.exc.SQLAlchemyError as error:
            reason = str(error.__cause__ or error).splitlines()[0]
            raise StoreError(f"The channel's database cannot be opened: {reason}") from error

    def _prepare(self, connection: Connection) -> None:
        """One worker at a time may make the tables, in a schema that exists."""
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('riung.channel'))"))
        if self._schema:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {self._schema[1]}"))

    async def close(self) -> None:
        """Finish the jobs that wait, and take no more: Meta delivers again what comes now."""
        self._closed = True
        if self._commits is not None:
            await self._commits.close()
        self._engine.dispose()

    async def run(self, work: Work[T]) -> T:
        """The result of `work`, after the commit that made it last.

        `work` may run a second time when a neighbour in its transaction fails: it must touch
        nothing but the database.

        Raises:
            StoreError: the database refused, or is closed; nothing of `work` was kept.
        """
        if self._closed:
            raise StoreError("The channel is stopping.")
        if self._commits is None:
            self._commits = InLoop(self._engine) if self._in_loop else InThread(self._engine)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._commits.add(Job(work, loop, future))
        return await future

    async def run_until_done(self, work: Work[T]) -> T:
        """Like `run`, and again until the database takes it: for what must not be forgotten."""
        try:
            return await self.run(work)
        except StoreError:
            return await _again_and_again(self.run, work)


def _engine(url: str, patience: float) -> sa.engine.Engine:
    if not make_url(url).drivername.startswith("sqlite"):
        engine = sa.create_engine(url, future=True, pool_pre_ping=True, pool_size=1, max_overflow=1)
        sa.event.listen(engine, "begin", _wait_for_the_others)
        return engine
    engine = sa.create_engine(
        url,
        future=True,
        poolclass=sa.pool.QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"timeout": patience, "check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _tune_sqlite)
    sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def _tune_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we begin ourselves, see _begin_immediate
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock first: a reader that turns writer would fail while another one writes."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _wait_for_the_others(connection: Connection) -> None:
    """One transaction at a time, in all workers together, as on SQLite.

    Two that touch the same rows in different orders (a status's message, the month's bill) would
    wait for each other until PostgreSQL ends one of them a second later.
    """
    connection.exec_driver_sql(
        "SELECT pg_advisory_xact_lock(hashtext('riung.channel.writes'), "
        "hashtext(coalesce(current_schema(), '')))"
    )
