"""Telling the backend which number and user id are one person's, before it is asked about them.

Bookings come in by number, by user id, or from a conversation; the backend keeps them under the
person's name. Whoever has been told of is noted, so that a restart tells nobody twice and forgets
nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from urllib.parse import quote

import aiohttp
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Row

from riung.whatsapp.graph import Graph
from riung.whatsapp.store import Store
from riung.whatsapp.tables import contacts, introductions

log = structlog.get_logger()

TIMEOUT = 3.0
"""Seconds; the citizen's message waits for it, and is worked on all the same when it fails."""


class Introductions:
    """Keeps the backend informed of the contacts."""

    def __init__(self, store: Store, graph: Graph, backend_url: str, api_key: str) -> None:
        self._store, self._graph = store, graph
        self._url = f"{backend_url.rstrip('/')}/api/v1/people"
        self._headers = {"Authorization": f"Bearer {api_key}"}
        self._waiting: dict[str, list[str]] = {}

    async def look(self) -> None:
        """Find whom nobody has told of: those of today, and those of before there was telling."""
        self._waiting |= await self._store.run(_all_not_introduced)

    def add(self, found: dict[str, list[str]]) -> None:
        """People whose ids are new or have changed, as `not_introduced` found them."""
        self._waiting |= found

    async def tell(self, person: str) -> None:
        """Tell of a person, if that has not been done."""
        if ids := self._waiting.pop(person, None):
            if await self._is_told(person, ids):
                await self._store.run_until_done(partial(_note, person=person))
            else:
                self._waiting.setdefault(person, ids)

    async def tell_all(self) -> None:
        """Tell what could not be told in time; stops at the first that fails."""
        for person in list(self._waiting):
            await self.tell(person)
            if person in self._waiting:
                return

    async def _is_told(self, person: str, ids: list[str]) -> bool:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        address = f"{self._url}/{quote(person, safe='')}"
        try:
            async with self._graph.session.put(
                address, json={"ids": ids}, headers=self._headers, timeout=timeout
            ) as response:
                is_told = response.status < 300
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            is_told = False
        if not is_told:
            log.warning("introductions.wait")
        return is_told


def not_introduced(connection: Connection, persons: list[str]) -> dict[str, list[str]]:
    """Those of these people who have an id beside their name that the backend has not heard of."""
    found = (connection.execute(_NEW_OF, {"person": one}).all() for one in persons)
    return _ids(row for rows in found for row in rows)


def _all_not_introduced(connection: Connection) -> dict[str, list[str]]:
    return _ids(connection.execute(_NEW))


def _ids(rows: Iterable[Row]) -> dict[str, list[str]]:
    found = {row.conversation_id: [one for one in (row.user_id, row.phone) if one] for row in rows}
    return {person: ids for person, ids in found.items() if set(ids) - {person}}


def _note(connection: Connection, person: str) -> None:
    columns = ("conversation_id", "user_id", "phone")
    mine = contacts.c.conversation_id == person
    as_now = sa.select(*(contacts.c[name] for name in columns)).where(mine)
    connection.execute(introductions.delete().where(introductions.c.conversation_id == person))
    connection.execute(introductions.insert().from_select(columns, as_now))


_AS_TOLD = sa.and_(
    introductions.c.conversation_id == contacts.c.conversation_id,
    introductions.c.user_id.is_not_distinct_from(contacts.c.user_id),
    introductions.c.phone.is_not_distinct_from(contacts.c.phone),
)
_NEW = (
    sa.select(contacts)
    .select_from(contacts.outerjoin(introductions, _AS_TOLD))
    .where(introductions.c.conversation_id.is_(None))
)
_NEW_OF = _NEW.where(contacts.c.conversation_id == sa.bindparam("person"))
"""One person at a time: a statement for a list of them could not be made ready once."""
