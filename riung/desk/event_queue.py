"""Tracker events from RabbitMQ (`RIUNG_AMQP_URL`): the desk's queue, and who empties it.

Rasa publishes each event to a fanout exchange. The desk reads its own durable queue there; other
systems bind queues of theirs. A message is acknowledged after the commit that holds it; what comes
twice is known by its key (`consumer`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aio_pika
import structlog
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage
from aio_pika.exceptions import AMQPError

from riung.backend.db import Database
from riung.desk import event_intake
from riung.rabbitmq import EXCHANGE, GAP, QUEUE, again

log = structlog.get_logger()

BATCH = 200
"""Messages one transaction takes at most, and as many as the broker sends ahead."""

Arrived = asyncio.Queue[AbstractIncomingMessage | None]
"""What the broker delivered; None when the channel was closed."""


@asynccontextmanager
async def listening(url: str, database: Database) -> AsyncIterator[None]:
    """Copy events into the database for the length of the block; without a URL do nothing.

    It starts although the broker is away, and goes on when the broker comes back.
    """
    if not url:
        yield
        return
    task = asyncio.create_task(_listen_on(url, database))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _listen_on(url: str, database: Database) -> None:
    while True:
        async for attempt in again("desk.rabbitmq_away"):
            with attempt:
                connection = await aio_pika.connect(url)
        with suppress(AMQPError, OSError):
            async with connection:
                await _copy(await connection.channel(), database)
        log.warning("desk.rabbitmq_closed")


async def _copy(channel: AbstractChannel, database: Database) -> None:
    """Until the channel is closed, whoever closed it."""
    arrived: Arrived = asyncio.Queue()
    channel.close_callbacks.add(lambda *_: arrived.put_nowait(None))
    await channel.set_qos(prefetch_count=BATCH)
    exchange = await channel.declare_exchange(EXCHANGE, aio_pika.ExchangeType.FANOUT)
    queue = await channel.declare_queue(QUEUE, durable=True)
    await queue.bind(exchange, "")
    await queue.consume(arrived.put)
    while True:
        messages = [await arrived.get()]
        while not arrived.empty():
            messages.append(arrived.get_nowait())
        if None in messages:
            return  # what was not acknowledged is delivered again
        await _take(database, [message for message in messages if message])


async def _take(database: Database, messages: list[AbstractIncomingMessage]) -> None:
    events = [event for message in messages if (event := _event(message))]
    gap = any(event.get(GAP) for event in events)
    async for attempt in again("desk.events_wait"):
        with attempt:
            await asyncio.to_thread(event_intake.consume, database, events, gap=gap)
    await messages[-1].ack(multiple=True)


def _event(message: AbstractIncomingMessage) -> dict[str, Any]:
    """The event; empty when somebody else put something else into our queue."""
    try:
        event = json.loads(message.body)
    except ValueError:
        event = None
    if isinstance(event, dict):
        return event
    log.error("desk.no_event", size=len(message.body))
    return {}
