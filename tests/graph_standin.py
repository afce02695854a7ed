"""A stand-in for Meta's Graph API: a small real HTTP server that tests start on the loopback.

    async with GraphStandIn() as graph:           # or: with graph_in_thread() as graph:
        ... WHATSAPP_GRAPH_URL = graph.url ...
        graph.fail_next(131056)
        await graph.wait_for(1)                   # in a thread: graph.wait_until(1)
        assert graph.messages[0].text == "Mangga."

It refuses bodies that break WhatsApp's limits, and with `callback_url` it delivers signed status
webhooks, again and again until they are answered 200, as Meta does.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from riung import limits
from tests import webhook
from tests.paths import ROOT

SAMPLES = ROOT / "tests" / "riung" / "whatsapp" / "samples"
_STATUS_BY_CODE = {190: 401, 130429: 429, 131000: 500}


@dataclass(frozen=True)
class Sent:
    """An accepted message."""

    number: str
    wamid: str
    body: dict[str, Any]
    at: float

    @property
    def to(self) -> str:
        return str(self.body.get("to") or self.body.get("recipient"))

    @property
    def key(self) -> str:
        return str(self.body.get("biz_opaque_callback_data"))

    @property
    def text(self) -> str:
        """The words, whatever the kind."""
        kind = self.body["type"]
        if kind == "text":
            return str(self.body["text"]["body"])
        if kind == "interactive":
            return str(self.body["interactive"]["body"]["text"])
        return str(self.body[kind].get("caption", ""))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(id, title) of all buttons or rows."""
        action = self.body.get("interactive", {}).get("action", {})
        buttons = [button["reply"] for button in action.get("buttons", [])]
        rows = [row for section in action.get("sections", []) for row in section["rows"]]
        return [(choice["id"], choice["title"]) for choice in buttons + rows]


@dataclass(frozen=True)
class Fault:
    """How the next message is treated: an error body, "html", "hang" or "reset".

    With `accepted` the message goes out all the same and only the answer is lost.
    """

    what: int | str = ""
    accepted: bool = False
    delay: float = 0.0


class GraphStandIn:
    """Records what it is sent; fails on demand."""

    def __init__(self, callback_url: str = "", app_secret: str = "rahasia-uji") -> None:
        self.callback_url, self.app_secret = callback_url, app_secret
        self.statuses: Sequence[str] = ("sent", "delivered")
        self.messages: list[Sent] = []
        self.receipts: list[dict[str, Any]] = []
        self.invalid: list[tuple[str, dict[str, Any]]] = []
        self.requests = 0
        self.tokens: set[str] = set()
        self.media: dict[str, tuple[bytes, str]] = {}
        self.uploads: list[bytes] = []
        self.media_url = ""
        self.choose_fault: Callable[[dict[str, Any]], Fault] = lambda body: Fault()
        self._faults: deque[Fault] = deque()
        self.media_faults: deque[int] = deque()
        self._wamids = itertools.count(1)
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""

    async def __aenter__(self) -> GraphStandIn:
        application = web.Application(client_max_size=20 * 2**20)
        application.router.add_post("/v25.0/{number}/messages", self._messages)
        application.router.add_post("/v25.0/{number}/media", self._upload)
        application.router.add_get("/v25.0/{media_id}", self._media)
        application.router.add_get("/file/{media_id}", self._file)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=2048)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}/v25.0"
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await self._session.close()
        await self._runner.shutdown()
        await self._runner.cleanup()

    def fail_next(self, what: int | str, count: int = 1, accepted: bool = False) -> None:
        """The next `count` messages meet this fault."""
        self._faults.extend([Fault(what, accepted)] * count)

    def add_media(self, media_id: str, content: bytes, mime_type: str) -> None:
        """A file a citizen sent."""
        self.media[media_id] = (content, mime_type)

    async def wait_for(self, count: int, timeout: float = 20.0) -> list[Sent]:
        """The messages, once there are `count` of them."""
        await self.until(lambda: len(self.messages) >= count, timeout)
        return self.messages

    async def until(self, condition: Callable[[], bool], timeout: float = 20.0) -> None:
        """Return as soon as the condition holds after some request."""
        deadline = time.monotonic() + timeout
        while not condition():
            self._changed.clear()
            remaining = deadline - time.monotonic()
            assert remaining > 0, f"not within {timeout} s; messages: {len(self.messages)}"
            try:
                await asyncio.wait_for(self._changed.wait(), min(remaining, 0.2))
            except asyncio.TimeoutError:
                continue

    def wait_until(self, count: int, timeout: float = 20.0) -> list[Sent]:
        """`wait_for`, for tests outside the server's loop."""
        deadline = time.monotonic() + timeout
        while len(self.messages) < count:
            assert time.monotonic() < deadline, f"{len(self.messages)} of {count} messages"
            time.sleep(0.01)
        return self.messages

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        self.tokens.add(request.headers.get("Authorization", ""))
        body = await request.json()
        number = request.match_info["number"]
        if body.get("status") == "read":
            self.receipts.append(body)
            self._changed.set()
            return web.json_response({"success": True})
        problem = problem_of(body)
        if problem:
            self.invalid.append((problem, body))
            return _error(100)
        fault = self._faults.popleft() if self._faults else self.choose_fault(body)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.what and not fault.accepted:
            return await _fail(request, fault.what)
        sent = self._accept(number, body)
        if fault.what:
            return await _fail(request, fault.what)
        contact = {"input": sent.to, "wa_id": sent.to.lstrip("+")}
        return web.json_response(
            {
                "messaging_product": "whatsapp",
                "contacts": [contact],
                "messages": [{"id": sent.wamid}],
            }
        )

    def _accept(self, number: str, body: dict[str, Any]) -> Sent:
        text = f"standin-{number}-{next(self._wamids)}"
        wamid = "wamid." + base64.b64encode(text.encode()).decode()
        sent = Sent(number, wamid, body, time.time())
        self.messages.append(sent)
        self._changed.set()
        if self.callback_url:
            task = asyncio.get_running_loop().create_task(self._tell(sent))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return sent

    async def _tell(self, sent: Sent) -> None:
        for status in self.statuses:
            update = webhook.status(sent.wamid, status, recipient=sent.to.lstrip("+"), key=sent.key)
            await self._deliver(webhook.delivery(statuses=[update], number=sent.number))

    async def _deliver(self, body: bytes) -> None:
        """POST until it is answered 200, as Meta does."""
        headers = webhook.headers(body, self.app_secret)
        for attempt in itertools.count():
            try:
                async with self._session.post(
                    self.callback_url, data=body, headers=headers
                ) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(min(0.05 * 2**attempt, 0.4))

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.uploads.append(form["file"].file.read())  # type: ignore[union-attr]
        return web.json_response({"id": f"9000{len(self.uploads)}"})

    async def _media(self, request: web.Request) -> web.Response:
        media_id = request.match_info["media_id"]
        if self.media_faults:
            return _error(self.media_faults.popleft())
        if media_id not in self.media:
            return _error(100)
        root = self.media_url or self.url.removesuffix("/v25.0")
        _, mime_type = self.media[media_id]
        return web.json_response(
            {"id": media_id, "mime_type": mime_type, "url": f"{root}/file/{media_id}"}
        )

    async def _file(self, request: web.Request) -> web.Response:
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return web.Response(status=401)
        content, mime_type = self.media[request.match_info["media_id"]]
        return web.Response(body=content, content_type=mime_type)


@dataclass
class _InThread:
    graph: GraphStandIn | None = None
    ready: threading.Event = field(default_factory=threading.Event)
    loop: asyncio.AbstractEventLoop | None = None
    done: asyncio.Event | None = None

    async def main(self, callback_url: str) -> None:
        self.loop, self.done = asyncio.get_running_loop(), asyncio.Event()
        async with GraphStandIn(callback_url) as self.graph:
            self.ready.set()
            await self.done.wait()


@contextmanager
def graph_in_thread(callback_url: str = "") -> Iterator[GraphStandIn]:
    """A running stand-in for tests that are not coroutines."""
    runner = _InThread()
    thread = threading.Thread(target=lambda: asyncio.run(runner.main(callback_url)))
    thread.start()
    assert runner.ready.wait(10)
    assert runner.graph is not None
    assert runner.loop is not None
    assert runner.done is not None
    try:
        yield runner.graph
    finally:
        runner.loop.call_soon_threadsafe(runner.done.set)
        thread.join()


def _error(code: int) -> web.Response:
    path = SAMPLES / f"resp_err_{code}.json"
    body = path.read_text("utf-8") if path.exists() else json.dumps({"error": {"code": code}})
    return web.Response(
        status=_STATUS_BY_CODE.get(code, 400), text=body, content_type="application/json"
    )


async def _fail(request: web.Request, what: int | str) -> web.StreamResponse:
    if isinstance(what, int):
        return _error(what)
    if what == "html":
        return web.Response(status=502, text="<h1>Bad Gateway</h1>", content_type="text/html")
    if what == "hang":
        await asyncio.sleep(60)
    if request.transport is not None:  # else the caller has gone already
        request.transport.abort()
    return web.Response()


def problem_of(body: dict[str, Any]) -> str | None:
    """Which of WhatsApp's limits a message breaks (Meta §7), or None."""
    if body.get("messaging_product") != "whatsapp" or not (body.get("to") or body.get("recipient")):
        return "envelope"
    if "to" in body and not body["to"].startswith("+"):
        return "to without plus"
    kind = body.get("type")
    if kind not in body:
        return "type"
    if kind == "text":
        return _too_long(body["text"]["body"], limits.TEXT_BODY, "body")
    if kind == "image":
        return _too_long(body["image"].get("caption", "-"), limits.CAPTION, "caption")
    return _interactive_problem(body["interactive"]) if kind == "interactive" else None


def _interactive_problem(interactive: dict[str, Any]) -> str | None:
    action, is_list = interactive["action"], interactive["type"] == "list"
    limit = limits.LIST_BODY if is_list else limits.INTERACTIVE_BODY
    if problem := _too_long(interactive["body"]["text"], limit, "body"):
        return problem
    if is_list:
        rows = [row for section in action["sections"] for row in section["rows"]]
        checks = [(row["title"], limits.ROW_TITLE) for row in rows]
        checks += [(row.get("description", "-"), limits.ROW_DESCRIPTION) for row in rows]
        checks += [(row["id"], limits.ROW_ID) for row in rows]
        checks += [(action["button"], limits.LIST_BUTTON)]
        ids, most = [row["id"] for row in rows], limits.LIST_ROWS
    elif interactive["type"] == "button":
        replies = [button["reply"] for button in action["buttons"]]
        checks = [(reply["title"], limits.BUTTON_TITLE) for reply in replies]
        checks += [(reply["id"], limits.BUTTON_ID) for reply in replies]
        ids, most = [reply["title"] for reply in replies], limits.BUTTONS
    else:
        return None
    if not 0 < len(ids) <= most or len(set(ids)) != len(ids):
        return "choices"
    return next((found for text, most in checks if (found := _too_long(text, most, text))), None)


def _too_long(text: str, limit: int, part: str) -> str | None:
    return part if not 0 < limits.length(text) <= limit else None
