"""Several Rasa workers (`RIUNG_RASA_WORKERS`): one that was killed is replaced.

Sanic starts them once and waits for the last one to end. A worker that the machine killed for its
memory would leave the others alone with its work until somebody restarts the server.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from typing import Any

import structlog
from sanic import app as sanic_app
from sanic.server import serve
from sanic.server.events import trigger_events
from sanic.server.socket import bind_socket

from riung.dialogue.counting import forget_worker

log = structlog.get_logger()

LOOK_EVERY = 1.0
"""Seconds between two looks at the workers; also the pause before a killed one is replaced."""


def replace_the_killed() -> None:
    """Let every server of this process with several workers watch over them."""
    sanic_app.serve_multiple = serve_multiple  # type: ignore[attr-defined]


def serve_multiple(server_settings: dict[str, Any], workers: int) -> None:
    """Serve in so many processes until told to stop (SIGINT, SIGTERM), or until one gives up.

    Args:
        server_settings: Sanic's, as it hands them to its own function of this name.
        workers: how many.
    """
    begin, end = server_settings.pop("main_start", None), server_settings.pop("main_stop", None)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    trigger_events(begin, loop)
    host, port = server_settings["host"], server_settings["port"]
    listening = bind_socket(host, port, backlog=server_settings["backlog"])
    listening.set_inheritable(True)
    here = {"sock": listening, "host": None, "port": None, "reuse_port": True}
    settings = {**server_settings, **here, "run_multiple": True}
    fork = multiprocessing.get_context("fork").Process
    Workers(lambda: fork(target=serve, kwargs=settings, daemon=True), workers).run()
    trigger_events(end, loop)
    listening.close()
    loop.close()


class Workers:
    """Running processes, as many as were asked for."""

    def __init__(self, make: Callable[[], ForkProcess], count: int) -> None:
        self._make, self._count = make, count
        self._running: list[ForkProcess] = []
        self._stopping = False

    def run(self) -> None:
        """Until all have ended; what a worker says for itself by its exit status ends all."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop())
        self._fill()
        while self._running:
            wait([one.sentinel for one in self._running], timeout=LOOK_EVERY)
            ended = [one for one in self._running if not one.is_alive()]
            self._running = [one for one in self._running if one not in ended]
            for one in ended:
                forget_worker(one.pid or 0)
            if any((one.exitcode or 0) > 0 for one in ended):
                self._stop()
            elif ended and not self._stopping:
                log.error("worker.replaced", signals=[-(one.exitcode or 0) for one in ended])
                time.sleep(LOOK_EVERY)
                self._fill()

    def _fill(self) -> None:
        while len(self._running) < self._count and not self._stopping:
            one = self._make()
            one.start()
            self._running.append(one)
        if self._stopping:
            self._stop()

    def _stop(self) -> None:
        self._stopping = True
        for one in self._running:
            one.terminate()
