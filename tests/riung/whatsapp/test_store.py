"""The store and its group commit: many jobs, one transaction, a bad job harms nobody else."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.whatsapp import group_commit
from riung.whatsapp import store as store_module
from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.store import Store
from riung.whatsapp.tables import statuses
from tests.riung.whatsapp.postgres import postgres_url


def write(connection: Connection, wamid: str) -> str:
    connection.execute(statuses.insert(), {"wamid": wamid, "status": "sent", "timestamp": 1})
    return wamid


@pytest.fixture(params=["alone", "alone on a slow disk", "shared"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    if "slow disk" in request.param:
        monkeypatch.setattr(group_commit, "QUICK", 0.0)
    store = Store(f"sqlite:///{tmp_path / 'channel.db'}", several_workers=request.param == "shared")
    store.open()
    return store


async def test_a_refused_job_leaves_its_neighbours_in_place(store: Store) -> None:
    names = ["sama" if number == 5 else str(number) for number in range(10)]
    jobs = [store.run(partial(write, wamid=name)) for name in names]
    assert await store.run(lambda c: write(c, "sama")) == "sama"
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert [result for result in results if isinstance(result, StoreError)] == [results[5]]
    kept = await store.run(lambda c: c.execute(sa.select(statuses.c.wamid)).scalars().all())
    assert sorted(kept) == sorted([*map(str, (0, 1, 2, 3, 4, 6, 7, 8, 9)), "sama"])
    await store.close()


async def test_what_was_answered_is_on_the_disk(store: Store, tmp_path: Path) -> None:
    await store.run(lambda c: write(c, "a"))
    other = sa.create_engine(f"sqlite:///{tmp_path / 'channel.db'}")
    with other.connect() as connection:
        assert connection.execute(sa.select(statuses.c.wamid)).scalars().all() == ["a"]
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    other.dispose()
    await store.close()


async def test_run_until_done_waits_until_the_database_is_back(store: Store) -> None:
    await store.run(lambda c: c.execute(sa.text("ALTER TABLE statuses RENAME TO away")))
    insisting = asyncio.create_task(store.run_until_done(lambda c: write(c, "a")))
    await asyncio.sleep(0.2)
    assert not insisting.done()
    await store.run(lambda c: c.execute(sa.text("ALTER TABLE away RENAME TO statuses")))
    assert await insisting == "a"
    await store.close()


async def test_jobs_run_in_the_order_in_which_they_came(store: Store) -> None:
    names = [str(number) for number in range(600)]  # more than one transaction takes
    await asyncio.gather(*(store.run(partial(write, wamid=name)) for name in names))
    written = sa.select(statuses.c.wamid).order_by(sa.literal_column("rowid"))
    assert await store.run(lambda c: c.execute(written).scalars().all()) == names
    await store.close()


async def test_a_job_that_nobody_waits_for_any_more_is_done_all_the_same(store: Store) -> None:
    waiting = asyncio.create_task(store.run(partial(write, wamid="a")))
    await asyncio.sleep(0)
    waiting.cancel()
    await store.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_what_waits_at_the_end_is_finished(store: Store, tmp_path: Path) -> None:
    jobs = [asyncio.create_task(store.run(partial(write, wamid=name))) for name in "abc"]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*jobs) == ["a", "b", "c"]
    with closing(sqlite3.connect(tmp_path / "channel.db")) as other:
        assert other.execute("SELECT count(*) FROM statuses").fetchone() == (3,)


async def test_another_program_that_writes_holds_up_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PATIENCE_IN_LOOP", 0.1)
    store = Store(f"sqlite:///{tmp_path / 'channel.db'}")
    store.open()
    assert await store.run(partial(write, wamid="a")) == "a"
    with closing(sqlite3.connect(tmp_path / "channel.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            await store.run(partial(write, wamid="b"))
        insisting = asyncio.create_task(store.run_until_done(partial(write, wamid="b")))
        await asyncio.sleep(0.3)
        assert not insisting.done()
        other.execute("COMMIT")
    assert await insisting == "b"
    await store.close()


@pytest.mark.services
async def test_two_workers_never_wait_for_each_other_in_a_circle() -> None:
    """PostgreSQL ends one of two such transactions, a second later and with an error."""

    def touch(connection: Connection, names: str) -> None:
        for wamid in names:
            change = statuses.update().where(statuses.c.wamid == wamid)
            connection.execute(change.values(timestamp=2))
            time.sleep(0.05)

    with postgres_url(True) as variables:
        stores = [Store(variables["RIUNG_DATABASE_URL"], several_workers=True) for _ in range(2)]
        for store in stores:
            store.open()
        for wamid in "ab":
            await stores[0].run(partial(write, wamid=wamid))
        one, two = stores
        for _ in range(3):
            both = (one.run(partial(touch, names="ab")), two.run(partial(touch, names="ba")))
            await asyncio.gather(*both)
        changed = await one.run(
            lambda c: c.execute(sa.select(statuses.c.timestamp)).scalars().all()
        )
        assert changed == [2, 2]
        for store in stores:
            await store.close()


@pytest.mark.parametrize(("quick", "in_loop"), [(10.0, True), (0.001, False)])
async def test_commits_leave_the_loop_when_the_disk_is_slow(
    quick: float, in_loop: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "QUICK", quick)
    committed_in = []

    def commit(connection: Connection) -> None:
        time.sleep(0.02)
        committed_in.append(threading.current_thread())

    store = Store(f"sqlite:///{tmp_path / 'channel.db'}")
    store.open()
    sa.event.listen(store._engine, "commit", commit)
    for number in range(5):
        await store.run(partial(write, wamid=str(number)))
    await store.close()
    assert committed_in[0] is threading.current_thread(), "nothing is known of the disk yet"
    assert (committed_in[-1] is threading.current_thread()) == in_loop


@pytest.fixture
def begun(tmp_path: Path) -> tuple[Store, list[float]]:
    """A store of one worker, and when each of its transactions began."""
    store, moments = Store(f"sqlite:///{tmp_path / 'channel.db'}"), list[float]()
    store.open()
    sa.event.listen(store._engine, "begin", lambda _: moments.append(time.monotonic()))
    return store, moments


async def test_jobs_that_keep_coming_share_transactions(begun: tuple[Store, list[float]]) -> None:
    store, moments = begun
    started, jobs = time.monotonic(), []
    for number in range(300):
        jobs.append(asyncio.create_task(store.run(partial(write, wamid=str(number)))))
        await asyncio.sleep(0.001)
    await asyncio.gather(*jobs)
    took = time.monotonic() - started

    assert len(moments) <= group_commit.AT_ONCE + took / group_commit.APART + 1
    assert len(moments) < len(jobs) / 2
    assert await store.run(lambda c: c.execute(sa.select(sa.func.count(statuses.c.wamid))).scalar())
    await store.close()


async def test_a_citizen_alone_waits_for_nobody(begun: tuple[Store, list[float]]) -> None:
    store, moments = begun
    for number in range(group_commit.AT_ONCE):
        await store.run(partial(write, wamid=str(number)))
    await store.close()

    assert len(moments) == group_commit.AT_ONCE


async def test_a_commit_that_fails_is_told_and_the_next_one_goes_on(store: Store) -> None:
    enforce = "PRAGMA foreign_keys=ON"  # a missing parent is then found by the commit
    sa.event.listen(store._engine, "connect", lambda connection, _: connection.execute(enforce))
    store._engine.dispose()
    parents = "CREATE TABLE parents (name PRIMARY KEY)"
    children = "CREATE TABLE children (name REFERENCES parents DEFERRABLE INITIALLY DEFERRED)"
    for table in (parents, children):
        await store.run(lambda c, table=table: c.exec_driver_sql(table))
    with pytest.raises(StoreError):
        await store.run(lambda c: c.exec_driver_sql("INSERT INTO children VALUES ('a')"))
    assert await store.run(partial(write, wamid="a")) == "a"
    assert await store.run(lambda c: c.exec_driver_sql("SELECT * FROM children").all()) == []
    await store.close()


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(f"sqlite:///{tmp_path}/tidak/ada/channel.db").open()


async def test_what_comes_while_it_is_closed_is_refused_and_comes_again(store: Store) -> None:
    await store.run(partial(write, wamid="a"))
    await store.close()

    with pytest.raises(StoreError, match="stopping"):
        await store.run(partial(write, wamid="b"))
