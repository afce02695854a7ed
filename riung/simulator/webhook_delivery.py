"""The way from the simulated phones to the channel: a signed POST, tried again as Meta does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import aiohttp
from tenacity import (
    AsyncRetrying,
    RetryError,
    retry_if_result,
    stop_after_attempt,
    wait_exponential,
)

from riung.simulator.webhook import Json, encode
from riung.whatsapp.signature import HEADER, sign

TRIES = 5
LONGEST_WAIT = 8
"""Seconds. Meta tries for days; whoever watches a screen has no days."""

TIMEOUT = aiohttp.ClientTimeout(total=10)

UNREACHABLE = 0
"""Status of a delivery that no server answered."""

Record = Callable[[bytes, str, int, str, float], None]
"""Told of each try: raw body, signature, HTTP status, answer, seconds."""


class Postman:
    """Delivers webhooks to one address, signed with the app's secret.

    Args:
        url: the channel's webhook.
        app_secret: WHATSAPP_APP_SECRET.
        record: told of every try.
        pace: factor on all waits; 0 in tests.
    """

    def __init__(self, url: str, app_secret: str, record: Record, pace: float = 1.0) -> None:
        self.url, self._secret, self._record, self._pace = url, app_secret, record, pace

    async def deliver(self, body: Json) -> int:
        """Deliver one body; the HTTP status of the last try, `UNREACHABLE` without an answer.

        A refused signature (401, 403) is not tried again: the same bytes would be refused again.
        """
        raw = encode(body)
        retrying = AsyncRetrying(
            retry=retry_if_result(lambda status: status not in (200, 401, 403)),
            stop=stop_after_attempt(TRIES),
            wait=wait_exponential(multiplier=self._pace, max=LONGEST_WAIT * self._pace),
        )
        try:
            return await retrying(self._post, raw)
        except RetryError as error:
            return int(error.last_attempt.result())

    async def _post(self, raw: bytes) -> int:
        signature = sign(raw, self._secret)
        headers = {"Content-Type": "application/json", HEADER: signature}
        began = time.monotonic()
        try:
            async with (
                aiohttp.ClientSession(timeout=TIMEOUT) as session,
                session.post(self.url, data=raw, headers=headers) as response,
            ):
                status, answer = response.status, await response.text(errors="replace")
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            status, answer = UNREACHABLE, type(error).__name__
        self._record(raw, signature, status, answer, time.monotonic() - began)
        return status
