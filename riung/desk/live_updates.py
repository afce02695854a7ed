"""Live updates: what changed goes into a table, and from there to every open page.

Any process may write changes (the backend, the worker). Each backend process reads them in one
place every `POLL`, as long as a page is open. A browser that was away sends the last id it saw and
gets what it missed.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select
from starlette.concurrency import run_in_threadpool

from riung import clock
from riung.backend.db import Database
from riung.desk.access import Principal
from riung.desk.ownership import State
from riung.desk.tables import Change, Conversation

log = structlog.get_logger()

POLL = 0.1
"""Seconds between looks for changes of other processes while pages are open (aim: 500 ms)."""

KEEP = timedelta(hours=2)
LIST_EVERY = 15
"""The list is told only at every so many looks, each 1.5 s, however much is written: each telling
makes every open page fetch it again (some 20 ms of work a page). Sound and chats come at once."""

LOOK_BACK = 50
"""Ids read again each time: on PostgreSQL a lower id may be committed after a higher one."""

AT_ONCE = 200
"""Changes of one look; the next look takes the rest."""

MISSED_AT_MOST = 200
"""Changes a page that was away is told; older ones are in what it fetches anyway."""


def announce(session: Session, office: str, kind: str, conversation_id: int | None = None) -> None:
    """Note a change, in the transaction that makes it.

    Kinds: `alert` (somebody waits or wrote: sound), `inbox` (the list), `talk` (new lines),
    `presence` (somebody types), `escalated` (a complaint needs a superior's look), `counter` (the
    queue at the counter moved).
    """
    session.add(Change(at=clock.now(), office=office, conversation_id=conversation_id, kind=kind))


def announce_talks(session: Session, sender_ids: Sequence[str]) -> None:
    """Have open pages look again at these conversations, those that people have to do with."""
    concerned = select(Conversation).where(
        Conversation.sender_id.in_(sender_ids), Conversation.state != State.BOT.value
    )
    for one in session.scalars(concerned):
        announce(session, one.office, "talk", one.id)


def latest(session: Session) -> int:
    """The id of the newest change; a page that is made from here on listens after it."""
    return int(session.scalar(select(func.max(Change.id))) or 0)


def forget_old(session: Session) -> None:
    """Delete changes nobody can have missed any more."""
    session.execute(delete(Change).where(Change.at < clock.now() - KEEP))


_CHANGES = select(Change, Conversation.owner_id).outerjoin(
    Conversation, Conversation.id == Change.conversation_id
)


@dataclass(frozen=True)
class Update:
    """A change as browsers get it."""

    id: int
    office: str
    kind: str
    conversation_id: int | None
    owner_id: int | None = None

    def concerns(self, who: Principal) -> bool:
        """Whether this page is told. The bell rings for what waits for anybody, and else for the
        officer who holds the conversation: twenty colleagues need not hear every message.
        """
        is_others = self.kind == "alert" and self.owner_id not in (None, who.id)
        return who.sees(self.office) and not is_others

    @property
    def news(self) -> tuple[str, str, int | None]:
        """What it tells; of several that tell the same the last one is enough."""
        for_whom = self.owner_id if self.kind == "alert" else None
        return self.office, self.as_event()["event"], for_whom

    def as_event(self) -> dict[str, str]:
        """A server-sent event: `talk-7` and `presence-7` are for one conversation's page."""
        own = self.kind in ("talk", "presence") and self.conversation_id
        name = f"{self.kind}-{self.conversation_id}" if own else self.kind
        return {"id": str(self.id), "event": name, "data": json.dumps(self.conversation_id)}


class Hub:
    """Reads the changes once for all open pages of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: set[asyncio.Queue[Update]] = set()
        self._last = 0
        self._seen: deque[int] = deque(maxlen=4 * LOOK_BACK)
        self._task: asyncio.Task[None] | None = None
        self._held: dict[str, Update] = {}

    async def follow(self, who: Principal, after: int | None) -> AsyncIterator[dict[str, str]]:
        """The changes of somebody's offices, from the id after which they listen."""
        queue: asyncio.Queue[Update] = asyncio.Queue()
        if self._task is None or self._task.done():
            self._last = await run_in_threadpool(self._newest)
            self._task = asyncio.create_task(self._read_on())
        self._listeners.add(queue)
        try:
            missed = await run_in_threadpool(self._missed, after) if after is not None else []
            for update in missed:
                if update.concerns(who):
                    yield update.as_event()
            while True:
                update = await queue.get()
                if update.concerns(who):
                    yield update.as_event()
        finally:
            self._listeners.discard(queue)

    async def _read_on(self) -> None:
        looks = 0
        while self._listeners:
            looks += 1
            try:
                found = await run_in_threadpool(self._after, max(self._last - LOOK_BACK, 0))
            except SQLAlchemyError as error:
                log.warning("desk.live_waits", error=type(error).__name__)
                found = []
            self._pass_on(self._fresh(found), with_list=looks % LIST_EVERY == 0)
            await asyncio.sleep(POLL)

    def _fresh(self, found: list[Update]) -> list[Update]:
        """Those not seen before."""
        fresh = [update for update in found if update.id not in self._seen]
        self._seen.extend(update.id for update in fresh)
        self._last = max([self._last, *(update.id for update in fresh)])
        return fresh

    def _pass_on(self, fresh: list[Update], *, with_list: bool) -> None:
        """Tell the pages; of equal updates the last one, changes of the list now and then."""
        told: dict[tuple[str, str, int | None], Update] = {}
        for update in fresh:
            if update.kind == "inbox":
                self._held[update.office] = update
            else:
                told[update.news] = update
        if with_list:
            told |= {update.news: update for update in self._held.values()}
            self._held = {}
        for update in told.values():
            for queue in self._listeners:
                queue.put_nowait(update)

    def _newest(self) -> int:
        with self._database.reading() as session:
            newest = latest(session)
            recent = session.scalars(select(Change.id).where(Change.id > newest - LOOK_BACK))
            self._seen.extend(recent)
            return newest

    def _missed(self, after: int) -> list[Update]:
        """The newest of what a page missed, each thing once."""
        query = _CHANGES.where(Change.id > after).order_by(Change.id.desc())
        newest = reversed(self._read(query.limit(MISSED_AT_MOST)))
        return list({one.news: one for one in newest}.values())

    def _after(self, last: int) -> list[Update]:
        return self._read(_CHANGES.where(Change.id > last).order_by(Change.id).limit(AT_ONCE))

    def _read(self, query: Select) -> list[Update]:
        with self._database.reading() as session:
            return [
                Update(row.id, row.office, row.kind, row.conversation_id, owner)
                for row, owner in session.execute(query)
            ]
