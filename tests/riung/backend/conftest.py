"""A real application on a real SQLite file; on PostgreSQL too for tests marked `services`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from riung.backend.app import create_app
from riung.backend.db import Database
from riung.settings import Settings

API_KEY, ADMIN_KEY = "api-key-of-the-tests", "admin-key-of-the-tests"


@pytest.fixture
def backend_settings(tmp_path: Path) -> Settings:
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
def api(backend_settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(backend_settings)) as client:
        client.headers["Authorization"] = f"Bearer {API_KEY}"
        yield client


@pytest.fixture
def database(backend_settings: Settings) -> Iterator[Database]:
    found = Database(backend_settings.database_url)
    found.migrate()
    yield found
    found.dispose()
