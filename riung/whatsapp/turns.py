"""Works on stored messages: one turn of the dialogue at a time for a person, many persons at once.

Rasa keeps order with a lock that polls once a second; ten quick messages of one person took nine
seconds (Meta §6). So each person's messages wait in a queue of ours, and Rasa's lock is never
contended. A turn ends in one transaction: its answers are in the outbox and its message is done,
or neither.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from sqlalchemy.engine import Connection

from riung import logs, tracing
from riung.dialogue.turn_limit import TurnLimit, slot_released
from riung.localized import Localized
from riung.sanitizer import intent_of, neutralise
from riung.whatsapp import inbox, outbox
from riung.whatsapp.bubble import Bubble, Draft
from riung.whatsapp.evidence import Evidence, file_of
from riung.whatsapp.graph import Graph, GraphError
from riung.whatsapp.inbox import InboxMessage
from riung.whatsapp.introductions import Introductions
from riung.whatsapp.leases import Leases
from riung.whatsapp.media import MediaFiles, request_file
from riung.whatsapp.metrics import Metrics
from riung.whatsapp.outbox import ReplyTo
from riung.whatsapp.sender import Sender
from riung.whatsapp.store import Store
from riung.whatsapp.words import Words

log = structlog.get_logger()

TURN_TIMEOUT = 30.0
"""Seconds a turn may take before the citizen is told that we are out of order."""

AGAIN_AFTER = (0.5, 1.0, 2.0, *[4.0] * 8)
"""Seconds before each new try of a turn that found the conversations' database or the locks away:
in all longer than a restart of theirs takes. Then the citizen is told that we are out of order."""

UNSUPPORTED_EVERY = 60.0
"""Seconds between two "I can't read that" to one person (Meta §10.10)."""


@dataclass(frozen=True)
class DialogueInput:
    """One message as the dialogue engine takes it; `metadata` is what actions know of it."""

    conversation_id: str
    message_id: str
    text: str
    metadata: dict[str, Any]


class AwayError(RuntimeError):
    """What the dialogue needs is away; the same call may be tried again. The text says why."""


@dataclass(frozen=True)
class Dialogue:
    """What the channel needs of the dialogue engine. Each call may raise `AwayError`.

    Attributes:
        converse: runs one turn; its answers go into the draft.
        note: writes a message into the transcript and answers nothing.
        is_paused: whether an officer has taken the conversation over.
        is_awaited: whether somebody has asked for an officer there who has not come yet.
        needs_files: whether files sent there are evidence: a form asks for them, or an officer
            answers.
        has_evidence: whether files sent there a while ago are evidence, too: of a complaint, or of
            what an officer is asked for.
        accepts_intent: whether a tapped button may name this intent.
        is_ready: whether turns can run.
        forget: deletes a conversation's transcript.
        language: what a conversation is held in; "id" where nobody knows.
    """

    converse: Callable[[DialogueInput, Draft], Awaitable[object]]
    note: Callable[[DialogueInput], Awaitable[object]]
    is_paused: Callable[[str], Awaitable[bool]]
    is_awaited: Callable[[str], Awaitable[bool]]
    needs_files: Callable[[str], Awaitable[bool]]
    has_evidence: Callable[[str], Awaitable[bool]]
    accepts_intent: Callable[[str], bool]
    is_ready: Callable[[], bool]
    forget: Callable[[str], None]
    language: Callable[[str], Awaitable[str]]


async def language_of(dialogue: Dialogue, conversation_id: str) -> str:
    """What a conversation is held in; Indonesian while the dialogue cannot tell."""
    try:
        return await dialogue.language(conversation_id)
    except Exception:
        log.exception("turn.language_unknown")
        return "id"


def _lease_of(conversation_id: str) -> str:
    return f"turns:{conversation_id}"


async def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    running = list(tasks)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


class Turns:
    """Works off what the inbox holds. `add` tells it whose messages were stored."""

    def __init__(
        self,
        store: Store,
        leases: Leases,
        sender: Sender,
        graph: Graph,
        dialogue: Dialogue,
        office_id_of: Callable[[str], str],
        words: Words,
        media: MediaFiles,
        introductions: Introductions,
        metrics: Metrics,
        clock: Callable[[], float],
    ) -> None:
        self._store, self._leases, self._sender, self._graph = store, leases, sender, graph
        self._dialogue, self._office_id_of, self._words = dialogue, office_id_of, words
        self._media, self._metrics, self._clock = media, metrics, clock
        self._introductions = introductions
        self._evidence = Evidence(media, dialogue.needs_files, dialogue.has_evidence, clock)
        self._ready = asyncio.Event()
        self._starting: asyncio.Task[None] | None = None
        self._turn_limit = TurnLimit()
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._news: set[str] = set()
        self._closing = False
        self._silent: set[str] = set()  # an officer answers there; no answer of ours is coming
        self._excused: dict[str, float] = {}
        metrics.follow(metrics.working, lambda: len(self._workers))

    def begin(self) -> None:
        """Start working as soon as the dialogue is ready; until then messages wait."""
        self._starting = asyncio.create_task(self._begin())

    async def _begin(self) -> None:
        while not self._dialogue.is_ready():
            await asyncio.sleep(0.5)
        await self._evidence.remember()
        self._ready.set()

    async def resume(self, age: float = 0.0) -> None:
        """Take up what was answered 200 `age` seconds ago and nobody works on."""
        find = partial(inbox.conversations_with_work, now=self._clock(), age=age)
        waiting = await self._store.run(find)
        taken = await self._leases.held_by_others()
        self.add(name for name in waiting if _lease_of(name) not in taken)

    def add(self, conversation_ids: Iterable[str]) -> None:
        """Work on these conversations: messages of theirs were stored."""
        for name in conversation_ids:
            if name in self._workers:
                self._news.add(name)
            else:
                with logs.about(name):  # the task takes the context along
                    self._workers[name] = asyncio.create_task(self._work(name))

    async def drain(self, seconds: float) -> None:
        """Let running turns finish; what waits is found again at the next start."""
        self._closing = True
        if self._starting:
            self._starting.cancel()
        if self._workers and self._ready.is_set():
            await asyncio.wait(set(self._workers.values()), timeout=seconds)
        await _cancel(self._workers.values())

    async def _work(self, name: str) -> None:
        """Work on a conversation's messages until there are none."""
        await self._ready.wait()
        lease = _lease_of(name)
        try:
            while await self._leases.acquire(lease):
                self._news.discard(name)
                await self._work_off(name)
                is_idle = await self._leases.release(lease, partial(inbox.has_work, name=name))
                if self._closing or (is_idle and name not in self._news):
                    break
        except Exception:
            log.exception("turns.stuck")  # its messages are taken up again with the next chores
        finally:
            self._news.discard(name)
            del self._workers[name]

    async def _work_off(self, name: str) -> None:
        find = partial(inbox.next_of, conversation_id=name)
        message, more = await self._store.run_until_done(find)
        while message:
            async with self._turn_limit.hold():
                if self._closing:
                    return
                with tracing.first_span("turn", kind=message.message["type"]):
                    message, more = await self._turn(message, is_last=not more)

    async def _turn(self, message: InboxMessage, is_last: bool) -> tuple[InboxMessage | None, bool]:
        """Work on one message; the next one, and whether there are more."""
        started = time.perf_counter()
        receipt = self._mark_read(message) if is_last else None
        await self._introductions.tell(message.conversation_id)
        bubbles, file_id = await self._worked_out(message)
        complete = partial(self._complete, message=message, bubbles=bubbles, file_id=file_id)
        done, following = await self._store.run_until_done(complete)
        for needed in [file_id] if file_id else await self._earlier_files(message):
            self._media.fetch_soon(needed)
        self._metrics.turn.observe(time.perf_counter() - started)
        if done and bubbles:
            chat = (message.conversation_id, message.phone_number_id)
            self._sender.wake(chat, receipt=receipt)
        return following

    async def _worked_out(self, message: InboxMessage) -> tuple[list[Bubble], str]:
        """Its answers and the file that is wanted of it, tried again while something is away."""
        for pause in AGAIN_AFTER:
            try:
                bubbles = await self._answer(message)
                return bubbles, await self._evidence.needed(message, self._is_late(message))
            except AwayError as error:
                log.warning("turn.waits", inbox=message.id, reason=str(error))
            async with slot_released():
                await asyncio.sleep(pause)
        log.error("turn.given_up", inbox=message.id)
        self._metrics.turns.labels("failed").inc()
        return [await self._fixed(self._words.gangguan, message)], file_of(message)

    def _complete(
        self, connection: Connection, message: InboxMessage, bubbles: list[Bubble], file_id: str
    ) -> tuple[bool, tuple[InboxMessage | None, bool]]:
        """The one transaction: the message is done and its answers are written, or neither."""
        now = self._clock()
        done = inbox.finish(connection, message.id, now)
        if file_id:
            request_file(connection, file_id)
        if done and bubbles:
            reply_to = ReplyTo(
                message.conversation_id, message.phone_number_id, message.wamid, message.timestamp
            )
            outbox.enqueue(connection, reply_to, bubbles, now)
        return done, inbox.next_of(connection, message.conversation_id)

    async def _earlier_files(self, message: InboxMessage) -> list[str]:
        try:
            return await self._evidence.earlier(message)
        except AwayError:
            return []  # asked again with the next message

    def _mark_read(self, message: InboxMessage) -> asyncio.Task[None] | None:
        """Blue ticks and "typing …", once a turn and only if an answer is coming."""
        if message.conversation in self._silent or message.is_unreadable or self._is_late(message):
            return None
        return asyncio.create_task(self._receipt(message))

    async def _receipt(self, message: InboxMessage) -> None:
        try:
            await self._graph.mark_read(message.phone_number_id, message.wamid)
        except GraphError as error:
            log.info("receipt.failed", reason=type(error).__name__)

    async def _answer(self, message: InboxMessage) -> list[Bubble]:
        if message.is_unreadable or self._is_late(message):
            return await self._tell_officers(message)
        draft = Draft()
        result = "failed"
        try:
            turn = self._dialogue.converse(self._dialogue_input(message), draft)
            await asyncio.wait_for(turn, TURN_TIMEOUT)
            result = "answered" if draft.bubbles() else await self._why_silent(message)
        except AwayError:
            raise
        except asyncio.TimeoutError:
            log.error("turn.timeout", inbox=message.id)
        except Exception:
            log.exception("turn.failed", inbox=message.id)
        self._metrics.turns.labels(result).inc()
        if result == "paused":
            self._silent.add(message.conversation)
            return []
        self._silent.discard(message.conversation)
        if result == "answered":
            return draft.bubbles()
        return [await self._fixed(self._words.gangguan, message)]

    async def _fixed(self, words: Localized, message: InboxMessage) -> Bubble:
        """One of our own sentences, in the conversation's language."""
        language = await language_of(self._dialogue, message.conversation)
        return Bubble(words.in_language(language), language=language)

    async def _tell_officers(self, message: InboxMessage) -> list[Bubble]:
        """What the bot may not or cannot answer: it stands in the transcript for whoever looks."""
        paused = await self._is_paused(message)
        if paused or await self._is_for_people(message):
            try:
                await self._dialogue.note(self._dialogue_input(message))
            except AwayError:
                raise
            except Exception:
                log.exception("turn.not_noted", inbox=message.id)
        is_excused = paused or self._is_late(message) or message.outcome != "unsupported"
        return [] if is_excused else await self._excuse(message)

    async def _is_for_people(self, message: InboxMessage) -> bool:
        """Whether an officer will read it although none has taken the conversation over yet."""
        came_late = self._is_late(message) and not message.is_aside
        return came_late or await self._dialogue.is_awaited(message.conversation)

    def _is_late(self, message: InboxMessage) -> bool:
        """Whether it came when nothing free-form may be sent any more (Meta §7)."""
        return self._clock() - message.timestamp > inbox.STALE_AFTER

    async def _why_silent(self, message: InboxMessage) -> str:
        """A turn without words is right while an officer answers, and a fault otherwise."""
        paused = await self._is_paused(message)
        if not paused:
            log.error("turn.empty", inbox=message.id)
        return "paused" if paused else "empty"

    async def _is_paused(self, message: InboxMessage) -> bool:
        return await self._dialogue.is_paused(message.conversation)

    async def _excuse(self, message: InboxMessage) -> list[Bubble]:
        """Say "I can't read that", at most once a minute; nothing to the NLU."""
        now = self._clock()
        if now - self._excused.get(message.conversation, 0) < UNSUPPORTED_EVERY:
            return []
        if len(self._excused) > 10_000:
            self._excused.clear()
        self._excused[message.conversation] = now
        return [await self._fixed(self._words.tidak_didukung, message)]

    def _dialogue_input(self, message: InboxMessage) -> DialogueInput:
        content, said = message.message, self._text_for_dialogue(message)
        metadata = {
            "office": self._office_id_of(message.phone_number_id),
            "phone_number_id": message.phone_number_id,
            "wamid": message.wamid,
            "timestamp": message.timestamp,
            "arrival": message.id,
            "type": content["type"],
            **content["extra"],
        }
        if self._is_late(message):
            metadata["late"] = True
        if said != content["text"]:
            metadata["title"] = content["text"]  # what was tapped or captioned, for people to read
        return DialogueInput(message.conversation, message.wamid, said, metadata)

    def _text_for_dialogue(self, message: InboxMessage) -> str:
        """A command only if it is ours or names an intent of ours; else the words (Meta §10.9)."""
        text, command = message.message["text"], message.message["command"]
        if not command:
            return str(text)
        own = message.outcome != "choice"
        if own or self._dialogue.accepts_intent(intent_of(command) or ""):
            return str(command)
        return str(text) or neutralise(str(command))
