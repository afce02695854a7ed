"""A worker that was killed is replaced; one that gave up ends the server, which tells why."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from riung.dialogue import workers
from riung.dialogue.workers import Workers

fork = multiprocessing.get_context("fork").Process
PATIENCE_SECONDS = 20


def work(folder: Path) -> None:
    """Note that it runs, then go on until told to stop, as a Sanic worker does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    (folder / str(os.getpid())).touch()
    while True:
        time.sleep(0.1)


def give_up() -> None:
    sys.exit(1)


def supervise(make: Callable[[], ForkProcess]) -> None:
    Workers(make, 2).run()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LOOK_EVERY", 0.05)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ForkProcess]:
    """Two workers that note their process ids in `tmp_path`."""
    started = fork(target=supervise, args=(partial(fork, target=work, args=(tmp_path,)),))
    started.start()
    yield started
    started.terminate()
    started.join(PATIENCE_SECONDS)


def seen(folder: Path, count: int) -> set[str]:
    until = time.monotonic() + PATIENCE_SECONDS
    while len(found := set(os.listdir(folder))) < count:
        assert time.monotonic() < until, found
        time.sleep(0.02)
    return found


def test_a_killed_worker_is_replaced(server: ForkProcess, tmp_path: Path) -> None:
    before = seen(tmp_path, 2)

    os.kill(int(min(before)), signal.SIGKILL)

    assert len(seen(tmp_path, 3) - before) == 1
    assert server.is_alive()


def test_told_to_stop_all_of_them_end(server: ForkProcess, tmp_path: Path) -> None:
    running = seen(tmp_path, 2)

    server.terminate()
    server.join(PATIENCE_SECONDS)

    assert server.exitcode == 0
    assert [Path(f"/proc/{one}").exists() for one in running] == [False, False]


def test_one_that_gives_up_is_not_started_for_ever() -> None:
    server = fork(target=supervise, args=(partial(fork, target=give_up),))
    server.start()
    server.join(PATIENCE_SECONDS)

    assert server.exitcode == 0
