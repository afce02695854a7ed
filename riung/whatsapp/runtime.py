"""The channel put together: takes deliveries, and starts and stops its parts in order."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy.engine import Connection

from riung import clock
from riung import conversation_id as names
from riung.office.model import Office
from riung.office.offices import default_office, office_for_phone_number_id
from riung.privacy import mask
from riung.settings import Settings
from riung.whatsapp import inbox, payloads, retention
from riung.whatsapp.bubble import Bubble
from riung.whatsapp.delivery_news import DeliveryNews
from riung.whatsapp.errors import read_error_table
from riung.whatsapp.graph import Graph
from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.inbox import Stored
from riung.whatsapp.introductions import Introductions, not_introduced
from riung.whatsapp.leases import RENEW_SECONDS, Leases
from riung.whatsapp.media import MediaFiles, take_back_wrong_ends
from riung.whatsapp.metrics import Metrics
from riung.whatsapp.outbox import ReplyTo, enqueue
from riung.whatsapp.rendering import MessageRenderer
from riung.whatsapp.sender import UNKNOWN_WAIT, Sender
from riung.whatsapp.statuses import Failure, record
from riung.whatsapp.store import Store
from riung.whatsapp.templates import read_templates
from riung.whatsapp.turns import Dialogue, Turns, language_of
from riung.whatsapp.updates import Template, Update
from riung.whatsapp.uploads import Uploads
from riung.whatsapp.words import read_words

log = structlog.get_logger()

DRAIN = 15.0
"""Seconds a graceful stop gives running turns and sends (Meta §10)."""

TOLD_EVERY = 600
"""Seconds in which somebody who writes too much is told so once."""

CLOCK_EVERY = 20
"""Rounds of housekeeping between two looks at Meta's clock: five minutes."""

EXPIRE_EVERY = 240
"""Rounds of housekeeping between two deletions of what is too old: an hour."""


class WhatsAppService:
    """One process's WhatsApp channel. Open it in the loop that serves the webhook."""

    def __init__(
        self,
        settings: Settings,
        dialogue: Dialogue,
        unknown_wait: float = UNKNOWN_WAIT,
    ) -> None:
        self.settings, self.dialogue, self.now = settings, dialogue, self._moment
        self._offices: dict[str, Office | None] = {}
        self._offices_until = 0.0
        self.metrics = Metrics()
        self.rules = read_error_table()
        self.templates = read_templates()
        words = self.words = read_words()
        workers = settings.all_rasa_workers
        self.store = Store(settings.channel_database_url, several_workers=workers > 1)
        self.graph = Graph(settings.whatsapp_graph_url, settings.whatsapp_access_token)
        self.media = MediaFiles(self.store, self.graph, settings.var_dir / "media", self.now)
        self.introductions = Introductions(
            self.store, self.graph, settings.backend_url, settings.api_key
        )
        self.news = DeliveryNews(self.store, self.graph, settings.backend_url, settings.api_key)
        self.uploads = Uploads(self.graph, (settings.backend_url,))
        writer = MessageRenderer(words, self.templates, self.uploads, self.metrics)
        self.leases = Leases(self.store, several_workers=workers > 1)
        self.sender = Sender(
            self.store,
            self.leases,
            self.graph,
            writer,
            self.rules,
            self.metrics,
            self.now,
            unknown_wait,
            workers,
        )
        self.sender.on_change = self.news.of_chat
        self.turns = Turns(
            self.store,
            self.leases,
            self.sender,
            self.graph,
            dialogue,
            self._office_id_of,
            words,
            self.media,
            self.introductions,
            self.metrics,
            self.now,
        )

    def _moment(self) -> float:
        """Unix seconds by the project's clock, and by Meta's where ours is hours off: citizens are
        answered all the same, and `readyz` tells the operator.
        """
        return _now() - (0.0 if self.graph.is_clock_right else self.graph.clock_off)

    def office_of(self, phone_number_id: str) -> Office | None:
        """The office of a number; remembered for a second, for looking at files takes its time."""
        now = time.monotonic()
        if now > self._offices_until:
            self._offices, self._offices_until = {}, now + 1
        if phone_number_id not in self._offices:
            self._offices[phone_number_id] = office_for_phone_number_id(phone_number_id)
        return self._offices[phone_number_id]

    async def open(self) -> None:
        """Open the store and take up what an earlier process left.

        Raises:
            StoreError: the database cannot be opened.
        """
        self.settings.var_dir.mkdir(parents=True, exist_ok=True)
        self.store.open()
        await self.graph.open()
        await self.store.run(take_back_wrong_ends)
        await self.introductions.look()
        await self.sender.resume_sending()  # a new access token comes with a restart
        await self._take_up()
        self._chores = asyncio.create_task(self._keep_house())
        self._telling = asyncio.create_task(self.news.run())

    async def close(self) -> None:
        """Finish what runs, within limits; lose nothing."""
        self._chores.cancel()
        self._telling.cancel()
        await self.turns.drain(DRAIN / 2)
        await self.sender.drain(DRAIN / 2)
        await self.graph.close()
        await self.store.close()

    async def receive(self, body: bytes) -> list[str]:
        """Store a verified delivery, then hand its work on; the outcome of each update.

        Raises:
            StoreError: nothing was stored; Meta has to deliver again.
        """
        updates = payloads.parse(body, lambda number: self.office_of(number) is not None)
        for template in filter(None, (update.template for update in updates)):
            await self._template_changed(template)
        if not any(update.message or update.status or update.rekey for update in updates):
            self._report(updates)
            return [update.outcome for update in updates]
        stored, failures, new = await self.store.run(partial(self._store, updates=updates))
        self.introductions.add(new)
        if any(update.rekey for update in updates):
            await self.introductions.look()
        self.turns.add(stored.conversations)
        for conversation in stored.overrun:
            await self._say_too_many(conversation)
        for status in filter(None, (update.status for update in updates)):
            self.news.of_status(status.wamid)
            if status.key:
                self.sender.status_came(status.key)
        for failure in failures:
            self.sender.apply(failure.verdict, failure.chat)
        self._report(stored.updates)
        return [update.outcome for update in stored.updates]

    async def _template_changed(self, change: Template) -> None:
        registered = {template.nama: name for name, template in self.templates.items()}
        name = registered.get(change.name, "")
        if name and change.is_closed:
            self.sender.template_closed(name)
        elif name and change.is_open:
            await self.sender.release_held(name)

    async def _say_too_many(self, conversation: str) -> None:
        """Tell somebody, once a while, that not all of their messages are read."""
        language = await language_of(self.dialogue, conversation)
        words = self.words.terlalu_banyak.in_language(language)
        key = f"overrun:{conversation}:{self.now() // TOLD_EVERY:.0f}"
        await self.say(conversation, [Bubble(words, language=language)], key)

    async def exposition(self) -> bytes:
        """All figures, with how long the oldest message waits.

        Raises:
            StoreError: the database cannot be read.
        """
        since = await self.store.run(inbox.oldest_waiting)
        self.metrics.oldest.set(max(self.now() - since, 0) if since else 0)
        return self.metrics.text()

    async def say(self, conversation: str, bubbles: list[Bubble], key: str | None = None) -> None:
        """Send on the dialogue's own initiative, or an officer's, from the conversation's number.

        `key` names what is said; the same key sends nothing twice.

        Raises:
            LookupError: nobody of that name ever wrote to a number of ours.
            StoreError: nothing was stored.
        """
        chat = await self.store.run(partial(_enqueue, self.now, conversation, bubbles, key))
        self.sender.wake(chat)

    async def forget(self, person: str) -> None:
        """Delete a citizen's traces in the channel and the transcripts of all conversations.

        Raises:
            StoreError: the channel's part was not deleted.
        """
        numbers = await self.store.run(partial(inbox.numbers_of, conversation_id=person))
        for conversation in (person, *(names.conversation_id(person, one) for one in numbers)):
            self.dialogue.forget(conversation)
        forget = partial(retention.forget, conversation_id=person)
        self.media.delete_files(await self.store.run(forget))

    async def _take_up(self, age: float = 0.0) -> None:
        await self.sender.resume(age)
        await self.turns.resume(age)

    async def _keep_house(self) -> None:
        """Delete what is too old; take up what a dead worker left, or a failure of this one.

        What has just come in is left to whoever took it: all workers reaching for the same
        messages would be work for nothing.
        """
        for round_number in itertools.count():
            try:
                if round_number % CLOCK_EVERY == 0:
                    await self.graph.look_at_clock()
                if round_number % EXPIRE_EVERY == 0:
                    expire = partial(retention.expire, now=self.now())
                    self.media.delete_files(await self.store.run(expire))
                    await self.sender.release_held()
                await self.media.fetch_wanted()
                await self.introductions.tell_all()
                await self.leases.renew()
                await self._take_up(age=RENEW_SECONDS)
                self.metrics.look()
            except StoreError:
                log.warning("service.chores_postponed")
            await asyncio.sleep(RENEW_SECONDS)

    def _store(
        self, connection: Connection, updates: list[Update]
    ) -> tuple[Stored, list[Failure], dict[str, list[str]]]:
        now = self.now()
        stored = inbox.store_messages(connection, updates, now)
        failures = []
        for update in updates:
            office = self.office_of(update.phone_number_id) if update.status else None
            if update.status and office:
                number = update.phone_number_id
                failure = record(connection, update.status, number, office, self.rules, now)
                failures += [failure] if failure else []
        return stored, failures, not_introduced(connection, stored.conversations)

    def _report(self, updates: list[Update]) -> None:
        for update in updates:
            self.metrics.updates.labels(update.outcome).inc()
            if update.message and (office := self.office_of(update.phone_number_id)):
                self.metrics.messages.labels(office.id, update.message.type, update.outcome).inc()
            if update.outcome.startswith(("drop:", "ignore:", "log:", "stale")):
                log.info("webhook.update", outcome=update.outcome, reason=mask(update.reason))

    def _office_id_of(self, phone_number_id: str) -> str:
        office = self.office_of(phone_number_id)
        return (office or default_office()).id


def _now() -> float:
    """Unix seconds by the project's clock."""
    return clock.now().timestamp()


def _enqueue(
    now: Callable[[], float],
    conversation: str,
    bubbles: list[Bubble],
    key: str | None,
    connection: Connection,
) -> tuple[str, str]:
    person = names.person_of(conversation)
    known = inbox.numbers_of(connection, person)
    number = names.number_of(conversation) or next(iter(known), "")
    if number not in known:
        raise LookupError("no number of ours knows this conversation")
    enqueue(connection, ReplyTo(person, number), bubbles, now(), key=key)
    return person, number
