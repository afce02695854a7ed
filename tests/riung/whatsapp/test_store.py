"""Group commit: many jobs, one transaction, and a bad job harms nobody else."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.whatsapp.store import Store, StoreError
from riung.whatsapp.tables import statuses


def write(connection: Connection, wamid: str) -> str:
    connection.execute(statuses.insert(), {"wamid": wamid, "status": "sent", "timestamp": 1})
    return wamid


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'channel.db'}")
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
    store.close()


async def test_what_was_answered_is_on_the_disk(store: Store, tmp_path: Path) -> None:
    await store.run(lambda c: write(c, "a"))
    other = sa.create_engine(f"sqlite:///{tmp_path / 'channel.db'}")
    with other.connect() as connection:
        assert connection.execute(sa.select(statuses.c.wamid)).scalars().all() == ["a"]
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    other.dispose()
    store.close()


async def test_insist_waits_until_the_database_is_back(store: Store) -> None:
    await store.run(lambda c: c.execute(sa.text("ALTER TABLE statuses RENAME TO away")))
    insisting = asyncio.create_task(store.insist(lambda c: write(c, "a")))
    await asyncio.sleep(0.2)
    assert not insisting.done()
    await store.run(lambda c: c.execute(sa.text("ALTER TABLE away RENAME TO statuses")))
    assert await insisting == "a"
    store.close()


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(f"sqlite:///{tmp_path}/tidak/ada/channel.db").open()
