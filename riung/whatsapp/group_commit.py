"""Group commit: the jobs that wait run in one transaction, and their callers hear after its commit.

Meta is answered 200 only after the commit that holds its message. A commit costs a disk flush and a
third of a millisecond of CPU, and a message of a citizen takes eight, so they are shared when there
is much to do, and the loop never waits for a disk.

- `InLoop`, for a SQLite file that nobody else writes: the statements run in the loop, and so does
  the commit while the disk is quick; else it runs in a thread. With everything in a thread Python's
  lock changed hands some hundred times a message, a tenth of its CPU time
  (`benchmarks.whole_path`).
- `InThread`, for PostgreSQL and for a file that several processes write: all of it in a thread,
  because a statement may wait there, for the network or for the others.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine, Transaction

from riung.prepared_statements import PreparedConnection
from riung.whatsapp.pace import Pace

log = structlog.get_logger()

BATCH = 256
"""Jobs a transaction; bounds how long the first one waits for the last."""

QUICK = 0.001
"""Seconds a commit may take in the loop, on average: less than a switch to a thread and back under
load. A solid-state disk takes some tenths of a millisecond, a spinning one ten milliseconds."""

APART = 0.015
"""Seconds between two transactions in the loop while there is much to do: a third of what Meta may
wait for its 200 (docs/performance.md). PostgreSQL calls the like `commit_delay`."""

AT_ONCE = 10
"""Transactions that begin without waiting after a quiet moment: a citizen alone waits for none."""

OF_THE_LAST = 0.1
"""How much the last commit counts in that average."""


class StoreError(RuntimeError):
    """The database could not be read or written; the cause is its own error."""


@dataclass(frozen=True)
class Job:
    """A function of a connection, and who waits for its result."""

    work: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


class Commits(Protocol):
    """Takes jobs in order; a bad one harms none of its neighbours."""

    def add(self, job: Job) -> None:
        """Take a job; its future is done after its commit. Called in the job's loop."""

    async def close(self) -> None:
        """Finish the jobs that wait."""


class InLoop:
    """Statements in the loop, commits too or in a thread; one transaction at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._waiting: deque[Job] = deque()
        self._one_by_one = 0
        self._commit_seconds = 0.0
        self._pace = Pace(APART, AT_ONCE)
        self._idle = asyncio.Event()
        self._idle.set()
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="whatsapp-commit")

    def add(self, job: Job) -> None:
        """Take a job; those that wait when a transaction may begin share it."""
        self._waiting.append(job)
        if self._idle.is_set():
            self._idle.clear()
            self._go_on(job.loop)

    async def close(self) -> None:
        """Finish the jobs that wait."""
        await self._idle.wait()
        self._disk.shutdown()
        self._disconnect()

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have the next transaction begin when it may; be idle where nothing waits for one."""
        if not self._waiting:
            self._idle.set()
        elif (delay := self._pace.delay(loop.time())) and not self._one_by_one:
            loop.call_later(delay, self._transact)
        else:
            loop.call_soon(self._transact)

    def _transact(self) -> None:
        """Run the next jobs and have them committed."""
        jobs = self._next()
        loop = jobs[0].loop
        self._pace.take(loop.time())
        try:
            connection = self._connection = self._connection or PreparedConnection(self._engine)
            transaction = connection.begin()
        except Exception as error:
            self._fail(jobs, error)
            self._go_on(loop)
            return
        try:
            results = [job.work(connection) for job in jobs]
        except Exception as error:
            self._undo(jobs, error)
            self._go_on(loop)
            return
        if self._commit_seconds < QUICK:
            self._end(jobs, results, self._commit(transaction))
        else:
            committing = loop.run_in_executor(self._disk, self._commit, transaction)
            committing.add_done_callback(lambda done: self._end(jobs, results, done.result()))

    def _next(self) -> list[Job]:
        """The jobs of one transaction: a bad one's neighbours go again, each in its own."""
        size = 1 if self._one_by_one else BATCH
        self._one_by_one = max(self._one_by_one - 1, 0)
        return [self._waiting.popleft() for _ in range(min(size, len(self._waiting)))]

    def _commit(self, transaction: Transaction) -> Exception | None:
        """Commit and note how long it took; what went wrong, if anything did."""
        started = time.perf_counter()
        try:
            transaction.commit()
        except Exception as error:
            return error
        took = time.perf_counter() - started
        self._commit_seconds += OF_THE_LAST * (took - self._commit_seconds)
        return None

    def _end(self, jobs: list[Job], results: list[Any], error: Exception | None) -> None:
        if error:
            self._fail(jobs, error)
        else:
            _resolve(zip(jobs, results, strict=True))
        self._go_on(jobs[0].loop)

    def _undo(self, jobs: list[Job], error: Exception) -> None:
        """Keep nothing of the transaction; run each of several jobs alone, to find the bad one."""
        if len(jobs) == 1:
            self._fail(jobs, error)
            return
        self._disconnect()
        self._waiting.extendleft(reversed(jobs))
        self._one_by_one = len(jobs)

    def _fail(self, jobs: Iterable[Job], error: Exception) -> None:
        self._disconnect()
        for job in jobs:
            _reject(job.future, as_store_error(error))

    def _disconnect(self) -> None:
        """Close the connection, which undoes what was not committed: what is wrong with it is not
        carried into the next transaction.
        """
        if self._connection is not None:
            with suppress(sa.exc.SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


class InThread:
    """Statements and commits in a thread of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="whatsapp-store", daemon=True)
        self._thread.start()

    def add(self, job: Job) -> None:
        """Take a job; those that wait when the thread is free share a transaction."""
        self._jobs.put(job)

    async def close(self) -> None:
        """Finish the jobs that wait, then end the thread."""
        self._jobs.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)

    def _serve(self) -> None:
        while True:
            jobs = [self._jobs.get()]
            while len(jobs) < BATCH and not self._jobs.empty():
                jobs.append(self._jobs.get())
            self._transact([job for job in jobs if job is not None])
            if None in jobs:
                return

    def _transact(self, jobs: list[Job]) -> None:
        try:
            with PreparedConnection(self._engine) as connection, connection.begin():
                results = [job.work(connection) for job in jobs]
        except Exception as error:
            if len(jobs) == 1:
                _in_loop(jobs[0].loop, _reject, jobs[0].future, as_store_error(error))
                return
            for job in jobs:
                self._transact([job])
            return
        for loop in {job.loop for job in jobs}:
            done = [pair for pair in zip(jobs, results, strict=True) if pair[0].loop is loop]
            _in_loop(loop, _resolve, done)


def as_store_error(error: Exception) -> Exception:
    """The error a caller gets; the database's own is logged, without what was to be written."""
    if not isinstance(error, sa.exc.SQLAlchemyError):
        return error
    log.error("store.refused", reason=str(error.__cause__ or type(error).__name__))
    return StoreError(str(error.__cause__ or error))


def _in_loop(loop: asyncio.AbstractEventLoop, callback: Callable[..., None], *args: Any) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(callback, *args)


def _resolve(done: Iterable[tuple[Job, Any]]) -> None:
    for job, result in done:
        if not job.future.done():
            job.future.set_result(result)


def _reject(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
