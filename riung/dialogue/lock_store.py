"""Rasa's lock store: one turn of a conversation at a time, in all workers together.

With `RIUNG_REDIS_URL` the lock stands in Redis, else in this process's memory.

Rasa's own Redis lock store reads a list of tickets, changes it and writes it back; two workers that
do so at the same moment both hold the lock. It also asks for its turn only once a second. Redis has
locks without either fault, and redis-py knows them, so those are used.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import LockNotOwnedError, RedisError

from riung.settings import settings

log = structlog.get_logger()

PREFIX = "riung:lock:"

ASK_EVERY = 0.05
"""Seconds between two tries. The channel queues a person's messages, so only an officer's action
during a turn ever waits."""

WAIT_AT_MOST = 20.0
"""Seconds a turn waits for a lock, less than it may take in all: the lock of a holder that went
away falls free after its lifetime, and the channel tries the turn again."""

RETRIES = Retry(ExponentialBackoff(cap=1.0, base=0.1), retries=8)
"""Some five seconds: a restart of Redis is waited for."""


class ConversationLockStore(InMemoryLockStore):
    """The lock store of `endpoints.yml`; the settings decide where its locks stand."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        super().__init__()
        url = settings().redis_url
        self._redis: Redis[bytes] | None = None
        if url:
            self._redis = Redis.from_url(url, retry=RETRIES, retry_on_error=[RedisConnectionError])

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = ASK_EVERY,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation's lock.

        Args:
            conversation_id: whose turn it is.
            lock_lifetime: seconds after which a holder that died is passed over.
            wait_time_in_seconds: between two tries.

        Raises:
            LockError: it did not become free in time.
            RedisError: Redis is away, and nothing was begun.
        """
        if self._redis is None:
            async with super().lock(conversation_id, lock_lifetime, wait_time_in_seconds) as held:
                yield held
            return
        lock = self._redis.lock(
            PREFIX + conversation_id,
            timeout=lock_lifetime,
            sleep=wait_time_in_seconds,
            blocking_timeout=min(lock_lifetime, WAIT_AT_MOST),
        )
        if not await lock.acquire():
            raise LockError("The conversation's lock did not become free.")
        try:
            yield TicketLock(conversation_id)
        finally:
            try:
                await lock.release()
            except LockNotOwnedError:  # held for longer than its lifetime, or Redis began anew
                pass
            except RedisError as error:  # the turn is done all the same; the lock ends by itself
                log.warning("lock.not_released", reason=type(error).__name__)
