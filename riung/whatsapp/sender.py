"""Sends what the outbox holds: at each number's and person's pace, once, in order per chat.

A chat is one citizen and one number of ours. Its messages go one after the other, each after the
answer to the one before, because the Graph API promises no order between two requests (Meta §7).
Chats don't wait for each other.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import structlog

from riung import logs, tracing
from riung.whatsapp import outbox
from riung.whatsapp.errors import DOUBTS, INTERRUPTED, UNKNOWN, UNREACHABLE, ErrorTable
from riung.whatsapp.graph import Graph, RefusedError, UnreachableError, UnsureError
from riung.whatsapp.leases import Leases
from riung.whatsapp.metrics import Metrics
from riung.whatsapp.outbox import Kind, OutboxMessage
from riung.whatsapp.pace import NUMBER_PER_SECOND, PERSON_BURST, PERSON_INTERVAL, Lane, Pace
from riung.whatsapp.rendering import WINDOW_SHUT, MessageRenderer
from riung.whatsapp.send_failure import Verdict, handle_failure
from riung.whatsapp.store import Store

log = structlog.get_logger()

Chat = tuple[str, str]
"""(conversation id, phone number id)"""

UNKNOWN_WAIT = 30.0
"""Seconds to wait for a status of a message that may have gone out (Meta §8)."""

MEDIA_WAIT = 3.0
"""Seconds a text waits until the picture before it is delivered: texts overtake media (Meta §7)."""

LOOK_EVERY = 2.0
"""Seconds between two looks for a status that another worker process may have got."""

RECEIPT_WAIT = 1.0
"""Seconds an answer waits for its read mark, which would show "typing …" after it."""


class Sender:
    """Drains the outbox. `wake` tells it that a chat has something to send."""

    def __init__(
        self,
        store: Store,
        leases: Leases,
        graph: Graph,
        writer: MessageRenderer,
        rules: ErrorTable,
        metrics: Metrics,
        clock: Callable[[], float],
        unknown_wait: float = UNKNOWN_WAIT,
        workers: int = 1,
    ) -> None:
        self._store, self._leases, self._graph, self._writer = store, leases, graph, writer
        self._rules, self._metrics, self._clock = rules, metrics, clock
        self._unknown_wait, self._workers = unknown_wait, workers
        self.lanes: dict[str, Lane] = {}
        self._persons: dict[Chat, Pace] = {}
        self._woken: dict[Chat, Kind] = {}
        self._drains: dict[Chat, asyncio.Task[None]] = {}
        self._receipts: dict[Chat, asyncio.Task[None]] = {}
        self._watched: dict[str, asyncio.Event] = {}
        self._in_flight = 0
        self._closing = False
        self.stops: dict[str, str] = {}
        """The error by which each number, or all of them (`ALL_NUMBERS`), was stopped."""
        self._held: set[str] = set()
        self.on_change: Callable[[Chat], None] = lambda chat: None
        """Called when the state of one of a chat's messages changed."""
        metrics.follow(metrics.held, lambda: len(self._held))

    async def resume(self, age: float = 0.0) -> None:
        """Take up messages written `age` seconds ago that nobody sends, and heed what another
        worker was told of numbers that may send or may not.
        """
        self._heed(await self._store.run(outbox.stopped))
        chats = await self._store.run(partial(outbox.open_chats, before=self._clock() - age))
        taken = await self._leases.held_by_others()
        for conversation_id, number, kind in chats:
            if _lease_of((conversation_id, number)) not in taken:
                self.wake((conversation_id, number), kind)

    def wake(
        self, chat: Chat, kind: Kind = "reply", receipt: asyncio.Task[None] | None = None
    ) -> None:
        """Send the chat's messages: one was just committed to the outbox.

        `receipt` is the read mark under way, which has to arrive before the answer.
        """
        if receipt:
            self._receipts[chat] = receipt
        if self._woken.get(chat) != "reply":
            self._woken[chat] = kind
        if chat not in self._drains:
            with logs.about(chat[0]):
                self._drains[chat] = asyncio.create_task(self._drain(chat))

    def status_came(self, key: str) -> None:
        """A status tells that the message with this key went out."""
        if watch := self._watched.get(key):
            watch.set()

    def lane(self, phone_number_id: str) -> Lane:
        """The lane of a number."""
        if phone_number_id not in self.lanes:
            at_once = max(NUMBER_PER_SECOND // self._workers, 1)
            pace = Pace(self._workers / NUMBER_PER_SECOND, at_once)
            stop = self._stop_of(phone_number_id)
            lane = self.lanes[phone_number_id] = Lane(pace, time.monotonic, stopped=stop)
            queued, stopped = self._metrics.queued, self._metrics.stopped
            self._metrics.follow(queued.labels(phone_number_id), lambda: lane.queued)
            self._metrics.follow(stopped.labels(phone_number_id), lambda: lane.stopped is not None)
        return self.lanes[phone_number_id]

    async def resume_sending(self) -> None:
        """Somebody mended the cause of a stop, or started anew: all workers try again."""
        await self._store.run(outbox.lift_stops)
        self._heed({})

    def _heed(self, stops: dict[str, str]) -> None:
        self.stops = stops
        for number, lane in self.lanes.items():
            code = self._stop_of(number)
            lane.stop(code) if code else lane.resume()

    def _stop_of(self, phone_number_id: str) -> str | None:
        return self.stops.get(outbox.ALL_NUMBERS) or self.stops.get(phone_number_id)

    async def release_held(self, template: str = "") -> None:
        """WhatsApp opened a template again, or may have (with ""): what waited for it is tried."""
        release = partial(outbox.release_held, template=template, now=self._clock())
        for chat in await self._store.run(release):
            self.wake(chat, "bulk")
        self._held.discard(template)

    def template_closed(self, template: str) -> None:
        """WhatsApp paused or disabled a template: one alarm, until it is opened again."""
        if template and template not in self._held:
            self._held.add(template)
            log.critical("sender.template_held", template=template)

    def apply(self, verdict: Verdict, chat: Chat) -> None:
        """Act on the failure of a message that had been accepted."""
        self._slow_down(verdict, chat[1])
        if verdict.again:
            loop = asyncio.get_running_loop()
            loop.call_later(_spread(verdict.pause), self.wake, chat, "reply")

    async def drain(self, seconds: float) -> None:
        """Let requests under way finish; what waits is found again at the next start."""
        self._closing = True
        deadline = time.monotonic() + seconds
        while self._in_flight and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        drains = list(self._drains.values())
        for drain in drains:
            drain.cancel()
        await asyncio.gather(*drains, return_exceptions=True)

    async def _drain(self, chat: Chat) -> None:
        """Send a chat's messages until there are none."""
        lease = _lease_of(chat)
        try:
            while chat in self._woken and await self._leases.acquire(lease):
                await self._send_all(chat)
                if not await self._leases.release(lease, partial(outbox.has_open, chat=chat)):
                    self._woken.setdefault(chat, "reply")
        except Exception:
            log.exception("sender.failed")  # the message stays in the outbox for the next start
        finally:
            del self._drains[chat]
            self._woken.pop(chat, None)

    async def _send_all(self, chat: Chat) -> None:
        following: Kind | None = self._woken.pop(chat, None)
        while following:
            again, following = await self._send_next(chat, following)
            following = again or following or self._woken.pop(chat, None)

    async def _send_next(self, chat: Chat, kind: Kind) -> tuple[Kind | None, Kind | None]:
        """Send one message; its kind if it has to be tried again, and the kind of the next."""
        merge = await self._pass_person(chat)
        await self.lane(chat[1]).slot(is_reply=kind == "reply")
        if self._closing:
            return None, None
        self._woken.pop(chat, None)
        self._in_flight += 1  # from here to the commit of its outcome a graceful stop waits
        try:
            message, following = await self._next_to_send(chat, merge)
            failure = await self._attempt(message, is_last=not following) if message else None
        finally:
            self._in_flight -= 1
        if message is None or failure is None:
            return None, following
        again = await self._handle_failure(message, failure)
        return (message.kind if again else None), following

    async def _next_to_send(
        self, chat: Chat, merge: bool
    ) -> tuple[OutboxMessage | None, Kind | None]:
        now = self._clock()
        find_next = partial(
            outbox.next_to_send,
            conversation_id=chat[0],
            phone_number_id=chat[1],
            now=now,
            merge=merge,
        )
        message, following = await self._store.run_until_done(find_next)
        if message is None:
            self.lane(chat[1]).pace.give_back()
        else:
            self._person(chat).take(time.monotonic())
        return message, following

    async def _pass_person(self, chat: Chat) -> bool:
        """Wait until the person may get one more; True if there was a wait."""
        if receipt := self._receipts.pop(chat, None):
            await asyncio.wait({receipt}, timeout=RECEIPT_WAIT)
            receipt.cancel()
        delay = self._person(chat).delay(time.monotonic())
        if delay > 0:
            await asyncio.sleep(delay)
        return delay > 0

    def _person(self, chat: Chat) -> Pace:
        if len(self._persons) > 50_000:  # a day's writers; an idle one's credit is full again
            now = time.monotonic()
            self._persons = {
                key: pace for key, pace in self._persons.items() if not pace.is_full(now)
            }
        return self._persons.setdefault(chat, Pace(PERSON_INTERVAL, PERSON_BURST))

    async def _attempt(self, message: OutboxMessage, is_last: bool) -> str | None:
        """Send once; None, or the code of what went wrong."""
        if message.state == "unknown":
            return INTERRUPTED
        try:
            body = await self._writer.body(message, self._clock())
            if body is None:
                return WINDOW_SHUT
            with tracing.stage("send"):
                wamid = await self._graph.send(message.phone_number_id, body)
        except UnreachableError:
            return UNREACHABLE
        except RefusedError as error:
            return error.code
        except UnsureError:
            return UNKNOWN
        self._count(message, "accepted")
        if body["type"] == "template" and message.template:
            self._held.discard(message.template["name"])
        accepted = partial(outbox.accepted, message=message, wamid=wamid, now=self._clock())
        await self._store.run_until_done(accepted)
        self.on_change((message.conversation_id, message.phone_number_id))
        if not is_last and body["type"] in ("image", "video", "document"):
            await self._status_within(message, MEDIA_WAIT)
        return None

    async def _status_within(self, message: OutboxMessage, seconds: float) -> bool:
        """Whether a status of the message came; the store knows those other workers got."""
        watch = self._watched[message.key] = asyncio.Event()
        deadline = time.monotonic() + seconds
        try:
            while not await self._went_out(message):
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(watch.wait(), min(left, LOOK_EVERY))
                watch.clear()
            return True
        finally:
            del self._watched[message.key]

    async def _went_out(self, message: OutboxMessage) -> bool:
        state = await self._store.run_until_done(partial(outbox.state_of, message_id=message.id))
        return state not in (*outbox.OPEN, "accepted")

    async def _handle_failure(self, message: OutboxMessage, code: str) -> bool:
        """Act on the failure; True when the message is to be tried again, now or when it may."""
        if code in DOUBTS and await self._status_within(message, self._unknown_wait):
            self._count(message, "accepted")
            return False
        self._count(message, code)
        verdict = await self._store.run_until_done(
            partial(
                handle_failure, message=message, code=code, rules=self._rules, now=self._clock()
            )
        )
        self._slow_down(verdict, message.phone_number_id)
        self.on_change((message.conversation_id, message.phone_number_id))
        if verdict.again and verdict.scope in ("message", "recipient"):
            await asyncio.sleep(_spread(verdict.pause))
        return verdict.again

    def _slow_down(self, verdict: Verdict, phone_number_id: str) -> None:
        """Pause or stop the number, or all of them, as the error's scope says."""
        self.template_closed(verdict.held)
        if verdict.stop:
            number = outbox.ALL_NUMBERS if verdict.scope == "all" else phone_number_id
            self._heed({**self.stops, number: verdict.code})
            log.critical("sender.stopped", scope=verdict.scope, code=verdict.code)
        elif verdict.scope == "number" and verdict.again:
            self.lane(phone_number_id).pause(_spread(verdict.pause))

    def _count(self, message: OutboxMessage, result: str) -> None:
        self._metrics.sends.labels(message.phone_number_id, result).inc()
        if result == "accepted" and message.kind == "reply":
            self._metrics.answer.observe(max(self._clock() - message.created_at, 0))
        level: Any = log.info if result == "accepted" else log.warning
        level("sender.sent", result=result, kind=message.kind, attempt=message.attempts)


def _lease_of(chat: Chat) -> str:
    return f"outbox:{chat[0]}:{chat[1]}"


def _spread(pause: float) -> float:
    """A pause with jitter: between three quarters and five quarters of it."""
    return pause * random.uniform(0.75, 1.25)  # noqa: S311  (spreads load, guards nothing)
