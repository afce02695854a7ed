"""Conversations for the actions, made of the events that Rasa sends to the action server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import RiungAction, Turn
from riung.backend_client import backend
from riung.dialogue.filling import PLACEHOLDER
from riung.settings import ROOT
from riung.yaml_files import read_yaml

Event = dict[str, Any]


def citizen(
    text: str,
    intent: str = "",
    entities: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    ranking: Sequence[str] = (),
    **metadata: Any,
) -> Event:
    """A message of a citizen, understood as `intent`."""
    pairs = entities.items() if isinstance(entities, Mapping) else entities
    parse_data = {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": [{"entity": name, "value": value} for name, value in pairs],
        "intent_ranking": [{"name": name, "confidence": 0.3} for name in ranking],
    }
    return {
        "event": "user",
        "text": text,
        "parse_data": parse_data,
        "metadata": {"office": "bandung", **metadata},
        "input_channel": "whatsapp",
    }


def bot(text: str, buttons: Sequence[Mapping[str, str]] = ()) -> Event:
    """A message of the bot."""
    return {"event": "bot", "text": text, "data": {"buttons": list(buttons)}}


@dataclass(frozen=True)
class Reply:
    """What an action said and which events it returned."""

    messages: list[dict[str, Any]]
    events: list[Event]

    @property
    def responses(self) -> list[str]:
        """The names of the responses."""
        return [message["response"] for message in self.messages]

    @property
    def response(self) -> str:
        """The name of the only response."""
        assert len(self.messages) == 1, self.responses
        return self.responses[0]

    def __getitem__(self, name: str) -> Any:
        """A value given to the only response."""
        assert len(self.messages) == 1, self.responses
        return self.messages[0][name]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The buttons given to the only response."""
        return list(self["buttons"])

    @property
    def asked(self) -> tuple[str, dict[str, str]]:
        """Intent and entities with which the conversation goes on as if the citizen had asked."""
        listened, question = self.events
        assert listened["event"] == "action"
        assert listened["name"] == "action_listen"
        parsed = question["parse_data"]
        return parsed["intent"]["name"], {e["entity"]: e["value"] for e in parsed["entities"]}


def tracker(*events: Event, sender: str = "6289900012345", **slots: Any) -> Tracker:
    """The conversation as rasa_sdk gives it to an action; the last event of a citizen counts."""
    timed = [{"timestamp": 1_795_143_000 + place, **event} for place, event in enumerate(events)]
    latest = next(event for event in reversed(timed) if event["event"] == "user")
    message = {**latest["parse_data"], "metadata": latest["metadata"]}
    return Tracker(sender, slots, message, timed, False, None, {}, "action_listen")


async def reply(action: RiungAction, *events: Event, **more: Any) -> Reply:
    """Run `action`; what it says must exist and have all its values."""
    dispatcher = CollectingDispatcher()
    conversation = tracker(*events, **more)
    returned = await action.run(dispatcher, conversation, {})
    for message in dispatcher.messages:
        missing = placeholders(message["response"]) - message.keys() - conversation.slots.keys()
        assert not missing, f"{message['response']} gets no {missing}"
    return Reply(dispatcher.messages, list(returned))


def turn(*events: Event, **more: Any) -> Turn:
    """What an action sees of the conversation."""
    return Turn(CollectingDispatcher(), tracker(*events, **more))


def placeholders(response: str) -> set[str]:
    """The values that an action has to give to a response of `data/`."""
    texts = [variation.get("text", "") for variation in responses()[response]]
    names = {name for text in texts for name in PLACEHOLDER.findall(text)}
    return {name for name in names if not name.startswith("kantor.")}


@lru_cache(maxsize=1)
def responses() -> dict[str, list[dict[str, Any]]]:
    """All responses that trainers have written."""
    files = (ROOT / "data").rglob("*.yml")
    found = [read_yaml(path).get("responses", {}) for path in files]
    return {name: variations for one in found for name, variations in one.items()}


NIK_OF_REGION = "332501"
"""A region of Batang."""


def nik(number: int) -> str:
    """An invented NIK of a person born on 5 January 1990 or a following day."""
    return f"{NIK_OF_REGION}{1 + number % 28:02d}0190{number:04d}"


def filled(number: int, day: str, **more: Any) -> dict[str, Any]:
    """The slots of a filled booking form at MPP Batang; needs the backend for the NIK's token."""
    return {
        "antrean_jenis": "baru",
        "antrean_tempat": "mpp_batang",
        "antrean_tanggal": day,
        "antrean_nama": "Siti Aminah",
        "antrean_nik": backend().identity(nik(number)),
        "antrean_setuju": True,
        **more,
    }


def slots_of(events: Sequence[Event]) -> dict[str, Any]:
    """What the slot events among `events` set."""
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}
