"""Rasa's events on their way to the backend: never in Rasa's way, and not lost."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from riung.dialogue.event_broker import HttpEventBroker
from tests.riung.desk.conftest import API_KEY
from tests.riung.desk.makers import bot, user


class Backend:
    """Plays `/internal/tracker-events`; answers what it is told to."""

    def __init__(self) -> None:
        self.batches: list[dict[str, Any]] = []
        self.status = 200
        self.refused = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if outer.status == 200:
                    outer.batches.append(body)
                else:
                    outer.refused += 1
                self.send_response(outer.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keep the test output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def texts(self) -> list[str]:
        return [event["text"] for batch in self.batches for event in batch["events"]]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def backend() -> Iterator[Backend]:
    running = Backend()
    yield running
    running.stop()


@pytest.fixture
def broker(backend: Backend) -> Iterator[HttpEventBroker]:
    made = HttpEventBroker(backend.url, API_KEY)
    yield made
    asyncio.run(made.close())


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def test_events_arrive_in_order(backend: Backend, broker: HttpEventBroker) -> None:
    for number in range(500):
        broker.publish(user(str(number)))
    until(lambda: len(backend.texts) == 500)
    assert backend.texts == [str(number) for number in range(500)]


def test_only_the_first_batch_of_a_new_process_reports_a_gap(
    backend: Backend, broker: HttpEventBroker
) -> None:
    for count, text in enumerate(("satu", "dua"), 1):
        broker.publish(user(text))
        until(lambda count=count: len(backend.batches) == count)  # type: ignore[misc]
    assert [batch["gap"] for batch in backend.batches] == [True, False]


def test_a_backend_that_is_down_gets_everything_later(
    backend: Backend, broker: HttpEventBroker
) -> None:
    backend.status = 503
    for number in range(5):
        broker.publish(user(str(number)))
    until(lambda: backend.refused > 1)
    backend.status = 200
    until(lambda: len(backend.texts) == 5)
    assert backend.batches[0]["gap"]


def test_a_batch_that_nobody_can_use_does_not_hold_up_the_rest(
    backend: Backend, broker: HttpEventBroker
) -> None:
    backend.status = 422
    broker.publish(user("rusak"))
    until(lambda: backend.refused == 1)
    backend.status = 200
    broker.publish(user("utuh"))
    until(lambda: backend.texts == ["utuh"])
    assert backend.batches[0]["gap"]


def test_publishing_never_waits_even_when_the_queue_is_full() -> None:
    broker = HttpEventBroker("http://127.0.0.1:9", API_KEY, queue_size=3)
    for _ in range(50):
        broker.publish(user())
    assert broker._gap
    asyncio.run(broker.close())


def test_what_the_desk_has_no_use_for_stays_in_rasa(
    backend: Backend, broker: HttpEventBroker
) -> None:
    broker.publish({"event": "action", "name": "action_listen", "sender_id": "1", "timestamp": 1.0})
    broker.publish(bot("jawaban"))
    until(lambda: bool(backend.batches))
    assert backend.texts == ["jawaban"]


def test_the_last_events_leave_before_rasa_ends(backend: Backend) -> None:
    broker = HttpEventBroker(backend.url, API_KEY)
    broker.publish(user("pesan terakhir"))
    asyncio.run(broker.close())
    assert backend.texts == ["pesan terakhir"]
