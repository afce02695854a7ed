"""A real application on a real database: SQLite, and PostgreSQL in tests marked `services`."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.engine import make_url

from riung.backend.bookings.turnstile import Turnstile
from riung.backend.db import Database, migrate
from riung.server.app import create_app
from riung.settings import Settings
from tests.riung.backend.citizens import ADMIN_KEY, API_KEY, Api, Clock
from tests.services import new_database

MOMENT = "2026-11-21T09:00:00+07:00"
"""A Saturday; MPP Batang's Tuesday 24 November opened on Friday the 20th at 08:00."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The one clock of the program, set to `MOMENT` until the test moves it."""
    chosen = Clock(monkeypatch)
    chosen.at(MOMENT)
    return chosen


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables, to copy: migrating anew for each test would be slow."""
    path = tmp_path_factory.mktemp("migrated") / "riung.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "riung.db")
    return f"sqlite:///{tmp_path}/riung.db"


def backend_url(url: str) -> str:
    """The address as the backend uses it: with the schema of its tables."""
    return Settings.from_env({"RIUNG_DATABASE_URL": url}).database_url


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """The name of a PostgreSQL database with all tables: the template of each test's own."""
    with new_database() as url:
        migrate(backend_url(url))
        yield str(make_url(url).database)


@pytest.fixture
def postgres_url(migrated_postgres: str) -> Iterator[str]:
    with new_database(template=migrated_postgres) as url:
        yield backend_url(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.services)])
def any_url(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def backend_settings(tmp_path: Path, sqlite_url: str) -> Settings:
    return Settings.from_env(
        {
            "RIUNG_VAR_DIR": str(tmp_path),
            "RIUNG_API_KEY": API_KEY,
            "RIUNG_ADMIN_KEY": ADMIN_KEY,
            "RIUNG_HASH_KEY": "hash-key-of-the-tests",
            "RIUNG_OFFICE": "pemalang",
        }
    )


@pytest.fixture
def any_settings(backend_settings: Settings, any_url: str) -> Settings:
    return dataclasses.replace(backend_settings, database_url=any_url)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application, built once: its hundred routes take longer to build than a test to run."""
    folder = str(tmp_path_factory.mktemp("application"))
    return create_app(Settings.from_env({"RIUNG_VAR_DIR": folder}))


def over(application: FastAPI, chosen: Settings) -> FastAPI:
    """The application with a database of its own; nobody has to wait at the turnstile, as nobody
    comes out of order here."""
    state = application.state
    state.settings = chosen
    state.database = Database(chosen.database_url, chosen.hash_key)
    state.turnstile = Turnstile(gather_seconds=0)
    return application


@pytest.fixture
def api(application: FastAPI, backend_settings: Settings, clock: Clock) -> Iterator[Api]:
    """The API of an empty backend on SQLite, called with the api key."""
    with TestClient(over(application, backend_settings)) as client:
        yield Api(client)


@pytest.fixture
def any_api(application: FastAPI, any_settings: Settings, clock: Clock) -> Iterator[Api]:
    """The same on both databases."""
    with TestClient(over(application, any_settings)) as client:
        yield Api(client)


@pytest.fixture
def database(backend_settings: Settings) -> Iterator[Database]:
    """The tables without the API in front."""
    found = Database(backend_settings.database_url, backend_settings.hash_key)
    yield found
    found.dispose()


@pytest.fixture
def any_database(any_settings: Settings) -> Iterator[Database]:
    found = Database(any_settings.database_url, any_settings.hash_key)
    yield found
    found.dispose()


@pytest.fixture(scope="session")
def trained() -> Any:
    """The assistant with the checkout's model, loaded once; trained first when an input of it has
    changed. Whoever changes it puts it back.
    """
    from rasa.core.agent import Agent

    from riung.dialogue.model import MODEL, train_if_needed

    train_if_needed()
    return Agent.load(str(MODEL))
