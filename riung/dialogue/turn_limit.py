"""How many turns compute at the same time; a turn that waits for an answer steps aside.

Rasa, the webhook and the sender share one event loop: turns beyond a few would only wait for each
other there, and let Meta wait for its 200. But a turn that waits for the action server computes
nothing. If it kept its slot, four citizens whose application is looked up slowly would stop
everybody's menu, and a rush for ten places would be decided four at a time.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from weakref import WeakSet

COMPUTING = 3
"""Turns that may compute at the same time (`benchmarks.whole_path`)."""

UNDER_WAY = 12
"""Turns that may have begun and not ended. More of them in the line for one place would not be
through it within the patience for a booking (`backend_connection.BOOKING_SECONDS`): with 16 at each
of two workers on two slow cores some of `tests.e2e.rush` waited over 2.2 s. A rush for ten places
is in it whole."""

Waiters = deque["asyncio.Future[None]"]


class TurnLimit:
    """A limit on the turns that compute at once.

    First come, first served; a turn that comes back from waiting goes before one that begins.
    """

    def __init__(self, computing: int = COMPUTING, under_way: int = UNDER_WAY) -> None:
        self._free, self._most = computing, under_way
        self._under_way = asyncio.Semaphore(under_way)
        _limits.add(self)
        self.returning: Waiters = deque()
        self.beginning: Waiters = deque()

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Have a slot for the length of the block, but for the times in `slot_released`."""
        async with self._under_way:
            permit = _Permit(self)
            await permit.acquire(self.beginning)
            token = _current.set(permit)
            try:
                yield
            finally:
                _current.reset(token)
                permit.release()

    @asynccontextmanager
    async def all_ended(self) -> AsyncIterator[None]:
        """Wait until every turn that has begun is over, and let none begin in the block."""
        taken = 0
        try:
            while taken < self._most:
                await self._under_way.acquire()
                taken += 1
            yield
        finally:
            for _ in range(taken):
                self._under_way.release()

    async def acquire(self, waiters: Waiters) -> None:
        """Take a slot, or wait for one at the end of `waiters`."""
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        waiters.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was given a slot a moment ago
                self.release()
            raise

    def release(self) -> None:
        """Let the next one have the slot."""
        for waiters in (self.returning, self.beginning):
            while waiters:
                turn = waiters.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1


_limits: WeakSet[TurnLimit] = WeakSet()
"""Those of this process: one a channel."""


@asynccontextmanager
async def between_turns() -> AsyncIterator[None]:
    """A moment in which no turn is under way in this process."""
    async with AsyncExitStack() as ended:
        for limit in list(_limits):
            await ended.enter_async_context(limit.all_ended())
        yield


class _Permit:
    """What a turn has of the slots: one, or none while it waits."""

    def __init__(self, limit: TurnLimit) -> None:
        self.limit, self.has_slot = limit, False

    async def acquire(self, waiters: Waiters) -> None:
        await self.limit.acquire(waiters)
        self.has_slot = True

    def release(self) -> None:
        if self.has_slot:
            self.has_slot = False
            self.limit.release()


_current: ContextVar[_Permit | None] = ContextVar("permit", default=None)


@asynccontextmanager
async def slot_released() -> AsyncIterator[None]:
    """Let another turn compute while this one waits for an answer; nothing outside of a turn."""
    permit = _current.get()
    if permit is None or not permit.has_slot:
        yield
        return
    permit.release()
    try:
        yield
    finally:
        await permit.acquire(permit.limit.returning)
