"""Custom actions called in the dialogue server's own process.

The embedded default; `RIUNG_ACTION_SERVER=1` has them in a process of their own, as stock Rasa does
(`riung.dialogue.action_server`). Here nothing is sent: the action sees the conversation's events
where they are, and only those it looks at are made into the dictionaries that `rasa_sdk` knows. An
answer goes through JSON all the same, so that an action can do nothing here that it can't do there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import Any, overload

from rasa.core.actions.action import RemoteAction
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from riung.dialogue.turn_limit import slot_released
from riung.settings import ROOT

NAME = "in this process"


OWN_ACTIONS = ROOT / "own_actions.py"
"""What an assistant does that no other does; most have no such file."""


def load_own_actions() -> None:
    """Let `rasa_sdk` find the assistant's own actions: it takes every class that there is."""
    if OWN_ACTIONS.stem not in sys.modules and OWN_ACTIONS.exists():
        loader = SourceFileLoader(OWN_ACTIONS.stem, str(OWN_ACTIONS))
        spec = spec_from_loader(OWN_ACTIONS.stem, loader)
        assert spec
        module = sys.modules[OWN_ACTIONS.stem] = module_from_spec(spec)
        loader.exec_module(module)


class ActionsHere(EndpointConfig):
    """Rasa's endpoint for actions, which runs them in this process instead of calling a server.

    Args:
        package: the Python package that holds the actions.
    """

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url=NAME, enable_selective_domain=True)
        load_own_actions()
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        """Run the action that the call names; other turns compute meanwhile.

        Raises:
            ClientResponseError: as the action server answers: 400 for an action that refuses to
                run, 404 for one that does not exist.
        """
        name = json["next_action"]
        try:
            async with slot_released():
                return _as_sent(await self._executor.run(json))
        except ActionExecutionRejection as error:
            told = {"error": error.message, "action_name": error.action_name}
            raise ClientResponseError(400, "refused", _text(told)) from error
        except ActionNotFoundException as error:
            told = {"error": str(error), "action_name": name}
            raise ClientResponseError(404, "unknown", _text(told)) from error


class EventsOf(Sequence[dict[str, Any]]):
    """Events as `rasa_sdk` knows them, made when they are looked at."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events

    def __len__(self) -> int:
        return len(self._events)

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, place: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(place, slice):
            return [event.as_dict() for event in self._events[place]]
        told: dict[str, Any] = self._events[place].as_dict()
        return told


def apply() -> None:
    """Let Rasa call the actions here, whatever address `endpoints.yml` has for them."""
    hand_over_little()
    read = AvailableEndpoints.read_endpoints
    here = ActionsHere()

    def read_and_replace(file: str | None) -> AvailableEndpoints:
        endpoints = read(file)
        endpoints.action = here
        return endpoints

    AvailableEndpoints.read_endpoints = staticmethod(read_and_replace)


def hand_over_little() -> None:
    """Give an action that runs here the conversation as it is; a server gets all of it as JSON."""
    call_of_server = RemoteAction._action_call_format

    def call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        if not isinstance(action.action_endpoint, ActionsHere):
            sent: dict[str, Any] = call_of_server(action, tracker, domain)
            return sent
        state = tracker.current_state(EventVerbosity.NONE)
        state["events"] = EventsOf([*tracker.events])
        return {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": state}

    RemoteAction._action_call_format = call


def _as_sent(answer: Any) -> Any:
    return json.loads(_text(answer))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
