"""The desk as a browser meets it: a real application on a real SQLite file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from riung.backend.db import Database
from riung.desk import accounts
from riung.desk.access import Role
from riung.desk.rasa_api import RasaApi
from riung.settings import Settings
from tests.riung.desk.fake_rasa import FakeRasa

PASSWORD = "hujan di sore hari"
API_KEY = "api-key-of-the-tests"


class Browser:
    """Somebody at the desk: keeps the cookie and sends the page's CSRF token with each form."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.csrf = ""

    def log_in(self, login: str, password: str = PASSWORD) -> Browser:
        answer = self.client.post(
            "/desk/login", data={"login": login, "password": password}, follow_redirects=False
        )
        assert answer.status_code == 303, answer.text
        found = re.search(r'X-CSRF-Token": "([^"]+)"', self.client.get("/desk/account").text)
        assert found
        self.csrf = found[1]
        return self

    def see(self, address: str, code: int = 200, **options: object) -> str:
        answer = self.client.get(address, **options)  # type: ignore[arg-type]
        assert answer.status_code == code, answer.text
        return answer.text

    def send(self, address: str, code: int = 200, **fields: Any) -> str:
        answer = self.client.post(address, data={"csrf": self.csrf, **fields})
        assert answer.status_code == code, answer.text
        return answer.text


LogIn = Callable[..., Browser]
"""What the fixture `log_in_as` gives: `log_in_as("rina", Role.OFFICER, ("bandung",))`."""


@pytest.fixture
def desk_settings(tmp_path: Path, any_url: str) -> Settings:
    return Settings.from_env(
        {
            "RIUNG_DATABASE_URL": any_url,
            "RIUNG_VAR_DIR": str(tmp_path),
            "RIUNG_API_KEY": API_KEY,
            "RIUNG_ADMIN_KEY": "admin-key-of-the-tests",
            "RIUNG_HASH_KEY": "hash-key-of-the-tests",
            "RIUNG_OFFICE": "bandung",
        }
    )


@pytest.fixture
def database(desk_settings: Settings) -> Iterator[Database]:
    found = Database(desk_settings.database_url, desk_settings.hash_key)
    yield found
    found.dispose()


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """The same argon2 with less work: these tests log in hundreds of times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))
        yield


@pytest.fixture
def app(
    application: FastAPI, desk_settings: Settings, database: Database, rasa: FakeRasa
) -> FastAPI:
    """The application on this test's database, with the stand-in Rasa behind it."""
    application.state.settings = replace(desk_settings, rasa_url=rasa.url)
    application.state.database = database
    return application


@pytest.fixture
def app_client(app: FastAPI) -> TestClient:
    """Somebody with nothing but the address."""
    return TestClient(app)


@pytest.fixture
def person(database: Database) -> Callable[..., int]:
    """Make an account; returns its id."""

    def make(login: str, role: Role = Role.OFFICER, offices: tuple[str, ...] = ("bandung",)) -> int:
        with database.writing() as session:
            made = accounts.create(
                session, login, login.title(), role, offices, PASSWORD, must_change=False
            )
            return int(made.id)

    return make


@pytest.fixture
def log_in_as(app: FastAPI, person: Callable[..., int]) -> Callable[..., Browser]:
    """A fresh browser in which somebody of that role and those offices is logged in."""

    def open_as(
        login: str, role: Role = Role.OFFICER, offices: tuple[str, ...] = ("bandung",)
    ) -> Browser:
        person(login, role, offices)
        return Browser(TestClient(app)).log_in(login)

    return open_as


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with FakeRasa() as server:
        yield server


@pytest.fixture
def rasa_api(desk_settings: Settings, rasa: FakeRasa) -> RasaApi:
    return RasaApi(replace(desk_settings, rasa_url=rasa.url))
