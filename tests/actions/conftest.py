"""A real backend on loopback for the actions to ask."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from riung import backend_client
from tests.conftest import SetEnvironment
from tests.running_backend import FRIDAY, Backend, running_backend
from tests.stack import SECRETS


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """One backend for a file of tests, on a SQLite file of its own."""
    with running_backend(tmp_path_factory.mktemp("var")) as backend:
        yield backend


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
