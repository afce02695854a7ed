"""The Graph API, as thin as it can be: one aiohttp session, typed errors, a time limit each call.

    GraphError
    ├── UnreachableError    nothing was sent: refused, DNS, TLS
    ├── UnsureError         sent, and no answer came: may have been accepted
    └── RefusedError        answered with an error; `code` decides what to do

Nothing here tries again: what may be repeated, and when, is the sender's to know.
"""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from riung import clock
from riung.proxies import proxy_for
from riung.whatsapp.errors import PASSING_FAULT
from riung.whatsapp.json_fields import error_code

SEND_TIMEOUT = 10.0
"""Seconds a send may take; Meta answers in well under one."""

RECEIPT_TIMEOUT = 3.0
"""Seconds the read mark may take; the answer does not wait longer for it."""

CLOCK_OFF_AT_MOST = 3600
"""Seconds between our clock and Meta's. A message that seems a day old is not answered any more
(`inbox.STALE_AFTER`), so a clock that runs ahead would silently drop everything."""

_IDLE = 15.0  # seconds an idle connection is kept: shorter than servers keep it


class GraphError(Exception):
    """A call to the Graph API did not succeed."""


class UnreachableError(GraphError):
    """The request never left."""


class UnsureError(GraphError):
    """The request left and its outcome is unknown."""


class RefusedError(GraphError):
    """The Graph API said no."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Graph:
    """Calls of one WhatsApp Business account. Open it in the loop that uses it.

    Attributes:
        clock_off: seconds by which our clock is ahead of the Graph API's, by its last answer.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self._session: aiohttp.ClientSession | None = None
        self._proxy = proxy_for(self._url)
        self.clock_off, self._their_clock = 0.0, ""

    def __repr__(self) -> str:
        return f"Graph({self._url!r})"  # never the token

    @property
    def url(self) -> str:
        """The base address, with version."""
        return self._url

    @property
    def session(self) -> aiohttp.ClientSession:
        """The open session."""
        assert self._session is not None, "Graph.open() first"
        return self._session

    @property
    def authorization(self) -> dict[str, str]:
        """The header that carries the token; only for Meta's hosts."""
        return {"Authorization": f"Bearer {self._token}"}

    async def open(self) -> None:
        """Make the session."""
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "riung/1 (+WhatsApp Cloud API)"},
        )

    async def close(self) -> None:
        """Close the session."""
        if self._session:
            await self._session.close()

    @property
    def is_clock_right(self) -> bool:
        """Whether our clock is as Meta's; a clock that `RIUNG_NOW` moves is meant to differ."""
        return bool(os.environ.get("RIUNG_NOW")) or abs(self.clock_off) <= CLOCK_OFF_AT_MOST

    async def look_at_clock(self) -> None:
        """Compare the clocks although there is nothing to send: with a wrong one there never is."""
        with suppress(GraphError):
            await self._call("GET", "", RECEIPT_TIMEOUT)

    async def send(self, phone_number_id: str, body: dict[str, Any]) -> str:
        """Send a message; its wamid, which means accepted, not delivered (Meta §7).

        Raises:
            GraphError: see the module's tree.
        """
        answer = await self._post(f"{phone_number_id}/messages", body, SEND_TIMEOUT)
        try:
            return str(answer["messages"][0]["id"])
        except (KeyError, IndexError, TypeError) as error:
            raise UnsureError("accepted without an id") from error

    async def mark_read(self, phone_number_id: str, wamid: str) -> None:
        """Blue ticks and "typing …" on the citizen's phone; also marks what came before.

        Raises:
            GraphError: nobody needs to mend it; the answer itself matters more.
        """
        body = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": wamid,
            "typing_indicator": {"type": "text"},
        }
        await self._post(f"{phone_number_id}/messages", body, RECEIPT_TIMEOUT)

    async def get(self, path: str) -> dict[str, Any]:
        """Read a node, such as a media id.

        Raises:
            GraphError: see the module's tree.
        """
        return await self._call("GET", path, SEND_TIMEOUT)

    async def upload(self, phone_number_id: str, content: bytes, mime_type: str) -> str:
        """Upload a file for sending; its media id, good for 30 days (Meta §5).

        Raises:
            GraphError: see the module's tree.
        """
        form = aiohttp.FormData()
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", mime_type)
        form.add_field("file", content, filename="berkas", content_type=mime_type)
        answer = await self._call("POST", f"{phone_number_id}/media", 30.0, data=form)
        return str(answer.get("id", ""))

    async def _post(self, path: str, body: dict[str, Any], timeout: float) -> dict[str, Any]:
        return await self._call("POST", path, timeout, json=body)

    async def _call(self, method: str, path: str, timeout: float, **content: Any) -> dict[str, Any]:
        try:
            async with self.session.request(
                method,
                f"{self._url}/{path}",
                headers=self.authorization,
                timeout=aiohttp.ClientTimeout(total=timeout),
                allow_redirects=False,
                proxy=self._proxy,
                **content,
            ) as response:
                self._compare_clocks(response.headers.get("Date", ""))
                return _read(response.status, await response.read())
        except aiohttp.ClientConnectorError as error:
            raise UnreachableError(str(error.os_error)) from error
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise UnsureError(type(error).__name__) from error

    def _compare_clocks(self, theirs: str) -> None:
        if theirs == self._their_clock:  # of the same second
            return
        self._their_clock = theirs
        with suppress(TypeError, ValueError):
            self.clock_off = (clock.now() - parsedate_to_datetime(theirs)).total_seconds()


def _read(status: int, body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if status == 200 and isinstance(answer, dict) and "error" not in answer:
        return answer
    code = error_code(answer.get("error")) if isinstance(answer, dict) else None
    if code is not None:
        raise RefusedError(str(code))
    busy = status >= 500 or status in (408, 429)  # a proxy's page instead of Meta's answer
    raise RefusedError(PASSING_FAULT if busy else str(status))
