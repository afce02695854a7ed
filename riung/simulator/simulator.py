"""The simulator itself: citizens' phones on one side, Meta's side of the Cloud API on the other."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections import deque
from collections.abc import Coroutine
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import uuid4

from riung import clock
from riung.office.offices import DRAFT_PHONE_NUMBER_ID
from riung.settings import Settings
from riung.simulator import webhook
from riung.simulator.chats import (
    MAX_CHATS,
    MAX_FILES,
    MAX_GUESTS,
    Bounded,
    Bubble,
    Chat,
    File,
    Status,
)
from riung.simulator.checks import TITLES
from riung.simulator.draft import DraftBot
from riung.simulator.feed import Feed
from riung.simulator.script import Citizen, Fault, Line, Script, guest
from riung.simulator.trace import MAX_TRACES, Trace
from riung.simulator.webhook_delivery import UNREACHABLE, Postman

Json = dict[str, Any]

WINDOW = 24 * 3600
"""Seconds after a citizen's message in which free-form answers are allowed (Meta §7)."""

TYPING = 25
"""Seconds a typing indicator lasts without an answer (Meta §7)."""

SENT_AFTER, DELIVERED_AFTER = 0.15, 0.35
"""Seconds between the Graph API's answer and the status webhooks: quick, and to be seen."""


class Simulator:
    """All simulated phones of one process. Methods run on the event loop.

    Args:
        play: citizens, faults and things to try.
        lines: the offices' WhatsApp numbers.
        config: where the channel listens, and the secrets.
        pace: factor on all waits; 0 in tests.
    """

    def __init__(
        self, play: Script, lines: list[Line], config: Settings, pace: float = 1.0
    ) -> None:
        self.play, self.config, self.pace = play, config, pace
        self.lines = {line.phone_number_id: line for line in lines}
        self.feed = Feed()
        self.chats: Bounded[str, Chat] = Bounded(MAX_CHATS)
        self.files: Bounded[str, File] = Bounded(MAX_FILES)
        self.traces: deque[Trace] = deque(maxlen=MAX_TRACES)
        self._guests: Bounded[str, Citizen] = Bounded(MAX_GUESTS)
        self.fault = play.gangguan[0]
        self.fault_once = True
        self._reachable = asyncio.Event()
        self._reachable.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.draft = DraftBot(config)
        if draft := self.draft.line():
            self.lines[draft.phone_number_id] = draft
        self._postmen = {url: self._postman(url) for url in (config.rasa_url, self.draft.url)}

    @property
    def citizens(self) -> dict[str, Citizen]:
        """Everybody who has a phone here, by id: the script's people and the guests."""
        return {citizen.id: citizen for citizen in (*self.play.warga, *self._guests.values())}

    # The citizens' side

    def chat(self, phone_number_id: str, citizen_id: str) -> Chat | None:
        """The chat of a citizen with a number; None when either is unknown."""
        line, citizen = self.lines.get(phone_number_id), self.citizens.get(citizen_id)
        if line is None or citizen is None:
            return None
        key = f"{phone_number_id}/{citizen_id}"
        if key not in self.chats:
            self.chats[key] = Chat(line, citizen)
        return self.chats[key]

    def write(self, chat: Chat, content: Json, reply_to: str | None = None) -> Bubble:
        """A citizen sends something; it is on its way when this returns."""
        at = _now()
        bubble = Bubble(webhook.new_message_id(), "citizen", at, content, reply_to=reply_to)
        chat.wrote_at = at
        self._show(chat, bubble)
        self._start(self._deliver_message(chat, bubble))
        return bubble

    def write_again(self, chat: Chat, bubble: Bubble) -> None:
        """Deliver a message once more that did not get through."""
        bubble.status, bubble.error = "pending", None
        self._show(chat, bubble)
        self._start(self._deliver_message(chat, bubble))

    def look_at(self, chat: Chat) -> None:
        """The citizen has the chat open: what arrived is reported as read."""
        for bubble in chat.bubbles:
            if bubble.by == "office" and bubble.status == "delivered":
                self._report(chat, bubble, "read")

    def clear(self, chat: Chat) -> None:
        """Empty the phone's display; the bot's own memory stays as it is."""
        chat.bubbles.clear()
        self.feed.tell("chat", chat.as_json())

    def keep_file(self, content: bytes, mime_type: str, filename: str) -> File:
        """Store an uploaded file for as long as there is room."""
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        file = File(str(uuid4().int)[:15], content, mime_type, filename, digest)
        self.files[file.id] = file
        return file

    def download_url(self, file_id: str) -> str:
        """Where the channel fetches a file, as webhooks and the Graph API name it."""
        return f"{self.config.whatsapp_graph_url}/{file_id}/download"

    def set_fault(self, fault: Fault, once: bool) -> None:
        """Choose what goes wrong from now on, for one send or until changed."""
        self.fault, self.fault_once = fault, once
        if fault.cara == "mati":
            self._reachable.clear()
        else:
            self._reachable.set()
        self.feed.tell("fault", self._fault_json())

    def snapshot(self) -> Json:
        """Everything an opening page needs."""
        return {
            "now": clock.now().timestamp(),
            "citizens": [citizen.dict() for citizen in self.citizens.values()],
            "chats": [chat.as_json() for chat in self.chats.values()],
            "traces": [asdict(trace) for trace in self.traces],
            "fault": self._fault_json(),
        }

    # Meta's side

    def addressee(self, line: Line, number: str | None, user_id: str | None) -> Chat | None:
        """The chat a send goes to. Invented addresses outside the script become guests."""
        phone = number.lstrip("+") if number else None
        for citizen in self.citizens.values():
            if (phone and citizen.nomor == phone) or (not phone and citizen.bsuid == user_id):
                return self.chat(line.phone_number_id, citizen.id)
        visitor = guest(phone, user_id)
        if visitor is None:
            return None
        self._guests[visitor.id] = visitor
        self.feed.tell("citizen", visitor.dict())
        return self.chat(line.phone_number_id, visitor.id)

    def take_fault(self) -> Fault:
        """The fault for this send; one that was meant for one send is over with it."""
        fault = self.fault
        if self.fault_once and fault.cara not in ("tidak_ada", "mati"):
            self.set_fault(self.play.gangguan[0], True)
        return fault

    def accept(self, chat: Chat, request: Json, fault: Fault, shown: Json | None = None) -> Bubble:
        """Take a checked send; its statuses follow by webhook.

        `shown` is what the phone shows where that is more than the request says (templates).
        """
        kind = request.get("type", "text")
        context = request.get("context") or {}
        bubble = Bubble(
            webhook.new_message_id(),
            "office",
            _now(),
            {"type": kind, kind: shown or request[kind]},
            reply_to=context.get("message_id"),
            callback=request.get("biz_opaque_callback_data"),
        )
        if fault.cara == "status":
            self._start(self._fail(chat, bubble, fault.kode, fault.rincian))
        elif kind != "template" and 0 < chat.wrote_at < _now() - WINDOW:
            self._start(self._fail(chat, bubble, 131047, self.play.kata["jendela_tertutup"]))
        else:
            self._start(self._arrive(chat, bubble))
        return bubble

    def accept_lost(self, line: Line, number: str | None, user_id: str | None) -> Bubble:
        """Take a send to somebody who is not on WhatsApp: accepted first, then failed (131026)."""
        stranger = Citizen.construct(
            id="", nama="", tentang="", nomor=number and number.lstrip("+"), bsuid=user_id
        )
        bubble = Bubble(webhook.new_message_id(), "office", _now(), {"type": "text"})
        chat = Chat(line, stranger)
        self._start(self._fail(chat, bubble, 131026, self.play.kata["tidak_di_whatsapp"]))
        return bubble

    def mark_read(self, message_id: str, typing: bool) -> bool:
        """The office has read a message and all before it; False for an unknown id."""
        for chat in self.chats.values():
            if chat.bubble(message_id) is None:
                continue
            for bubble in chat.bubbles:
                if bubble.by == "citizen" and bubble.moves_to("read"):
                    self._tell_bubble(chat, bubble)
                if bubble.id == message_id:
                    break
            if typing:
                self._type(chat, clock.now().timestamp() + TYPING)
            return True
        return False

    def note(self, chat: Chat, text: str) -> None:
        """A remark in the chat that no phone would show."""
        remark = {"type": "note", "note": text}
        self._show(chat, Bubble(uuid4().hex, "note", _now(), remark, "read"))

    def record(self, trace: Trace) -> None:
        """Keep a request for the page's look behind the scenes."""
        self.traces.append(trace)
        self.feed.tell("trace", asdict(trace))

    # Within

    async def _deliver_message(self, chat: Chat, bubble: Bubble) -> None:
        quoted = _quoted(chat, bubble.reply_to) if bubble.reply_to else None
        message = webhook.message(chat.citizen, bubble.id, bubble.at, bubble.content, quoted)
        async with chat.lock:
            status = await self._post(
                chat.line, webhook.delivery(chat.line, chat.citizen, messages=[message])
            )
        if status == 200:
            bubble.moves_to("delivered")
        else:
            words = "kanal_diam" if status == UNREACHABLE else "kanal_menolak"
            bubble.status = "failed"
            bubble.error = {"code": status, "details": self.play.kata[words].format(kode=status)}
        self._tell_bubble(chat, bubble)

    async def _arrive(self, chat: Chat, bubble: Bubble) -> None:
        await asyncio.sleep(SENT_AFTER * self.pace)
        bubble.moves_to("sent")
        self._type(chat, 0)
        if self._reachable.is_set():
            self._show(chat, bubble)
        await self._deliver_status(chat, bubble, "sent")
        await asyncio.sleep(DELIVERED_AFTER * self.pace)
        if not self._reachable.is_set():
            await self._reachable.wait()
            self._show(chat, bubble)
        self._report(chat, bubble, "delivered")

    async def _fail(self, chat: Chat, bubble: Bubble, code: int, details: str) -> None:
        title = TITLES.get(code, TITLES[131000])
        await asyncio.sleep(SENT_AFTER * self.pace)
        bubble.status, bubble.error = "failed", {"code": code, "title": title, "details": details}
        self._type(chat, 0)
        self._show(chat, bubble)
        failed = webhook.failed(
            chat.citizen, bubble.id, _now(), bubble.callback, code, title, details
        )
        async with chat.lock:
            await self._post(
                chat.line, webhook.delivery(chat.line, chat.citizen, statuses=[failed])
            )

    def _report(self, chat: Chat, bubble: Bubble, status: Status) -> None:
        if bubble.moves_to(status):
            self._tell_bubble(chat, bubble)
            self._start(self._deliver_status(chat, bubble, status))

    async def _deliver_status(self, chat: Chat, bubble: Bubble, status: Status) -> None:
        body = webhook.status(chat.citizen, bubble.id, status, _now(), bubble.callback)
        async with chat.lock:
            await self._post(chat.line, webhook.delivery(chat.line, chat.citizen, statuses=[body]))

    def _show(self, chat: Chat, bubble: Bubble) -> None:
        if bubble not in chat.bubbles:
            chat.bubbles.append(bubble)
        self._tell_bubble(chat, bubble)

    def _tell_bubble(self, chat: Chat, bubble: Bubble) -> None:
        self.feed.tell("bubble", {"key": chat.key, "bubble": asdict(bubble)})

    def _type(self, chat: Chat, until: float) -> None:
        if chat.typing_until != until:
            chat.typing_until = until
            self.feed.tell("typing", {"key": chat.key, "until": until})

    def _fault_json(self) -> Json:
        return {"id": self.fault.id, "once": self.fault_once}

    async def _post(self, line: Line, body: Json) -> int:
        """Deliver to the bot behind a line; the draft's is started first."""
        if line.phone_number_id != DRAFT_PHONE_NUMBER_ID:
            return await self._postmen[self.config.rasa_url].deliver(body)
        await self.draft.ready()
        return await self._postmen[self.draft.url].deliver(body)

    def _postman(self, url: str) -> Postman:
        address = f"{url}/webhooks/whatsapp/webhook"
        record = partial(self._record_webhook, address)
        return Postman(address, self.config.whatsapp_app_secret, record, self.pace)

    def _record_webhook(
        self, url: str, raw: bytes, signature: str, status: int, answer: str, seconds: float
    ) -> None:
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
        self.record(Trace.of("webhook", url, headers, raw.decode(), status, answer, seconds))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _quoted(chat: Chat, message_id: str) -> Json:
    """The `context` of a reply: whose message it answers, and which."""
    bubble = chat.bubble(message_id)
    own = bubble is not None and bubble.by == "citizen"
    author = chat.citizen.nomor if own else chat.line.display_phone_number
    return {"from": author, "id": message_id} if author else {"id": message_id}


def _now() -> int:
    return int(clock.now().timestamp())
