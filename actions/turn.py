"""What an action sees of the conversation, and how it answers.

`Turn` hides Rasa's tracker and dispatcher; `RiungAction` keeps the action server's event loop
free and turns a missing backend into a plain answer.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, datetime, timedelta, timezone
from functools import partial
from itertools import islice
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, SlotSet, UserUttered
from rasa_sdk.executor import CollectingDispatcher

from riung.backend_client import BackendDown, BackendRefused
from riung.clock import now
from riung.formatting import say_date, say_day, say_moment, say_time
from riung.limits import ROW_ID, length
from riung.office.menu import command, tree
from riung.office.menu_tree import MenuTree
from riung.office.model import Office
from riung.office.modules import switched_off
from riung.office.offices import default_office, offices
from riung.phrases import intent_labels, phrase

log = structlog.get_logger()

Events = list[dict[str, Any]]

_threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="action")
"""Actions wait for HTTP, not for the processor; 32 in flight outlast a backend that hangs 2 s."""

_LONGEST_WAY = timedelta(days=1)
"""How late a message may come and still be answered as of when it was written."""

STANDS_FOR = "stands_for"
"""Metadata of a question asked in the citizen's place: the intent that was really sent."""


ABOUT = "about"
"""Metadata of such a question: the topic it was completed from (`riung.dialogue.follow_up`)."""

TOPIC_SLOT = "topik_terakhir"
"""What is talked about (`riung.dialogue.follow_up`)."""

_OF_STAND_INS = frozenset({STANDS_FOR, ABOUT})


TOLD = 4
"""Messages before a wish in which it may have been told for whom it is."""


class Turn:
    """One message of a citizen and the answer being made to it."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self._dispatcher = dispatcher
        self._tracker = tracker
        self.sender: str = tracker.sender_id
        self.channel: str | None = tracker.get_latest_input_channel()
        self.message: dict[str, Any] = tracker.latest_message
        self.metadata = self._latest_metadata()
        self.office: Office = offices().get(self.metadata.get("office", "")) or default_office()
        self.language: str = tracker.slots.get("bahasa") or "id"
        self.again: str | None = None
        """The command that asks for the same once more; None: the message's own."""

    @property
    def said(self) -> bool:
        """Whether anything has been answered yet."""
        return bool(self._dispatcher.messages)

    @property
    def text(self) -> str:
        """What the citizen wrote, as written."""
        return self.message.get("text") or ""

    @property
    def intent(self) -> str:
        """What was understood."""
        return str((self.message.get("intent") or {}).get("name") or "")

    @property
    def form(self) -> str | None:
        """The form that is open."""
        return (self._tracker.active_loop or {}).get("name")

    @property
    def labels(self) -> dict[str, str]:
        """Intent → its short name in the conversation's language."""
        return intent_labels(self.language)

    @property
    def menu(self) -> MenuTree:
        """The office's menu in the conversation's language."""
        return tree(self.office, self.language)

    @property
    def sent_at(self) -> datetime | None:
        """When WhatsApp got the message, to the second."""
        seconds = self.metadata.get("timestamp")
        return datetime.fromtimestamp(seconds, timezone.utc) if seconds else None

    @property
    def written_at(self) -> datetime:
        """The moment by which the message is judged: its limits, its "besok".

        A moment of more than a day ago, or yet to come, is no clock to go by: then it is now.
        """
        present, sent = now(), self.sent_at
        return sent if sent and present - _LONGEST_WAY <= sent <= present else present

    @property
    def written_on(self) -> date:
        """The office's day on which the message was written, from which its "besok" counts."""
        return self.written_at.astimezone(self.office.zone).date()

    @property
    def arrival(self) -> int | None:
        """The message's place among all that came: the order of a rush within one second."""
        return self.metadata.get("arrival")

    @property
    def message_id(self) -> str:
        """WhatsApp's id of the message; on other channels Rasa's own."""
        newest = next(self._newest("user"))
        return str(self.metadata.get("wamid") or newest.get("message_id") or "")

    def entities(self, name: str) -> list[str]:
        """The values of that entity in the latest message, in order, each once."""
        found = [e["value"] for e in self.message.get("entities", ()) if e["entity"] == name]
        return list(dict.fromkeys(str(value) for value in found))

    def entity(self, name: str) -> str | None:
        """The first value of that entity in the latest message."""
        return next(iter(self.entities(name)), None)

    def slot(self, name: str) -> Any:
        """A slot's value."""
        return self._tracker.slots.get(name)

    def entity_values(self) -> dict[str, str]:
        """Entity → its first value, for going on as if the message had come again."""
        found = self.message.get("entities", ())
        return {e["entity"]: str(e["value"]) for e in reversed(list(found))}

    def say(self, response: str, buttons: Sequence[Mapping[str, Any]] = (), **values: Any) -> None:
        """Answer with a response of `data/`; `buttons` come after the response's own."""
        self._dispatcher.utter_message(response=response, buttons=[*buttons], **values)

    def phrase(self, name: str, **values: object) -> str:
        """A phrase of `kalimat/frasa.yml` in the conversation's language."""
        return phrase(name, self.language, **values)

    def date_text(self, day: date) -> str:
        """A day with its year, in the conversation's language."""
        return say_date(day, self.language)

    def day_text(self, day: date) -> str:
        """A day near enough that the year is clear, in the conversation's language."""
        return say_day(day, self.language)

    def moment_text(self, moment: datetime, zone: ZoneInfo | None = None) -> str:
        """A day and time in `zone`, by itself the office's, in the conversation's language."""
        return say_moment(moment, zone or self.office.zone, self.language)

    def time_text(self, moment: datetime) -> str:
        """A time of the day in the office's zone."""
        return say_time(moment, self.office.zone)

    @property
    def events(self) -> list[dict[str, Any]]:
        """All events of this session, oldest first."""
        return list(self._tracker.events)

    def user_messages(self) -> list[dict[str, Any]]:
        """The citizen's messages of this session, newest first."""
        return list(self._newest("user"))

    def told_before(self, most: int = TOLD) -> list[str]:
        """What the citizen wrote in the few messages before the latest, newest first."""
        written = (one for one in self._newest("user") if not is_stand_in(one))
        texts = (str(one.get("text") or "") for one in islice(written, most + 1))
        return [text for text in texts if not text.startswith("/") and text != self.text]

    def files_since(self, form: str) -> list[str]:
        """The channel's ids of the files that came since the form began, oldest first."""
        found: list[str] = []
        for event in reversed(self._tracker.events):
            if event["event"] == "active_loop" and event.get("name") == form:
                break
            media = (event.get("metadata") or {}).get("media") or {}
            if event["event"] == "user" and media.get("id"):
                found.append(str(media["id"]))
        return found[::-1]

    def numbered_buttons(self) -> list[dict[str, Any]]:
        """The options last shown with printed digits, in this session; those of a form that is over
        count no more.
        """
        for event in reversed(self._tracker.events):
            if event["event"] == "active_loop" and event.get("name") is None:
                break
            shown = _buttons(event) if event["event"] == "bot" else []
            if numbered := [button for button in shown if "angka" in button]:
                return numbered
        return []

    def last_buttons(self) -> list[dict[str, Any]]:
        """The buttons of the bot's latest message."""
        return next(map(_buttons, self._newest("bot")), [])

    def last_words(self) -> str:
        """The bot's latest message."""
        return next((str(event.get("text") or "") for event in self._newest("bot")), "")

    def answers(self) -> Iterator[tuple[str, str]]:
        """The bot's messages, newest first: the name of the response, and its words."""
        for event in self._newest("bot"):
            name = (event.get("metadata") or {}).get("template")
            yield str(name or ""), str(event.get("text") or "")

    def _latest_metadata(self) -> dict[str, Any]:
        for event in self._newest("user"):
            if event.get("metadata"):
                return dict(event["metadata"])
        return {}

    def _newest(self, kind: str) -> Iterator[dict[str, Any]]:
        """Messages of that kind, newest first, made when they are asked for: a session is long."""
        return (event for event in reversed(self._tracker.events) if event["event"] == kind)


def _buttons(bot_message: Mapping[str, Any]) -> list[dict[str, Any]]:
    return (bot_message.get("data") or {}).get("buttons") or []


def ask_as_citizen(
    turn: Turn,
    intent: str,
    entities: Mapping[str, str] | Iterable[tuple[str, str]],
    metadata: Mapping[str, Any] | None = None,
) -> Events:
    """Go on as if the citizen had asked `intent`: what a menu digit or a "ya" stands for."""
    pairs = entities.items() if isinstance(entities, Mapping) else entities
    parse_data = {
        "text": turn.text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": [{"entity": name, "value": value} for name, value in pairs],
    }
    question = UserUttered(turn.text, parse_data=parse_data, input_channel=turn.channel)
    said = {name: value for name, value in turn.metadata.items() if name not in _OF_STAND_INS}
    question["metadata"] = {**said, STANDS_FOR: turn.intent, **(metadata or {})}
    return [ActionExecuted("action_listen"), question]


def is_stand_in(message: Mapping[str, Any]) -> bool:
    """Whether the message was put in by `ask_as_citizen`, and not written by the citizen."""
    return STANDS_FOR in (message.get("metadata") or {})


class RiungAction(Action, ABC):
    """An action whose synchronous `answer` runs beside the event loop."""

    action_name = ""

    answers_when_off: ClassVar[bool] = False
    """Whether the action itself says where to go when the office has switched its service off."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return self.action_name

    @abstractmethod
    def answer(self, turn: Turn) -> Events | None:
        """Answer one message; return Rasa events, or None for none."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Called by the action server; whatever fails, the citizen reads a plain answer."""
        turn = Turn(dispatcher, tracker)
        loop = asyncio.get_running_loop()
        off = switched_off(turn.office.modul, turn.intent)
        if off and self.action_name == f"action_{turn.intent}" and not self.answers_when_off:
            turn.say(f"utter_mati_{off}")
            return []
        try:
            answer = partial(copy_context().run, self.answer, turn)
            return await loop.run_in_executor(_threads, answer) or []
        except BackendRefused as error:
            log.error("action.backend_refused", action=self.action_name, reason=str(error))
        except BackendDown as error:
            log.error("action.backend_down", action=self.action_name, reason=str(error))
            if error.may_be_done:
                turn.say("utter_belum_pasti", self._once_more(turn))
                return self._stays_open(turn)
        except Exception:
            log.exception("action.failed", action=self.action_name)
        turn.say("utter_gangguan_backend")
        return self._stays_open(turn)

    @property
    def _checks_answers(self) -> bool:
        return self.action_name.startswith("validate_")

    def _once_more(self, turn: Turn) -> list[dict[str, str]]:
        """The button by which a "ya" asks for the same again; a form asks by its own question."""
        if self._checks_answers:
            return []
        payload = turn.again or command(turn.intent, turn.entity_values())
        too_long = length(payload) > ROW_ID
        return [] if too_long else [{"title": turn.phrase("ya_coba_lagi"), "payload": payload}]

    def _stays_open(self, turn: Turn) -> Events:
        """A form whose check found nobody to ask keeps its question: no rule answers besides."""
        asked = turn.slot("requested_slot") if self._checks_answers else None
        return [SlotSet(asked, None)] if asked else []


def talk_about(subject: str) -> Events:
    """Make a subject of `aturan/lanjutan.yml` what the next questions hang on."""
    return [SlotSet(TOPIC_SLOT, {"subject": subject, "at": now().timestamp()})]


def remember_number(number: str) -> Events:
    """Keep an application number that the backend knows; others are never kept."""
    return [SlotSet("nomor_permohonan", number)]
