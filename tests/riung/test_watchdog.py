"""A program that answers is let live; one that hangs is no longer spoken for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from riung import watchdog
from tests.riung.server.test_processes import listening

QUICK = "40000"
"""Microseconds of WatchdogSec; it is told four times as often."""


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The socket on which a service manager hears its services."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", QUICK)
        monkeypatch.setattr(watchdog, "ASK_SECONDS", 0.3)
        yield manager


def hears_nothing(manager: socket.socket, seconds: float) -> bool:
    manager.settimeout(seconds)
    try:
        manager.recv(64)
    except TimeoutError:
        return True
    return False


def test_a_program_that_answers_is_spoken_for_again_and_again(systemd: socket.socket) -> None:
    with listening() as port:
        watchdog.watch(f"http://127.0.0.1:{port}/healthz")

        assert [systemd.recv(64) for _ in range(3)] == [watchdog.ALIVE] * 3


def test_a_program_that_takes_calls_and_answers_none_is_not(
    systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "STARTING", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        watchdog.watch(f"http://127.0.0.1:{hanging.getsockname()[1]}/healthz")

        assert hears_nothing(systemd, 1.0)


def test_a_program_that_is_still_starting_is_given_its_time(systemd: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as starting:
        watchdog.watch(f"http://127.0.0.1:{starting.getsockname()[1]}/healthz")

        assert systemd.recv(64) == watchdog.ALIVE


def test_without_a_service_manager_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)

    assert watchdog.watch("http://127.0.0.1:1/healthz") is None
