"""A real backend on loopback for the actions to ask."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
import uvicorn
from sqlalchemy import select

from riung import backend_client
from riung.backend.db import Database
from riung.desk.tickets.tables import Ticket
from riung.server.app import create_app
from riung.settings import Settings
from tests.conftest import SetEnvironment
from tests.stack import SECRETS

FRIDAY = "2026-11-20T10:00:00+07:00"
"""The clock of these tests: MPP Batang's places for Tuesday 24 November were opened at 08.00."""


@dataclass(frozen=True)
class Backend:
    """The running backend, and what integrators may change in it."""

    url: str
    database: Database

    def put(self, path: str, **body: Any) -> None:
        """Call as an integrator."""
        headers = {"Authorization": f"Bearer {SECRETS['RIUNG_ADMIN_KEY']}"}
        answer = requests.put(f"{self.url}/api/v1{path}", json=body, headers=headers, timeout=5)
        assert answer.ok, answer.text

    def application(self, number: str, stage: str, route: str = "m_paspor") -> None:
        """Put an application at a stage."""
        self.put(f"/applications/{number}", office="bandung", route=route, stage=stage, force=True)

    def quota(self, day: str, place: str = "pemalang/mpp_batang", **change: Any) -> None:
        """Change a day's quota."""
        self.put(f"/quotas/{place}/{day}", **change)

    def call_next(self) -> None:
        """Call the next in line at MPP Batang."""
        headers = {"Authorization": f"Bearer {SECRETS['RIUNG_API_KEY']}"}
        here = {"office": "pemalang", "place": "mpp_batang"}
        url = f"{self.url}/api/v1/counter/call-next"
        assert requests.post(url, json=here, headers=headers, timeout=5).ok

    def ticket(self, code: str) -> Ticket:
        """A ticket as the desk reads it, from the backend's own table."""
        with self.database.reading() as session:
            return session.execute(select(Ticket).where(Ticket.code == code)).scalar_one()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """One backend for a file of tests, on a SQLite file of its own."""
    folder = tmp_path_factory.mktemp("var")
    chosen = Settings.from_env({**SECRETS, "RIUNG_VAR_DIR": str(folder)})
    config = uvicorn.Config(create_app(chosen), log_level="error", ws="none")
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        database = Database(chosen.database_url, chosen.hash_key)
        yield Backend(f"http://127.0.0.1:{listener.getsockname()[1]}", database)
        database.dispose()
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture
def backend(running: Backend, set_environment: SetEnvironment) -> Iterator[Backend]:
    """The actions ask the running backend, on a Friday morning."""
    set_environment(**SECRETS, RIUNG_BACKEND_URL=running.url, RIUNG_NOW=FRIDAY)
    backend_client.backend.cache_clear()
    yield running
    backend_client.backend.cache_clear()


@pytest.fixture
def no_backend(set_environment: SetEnvironment) -> Iterator[None]:
    """Nobody listens where the backend should be."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        set_environment(**SECRETS, RIUNG_BACKEND_URL=url, RIUNG_NOW=FRIDAY)
        backend_client.backend.cache_clear()
        yield
    backend_client.backend.cache_clear()
