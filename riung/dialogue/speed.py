"""Places where Rasa 3.6.21 does for every message what needs to be done once.

Together they were two thirds of a message's CPU time in the dialogue server
(`benchmarks.whole_path` under py-spy), which decides how many citizens one office can answer in the
same minute. Each replacement keeps what goes in and what comes out;
`tests/riung/dialogue/test_speed.py` holds that. `riung.dialogue.server` applies them; training and
`rasa shell` use Rasa as it is.
"""

from __future__ import annotations

import copy
import gc
import json
import os
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import aiohttp
import structlog
from jsonschema.validators import validator_for
from rasa import server as rasa_server
from rasa.core import processor
from rasa.core import run as rasa_run
from rasa.core.actions import action, forms
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.policies import rule_policy
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.runner import dask as dask_runner
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    MAPPING_TYPE,
    PREVIOUS_ACTION,
    SHOULD_NOT_BE_SET,
    USER,
)
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import Event
from rasa.shared.core.slot_mappings import SlotMappingType
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT
from rasa.shared.utils import io
from rasa.utils.endpoints import EndpointConfig

from riung.dialogue.actions_here import ActionsHere
from riung.dialogue.heard_before import remember_messages
from riung.dialogue.training_run import check_yaml_quickly
from riung.dialogue.turn_limit import slot_released
from riung.dialogue.warm_tracker import WarmTracker, remember_states

SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter from another one, a tenth of Python's own setting: the
channel's commits end in a thread, and Meta's 200 waits for them."""

GARBAGE_AFTER = 20_000
"""New objects between two looks for garbage. A turn makes tens of thousands; Python's own 700 means
a hundred looks a turn, nearly all for nothing."""

ACTION_SECONDS = 10.0
"""An action in a server of its own may take so long; Rasa would wait five minutes for one that
hangs. Five applications asked for at once, of a backend that hardly answers, take six seconds."""

KEEP_OPEN = 2.0
"""Seconds without a call. The action server (Sanic) closes after 5, and a call on a connection that
is being closed would be lost."""


def apply() -> None:
    """Put the replacements in place, for this process."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(GARBAGE_AFTER, *gc.get_threshold()[1:])
    check_action_answers_quickly()
    keep_connections()
    step_aside_for_actions()
    run_graphs_directly()
    ask_few_rules()
    copy_slots_plainly()
    make_nothing_to_log()
    know_the_empty_domain()
    allow_no_other_origin()
    look_for_garbage_beside_the_model()
    remember_states()
    read_domain_once()
    look_at_mapped_slots()
    remember_messages()
    keep_actions()
    look_once_for_the_surest()


def check_action_answers_quickly() -> None:
    """Check the schema of action answers once: `jsonschema.validate` does it with every answer. An
    action in this process answers by `rasa_sdk`, whose answer is of that form.
    """
    schema = RemoteAction.action_response_format_spec()
    checker = validator_for(schema)(schema)

    def validate(action: RemoteAction, result: dict[str, Any]) -> bool:
        if not isinstance(action.action_endpoint, ActionsHere):
            checker.validate(result)
        return True

    RemoteAction._validate_action_result = validate


def keep_connections() -> None:
    """Keep the connection to the action server open: Rasa makes a new one for every call."""

    @lru_cache(maxsize=1)
    def connections() -> aiohttp.TCPConnector:
        return aiohttp.TCPConnector(limit=100, keepalive_timeout=KEEP_OPEN)

    def session(endpoint: EndpointConfig) -> aiohttp.ClientSession:
        auth = endpoint.basic_auth
        return aiohttp.ClientSession(
            connector=connections(),
            connector_owner=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=endpoint.headers,
            auth=aiohttp.BasicAuth(auth["username"], auth["password"]) if auth else None,
            timeout=aiohttp.ClientTimeout(total=ACTION_SECONDS),
        )

    EndpointConfig.session = session


def step_aside_for_actions() -> None:
    """Let other turns compute while one waits for the action server."""
    request = EndpointConfig.request

    async def request_aside(endpoint: EndpointConfig, *args: Any, **kwargs: Any) -> Any:
        async with slot_released():
            return await request(endpoint, *args, **kwargs)

    EndpointConfig.request = request_aside


def run_graphs_directly() -> None:
    """Call the components one after the other: dask plans every run of their graph anew."""
    dask_runner.dask = SimpleNamespace(get=run_graph)


def run_graph(graph: Mapping[str, Any], targets: Sequence[str]) -> tuple[Any, ...]:
    """The results of `targets`, as `dask.get` gives them.

    Args:
        graph: node name → (component, names of the nodes whose results it takes); an input's value
            stands as a plain tuple under its name.
        targets: the nodes wanted.
    """
    results: dict[str, Any] = {}

    def result(name: str) -> Any:
        if name not in results:
            node = graph[name]
            is_input = not callable(node[0])
            results[name] = node if is_input else node[0](*map(result, node[1:]))
        return results[name]

    return tuple(result(name) for name in targets)


def ask_few_rules() -> None:
    """Compare a conversation only with the rules that end as it does.

    RulePolicy compares every rule with every state of the conversation, twice a message: first with
    the message's text in place of its intent, for which nearly no assistant has a rule.
    """
    indexes: dict[int, RuleIndex] = {}

    def index_of(lookup: Mapping[str, str]) -> RuleIndex:
        index = indexes.get(id(lookup))
        if index is None or index.lookup is not lookup:
            index = indexes[id(lookup)] = RuleIndex(lookup)
        return index

    def possible(
        policy: RulePolicy, lookup: Mapping[str, str], states: Sequence[State]
    ) -> set[str]:
        index = index_of(lookup)
        keys = index.ending_as(states[-1]) if states else set(lookup)
        for back, state in enumerate(reversed(states[-index.longest :])):
            keys = {key for key in keys if policy._is_rule_applicable(key, back, state)}
        return keys

    find = RulePolicy._find_action_from_rules

    def find_where_a_rule_may_be(
        policy: RulePolicy,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool,
    ) -> tuple[str | None, str | None, bool]:
        by_text_alone = use_text_for_last_user_input and tracker.active_loop_name is None
        if by_text_alone and not index_of(policy.lookup[RULES]).ending_as(_TEXT_WAS_SAID):
            return None, None, False
        found: tuple[str | None, str | None, bool] = find(
            policy, tracker, domain, use_text_for_last_user_input
        )
        return found

    RulePolicy._get_possible_keys = possible
    RulePolicy._find_action_from_rules = find_where_a_rule_may_be


_TEXT_WAS_SAID: State = {PREVIOUS_ACTION: {ACTION_NAME: ACTION_LISTEN_NAME}}
"""What every state has in which a message stands by its text: that the bot was listening."""


def copy_slots_plainly() -> None:
    """Copy a slot by its attributes; every turn copies all of them several times."""

    def plain_copy(slot: Slot) -> Slot:
        copied = object.__new__(type(slot))
        copied.__dict__.update(slot.__dict__)
        return copied

    Slot.__copy__ = plain_copy


def make_nothing_to_log() -> None:
    """Don't prepare lines that nobody logs: deep copies (in these modules made for nothing else),
    slot values, which are personal besides, and Sanic's access lines. Bind a logger once.
    """
    without_copies = SimpleNamespace(deepcopy=lambda value: value)
    forms.copy = processor.copy = rule_policy.copy = without_copies
    processor.MessageProcessor._log_slots = staticmethod(lambda tracker: None)
    os.environ["SANIC_ACCESS_LOG"] = "false"
    structlog.configure(cache_logger_on_first_use=True)


def know_the_empty_domain() -> None:
    """Make the domain that each message's intent is first compared with only once."""
    nothing = Domain.empty().as_dict()
    Domain.is_empty = lambda domain: domain.as_dict() == nothing


def allow_no_other_origin() -> None:
    """Leave out the CORS headers: Rasa allows no other origin here, and says so with every answer
    by two functions of a middleware.
    """
    rasa_server.configure_cors = lambda app, origins: None


def read_domain_once() -> None:
    """Read a model's domain once, by the parser in C: Rasa reads the text four times while it loads
    a model, once of them in Python, which takes longer than all the rest.
    """
    read = io.read_yaml

    @lru_cache(maxsize=1)
    def parsed(content: str) -> Any:
        return read(content)

    def read_kept(content: str, reader_type: Any = "safe") -> Any:
        kept = reader_type == "safe"
        return copy.deepcopy(parsed(content)) if kept else read(content, reader_type)

    io.read_yaml = read_kept
    check_yaml_quickly()


def look_at_mapped_slots() -> None:
    """Look for values in a message only of the slots that a message can fill; Rasa goes through all
    of them with every message, and most are set by actions.
    """
    run = ActionExtractSlots.run
    latest: list[Domain] = []  # a domain and what is left of it; its hash takes long

    def mapped(domain: Domain) -> Domain:
        if not latest or latest[0] is not domain:
            fewer = copy.copy(domain)
            fewer.slots = [
                one for one in domain.slots if not all(map(_is_set_by_action, one.mappings))
            ]
            latest[:] = [domain, fewer]
        return latest[1]

    async def run_on_mapped(
        self: ActionExtractSlots, channel: Any, nlg: Any, tracker: Any, domain: Domain
    ) -> list[Event]:
        found: list[Event] = await run(self, channel, nlg, tracker, mapped(domain))
        return found

    ActionExtractSlots.run = run_on_mapped


def _is_set_by_action(mapping: Mapping[str, Any]) -> bool:
    return mapping.get(MAPPING_TYPE) == SlotMappingType.CUSTOM.value and not mapping.get("action")


def keep_actions() -> None:
    """Keep what an action's name stands for: Rasa makes its own twelve and goes through all names
    of the domain whenever it looks for one. A form holds what it asks for and is made anew.
    """
    find = action.action_for_name_or_text
    kept: tuple[Domain | None, EndpointConfig | None, dict[str, Any]] = None, None, {}

    def find_once(name: str, domain: Domain, endpoint: EndpointConfig | None) -> Any:
        nonlocal kept
        if kept[0] is not domain or kept[1] is not endpoint:
            kept = domain, endpoint, {}
        known = kept[2].get(name)
        if known is None:
            known = find(name, domain, endpoint)
            if not isinstance(known, forms.FormAction):
                kept[2][name] = known
        return known

    action.action_for_name_or_text = find_once


def look_once_for_the_surest() -> None:
    """Look once through a prediction's confidences, one for every action of the domain, for the
    highest: Rasa does so some ten times for each prediction.
    """

    def kept(prediction: PolicyPrediction) -> float:
        known = prediction.__dict__.get("_highest")
        if known is None or known[0] is not prediction.probabilities:
            confidences = prediction.probabilities
            known = prediction._highest = confidences, _highest(confidences)
        return float(known[1])

    PolicyPrediction.max_confidence = property(kept)


def _highest(confidences: Sequence[float]) -> float:
    """The highest of what lies between 0 and 1; a rule is sure or says nothing, which is seen
    sooner than which of six hundred is the highest.
    """
    if not any(confidences):
        return 0.0
    return 1.0 if 1.0 in confidences else max(confidences)


def look_for_garbage_beside_the_model() -> None:
    """Leave what was loaded with the model out of every look for garbage: it stays, and looking
    through it holds up all answers for a quarter of a second.
    """
    load = rasa_run.load_agent_on_start

    async def load_then_freeze(*arguments: Any) -> Any:
        agent = await load(*arguments)
        gc.collect()
        gc.freeze()
        return agent

    rasa_run.load_agent_on_start = load_then_freeze


Ending = tuple[str | None, str | None]


class RuleIndex:
    """The rules of a RulePolicy by the last action and the intent that their last state demands.

    Attributes:
        lookup: rule (its states as JSON) → predicted action, as RulePolicy keeps it.
        longest: states of the longest rule; further back no rule looks.
    """

    def __init__(self, lookup: Mapping[str, str]) -> None:
        self.lookup = lookup
        self._by_ending: dict[Ending, set[str]] = defaultdict(set)
        rules = {key: json.loads(key) for key in lookup}
        for key, states in rules.items():
            self._by_ending[_ending(states[-1]) if states else (None, None)].add(key)
        self.longest = max(map(len, rules.values()), default=1) or 1
        WarmTracker.reach = max(WarmTracker.reach, self.longest)

    def ending_as(self, state: State) -> set[str]:
        """The rules whose last state may be `state`: those that demand its action and intent, and
        those that demand none.
        """
        action, intent = _ending(state)
        endings = {(action, intent), (action, None), (None, None)}
        return set().union(*(self._by_ending.get(ending, ()) for ending in endings))


def _ending(state: State) -> Ending:
    """The last action of a state and its intent; None where it says nothing, and of the intent also
    where it says nothing of the action: then RulePolicy does not look at it.
    """
    action = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = state.get(USER, {}).get(INTENT)
    if not action or action == SHOULD_NOT_BE_SET:
        return None, None
    return action, None if intent == SHOULD_NOT_BE_SET else intent or None
