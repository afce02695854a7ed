"""A body that is too large or cannot be read is refused as the caller's fault, before parsing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from riung.server.app import create_app
from riung.server.body_limit import FIELDS, FILE, LOGIN, PLAIN, limit_of
from riung.settings import Settings

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
KEY = {"Authorization": "Bearer kunci-uji"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = Path(tmp_path_factory.mktemp("backend"))
    environment = {
        "RIUNG_VAR_DIR": str(folder),
        "RIUNG_API_KEY": "kunci-uji",
        "RIUNG_HASH_KEY": "sidik-uji",
    }
    with TestClient(
        create_app(Settings.from_env(environment)), raise_server_exceptions=False
    ) as made:
        yield made


def test_a_login_form_is_small_a_file_large_and_the_rest_between() -> None:
    assert limit_of("/desk/login", "application/x-www-form-urlencoded") == LOGIN
    assert limit_of("/desk/login", "multipart/form-data; boundary=x") == LOGIN
    assert limit_of("/desk/conversations/1/reply", "multipart/form-data; boundary=x") == FILE
    assert limit_of("/api/v1/bookings", "application/json") == PLAIN


def test_a_body_that_says_it_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/desk/login", content=b"a" * (LOGIN + 1), headers=FORM)

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_body_that_does_not_say_its_length_is_cut_off_where_it_is_too_large(
    client: TestClient,
) -> None:
    parts = (b"a" * 1024 for _ in range(LOGIN // 1024 + 1))

    assert client.post("/desk/login", content=parts, headers=FORM).status_code == 413


def test_a_form_of_many_small_fields_is_refused(client: TestClient) -> None:
    fields = b"a&" * (FIELDS + 1)

    assert client.post("/desk/login", content=fields, headers=FORM).status_code == 413
    assert client.post("/desk/account", content=fields, headers=FORM).status_code == 413


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/api/v1/bookings", b'{"name": "\xff"}', JSON, 400),
        ("/api/v1/bookings", b"{", JSON, 422),
        ("/desk/account", b"x", {"Content-Type": "multipart/form-data"}, 400),
        ("/api/v1/bookings", b'{"\\ud83d": 1}', JSON, 422),
        ("/api/v1/tickets", b'{"kind": "\\ud83d"}', JSON, 422),
    ],
    ids=["not UTF-8", "half a JSON", "no boundary", "half an emoji as a name", "as a value"],
)
def test_what_cannot_be_read_is_the_callers_fault(
    client: TestClient, path: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = client.post(path, content=body, headers={**headers, **KEY})

    assert answer.status_code == status
    assert answer.json()["code"] in ("malformed_request", "invalid_request")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/quotas?office=bandung&from=9999-12-31&to=9999-12-31",
        "/api/v1/tickets/%ED%A0%BD",
        "/api/v1/bookings?phone=" + "9" * 400,
    ],
    ids=["the last day there is", "no text", "a giant number"],
)
def test_a_value_that_no_table_holds_is_no_failure_of_ours(client: TestClient, path: str) -> None:
    assert client.get(path, headers=KEY).status_code < 500
