"""Whatever an integrator sends to an address of the API, the answer is a no and never a failure.

Each call of the OpenAPI document gets values, bodies and kinds of content that are each a little
wrong. What schemathesis does at length and on demand (docs/developers.md) this does in seconds.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from riung.server.app import create_app
from riung.settings import Settings
from tests.riung.backend.citizens import ADMIN_KEY, API_KEY
from tests.riung.server.test_app import ROUTES

TRIES = 12
"""Requests of each call, always the same ones."""

ODD: tuple[Any, ...] = (
    *("", " ", "0", "-1", "9" * 40, "x" * 5000, "../../etc/passwd", "%00", "a\x00b", "' OR 1=1 --"),
    *("\U0001f600", "e\u0301", "2026-02-30", "9999-12-31", "0001-01-01T00:00:00Z", "NaN", "null"),
    *(None, True, 0, -1, 2**63, 1e308, [], {}, [[]], {"a": {"b": []}}),
)
NO_FILE = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--'
BODIES: tuple[tuple[bytes, str], ...] = (
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"\xff\xfe", "application/json"),
    (b'{"phone": "\\ud800"}', "application/json"),
    (b"[" * 900 + b"]" * 900, "application/json"),
    (b"--x", "multipart/form-data"),
    (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
    (NO_FILE, "multipart/form-data; boundary=x"),
    (b"file=%ff&a=b", "application/x-www-form-urlencoded"),
    (b"nomor;kantor\n\x00;\xff\n", "text/csv"),
    (b"PK\x03\x04", "application/octet-stream"),
)  # fmt: skip
PLAUSIBLE: dict[str, Any] = {
    "office": "pemalang", "place": "mpp_batang", "date": "2026-11-24", "phone": "6289900000001",
    "kind": "complaint", "nik": "3325010106900001", "name": "Warga Contoh", "stage": "printing",
    "number": "1179000000001208", "code": "AAAA22", "event": "arrive", "subject": "loket",
}  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The backend with its demo, so that some things are there."""
    return create_app(
        Settings.from_env(
            {
                "RIUNG_VAR_DIR": str(tmp_path_factory.mktemp("var")),
                "RIUNG_API_KEY": API_KEY,
                "RIUNG_ADMIN_KEY": ADMIN_KEY,
                "RIUNG_HASH_KEY": "x",
                "RIUNG_DEMO": "1",
            }
        )
    )


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


def value(rng: random.Random, name: str) -> Any:
    return PLAUSIBLE[name] if name in PLAUSIBLE and rng.random() < 0.6 else rng.choice(ODD)


def filled(rng: random.Random, path: str) -> str:
    """The path with values that stand for one part of it each."""
    parts = [part.strip("{}") if part.startswith("{") else "" for part in path.split("/")]
    odd = [str(value(rng, name)).replace("/", "%2F").replace("?", "%3F") for name in parts]
    return "/".join(
        (new or "x") if name else old
        for old, name, new in zip(path.split("/"), parts, odd, strict=True)
    ).replace("\x00", "%00").replace("#", "%23")  # fmt: skip


def fields(app: FastAPI, call: dict[str, Any]) -> list[str]:
    """The names of a call's JSON body."""
    content = call.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    schemas = app.openapi()["components"]["schemas"]
    return list(schemas.get(reference.rpartition("/")[2], {}).get("properties", {}))


@pytest.mark.parametrize("route", ROUTES)
def test_no_request_makes_the_backend_fail(route: str, app: FastAPI, client: TestClient) -> None:
    method, path = route.split(" ")
    call = app.openapi()["paths"][path][method.lower()]
    names = [one["name"] for one in call.get("parameters", ()) if one["in"] == "query"]
    rng = random.Random(route)
    for number in range(TRIES):
        headers = {"Authorization": f"Bearer {rng.choice([API_KEY, ADMIN_KEY])}"}
        params = {name: str(value(rng, name)) for name in names if rng.random() < 0.8}
        if number % 2 or method == "GET":
            body, kind = rng.choice(BODIES)
        else:
            made = {name: value(rng, name) for name in fields(app, call)}
            body, kind = json.dumps(made, allow_nan=False).encode(), "application/json"
        answer = client.request(
            method,
            filled(rng, path),
            params=params,
            content=body if method != "GET" else None,
            headers={**headers, "Content-Type": kind},
        )
        assert answer.status_code < 500, (number, params, body, answer.text)


@pytest.mark.parametrize("body", BODIES)
def test_nor_does_any_file_that_is_to_be_imported(
    body: tuple[bytes, str], client: TestClient
) -> None:
    content, kind = body
    headers = {"Authorization": f"Bearer {ADMIN_KEY}", "Content-Type": kind}

    answer = client.post("/api/v1/applications/import", content=content, headers=headers)

    assert answer.status_code < 500
