"""An action in the dialogue's process gets and gives what it gets and gives over HTTP."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import EventVerbosity
from rasa.utils.endpoints import ClientResponseError

from riung.dialogue import actions_here
from riung.dialogue.actions_here import ActionsHere, EventsOf
from riung.dialogue.warm_tracker import WarmTracker
from riung.settings import ROOT
from tests.conftest import SetEnvironment

DOMAIN = Domain.from_dict(
    {
        "intents": ["tanya"],
        "slots": {"bahasa": {"type": "text", "mappings": [{"type": "custom"}]}},
        "responses": {"utter_halo": [{"text": "Halo {nama}"}]},
        "actions": ["action_uji", "action_menolak"],
    }
)
SAID: list[Event] = [
    ActionExecuted("action_listen"),
    UserUttered("halo", {"name": "tanya", "confidence": 1.0}, input_channel="whatsapp"),
    BotUttered("ya?", {"buttons": [{"title": "a", "payload": "/tanya"}]}),
]
TRACKER: dict[str, Any] = {"sender_id": "budi"}
ACTIONS = """
from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection

SEEN = []

class Test(Action):
    def name(self): return "action_uji"
    def run(self, dispatcher, tracker, domain):
        SEEN.append(tracker)
        dispatcher.utter_message(response="utter_halo", nama="Budi")
        return [SlotSet("bahasa", tracker.latest_message["text"])]

class Refusing(Action):
    def name(self): return "action_menolak"
    def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection(self.name(), "not now")
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ActionsHere]:
    """The two actions above, called in this process."""
    (tmp_path / "acts_of_test").mkdir()
    (tmp_path / "acts_of_test" / "__init__.py").write_text(ACTIONS)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(RemoteAction, "_action_call_format", RemoteAction._action_call_format)
    actions_here.hand_over_little()
    yield ActionsHere("acts_of_test")
    del sys.modules["acts_of_test"]


def conversation() -> WarmTracker:
    tracker = WarmTracker("budi", DOMAIN.slots)
    tracker.update_with_events(SAID, DOMAIN)
    return tracker


async def run(name: str, endpoint: ActionsHere) -> list[Event]:
    """The events that Rasa makes of the action's answer."""
    nlg = TemplatedNaturalLanguageGenerator(DOMAIN.responses)
    action = RemoteAction(name, endpoint)
    events: list[Event] = await action.run(CollectingOutputChannel(), nlg, conversation(), DOMAIN)
    return events


async def test_its_words_and_events_are_taken(here: ActionsHere) -> None:
    said, remembered = await run("action_uji", here)

    assert isinstance(said, BotUttered)
    assert said.text == "Halo Budi"
    assert remembered == SlotSet("bahasa", "halo")


async def test_it_sees_what_a_server_would_be_sent(here: ActionsHere) -> None:
    await run("action_uji", here)

    seen = sys.modules["acts_of_test"].SEEN[-1].current_state()
    sent = conversation().current_state(EventVerbosity.ALL)
    shared = {*seen} & {*sent} - {"events", "latest_event_time"}
    assert {key: seen[key] for key in shared} == {key: sent[key] for key in shared}
    assert list(map(timeless, seen["events"])) == list(map(timeless, sent["events"]))


async def test_one_that_refuses_is_told_as_a_server_tells_it(here: ActionsHere) -> None:
    with pytest.raises(ClientResponseError) as error:
        await here.request(json={"next_action": "action_menolak", "tracker": TRACKER})

    assert error.value.status == 400
    assert json.loads(error.value.text) == {"action_name": "action_menolak", "error": "not now"}


async def test_one_that_does_not_exist_is_told_as_a_server_tells_it(here: ActionsHere) -> None:
    with pytest.raises(ClientResponseError) as error:
        await here.request(json={"next_action": "action_lain", "tracker": TRACKER})

    assert error.value.status == 404


def test_events_are_made_only_when_looked_at() -> None:
    events = EventsOf(SAID)

    assert len(events) == 3
    assert [event["event"] for event in reversed(events)] == ["bot", "user", "action"]
    assert [event["event"] for event in events[1:]] == ["user", "bot"]


def test_rasa_calls_them_here_whatever_address_the_file_has(
    monkeypatch: pytest.MonkeyPatch, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_API_KEY="kunci", RIUNG_ACTION_PORT="5055")
    monkeypatch.setattr(AvailableEndpoints, "read_endpoints", AvailableEndpoints.read_endpoints)
    monkeypatch.setattr(RemoteAction, "_action_call_format", RemoteAction._action_call_format)

    actions_here.apply()

    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    assert isinstance(endpoints.action, ActionsHere)
    assert endpoints.nlg


def timeless(event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != "timestamp"}
