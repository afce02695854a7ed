"""The channel's database: one writer thread, many callers, group commit.

Meta is answered 200 only after the commit that holds its message. A commit costs a disk flush, so
the thread takes every job that waits, runs all in one transaction and answers their callers
together: the flush is shared exactly when there is much to do. Sanic's loop never waits for a disk.

One design for SQLite (WAL, `synchronous=FULL`: what is answered survives a power cut) and
PostgreSQL (its schema is made when it is missing).
"""

from __future__ import annotations

import asyncio
import queue
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, make_url
from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential_jitter

from riung.whatsapp.tables import metadata

log = structlog.get_logger()
T = TypeVar("T")
Work = Callable[[Connection], T]

_BATCH = 256  # jobs a transaction; bounds how long the first one waits for the last
_SCHEMA = re.compile(r"search_path=(\w+)")


class StoreError(RuntimeError):
    """The database could not be read or written; the cause is its own error."""


_again_and_again = AsyncRetrying(
    wait=wait_exponential_jitter(multiplier=0.1, max=5),
    retry=retry_if_exception_type(StoreError),
)


@dataclass(frozen=True)
class _Job:
    work: Work[Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


class Store:
    """Runs functions of a connection in the writer thread and hands their results back."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._schema = _SCHEMA.search(str(make_url(url).query.get("options", "")))
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="whatsapp-store", daemon=True)

    def open(self) -> None:
        """Make missing tables and start the thread.

        Raises:
            StoreError: the database cannot be reached.
        """
        try:
            with self._engine.begin() as connection:
                if self._engine.dialect.name == "postgresql":
                    self._prepare(connection)
                metadata.create_all(connection)
        except sa.exc.SQLAlchemyError as error:
            reason = str(error.__cause__ or error).splitlines()[0]
            raise StoreError(f"The channel's database cannot be opened: {reason}") from error
        self._thread.start()

    def _prepare(self, connection: Connection) -> None:
        """One worker at a time may make the tables, in a schema that exists."""
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('riung.channel'))"))
        if self._schema:
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {self._schema[1]}"))

    def close(self) -> None:
        """Finish the jobs that wait, then stop the thread."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
        self._engine.dispose()

    async def run(self, work: Work[T]) -> T:
        """The result of `work`, after the commit that made it last.

        `work` may run a second time when a neighbour in its transaction fails: it must touch
        nothing but the database.

        Raises:
            StoreError: the database refused; nothing of `work` was kept.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, loop, future))
        return await future

    async def insist(self, work: Work[T]) -> T:
        """Like `run`, and again until the database takes it: for what must not be forgotten."""
        try:
            return await self.run(work)
        except StoreError:
            return await _again_and_again(self.run, work)

    def _serve(self) -> None:
        while True:
            jobs = [self._jobs.get()]
            while len(jobs) < _BATCH and not self._jobs.empty():
                jobs.append(self._jobs.get())
            self._commit([job for job in jobs if job is not None])
            if None in jobs:
                return

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            with self._engine.begin() as connection:
                results = [job.work(connection) for job in jobs]
        except Exception as error:  # one bad job must not take the others with it
            if len(jobs) == 1:
                self._refuse(jobs[0], error)
                return
            for job in jobs:
                self._commit([job])
            return
        for loop in {job.loop for job in jobs}:
            done = [
                (job, result) for job, result in zip(jobs, results, strict=True) if job.loop is loop
            ]
            _in_loop(loop, _resolve, done)

    def _refuse(self, job: _Job, error: Exception) -> None:
        if isinstance(error, sa.exc.SQLAlchemyError):
            log.error("store.refused", reason=str(error.__cause__ or type(error).__name__))
            error = StoreError(str(error.__cause__ or error))
        _in_loop(job.loop, _reject, job.future, error)


def _in_loop(loop: asyncio.AbstractEventLoop, callback: Callable[..., None], *args: Any) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(callback, *args)


def _resolve(done: Iterable[tuple[_Job, Any]]) -> None:
    for job, result in done:
        if not job.future.done():
            job.future.set_result(result)


def _reject(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def _engine(url: str) -> sa.engine.Engine:
    if not make_url(url).drivername.startswith("sqlite"):
        return sa.create_engine(url, future=True, pool_pre_ping=True, pool_size=1, max_overflow=1)
    engine = sa.create_engine(
        url,
        future=True,
        poolclass=sa.pool.QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"timeout": 30, "check_same_thread": False},
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
