"""The client against the real backend over a real socket, and against broken ones."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from riung import backend_connection as client_module
from riung.backend.bookings.turnstile import Turnstile
from riung.backend_client import (
    BackendClient,
    BackendDown,
    BackendRefused,
    Conflict,
    Invalid,
    NotFound,
    TooMany,
)
from riung.breaker import FAILURES
from riung.server.app import create_app
from riung.settings import Settings
from tests.riung.backend.citizens import ADMIN_KEY, API_KEY, Clock, local, nik, phone
from tests.riung.backend.servers import free_port, served

TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chosen = Settings.from_env(
        {
            "RIUNG_VAR_DIR": str(tmp_path_factory.mktemp("backend")),
            "RIUNG_API_KEY": API_KEY,
            "RIUNG_ADMIN_KEY": ADMIN_KEY,
            "RIUNG_HASH_KEY": "x",
            "RIUNG_DEMO": "1",
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        Clock(patch).at("2026-11-21T09:00:00+07:00")
        app = create_app(chosen)
        app.state.turnstile = Turnstile(gather_seconds=0)
        with served(app) as address:
            yield address


@pytest.fixture
def backend(url: str, monkeypatch: pytest.MonkeyPatch) -> BackendClient:
    Clock(monkeypatch).at("2026-11-21T09:00:00+07:00")
    return BackendClient(url, API_KEY)


def book(backend: BackendClient, citizen: int, day: date = date(2026, 12, 1)) -> dict:
    return backend.book(
        key=f"wamid.{citizen}",
        office="pemalang",
        place="mpp_batang",
        day=day,
        sender=phone(citizen),
        name="Warga Contoh",
        identity=backend.identity(nik(citizen))["identity"],
        sent_at=local("2026-11-21T09:00:00"),
    )


def test_an_action_gets_the_stage(backend: BackendClient) -> None:
    assert backend.application("1179 0000 0000 1208", "id")["stage"] == "printing"


def test_an_action_gets_the_quotas(backend: BackendClient) -> None:
    days = backend.quotas("pemalang", TUESDAY, TUESDAY + timedelta(days=7), place="mpp_batang")
    assert [day["status"] for day in days] == ["full", "open"]


def test_a_booking_goes_its_whole_way(backend: BackendClient) -> None:
    booked = book(backend, 1)
    assert book(backend, 1)["code"] == booked["code"]
    assert [mine["code"] for mine in backend.bookings(phone(1))] == [booked["code"]]
    assert backend.queue_now("mpp_batang", "pemalang", phone(1))["now_serving"] is None
    with pytest.raises(Conflict) as refused:
        backend.reschedule(booked["code"], phone(1), date(2026, 12, 8))
    assert refused.value.code == "not_yet_open"
    assert backend.cancel(booked["code"], phone(1))["status"] == "cancelled"


def test_a_full_day_has_a_waiting_list(backend: BackendClient) -> None:
    with pytest.raises(Conflict) as full:
        book(backend, 2, TUESDAY)
    assert full.value.problem["next_open"]["date"] == "2026-12-01"
    entry = backend.join_waiting_list(
        key="wamid.w",
        office="pemalang",
        place="mpp_batang",
        day=TUESDAY,
        sender=phone(2),
        name="Warga Contoh",
        identity=backend.identity(nik(2))["identity"],
    )
    assert [mine["code"] for mine in backend.waiting(phone(2))] == [entry["code"]]
    with pytest.raises(Conflict, match="not_offered"):
        backend.accept_offer(entry["code"], phone(2))
    assert backend.leave_waiting_list(entry["code"], phone(2))["status"] == "left"


def test_a_ticket_is_opened_and_found(backend: BackendClient) -> None:
    opened = backend.open_ticket(
        kind="handover",
        office="bandung",
        conversation_id=phone(3),
        last_messages=[{"sender": "citizen", "text": "mau bicara petugas"}],
    )
    assert backend.ticket(opened["code"])["status"] == "open"


def test_wishes_and_their_end(backend: BackendClient) -> None:
    assert backend.subscribe("quota", "mpp_batang", phone(4), "pemalang")["kind"] == "quota"
    assert backend.opt_out(phone(4)) == {"opted_out": True}
    assert backend.erase(phone(4))["open_bookings"] == 0


def test_errors_come_by_family_with_their_code(backend: BackendClient) -> None:
    with pytest.raises(NotFound, match="application_not_found"):
        backend.application("9000000000000001", "id")
    with pytest.raises(Invalid, match="number_malformed"):
        backend.application("12345", "id")
    with pytest.raises(Invalid, match="nik_length"):
        backend.identity("3325")
    with pytest.raises(NotFound, match="place_not_found"):
        backend.quotas("pemalang", place="mpp_bulan")


def test_too_many_unknown_numbers_say_how_long_to_wait(backend: BackendClient) -> None:
    for number in range(10):
        with pytest.raises(NotFound):
            backend.application(str(9_000_000_000_000_000 + number), "id", sender=phone(5))
    with pytest.raises(TooMany) as paused:
        backend.application("9000000000000099", "id", sender=phone(5))
    assert paused.value.retry_after == 3601


def test_a_wrong_key_is_the_operators_matter(url: str) -> None:
    with pytest.raises(BackendRefused):
        BackendClient(url, "wrong").bookings(phone(1))


def test_nobody_listening_is_an_outage() -> None:
    with pytest.raises(BackendDown):
        BackendClient(f"http://127.0.0.1:{free_port()}", API_KEY).bookings(phone(1))


def test_it_works_again_once_the_backend_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Clock(monkeypatch).at("2026-11-21T09:00:00+07:00")
    chosen = Settings.from_env(
        {"RIUNG_VAR_DIR": str(tmp_path), "RIUNG_API_KEY": API_KEY, "RIUNG_HASH_KEY": "x"}
    )
    port = free_port()
    backend = BackendClient(f"http://127.0.0.1:{port}", API_KEY)
    for _ in range(2):
        with served(create_app(chosen), port):
            assert backend.bookings(phone(1)) == []
        with pytest.raises(BackendDown):
            backend.bookings(phone(1))


@contextmanager
def scripted(*answers: bytes | None) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives these raw answers, one a connection; None: it breaks off.

    After the last one it accepts and stays silent.
    """
    received: list[bytes] = []
    held: list[socket.socket] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        left = list(answers)
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            received.append(connection.recv(65536))
            held.append(connection)
            if left and (answer := left.pop(0)) is not None:
                connection.sendall(answer)
            if len(received) <= len(answers):
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", received
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in held:
            connection.close()
        thread.join()


@contextmanager
def slow_then(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that stays silent on its first connection and answers the second."""
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            first, _ = listener.accept()
            received.append(first.recv(65536))
            second, _ = listener.accept()
            received.append(second.recv(65536))
            second.sendall(answer)
            second.close()
            first.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", received
        thread.join(timeout=10)


def http(status: str, body: object) -> bytes:
    content = json.dumps(body).encode() if not isinstance(body, bytes) else body
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content


@pytest.mark.parametrize("call", ["bookings", "opt_out", "erase"])
def test_a_connection_that_broke_is_tried_once_more(call: str) -> None:
    with scripted(None, http("200 OK", [])) as (url, received):
        assert getattr(BackendClient(url, API_KEY), call)(phone(1)) == []
    assert len(received) == 2


def test_a_booking_is_repeated_with_the_same_key() -> None:
    with scripted(None, http("201 Created", {"code": "X"})) as (url, received):
        backend = BackendClient(url, API_KEY)
        told = backend.book(
            key="wamid.1", office="pemalang", place="mpp_batang", day=TUESDAY,
            sender=phone(1), name="Warga Contoh", identity="token",
        )  # fmt: skip
    assert told == {"code": "X"}
    assert [b"Idempotency-Key: wamid.1" in request for request in received] == [True, True]


def test_a_connection_that_breaks_twice_is_an_outage() -> None:
    with scripted(None, None) as (url, received), pytest.raises(BackendDown):
        BackendClient(url, API_KEY).bookings(phone(1))
    assert len(received) == 2


def test_a_slow_answer_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "READ_SECONDS", 0.05)
    with scripted() as (url, received), pytest.raises(BackendDown, match="Timeout"):
        BackendClient(url, API_KEY).bookings(phone(1))
    assert len(received) == 1


def test_what_is_stored_after_the_patience_ended_is_asked_for_by_the_same_key() -> None:
    with slow_then(http("201 Created", {"code": "X"})) as (url, received):
        told = BackendClient(url, API_KEY).open_ticket(
            kind="complaint", office="bandung", conversation_id=None, key="wamid.1"
        )
    assert told == {"code": "X"}
    assert [b"Idempotency-Key: wamid.1" in request for request in received] == [True, True]


CANCELLED = {"code": "X", "status": "cancelled"}


def test_what_was_given_back_after_the_patience_ended_has_not_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client_module, "READ_SECONDS", 0.05)
    with slow_then(http("200 OK", CANCELLED)) as (url, received):
        told = BackendClient(url, API_KEY).cancel("X", phone(1))
    assert told == CANCELLED
    assert len(received) == 2


@pytest.mark.parametrize(
    ("answers", "unsure"),
    [
        ((None, None), True),
        ((http("504 Gateway Timeout", b"<html>"),), True),
        ((http("503 Service Unavailable", {"code": "database_unavailable"}),), False),
        ((http("500 Internal Server Error", {"code": "internal_error"}),), False),
    ],
    ids=["broken off", "proxy", "no database", "failed"],
)
def test_it_is_told_whether_a_change_may_have_happened(
    answers: tuple[bytes | None, ...], unsure: bool
) -> None:
    with scripted(*answers) as (url, _), pytest.raises(BackendDown) as down:
        BackendClient(url, API_KEY).cancel("X", phone(1))
    assert down.value.may_be_done is unsure


def test_what_never_left_has_not_happened_and_a_question_changes_nothing() -> None:
    nobody = BackendClient(f"http://127.0.0.1:{free_port()}", API_KEY)
    with pytest.raises(BackendDown) as down:
        nobody.cancel("X", phone(1))
    assert not down.value.may_be_done
    with scripted(None, None) as (url, _), pytest.raises(BackendDown) as down:
        BackendClient(url, API_KEY).bookings(phone(1))
    assert not down.value.may_be_done


def test_a_backend_that_fails_again_and_again_is_left_alone_for_a_moment() -> None:
    with scripted(*[http("503 Service Unavailable", {})] * 20) as (url, received):
        backend = BackendClient(url, API_KEY)
        for _ in range(FAILURES + 3):
            with pytest.raises(BackendDown):
                backend.bookings(phone(1))
    assert len(received) == FAILURES


def test_a_call_with_a_key_that_stays_without_answer_is_an_outage_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client_module, "IN_ALL_SECONDS", client_module.READ_SECONDS + 0.05)
    with scripted() as (url, received), pytest.raises(BackendDown, match="Timeout"):
        BackendClient(url, API_KEY).open_ticket(
            kind="complaint", office="bandung", conversation_id=None, key="wamid.1"
        )
    assert len(received) == 2


def test_the_time_to_fail_leaves_room_for_an_answer_within_three_seconds() -> None:
    assert 2 * client_module.CONNECT_SECONDS + client_module.READ_SECONDS <= 2
    assert client_module.READ_SECONDS < client_module.BOOKING_SECONDS < client_module.IN_ALL_SECONDS
    assert client_module.IN_ALL_SECONDS < 3


@pytest.mark.parametrize(
    "answer",
    [
        http("500 Internal Server Error", {"code": "internal_error"}),
        http("503 Service Unavailable", {"code": "database_unavailable"}),
        http("502 Bad Gateway", b"<html>"),
        http("200 OK", b"<html>"),
    ],
)
def test_a_failing_backend_is_an_outage(answer: bytes) -> None:
    with scripted(answer) as (url, _), pytest.raises(BackendDown):
        BackendClient(url, API_KEY).bookings(phone(1))


def test_no_error_shows_whose_call_it_was() -> None:
    with pytest.raises(BackendDown) as down:
        BackendClient(f"http://127.0.0.1:{free_port()}", API_KEY).bookings(phone(1))
    assert phone(1) not in f"{down.value!r} {down.value.__cause__!r}"
    assert down.value.__suppress_context__
