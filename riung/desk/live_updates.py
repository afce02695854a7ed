"""Live updates: what changed goes into a table, and from there to every open page.

Any process may write changes (the backend, the worker). Each backend process reads them in one
place every `POLL`, as long as a page is open. A browser that was away sends the last id it saw and
gets what it missed.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy import delete, event, func, insert, select
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

LOOK_AGAIN = 20.0
"""Seconds after which it is asked again whether somebody may still follow."""

KEEP = timedelta(hours=2)
LIST_EVERY = 15
"""A page is told of the list only at every so many looks, each 1.5 s, however much is written, and
pages at different ones: each telling makes a page fetch it again (some 20 ms of work), and twenty
at once would hold up the chats. Sound and chats come at once."""

BELL_EVERY = 10
"""The bell rings for the same at most at every so many looks, each second: nobody hears two."""

LOOK_BACK = 50
"""Ids read again each time: on PostgreSQL a lower id may be committed after a higher one."""

News = tuple[str, str, int | None]
"""Office, kind, and the conversation or person it is about."""

AT_ONCE = 200
"""Changes of one look; the next look takes the rest."""

MISSED_AT_MOST = 200
"""Changes a page that was away is told; older ones are in what it fetches anyway."""


def announce(session: Session, office: str, kind: str, conversation_id: int | None = None) -> None:
    """Note a change, in the transaction that makes it.

    Kinds: `alert` (somebody waits or wrote: sound), `inbox` (the list), `talk` (new lines),
    `presence` (somebody types), `escalated` (a complaint needs a superior's look), `counter` (the
    queue at the counter moved), `mention` (a note names a colleague). What is noted twice is
    written once, when the transaction commits.
    """
    noted: dict[News, None] = session.info.setdefault(_NOTED, {})
    noted[office, kind, conversation_id] = None


_NOTED = "desk_changes"


@event.listens_for(Session, "before_commit")
def _write_noted(session: Session) -> None:
    if noted := session.info.pop(_NOTED, None):
        columns, now = ("at", "office", "kind", "conversation_id"), clock.now()
        rows = [dict(zip(columns, (now, *news), strict=True)) for news in noted]
        session.execute(insert(Change.__table__), rows)


def announce_talks(session: Session, sender_ids: Sequence[str]) -> None:
    """Have open pages look again at these conversations, those that people have to do with."""
    concerned = select(Conversation.office, Conversation.id).where(
        Conversation.sender_id.in_(sender_ids), Conversation.state != State.BOT.value
    )
    for office, conversation_id in session.execute(concerned):
        announce(session, office, "talk", conversation_id)


def latest(session: Session) -> int:
    """The id of the newest change; a page that is made from here on listens after it."""
    return int(session.scalar(select(func.max(Change.id))) or 0)


def forget_old(session: Session) -> None:
    """Delete changes nobody can have missed any more."""
    session.execute(delete(Change).where(Change.at < clock.now() - KEEP))


_CHANGES = select(
    Change.id, Change.office, Change.kind, Change.conversation_id, Conversation.owner_id
).outerjoin(Conversation, Conversation.id == Change.conversation_id)


@dataclass(frozen=True)
class Update:
    """A change as browsers get it."""

    id: int
    office: str
    kind: str
    conversation_id: int | None
    owner_id: int | None = None

    def concerns(self, who: Principal, talk: int | None) -> bool:
        """Whether a page is told that shows the conversation `talk` to this person. The bell rings
        for what waits for anybody, and else for the officer who holds the conversation: twenty
        colleagues need not hear every message.
        """
        is_elsewhere = self.is_of_a_talk and self.conversation_id != talk
        is_others = self.kind == "alert" and self.owner_id not in (None, who.id)
        return who.sees(self.office) and not is_others and not is_elsewhere

    @property
    def is_of_a_talk(self) -> bool:
        """Whether only the page of its conversation shows it."""
        return self.kind in ("talk", "presence") and self.conversation_id is not None

    @property
    def news(self) -> News:
        """What it tells; of several that tell the same the last one is enough."""
        for_whom = self.owner_id if self.kind == "alert" else None
        return self.office, self.as_event()["event"], for_whom

    def as_event(self) -> dict[str, str]:
        """A server-sent event: `talk-7` and `presence-7` are for one conversation's page."""
        name = f"{self.kind}-{self.conversation_id}" if self.is_of_a_talk else self.kind
        return {"id": str(self.id), "event": name, "data": json.dumps(self.conversation_id)}


@dataclass(eq=False)
class _Page:
    """An open page: whose it is, which conversation it shows, and at which looks it is told of
    the list.
    """

    who: Principal
    talk: int | None
    turn: int
    queue: asyncio.Queue[Update] = field(default_factory=asyncio.Queue)
    held: dict[str, Update] = field(default_factory=dict)

    def take(self, update: Update) -> None:
        """Pass it on, or hold it for the next turn if it is the list's."""
        if not update.concerns(self.who, self.talk):
            return
        if update.kind == "inbox":
            self.held[update.office] = update
        else:
            self.queue.put_nowait(update)

    def tell_list(self, looks: int) -> None:
        """Pass on what was held, when it is this page's turn."""
        if self.held and looks % LIST_EVERY == self.turn:
            held, self.held = self.held, {}
            for update in held.values():
                self.queue.put_nowait(update)


async def while_allowed(
    stream: AsyncGenerator[dict[str, str], None], may_follow: Callable[[], bool]
) -> AsyncIterator[dict[str, str]]:
    """A page's stream until, within `LOOK_AGAIN`, `may_follow` says no more: the account was
    switched off, has other offices now, or its session is over.
    """
    looked, coming = time.monotonic(), asyncio.ensure_future(stream.__anext__())
    try:
        while True:
            await asyncio.wait({coming}, timeout=LOOK_AGAIN)
            if coming.done():
                yield coming.result()
                coming = asyncio.ensure_future(stream.__anext__())
            if time.monotonic() - looked >= LOOK_AGAIN:
                if not await run_in_threadpool(may_follow):
                    return
                looked = time.monotonic()
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
        await stream.aclose()


class Hub:
    """Reads the changes once for all open pages of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pages: set[_Page] = set()
        self._opened = 0
        self._looks = 0
        self._last = 0
        self._seen: deque[int] = deque(maxlen=4 * LOOK_BACK)
        self._rung: dict[News, int] = {}
        self._task: asyncio.Task[None] | None = None

    async def follow(
        self, who: Principal, after: int | None, talk: int | None = None
    ) -> AsyncGenerator[dict[str, str], None]:
        """The changes of somebody's offices, from the id after which they listen; lines and signs
        of typing only of the conversation `talk`, which the page shows.
        """
        if self._task is None or self._task.done():
            self._last = await run_in_threadpool(self._newest)
            self._task = asyncio.create_task(self._read_on())
        self._opened += 1
        page = _Page(who, talk, turn=self._opened % LIST_EVERY)
        self._pages.add(page)
        try:
            missed = await run_in_threadpool(self._missed, after) if after is not None else []
            for update in missed:
                if update.concerns(who, talk):
                    yield update.as_event()
            while True:
                yield (await page.queue.get()).as_event()
        finally:
            self._pages.discard(page)

    async def _read_on(self) -> None:
        while self._pages:
            self._looks += 1
            try:
                found = await run_in_threadpool(self._after, max(self._last - LOOK_BACK, 0))
            except SQLAlchemyError as error:
                log.warning("desk.live_waits", error=type(error).__name__)
                found = []
            self._pass_on(self._fresh(found))
            await asyncio.sleep(POLL)

    def _fresh(self, found: list[Update]) -> list[Update]:
        """Those not seen before."""
        fresh = [update for update in found if update.id not in self._seen]
        self._seen.extend(update.id for update in fresh)
        self._last = max([self._last, *(update.id for update in fresh)])
        return fresh

    def _pass_on(self, fresh: list[Update]) -> None:
        """Tell the pages; of equal updates the last one."""
        told = {update.news: update for update in fresh}
        for update in told.values():
            if update.kind != "alert" or self._may_ring(update):
                for page in self._pages:
                    page.take(update)
        for page in self._pages:
            page.tell_list(self._looks)

    def _may_ring(self, update: Update) -> bool:
        last = self._rung.get(update.news)
        if last is not None and self._looks - last < BELL_EVERY:
            return False
        self._rung[update.news] = self._looks
        return True

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
            return [Update(*row) for row in session.execute(query)]
