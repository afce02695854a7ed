"""Rasa's event broker: what is said goes to the desk, through RabbitMQ or straight over HTTP.

`DeskEventBroker` of `endpoints.yml` chooses: RabbitMQ with `RIUNG_AMQP_URL` (`rabbitmq_broker`),
else HTTP.

Publishing only puts an event into a queue, so a slow or absent backend never holds up an answer to
a citizen. A thread posts the queue in batches and tries again while the backend is down. After a
start, and when something had to be dropped, it reports a gap: the desk reads the trackers again.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from asyncio import AbstractEventLoop
from typing import Any

import requests
import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.utils.endpoints import EndpointConfig

from riung.dialogue.rabbitmq_broker import RabbitEventBroker
from riung.proxies import direct_session
from riung.settings import settings

log = structlog.get_logger()

PATH = "/internal/tracker-events"
QUEUE_SIZE = 50_000
"""Some 50 MB at most: an hour of a busy office while the backend is down."""

BATCH = 200
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
"""Seconds between tries while the backend is down; it doubles from the first to the longest."""

GATHER = 0.2
"""Seconds; of the half second in which a message is to be on the officer's screen."""

TIMEOUT = (2, 10)
FLUSH_AT_STOP = 5.0
"""Seconds Rasa may wait at its end for the last events to leave."""

FOR_THE_DESK = frozenset({"user", "bot", "slot", "session_started"})
"""What the desk makes use of; the rest stays in the tracker."""


class DeskEventBroker(EventBroker):
    """What `endpoints.yml` names; makes the broker that the settings ask for."""

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig, event_loop: AbstractEventLoop | None = None
    ) -> EventBroker | None:
        """Make the broker; needs a running loop. What is said to the draft is nobody's work."""
        chosen = settings()
        if chosen.draft:
            return None
        if chosen.amqp_url:
            return RabbitEventBroker(chosen.amqp_url)
        return HttpEventBroker(chosen.backend_url, chosen.api_key)


class HttpEventBroker(EventBroker):
    """Posts tracker events to the backend's `/internal/tracker-events`."""

    def __init__(self, url: str, api_key: str, queue_size: int = QUEUE_SIZE) -> None:
        self._url = url.rstrip("/") + PATH
        self._headers = {"Authorization": f"Bearer {api_key}"}
        self._queue: queue.Queue[dict[str, Any]] = queue.Queue(queue_size)
        self._gap = True  # what a process before this one still held is lost
        self._stopping = threading.Event()
        self._deadline = float("inf")
        self._thread = threading.Thread(target=self._post_on, name="desk-broker", daemon=True)
        self._thread.start()

    def publish(self, event: dict[str, Any]) -> None:
        """Take an event; never waits."""
        if event.get("event") not in FOR_THE_DESK:
            return
        try:
            self._queue.put_nowait(event)
        except queue.Full:
            self._gap = True
            log.error("desk.broker_full", dropped=1)

    async def close(self) -> None:
        """Give the last events a moment to leave."""
        self._deadline = time.monotonic() + FLUSH_AT_STOP
        self._stopping.set()
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join, FLUSH_AT_STOP)

    def _post_on(self) -> None:
        session = direct_session()
        while not (self._stopping.is_set() and self._queue.empty()):
            batch = self._next_batch()
            pause = FIRST_PAUSE
            while batch and not self._post(session, batch):
                time.sleep(FIRST_PAUSE if self._stopping.wait(pause) else 0)
                pause = min(pause * 2, LONGEST_PAUSE)
                if time.monotonic() > self._deadline:
                    return

    def _next_batch(self) -> list[dict[str, Any]]:
        """Wait for the first event and a moment for its neighbours: a call costs both sides."""
        batch: list[dict[str, Any]] = []
        with contextlib.suppress(queue.Empty):
            batch.append(self._queue.get(timeout=0.2))
            self._stopping.wait(GATHER)
            while len(batch) < BATCH:
                batch.append(self._queue.get_nowait())
        return batch

    def _post(self, session: requests.Session, batch: list[dict[str, Any]]) -> bool:
        """Whether the batch is off our hands: taken, or of no use to anybody."""
        gap, self._gap = self._gap, False
        try:
            answer = session.post(
                self._url,
                json={"gap": gap, "events": batch},
                headers=self._headers,
                timeout=TIMEOUT,
            )
        except requests.RequestException as error:
            log.warning("desk.broker_waits", reason=type(error).__name__, events=len(batch))
            self._gap |= gap
            return False
        if answer.ok:
            return True
        log.error("desk.broker_refused", status=answer.status_code, events=len(batch))
        useless = answer.status_code in (413, 422)
        self._gap |= gap or useless
        return useless
