"""Rasa's input channel for the WhatsApp Cloud API: the webhook, health, and the desk's API.

In `credentials.yml`, without options (the secrets come from the environment):

    riung.whatsapp.channel.WhatsAppInput:

Only `/webhooks/whatsapp/webhook` is for the outside; the rest is for the office's own net.
"""

from __future__ import annotations

import asyncio
import hmac
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, raw, text

from riung import tracing
from riung.dialogue.applied import IN_FORM, answers_given
from riung.dialogue.away import AWAY
from riung.dialogue.confidential import FORM, OWNER_SLOT, WAITING
from riung.dialogue.model import fingerprint
from riung.dialogue.tracker_store import PrivateTrackerStore
from riung.settings import Settings, settings
from riung.whatsapp import readiness, signature
from riung.whatsapp.admin import Handler, add_admin_routes
from riung.whatsapp.bubble import Draft
from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.runtime import WhatsAppService
from riung.whatsapp.sender import UNKNOWN_WAIT
from riung.whatsapp.turns import AwayError, Dialogue, DialogueInput

log = structlog.get_logger()

BODY_LIMIT = 4 * 1024 * 1024
"""Bytes of a delivery; Meta sends at most 3 MB (Meta §3)."""

CHANNEL = "whatsapp"
"""The name by which Rasa chooses channel-specific responses."""

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class WhatsAppInput(InputChannel):
    """Verifies, stores, answers 200, and only then lets the dialogue work."""

    def __init__(self, configuration: Settings, unknown_wait: float = UNKNOWN_WAIT) -> None:
        missing = [name for name in _SECRETS if not getattr(configuration, name.lower())]
        if missing:
            raise RasaException(
                f"The WhatsApp channel needs {' and '.join(missing)} in the environment; "
                "without them anybody could write in Meta's name. See docs/whatsapp.md."
            )
        self._settings, self._unknown_wait = configuration, unknown_wait
        self.service: WhatsAppService | None = None

    @classmethod
    def name(cls) -> str:
        """The channel's name and the last part of its address."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Made by Rasa for the entry in `credentials.yml`.

        Raises:
            RasaException: a secret is missing; Rasa shows its one line and ends.
        """
        return cls(settings())

    def get_output_channel(self) -> OutputChannel | None:
        """For what is said outside a turn: an officer's answer, a reminder."""
        return DirectOutput(self.service) if self.service else None

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes under `/webhooks/whatsapp/`."""
        routes = Blueprint("whatsapp")
        routes.get("/webhook")(_plain(self._handshake))
        routes.post("/webhook", stream=True)(_plain(self._delivery))
        routes.get("/healthz")(_plain(self._healthz))
        routes.get("/readyz")(_plain(self._readyz))
        routes.get("/metrics")(_plain(self._metrics))
        add_admin_routes(routes, lambda: self._open_service, self._settings.api_key)

        async def start(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
            dialogue = _dialogue(app, on_new_message)
            self.service = WhatsAppService(self._settings, dialogue, self._unknown_wait)
            try:
                await self.service.open()
            except StoreError as error:
                sys.exit(str(error))  # one line for the operator instead of a traceback

        async def begin(_: Sanic, __: asyncio.AbstractEventLoop) -> None:
            self._open_service.turns.begin()  # Rasa has loaded its model
            self._open_service.metrics.model.labels(fingerprint()[:12]).set(1)

        async def stop(_: Sanic, __: asyncio.AbstractEventLoop) -> None:
            await self._open_service.close()

        routes.listener(start, "before_server_start")
        routes.listener(begin, "after_server_start")
        routes.listener(stop, "before_server_stop")
        return routes

    @property
    def _open_service(self) -> WhatsAppService:
        assert self.service is not None, "the server has started"
        return self.service

    async def _handshake(self, request: Request) -> HTTPResponse:
        """Meta checks that the address is ours (Meta §2)."""
        given = request.args.get("hub.verify_token") or ""
        known = self._settings.whatsapp_verify_token
        matches = hmac.compare_digest(given.encode("utf-8", "surrogateescape"), known.encode())
        if request.args.get("hub.mode") != "subscribe" or not matches:
            return empty(403)
        return text(request.args.get("hub.challenge") or "")

    async def _delivery(self, request: Request) -> HTTPResponse:
        """One POST of Meta: refused, or stored and answered 200."""
        started = time.perf_counter()
        service = self._open_service
        body = await _read_body(request)
        if body is None:
            service.metrics.refused.labels("too_large").inc()
            return empty(413)
        header = request.headers.get(signature.HEADER)
        if not header:
            service.metrics.refused.labels("unsigned").inc()
            return empty(401)
        if not signature.is_signed(body, header, self._settings.whatsapp_app_secret):
            service.metrics.refused.labels("wrong_signature").inc()
            return empty(403)
        try:
            with tracing.stage("receive"):
                await service.receive(body)
        except StoreError:
            return empty(503)  # Meta delivers again, which is what we want
        service.metrics.ack.observe(time.perf_counter() - started)
        return empty(200)

    async def _healthz(self, _: Request) -> HTTPResponse:
        return json({"status": "ok"})

    async def _readyz(self, request: Request) -> HTTPResponse:
        """Whether a message would be answered now, and which part stands in the way."""
        service = self._open_service
        checks = await readiness.checks(service, getattr(request.app.ctx, "agent", None))
        status = 200 if all(checks.values()) else 503
        return json(
            {"ready": status == 200, **checks, "stopped": service.sender.stops}, status=status
        )

    async def _metrics(self, _: Request) -> HTTPResponse:
        service = self._open_service
        try:
            figures = await service.exposition()
        except StoreError:
            figures = service.metrics.text()  # readyz tells of the store
        return raw(figures, content_type="text/plain; version=0.0.4")


class TurnOutput(OutputChannel):
    """Rasa's output channel for one turn: collects, sends nothing."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    @classmethod
    def name(cls) -> str:
        """The channel's name, by which Rasa chooses channel-specific responses."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one response of the turn."""
        self._draft.add(message)


class DirectOutput(OutputChannel):
    """Rasa's output channel outside a turn: each response goes to the outbox at once."""

    def __init__(self, service: WhatsAppService) -> None:
        self._service = service

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Queue one response for the citizen."""
        draft = Draft()
        draft.add(message)
        try:
            key = f"desk:{message['desk_key']}" if message.get("desk_key") else None
            await self._service.say(recipient_id, draft.bubbles(), key)
        except LookupError:
            log.error("direct.unknown_conversation")


_SECRETS = ("WHATSAPP_VERIFY_TOKEN", "WHATSAPP_APP_SECRET")


@contextmanager
def _away_told() -> Iterator[None]:
    """Tell a failure that passes by from one that does not."""
    try:
        yield
    except AWAY as error:
        raise AwayError(type(error).__name__) from error


async def _tracker_of(app: Sanic, conversation_id: str) -> DialogueStateTracker | None:
    with _away_told():
        store = app.ctx.agent.tracker_store
        found: DialogueStateTracker | None = await store.retrieve(conversation_id)
    return found


def _about(
    app: Sanic, holds: Callable[[DialogueStateTracker], bool]
) -> Callable[[str], Awaitable[bool]]:
    """Whether something holds of a conversation; nothing does of one that nobody knows."""

    async def look(conversation_id: str) -> bool:
        tracker = await _tracker_of(app, conversation_id)
        return tracker is not None and holds(tracker)

    return look


def _is_awaited(tracker: DialogueStateTracker) -> bool:
    return bool(tracker.get_slot(OWNER_SLOT) == WAITING)


def _needs_files(tracker: DialogueStateTracker) -> bool:
    return tracker.is_paused() or bool(tracker.active_loop_name) or _is_awaited(tracker)


def _has_evidence(tracker: DialogueStateTracker) -> bool:
    return tracker.is_paused() or _is_awaited(tracker) or tracker.active_loop_name == FORM


def _dialogue(app: Sanic, on_new_message: OnNewMessage) -> Dialogue:
    """Rasa as the channel's dialogue engine."""

    async def converse(said: DialogueInput, draft: Draft) -> None:
        with _away_told():
            await _converse(
                await _tracker_of(app, said.conversation_id), said, draft, on_new_message
            )

    async def note(said: DialogueInput) -> None:
        with _away_told():
            async with app.ctx.agent.lock_store.lock(said.conversation_id):
                await app.ctx.agent.log_message(_user_message(said, Draft()))

    def accepts_intent(intent: str) -> bool:
        return intent in app.ctx.agent.domain.intents and intent not in DEFAULT_INTENTS

    def is_ready() -> bool:
        agent = getattr(app.ctx, "agent", None)
        return agent is not None and agent.is_ready()

    def forget(conversation_id: str) -> None:
        store = app.ctx.agent.tracker_store
        if isinstance(store, PrivateTrackerStore):
            store.forget(conversation_id)

    async def language(conversation_id: str) -> str:
        tracker = await _tracker_of(app, conversation_id)
        return str((tracker and tracker.get_slot("bahasa")) or "id")

    return Dialogue(
        converse,
        note,
        _about(app, lambda tracker: bool(tracker.is_paused())),
        _about(app, _is_awaited),
        _about(app, _needs_files),
        _about(app, _has_evidence),
        accepts_intent,
        is_ready,
        forget,
        language,
    )


async def _converse(
    tracker: DialogueStateTracker | None,
    said: DialogueInput,
    draft: Draft,
    on_new_message: OnNewMessage,
) -> None:
    """Run the turn, or say again what was said where the conversation went on by it before."""
    answers = answers_given(tracker, said.message_id)
    if answers is None:
        if tracker is not None and tracker.active_loop_name:
            said.metadata[IN_FORM] = tracker.active_loop_name
        await on_new_message(_user_message(said, draft))
    for answer in answers or ():
        draft.add(answer)


def _user_message(said: DialogueInput, draft: Draft) -> UserMessage:
    return UserMessage(
        said.text,
        TurnOutput(draft),
        said.conversation_id,
        input_channel=CHANNEL,
        message_id=said.message_id,
        metadata=said.metadata,
    )


def _plain(method: Handler) -> Handler:
    """A function in place of a bound method: Sanic marks handlers with attributes of its own."""

    @wraps(method)
    async def handle(request: Request) -> HTTPResponse:
        return await method(request)

    return handle


async def _read_body(request: Request) -> bytes | None:
    """The raw bytes, untouched; None when there are more than we take."""
    chunks: list[bytes] = []
    size = 0
    while True:
        chunk = await request.stream.read() if request.stream else None
        if chunk is None:
            return b"".join(chunks)
        size += len(chunk)
        if size > BODY_LIMIT:
            return None
        chunks.append(chunk)
