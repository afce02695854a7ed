"""First come, first served, by the time WhatsApp gave the message.

Requests of one rush reach the backend slightly out of order, because many conversations run side
by side. Everyone who asks for a place waits `GATHER_SECONDS` at the turnstile; whoever is there
and wrote earliest goes through first, one at a time. So: of two people whose requests were waiting
together, the earlier message always wins; a request that comes in only after a later message was
decided can't take that place back. Between several backend processes the database decides by the
order in which they ask.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from prometheus_client import Gauge

GATHER_SECONDS = 0.5
"""Seconds. Longer than one of two busy Rasa workers lags behind the other at the beginning of a
rush (`tests.e2e.rush`), shorter than anyone notices in a chat."""

WAITING = Gauge("riung_bookings_waiting", "Requests for a place that wait for their turn")


@dataclass(order=True)
class _Entry:
    sent_at: datetime
    sequence: int
    arrival: int
    turn: asyncio.Future[None] = field(compare=False)
    is_due: bool = field(default=False, compare=False)


class Turnstile:
    """Lets one request through at a time, earliest message first. Belongs to one event loop."""

    def __init__(self, gather_seconds: float = GATHER_SECONDS) -> None:
        self._gather_seconds = gather_seconds
        self._line: list[_Entry] = []
        self._arrivals = count()
        self._busy = False

    @asynccontextmanager
    async def turn(self, sent_at: datetime, sequence: int | None = None) -> AsyncIterator[None]:
        """Wait for one's turn, then hold it for the length of the block.

        Args:
            sent_at: time of the message.
            sequence: order within the same second; without one the order of coming here counts.
        """
        loop = asyncio.get_running_loop()
        entry = _Entry(sent_at, sequence or 0, next(self._arrivals), loop.create_future())
        heapq.heappush(self._line, entry)
        loop.call_later(self._gather_seconds, self._mark_due, entry)
        try:
            with WAITING.track_inprogress():
                await entry.turn
            yield
        finally:
            if entry.turn.done() and not entry.turn.cancelled():  # it was let in
                self._busy = False
            self._admit()

    def _mark_due(self, entry: _Entry) -> None:
        entry.is_due = True
        self._admit()

    def _admit(self) -> None:
        """Let the first in line through, once nobody is inside and it has waited long enough."""
        while self._line and not self._busy:
            first = self._line[0]
            if not first.turn.cancelled():
                if not first.is_due:
                    return
                self._busy = True
                first.turn.set_result(None)
            heapq.heappop(self._line)
