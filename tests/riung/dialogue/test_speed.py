"""What `riung.dialogue.speed` replaces behaves as Rasa's own did."""

from __future__ import annotations

import asyncio
import copy
import gc
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import dask
import pytest
import structlog
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa import server as rasa_server
from rasa.core import processor
from rasa.core import run as rasa_run
from rasa.core.actions import action as action_module
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies import rule_policy
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import ActionNotFoundException, Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from sanic import Sanic

from riung.dialogue import speed
from riung.dialogue.speed import (
    allow_no_other_origin,
    ask_few_rules,
    check_action_answers_quickly,
    copy_slots_plainly,
    keep_actions,
    keep_connections,
    know_the_empty_domain,
    look_for_garbage_beside_the_model,
    look_once_for_the_surest,
    make_nothing_to_log,
    run_graph,
    step_aside_for_actions,
)
from riung.dialogue.turn_limit import TurnLimit


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    monkeypatch.setattr(
        RemoteAction, "_validate_action_result", RemoteAction._validate_action_result
    )  # put back at the end
    check_action_answers_quickly()
    return RemoteAction("action_menu", None)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"events": [], "responses": []},
        {
            "events": [{"event": "slot", "name": "bahasa", "value": "id", "timestamp": None}],
            "responses": [{"response": "utter_salam"}],
        },
    ],
)
def test_an_action_may_answer_in_the_form_rasa_knows(
    action: RemoteAction, answer: dict[str, Any]
) -> None:
    assert action._validate_action_result(answer)


@pytest.mark.parametrize(
    "answer", [[], {"events": "slot"}, {"events": [{"name": "bahasa"}]}, {"responses": ["halo"]}]
)
def test_another_form_is_refused(action: RemoteAction, answer: Any) -> None:
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)


def test_rasas_schema_is_itself_valid() -> None:
    schema = RemoteAction.action_response_format_spec()

    validator_for(schema).check_schema(schema)


@asynccontextmanager
async def served(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[str]:
    """The address of a small server that answers every POST like that."""
    application = web.Application()
    application.router.add_post("/{path}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
def endpoint_class(monkeypatch: pytest.MonkeyPatch) -> type[EndpointConfig]:
    monkeypatch.setattr(EndpointConfig, "session", EndpointConfig.session)
    keep_connections()
    return EndpointConfig


def test_calls_of_an_endpoint_share_a_connection_and_send_what_they_did(
    endpoint_class: type[EndpointConfig],
) -> None:
    callers: list[tuple[Any, str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        peer = request.transport.get_extra_info("peername")
        callers.append((peer, request.headers["X-Kunci"], await request.text()))
        return web.json_response({"status": "ok"}, status=404 if "hilang" in request.path else 200)

    async def call() -> None:
        async with served(answer) as url:
            endpoint = endpoint_class(url, headers={"X-Kunci": "uji"})
            for number in range(3):
                assert await endpoint.request(subpath="x", json={"n": number}) == {"status": "ok"}
            with pytest.raises(ClientResponseError):
                await endpoint.request(subpath="hilang")

    asyncio.run(call())

    assert len({peer for peer, _, _ in callers}) == 1
    assert [(key, body) for _, key, body in callers[:3]] == [
        ("uji", f'{{"n": {number}}}') for number in range(3)
    ]


async def test_an_action_server_that_hangs_is_given_up(
    endpoint_class: type[EndpointConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "ACTION_SECONDS", 0.05)

    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.json_response({})

    async with served(answer) as url:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(endpoint_class(url).request(subpath="aksi"), 3)


async def test_turns_that_wait_for_an_action_meet_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EndpointConfig, "request", EndpointConfig.request)
    step_aside_for_actions()
    limit, asked = TurnLimit(computing=1), list[web.Request]()

    async def answer(request: web.Request) -> web.Response:
        """Nobody is answered before three have asked."""
        asked.append(request)
        while len(asked) < 3:
            await asyncio.sleep(0.01)
        return web.json_response({})

    async def turn(url: str) -> None:
        async with limit.hold():
            await EndpointConfig(url).request(subpath="aksi")

    async with served(answer) as url:
        await asyncio.wait_for(asyncio.gather(*(turn(url) for _ in range(3))), 5)


def test_a_graph_gives_what_dask_gives_and_runs_each_node_once() -> None:
    calls: list[str] = []

    def node(name: str) -> Any:
        def run(*inputs: Any) -> tuple[str, Any]:
            calls.append(name)
            return name, (*inputs,)

        return run

    graph = {
        "pesan": ("pesan", ["halo"]),
        "kata": (node("kata"), "pesan"),
        "niat": (node("niat"), "kata", "pesan"),
        "aksi": (node("aksi"), "niat", "kata"),
    }

    expected = dask.get(dict(graph), ["aksi", "niat"])
    calls.clear()

    assert run_graph(graph, ["aksi", "niat"]) == expected
    assert sorted(calls) == ["aksi", "kata", "niat"]


def test_an_error_of_a_node_comes_out_as_it_is() -> None:
    def broken(_: Any) -> None:
        raise KeyError("slot")

    with pytest.raises(KeyError, match="slot"):
        run_graph({"pesan": ("pesan", 1), "niat": (broken, "pesan")}, ["niat"])


ACTIONS = ("action_listen", "utter_biaya", "biaya_form", None)
INTENTS = ("biaya", "salam", "should_not_be_set", None)
LOOPS = ("biaya_form", "should_not_be_set", None)


def state_of(action: str | None, intent: str | None, loop: str | None) -> dict[str, Any]:
    parts = {
        "prev_action": {"action_name": action},
        "user": {"intent": intent},
        "active_loop": {"name": loop},
    }
    return {
        name: part for name, part in parts.items() if None not in part.values() or name == "user"
    }


states = st.builds(
    state_of, st.sampled_from(ACTIONS), st.sampled_from(INTENTS), st.sampled_from(LOOPS)
)


@given(st.lists(st.lists(states, max_size=3), max_size=12), st.lists(states, max_size=5))
def test_the_rules_that_fit_are_those_of_the_stock_policy(rules: Any, said: Any) -> None:
    lookup = {json.dumps(rule): "utter_biaya" for rule in rules}
    policy = object.__new__(RulePolicy)
    with pytest.MonkeyPatch.context() as patched:
        expected = policy._get_possible_keys(lookup, said)
        patched.setattr(RulePolicy, "_get_possible_keys", None)
        ask_few_rules()
        assert policy._get_possible_keys(lookup, said) == expected


@pytest.mark.parametrize("text", ["halo", "biaya", "/batal", "apa saja"])
def test_a_turn_is_predicted_as_by_the_stock_policy(
    text: str, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = asyncio.run(agent.parse_message(text))
    said = UserUttered(text, parsed["intent"], parsed["entities"], parsed)
    events = [ActionExecuted("action_session_start"), ActionExecuted("action_listen"), said]
    tracker = DialogueStateTracker.from_events("warga", events, agent.domain.slots)
    predict = agent.processor._predict_next_with_tracker
    expected = predict(tracker)

    for name in ("_get_possible_keys", "_find_action_from_rules"):
        monkeypatch.setattr(RulePolicy, name, getattr(RulePolicy, name))
    ask_few_rules()

    found = predict(tracker)
    assert found.probabilities == expected.probabilities
    assert found.hide_rule_turn == expected.hide_rule_turn


def test_a_rule_for_words_themselves_is_still_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def find(*_: Any) -> tuple[None, None, bool]:
        asked.append(True)
        return None, None, False

    monkeypatch.setattr(RulePolicy, "_get_possible_keys", RulePolicy._get_possible_keys)
    monkeypatch.setattr(RulePolicy, "_find_action_from_rules", find)
    ask_few_rules()
    policy = object.__new__(RulePolicy)
    tracker = DialogueStateTracker.from_events("warga", [])
    listening = {"prev_action": {"action_name": "action_listen"}}
    for user in ({"text": "halo"}, {"intent": "salam"}):
        rule = json.dumps([{**listening, "user": user}])
        policy.lookup = {"rules": {rule: "utter_salam"}}
        policy._find_action_from_rules(tracker, Domain.empty(), True)

    assert asked == [True], "the text is looked at for the first rule alone"


def test_a_copied_slot_is_the_same_and_stands_alone(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock = [copy.copy(slot) for slot in agent.domain.slots]
    monkeypatch.setattr(Slot, "__copy__", None, raising=False)
    copy_slots_plainly()

    copies = [copy.copy(slot) for slot in agent.domain.slots]

    assert [(type(one), vars(one)) for one in copies] == [(type(one), vars(one)) for one in stock]
    text = next(slot for slot in copies if slot.name == "nomor_permohonan")
    text.value = "1179000000001208"
    assert next(slot for slot in agent.domain.slots if slot.name == text.name).value is None


@pytest.mark.parametrize("module", [forms, processor, rule_policy])
def test_rasa_copies_in_these_modules_only_to_log(module: ModuleType) -> None:
    lines = Path(module.__file__ or "").read_text("utf-8").splitlines()
    copying = [place for place, line in enumerate(lines) if " copy." in line or "=copy." in line]

    assert copying
    assert all("logger.debug(" in "".join(lines[place - 5 : place + 1]) for place in copying)


@pytest.fixture
def nothing_logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (forms, processor, rule_policy):
        monkeypatch.setattr(module, "copy", copy)
    stock = MessageProcessor.__dict__["_log_slots"]
    monkeypatch.setattr(MessageProcessor, "_log_slots", stock)
    monkeypatch.setenv("SANIC_ACCESS_LOG", "true")
    make_nothing_to_log()
    yield
    structlog.configure(cache_logger_on_first_use=False)


@pytest.mark.usefixtures("nothing_logged")
def test_what_nobody_logs_is_not_made() -> None:
    assert processor.copy.deepcopy(found := [{"niat": "salam"}]) is found
    assert not Sanic("tanpa_catatan_akses").config.ACCESS_LOG


def test_no_other_origin_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa_server, "configure_cors", rasa_server.configure_cors)
    allow_no_other_origin()
    app = rasa_server.create_app(cors_origins=None)

    assert not app.response_middleware


def test_only_the_empty_domain_is_empty(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Domain, "is_empty", Domain.is_empty)
    know_the_empty_domain()

    assert Domain.empty().is_empty()
    assert not agent.domain.is_empty()


def test_an_action_is_looked_for_once_for_a_domain_and_an_endpoint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stock = action_module.action_for_name_or_text
    monkeypatch.setattr(action_module, "action_for_name_or_text", stock)
    domain, other = Domain.load("domain.yml"), Domain.load("domain.yml")
    here, there = EndpointConfig("http://a.test"), EndpointConfig("http://b.test")
    keep_actions()
    find = action_module.action_for_name_or_text

    for name in domain.action_names_or_texts:
        assert vars(find(name, domain, here)) == vars(stock(name, domain, here)), name
        assert type(find(name, domain, here)) is type(stock(name, domain, here)), name
    assert find("action_menu", domain, here) is find("action_menu", domain, here)
    assert find("action_menu", domain, there).action_endpoint is there
    assert find("action_menu", other, there) is not find("action_menu", domain, there)
    assert find("antrean_form", domain, here) is not find("antrean_form", domain, here)
    with pytest.raises(ActionNotFoundException):
        find("action_tidak_ada", domain, here)


def test_the_surest_action_is_that_of_the_stock_prediction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PolicyPrediction, "max_confidence", PolicyPrediction.max_confidence)
    look_once_for_the_surest()
    prediction = PolicyPrediction([0.0, 0.7, 0.2], "aturan")

    assert (prediction.max_confidence, prediction.max_confidence_index) == (0.7, 1)
    prediction.probabilities = [0.0, 0.0, 0.9]
    assert (prediction.max_confidence, prediction.max_confidence_index) == (0.9, 2)
    assert PolicyPrediction([], "tidak ada").max_confidence == 0.0


def test_the_loaded_model_is_left_out_of_looks_for_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    async def load(*_: Any) -> str:
        return "agent"

    monkeypatch.setattr(rasa_run, "load_agent_on_start", load)
    look_for_garbage_beside_the_model()
    try:
        assert asyncio.run(rasa_run.load_agent_on_start("model", None, None, None, None)) == "agent"
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
