"""What an office announces now (an outage, news), known without waiting for the backend.

A thread asks the backend every few seconds for the offices that have conversations; answers read
what it last heard. When the backend is silent for long, nothing is announced rather than old news.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import structlog

from riung.backend_client import BackendError, Json, backend

log = structlog.get_logger()

EVERY_SECONDS = 5
"""An officer who switches an announcement on sees the bot say it within this time."""

STALE_SECONDS = 600
"""Without word from the backend for this long, its last announcements are not repeated."""

OUTAGE = "outage"


@dataclass(frozen=True)
class Announcement:
    """One announcement in force; an `outage` also stands with every status answer."""

    id: int
    kind: str
    text: str


class Board:
    """The announcements of each office that was asked for."""

    def __init__(self, fetch: Callable[[str], list[Json]], every: float = EVERY_SECONDS) -> None:
        self._fetch, self._every = fetch, every
        self._heard: dict[str, tuple[float, tuple[Announcement, ...]]] = {}
        self._thread: threading.Thread | None = None
        self._asked_anew, self._closed = threading.Event(), False

    def current(self, office: str) -> tuple[Announcement, ...]:
        """What that office announces; empty until the first answer has come."""
        is_new = office not in self._heard
        heard_at, told = self._heard.setdefault(office, (time.monotonic(), ()))
        if is_new:
            self._asked_anew.set()  # its first citizen shall not wait for the next round
        if self._thread is None:
            self._thread = threading.Thread(target=self._listen, name="announcements", daemon=True)
            self._thread.start()
        return told if time.monotonic() - heard_at < STALE_SECONDS else ()

    def refresh(self) -> None:
        """Ask the backend once for each office; one that can't be asked keeps what it had."""
        for office in list(self._heard):
            if self._closed:
                return
            try:
                told = self._fetch(office)
            except BackendError as error:
                log.debug("announcements.not_heard", office=office, reason=str(error))
                continue
            announced = tuple(Announcement(one["id"], one["kind"], one["text"]) for one in told)
            self._heard[office] = (time.monotonic(), announced)

    def close(self) -> None:
        """Ask no more; a question that is under way is waited for."""
        self._closed = True
        self._asked_anew.set()
        if self._thread:
            self._thread.join()

    def _listen(self) -> None:
        while not self._closed:
            self.refresh()
            self._asked_anew.wait(self._every)
            self._asked_anew.clear()


@lru_cache(maxsize=1)
def board() -> Board:
    """The board of this process."""
    return Board(lambda office: backend().announcements(office))


def forget() -> None:
    """Close the board of this process, which then speaks with another backend or with none."""
    if board.cache_info().currsize:
        board().close()
        board.cache_clear()
