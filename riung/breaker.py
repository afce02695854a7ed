"""A circuit breaker: who does not answer is left alone for a moment.

While a backend hangs, each citizen would wait out its patience, and with them the threads that wait
there. After some failures in a row whoever asks hears so at once, but for one caller every few
seconds; as soon as one is answered all ask again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger()

FAILURES = 5
"""In a row before the circuit opens: a restart of the backend, or one slow answer, is none."""

OPEN_SECONDS = 2.0
"""Between two callers that try while it is open."""


class Breaker:
    """Counts failures in a row; threads share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failures, self._next_try = 0, 0.0

    def lets_pass(self) -> bool:
        """Whether to ask now. While it is open one caller is let through now and then."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._clock() < self._next_try:
                return False
            self._next_try = self._clock() + OPEN_SECONDS
            return True

    @property
    def is_open(self) -> bool:
        """Whether nearly nobody is let through now."""
        return self._failures >= FAILURES

    def answered(self) -> None:
        """Somebody was answered, be it by a no."""
        with self._lock:
            was_open, self._failures = self._failures >= FAILURES, 0
        if was_open:
            log.warning("breaker.closed")

    def failed(self) -> None:
        """Nobody answered."""
        with self._lock:
            self._failures += 1
            opens = self._failures == FAILURES
            if opens:
                self._next_try = self._clock() + OPEN_SECONDS
        if opens:
            log.error("breaker.opened", failures=FAILURES)
