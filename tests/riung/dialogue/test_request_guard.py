"""A request whose length is unclear, or that shows no key, is refused before its body is read."""

from __future__ import annotations

import asyncio
import json
from itertools import count

import pytest
from rasa.core import run as rasa_run
from sanic import Sanic
from sanic.compat import Header

from riung.dialogue.action_server import make_app
from riung.dialogue.request_guard import fault_of_length, guard, guard_rasa
from tests.cases import over
from tests.riung.dialogue.sanic_server import said_to, served

KEY = "kunci-uji"
_names = count()


@pytest.fixture(autouse=True)
def several_servers_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sanic, "test_mode", True)


@pytest.mark.parametrize(
    "length", ["", "x", "+2", "-0", "2x", "0x2", "1_0", "2, 2", "2.0", "٢", "9" * 30]
)
def test_a_length_that_is_no_plain_number_is_refused(length: str) -> None:
    assert fault_of_length(Header([("content-length", length)])) == "content-length"


def test_two_lengths_or_a_length_beside_chunks_are_refused() -> None:
    assert fault_of_length(Header([("content-length", "2"), ("content-length", "3")]))
    assert fault_of_length(Header([("content-length", "2"), ("transfer-encoding", "chunked")]))
    assert fault_of_length(Header([("transfer-encoding", "gzip")]))


@pytest.mark.parametrize(("name", "value"), [("content-length", "0"), ("content-length", " 12 ")])
def test_plain_lengths_chunks_and_no_body_at_all_pass(name: str, value: str) -> None:
    assert fault_of_length(Header([(name, value)])) is None
    assert fault_of_length(Header([("transfer-encoding", "chunked")])) is None
    assert fault_of_length(Header([])) is None


def test_an_unclear_length_is_answered_400_and_the_server_goes_on() -> None:
    async def look() -> None:
        async with served(make_app(KEY)) as port:
            for length in ("-0", "+2", "2x"):
                head = f"POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n{{}}"
                assert (await said_to(port, head)).startswith("HTTP/1.1 400")
            assert (await said_to(port, "GET /health HTTP/1.1\r\n\r\n")).startswith("HTTP/1.1 200")

    asyncio.run(look())


def test_what_is_no_request_is_answered_400_by_the_action_server_too() -> None:
    head = f"POST /webhook HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {KEY}\r\n"
    broken = [
        f"{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n",
        f"{head}Transfer-Encoding : chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
        "GET /health\r\n\r\n",
    ]

    async def look() -> None:
        async with served(make_app(KEY)) as port:
            for request in broken:
                assert (await said_to(port, request)).startswith("HTTP/1.1 400")

    asyncio.run(look())


@over(
    "body",
    [
        "[]",
        '"action_menu"',
        "7",
        "{}",
        '{"next_action": "action_menu"}',
        '{"next_action": "action_menu", "tracker": []}',
        '{"next_action": "action_menu", "tracker": {"slots": {"nik": "rahasia"}}}',
        "null",
        "{",
    ],
)
def test_json_that_calls_no_action_is_answered_400_without_being_repeated(body: str) -> None:
    head = f"POST /webhook HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {KEY}\r\n"

    async def look() -> None:
        async with served(make_app(KEY)) as port:
            answer = await said_to(port, f"{head}Content-Length: {len(body)}\r\n\r\n{body}")
        assert answer.startswith("HTTP/1.1 400")
        assert "rahasia" not in answer

    asyncio.run(look())


def test_the_action_server_runs_actions_only_for_the_key() -> None:
    async def look() -> None:
        async with served(make_app(KEY)) as port:
            without = await said_to(port, "GET /actions HTTP/1.1\r\n\r\n")
            wrong = await said_to(port, "GET /actions HTTP/1.1\r\nAuthorization: Bearer x\r\n\r\n")
            right = await said_to(
                port, f"GET /actions HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\n\r\n"
            )
            assert without.startswith("HTTP/1.1 401")
            assert wrong.startswith("HTTP/1.1 401")
            assert right.startswith("HTTP/1.1 200")
            assert json.loads(right.split("\r\n\r\n")[1])

    asyncio.run(look())


def test_every_server_that_rasa_makes_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa_run, "configure_app", lambda: Sanic(f"rasa{next(_names)}"))
    guard_rasa()

    async def look() -> None:
        async with served(rasa_run.configure_app()) as port:
            answer = await said_to(port, "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n")
            assert answer.startswith("HTTP/1.1 400")

    asyncio.run(look())


def test_a_request_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riung.dialogue.request_guard.HEAD_SECONDS", 0.2)
    app = Sanic(f"slow{next(_names)}", configure_logging=False)
    guard(app)

    async def look() -> None:
        async with served(app) as port:
            answer = await said_to(port, "GET / HTTP/1.1\r\nHost:")
            assert answer.startswith("HTTP/1.1 408")

    asyncio.run(look())
