"""Which worker process works on what, when there is more than one (`RIUNG_RASA_WORKERS` > 1).

More than one worker needs PostgreSQL (or one SQLite file on one machine) for this store and Redis
for Rasa's lock store. A worker claims a person's queue before it works on it and gives the claim
back in the transaction that finds the queue empty, so that no message falls between two workers.
With one worker nothing is claimed and the database is not asked.
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
from riung.whatsapp.tables import claims

HELD_FOR = 60.0
"""Seconds after which the claim of a worker that gave no sign of life may be taken over."""

RENEW_EVERY = 15.0
"""Seconds between two signs of life, and between two looks for work nobody has claimed."""

HasWork = Callable[[Connection], bool]


class Claims:
    """The claims of this process."""

    def __init__(self, store: Store, shared: bool) -> None:
        self._store, self.shared = store, shared
        self._owner = uuid.uuid4().hex

    async def take(self, name: str) -> bool:
        """Whether this process may work on `name`."""
        if not self.shared:
            return True
        return await self._store.insist(partial(_take, name=name, owner=self._owner))

    async def give_back(self, name: str, has_work: HasWork) -> bool:
        """Give the claim back; False, and still held, when work has come in meanwhile."""
        if not self.shared:
            return True
        return await self._store.insist(partial(_give_back, name=name, has_work=has_work))

    async def of_others(self) -> set[str]:
        """What other living workers work on."""
        if not self.shared:
            return set()
        return await self._store.run(partial(_of_others, owner=self._owner))

    async def renew(self) -> None:
        """A sign of life for all claims of this process."""
        if self.shared:
            await self._store.run(partial(_renew, owner=self._owner))


def _take(connection: Connection, name: str, owner: str) -> bool:
    now = time.time()
    row = {"name": name, "owner": owner, "until": now + HELD_FOR, "now": now}
    return bool(connection.execute(_TAKE[connection.dialect.name], row).rowcount)


def _of_others(connection: Connection, owner: str) -> set[str]:
    living = sa.select(claims.c.name).where(claims.c.until >= time.time())
    return set(connection.execute(living.where(claims.c.owner != owner)).scalars())


def _give_back(connection: Connection, name: str, has_work: HasWork) -> bool:
    """Delete first, look second.

    A worker that stores work at this moment waits for the end of this transaction when it tries to
    claim: either it gets the claim, or its work is seen here.
    """
    held = connection.execute(sa.select(claims).where(claims.c.name == name)).first()
    connection.execute(claims.delete().where(claims.c.name == name))
    if held is None or not has_work(connection):
        return True
    connection.execute(claims.insert(), dict(held._mapping))
    return False


def _renew(connection: Connection, owner: str) -> None:
    until = time.time() + HELD_FOR
    connection.execute(claims.update().where(claims.c.owner == owner).values(until=until))


def _taking(insert: Any) -> Any:
    """A new claim, one's own again, or that of a worker that gave no sign of life."""
    free = sa.or_(claims.c.owner == insert.excluded.owner, claims.c.until < sa.bindparam("now"))
    new = {"owner": insert.excluded.owner, "until": insert.excluded.until}
    return insert.on_conflict_do_update(index_elements=[claims.c.name], set_=new, where=free)


_TAKE = {"sqlite": _taking(sqlite.insert(claims)), "postgresql": _taking(postgresql.insert(claims))}
