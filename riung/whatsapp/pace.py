"""How fast we may send: a credit per number and per person, replies before bulk (Meta §8)."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

NUMBER_PER_SECOND = 80
"""Throughput of a standard number, messages a second (Meta §8)."""

PERSON_INTERVAL = 6.0
"""Seconds of credit one message to a person costs: ten a minute for long (Meta §8)."""

PERSON_BURST = 45
"""Messages a person may get at once on credit (Meta §8)."""


@dataclass
class Pace:
    """Generic cell rate algorithm: `burst` at once, then one each `interval` seconds.

    `limits` counts windows and can't say when the next one is free, so this is ours.
    """

    interval: float
    burst: int
    _full_at: float = 0.0

    def delay(self, now: float) -> float:
        """Seconds until the next message may be sent."""
        return max(self._full_at - now - self.interval * (self.burst - 1), 0.0)

    def take(self, now: float) -> None:
        """Count one message as sent now."""
        self._full_at = max(self._full_at, now) + self.interval

    def is_full(self, now: float) -> bool:
        """Whether nothing was sent lately: the whole burst may be."""
        return self._full_at <= now

    def give_back(self) -> None:
        """Undo `take`: nothing was sent after all."""
        self._full_at -= self.interval


@dataclass
class Lane:
    """One WhatsApp number of ours: lets senders pass at its pace, replies first.

    A lane can be paused (Meta asks for patience) or stopped (somebody has to mend something).
    """

    pace: Pace
    clock: Callable[[], float]
    stopped: str | None = None
    _paused_until: float = 0.0
    _waiting: list[tuple[int, int, asyncio.Future[None]]] = field(default_factory=list)
    _sequence: itertools.count[int] = field(default_factory=itertools.count)
    _timer: asyncio.TimerHandle | None = None

    @property
    def queued(self) -> int:
        """Messages that wait for their turn."""
        return len(self._waiting)

    async def slot(self, is_reply: bool) -> None:
        """Wait until one message may go."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (0 if is_reply else 1, next(self._sequence), turn))
        self._let_pass()
        await turn

    def pause(self, seconds: float) -> None:
        """Send nothing for that many seconds."""
        self._paused_until = max(self._paused_until, self.clock() + seconds)

    def stop(self, code: str) -> None:
        """Send nothing until `resume`."""
        self.stopped = code

    def resume(self) -> None:
        """Open again after `stop`."""
        self.stopped = None
        self._let_pass()

    def _let_pass(self) -> None:
        while self._waiting and not self._timer and not self.stopped:
            now = self.clock()
            delay = max(self.pace.delay(now), self._paused_until - now)
            if delay > 0:
                self._timer = asyncio.get_running_loop().call_later(delay, self._tick)
                return
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                self.pace.take(now)
                turn.set_result(None)

    def _tick(self) -> None:
        self._timer = None
        self._let_pass()
