"""Rasa's RabbitMQ event broker, at the address of the settings, and never in a citizen's way.

Rasa's own waits at its start until RabbitMQ answers and forgets what is said meanwhile. This one
starts without it, keeps what cannot be published yet, and tells the desk after a start that
something may be missing, as the process before may have died with events in its hands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any

import aio_pika
import rasa.shared.core.events  # noqa: F401 - the broker below uses it without importing it
from rasa.core.brokers.pika import PikaEventBroker
from yarl import URL

from riung.rabbitmq import EXCHANGE, GAP, QUEUE, again

KEPT = 50_000
"""Events held while RabbitMQ is away, some 50 MB at most; then the oldest go."""

FLUSH_AT_STOP = 5.0
"""Seconds Rasa may wait at its end for the last events to leave."""

RECONNECT = {"reconnect_interval": "1"}
"""aio-pika's option: seconds between two tries to connect again."""


class RabbitEventBroker(PikaEventBroker):
    """Publishes every tracker event once, also from several workers: each publishes its turns."""

    def __init__(self, url: str) -> None:
        self._url = URL(url)
        super().__init__(
            host=self._url.host or "",  # for its log lines, which must not show the password
            username="",
            password="",
            queues=[QUEUE],
            exchange_name=EXCHANGE,
            connection_attempts=1,
            retry_delay_in_seconds=0,  # `_start` tries again
        )
        self._unpublished_events: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._gap = True
        self._connecting = self._loop.create_task(self._start())

    def publish(self, event: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        """Take an event; never waits."""
        if self._gap:
            event, self._gap = {**event, GAP: True}, False
        if self._exchange is None:
            self._unpublished_events.append(event)
        else:
            super().publish(event, headers)

    async def close(self) -> None:
        """Give the last events a moment to leave."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._flush(), FLUSH_AT_STOP)
        await super().close()

    async def _start(self) -> None:
        async for attempt in again("desk.rabbitmq_away"):
            with attempt:
                await self.connect()
        self._publish_unpublished_messages()

    async def _flush(self) -> None:
        await self._connecting
        await asyncio.gather(*self._background_tasks, return_exceptions=True)

    def _configure_url(self) -> str:
        return str(self._url.update_query({**RECONNECT, **self._url.query}))

    async def _set_up_exchange(self, channel: aio_pika.RobustChannel) -> aio_pika.RobustExchange:
        self._channel = channel  # aio-pika holds it weakly and would not open it again
        exchange: aio_pika.RobustExchange = await super()._set_up_exchange(channel)
        return exchange
