"""Which worker process works on what, when there is more than one (`RIUNG_RASA_WORKERS` > 1).

More than one worker needs PostgreSQL (or one SQLite file on one machine) for this store and Redis
for Rasa's lock store. A worker takes a lease of a person's queue before it works on it and gives it
back in the transaction that finds the queue empty, so that no message falls between two workers.
With one worker nothing is leased and the database is not asked.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from riung.whatsapp.store import Store
from riung.whatsapp.tables import leases

LEASE_SECONDS = 60.0
"""Seconds after which the lease of a worker that gave no sign of life may be taken over."""

RENEW_SECONDS = 15.0
"""Seconds between two signs of life, and between two looks for work nobody has a lease of."""

HasWork = Callable[[Connection], bool]


class Leases:
    """The leases of this process."""

    def __init__(self, store: Store, several_workers: bool) -> None:
        self._store, self.several_workers = store, several_workers
        self._owner = uuid.uuid4().hex

    async def acquire(self, name: str) -> bool:
        """Whether this process may work on `name`."""
        if not self.several_workers:
            return True
        return await self._store.run_until_done(partial(_acquire, name=name, owner=self._owner))

    async def release(self, name: str, has_work: HasWork) -> bool:
        """Give the lease back; False, and still held, when work has come in meanwhile."""
        if not self.several_workers:
            return True
        return await self._store.run_until_done(partial(_release, name=name, has_work=has_work))

    async def held_by_others(self) -> set[str]:
        """What other living workers work on."""
        if not self.several_workers:
            return set()
        return await self._store.run(partial(_held_by_others, owner=self._owner))

    async def renew(self) -> None:
        """A sign of life for all leases of this process."""
        if self.several_workers:
            await self._store.run(partial(_renew, owner=self._owner))


def _acquire(connection: Connection, name: str, owner: str) -> bool:
    now = time.time()
    row = {"name": name, "owner": owner, "until": now + LEASE_SECONDS, "now": now}
    return bool(connection.execute(_ACQUIRE[connection.dialect.name], row).rowcount)


def _held_by_others(connection: Connection, owner: str) -> set[str]:
    living = sa.select(leases.c.name).where(leases.c.until >= time.time())
    return set(connection.execute(living.where(leases.c.owner != owner)).scalars())


def _release(connection: Connection, name: str, has_work: HasWork) -> bool:
    """Delete first, look second.

    A worker that stores work at this moment waits for the end of this transaction when it tries to
    take the lease: either it gets it, or its work is seen here.
    """
    held = connection.execute(sa.select(leases).where(leases.c.name == name)).first()
    connection.execute(leases.delete().where(leases.c.name == name))
    if held is None or not has_work(connection):
        return True
    connection.execute(leases.insert(), dict(held._mapping))
    return False


def _renew(connection: Connection, owner: str) -> None:
    until = time.time() + LEASE_SECONDS
    connection.execute(leases.update().where(leases.c.owner == owner).values(until=until))


def _acquiring(insert: Any) -> Any:
    """A new lease, one's own again, or that of a worker that gave no sign of life."""
    free = sa.or_(leases.c.owner == insert.excluded.owner, leases.c.until < sa.bindparam("now"))
    new = {"owner": insert.excluded.owner, "until": insert.excluded.until}
    return insert.on_conflict_do_update(index_elements=[leases.c.name], set_=new, where=free)


_ACQUIRE = {
    "sqlite": _acquiring(sqlite.insert(leases)),
    "postgresql": _acquiring(postgresql.insert(leases)),
}
