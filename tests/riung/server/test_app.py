import dataclasses
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from riung.server import safety_headers
from riung.server.app import create_app
from riung.settings import Settings
from tests.damaging import damage
from tests.riung.backend.citizens import Api, code_of

ROUTES = [
    "DELETE /api/v1/bookings/{code}",
    "DELETE /api/v1/cases/{code}",
    "DELETE /api/v1/people",
    "DELETE /api/v1/subscriptions",
    "DELETE /api/v1/waiting-list/{code}",
    "GET /api/v1/announcements",
    "GET /api/v1/applications/{number}",
    "GET /api/v1/bookings",
    "GET /api/v1/bookings/{code}",
    "GET /api/v1/cases",
    "GET /api/v1/counter/day",
    "GET /api/v1/counter/now",
    "GET /api/v1/flags",
    "GET /api/v1/quotas",
    "GET /api/v1/subscriptions",
    "GET /api/v1/tickets",
    "GET /api/v1/tickets/{code}",
    "GET /api/v1/waiting-list",
    "GET /healthz",
    "GET /readyz",
    "POST /api/v1/applications/import",
    "POST /api/v1/bookings",
    "POST /api/v1/bookings/{code}/reschedule",
    "POST /api/v1/cases",
    "POST /api/v1/cases/{code}/arrival",
    "POST /api/v1/cases/{code}/files",
    "POST /api/v1/counter/call-next",
    "POST /api/v1/counter/walk-ins",
    "POST /api/v1/counter/{code}/{event}",
    "POST /api/v1/identities",
    "POST /api/v1/people/erasures",
    "POST /api/v1/subscriptions",
    "POST /api/v1/tickets",
    "POST /api/v1/tickets/{code}/messages",
    "POST /api/v1/waiting-list",
    "POST /api/v1/waiting-list/{code}/accept",
    "PUT /api/v1/applications/{number}",
    "PUT /api/v1/people/{person}",
    "PUT /api/v1/quotas/{office}/{place}/{date}",
]


def test_integrators_find_exactly_these_calls(api: Api) -> None:
    paths = api.client.get("/openapi.json").json()["paths"]
    calls = [f"{method.upper()} {path}" for path, item in paths.items() for method in item]
    ours = [
        call for call in calls if " /api/v1/" in call or call in ("GET /healthz", "GET /readyz")
    ]
    assert sorted(ours) == ROUTES


OPEN = {"/healthz", "/readyz", "/metrics", "/antrean/{token}.png", "/openapi.json", "/docs"}
"""What anybody may read: health and figures for the office's own net, the ticket's picture by its
unguessable name, and the description of the calls.
"""


def test_whatever_the_application_serves_asks_for_a_key_or_a_login(api: Api) -> None:
    """Found from the application itself; the desk's routes carry their own rules (test_access)."""
    guarded, others = [], set()
    for route in api.client.app.routes:
        path = getattr(route, "path", "")
        if path.startswith(("/api/v1", "/internal")):
            guarded += [(method, path) for method in route.methods]
        elif not path.startswith(("/desk", "/simulator")):
            others.add(path)
    answers = [api.client.request(method, path) for method, path in guarded]
    assert {code_of(answer) for answer in answers} == {"unauthorized"}
    assert len(answers) > len([call for call in ROUTES if "/api/v1" in call])
    assert others - OPEN == set()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/applications/1179000000001234"),
        ("POST", "/applications/import"),
        ("PUT", "/quotas/pemalang/mpp_batang/2026-11-24"),
        ("GET", "/counter/day?office=pemalang&place=mpp_batang"),
    ],
)
def test_integrators_calls_do_not_take_the_key_of_the_actions(
    method: str, path: str, api: Api
) -> None:
    assert code_of(api.call(method, path)) == "unauthorized"


def test_a_key_that_is_not_set_opens_nothing(backend_settings: Settings) -> None:
    without = dataclasses.replace(backend_settings, api_key="", admin_key="")
    with TestClient(create_app(without)) as client:
        answer = client.get("/api/v1/quotas", headers={"Authorization": "Bearer "})
    assert code_of(answer) == "unauthorized"


def test_it_says_that_it_is_alive(api: Api) -> None:
    assert api.client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_when_the_database_answers(api: Api) -> None:
    assert api.client.get("/readyz").status_code == 200


def test_without_its_database_it_is_not_ready_and_says_so(
    backend_settings: Settings, tmp_path: Path
) -> None:
    app = create_app(dataclasses.replace(backend_settings, database_url=f"sqlite:///{tmp_path}"))
    answer = TestClient(app).get("/readyz")
    assert (answer.status_code, code_of(answer)) == (503, "database_unavailable")
    assert answer.headers["retry-after"] == "5"


def test_with_a_damaged_database_it_is_not_ready(
    backend_settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "rusak.db").write_bytes(b"no database " * 1000)
    url = f"sqlite:///{tmp_path}/rusak.db"
    answer = TestClient(create_app(dataclasses.replace(backend_settings, database_url=url))).get(
        "/readyz"
    )
    assert (answer.status_code, code_of(answer)) == (503, "database_unavailable")


def test_with_a_database_that_is_damaged_meanwhile_calls_wait_and_it_is_not_ready(
    backend_settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "riung.db"
    chosen = dataclasses.replace(backend_settings, database_url=f"sqlite:///{path}")
    app = create_app(chosen)
    client = TestClient(app, raise_server_exceptions=False)
    assert client.get("/readyz").status_code == 200
    app.state.database.dispose()
    damage(path)

    key = {"Authorization": f"Bearer {chosen.api_key}"}
    answer = client.get("/api/v1/applications/1179000000001208", headers=key)

    assert (answer.status_code, code_of(answer)) == (503, "database_unavailable")
    assert client.get("/readyz").status_code == 503


def test_an_unknown_address_is_a_problem_document(api: Api) -> None:
    assert code_of(api.get("/nothing")) == "not_found"


def test_a_wrong_method_is_a_problem_document(api: Api) -> None:
    assert code_of(api.call("PATCH", "/quotas")) == "method_not_allowed"


def test_a_wrong_body_names_its_fields_and_repeats_nothing_of_it(api: Api) -> None:
    answer = api.call("POST", "/bookings", json={"nik": "3325010106900001", "date": "kapan?"})
    assert code_of(answer) == "invalid_request"
    assert "body.date" in [error["field"] for error in answer.json()["errors"]]
    assert "3325" not in answer.text
    assert "kapan" not in answer.text


def test_a_fault_of_ours_shows_no_traceback(backend_settings: Settings) -> None:
    app = create_app(backend_settings)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("3325010106900001")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert code_of(answer) == "internal_error"
    assert "3325" not in answer.text


def test_metrics_count_routes_without_anybodys_number(api: Api) -> None:
    api.get("/applications/1179000000007777")
    told = api.client.get("/metrics").text
    assert 'route="/api/v1/applications/{number}",status="404"' in told
    assert "1179000000007777" not in told


def test_demo_data_and_simulator_come_with_the_demo_only(backend_settings: Settings) -> None:
    with TestClient(create_app(dataclasses.replace(backend_settings, demo=True))) as client:
        answer = client.get(
            "/api/v1/applications/1179000000001208",
            headers={"Authorization": f"Bearer {backend_settings.api_key}"},
        )
    assert answer.json()["stage"] == "printing"


def test_the_page_of_the_api_shows_every_call_and_loads_nothing_from_elsewhere(api: Api) -> None:
    answer = api.client.get("/docs")

    assert "<code>POST /api/v1/bookings</code>" in answer.text
    assert not re.search(r"<script|<link|https?://", answer.text)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/quotas", "/nowhere", "/desk/login"])
def test_every_answer_carries_the_headers_that_keep_browsers_careful(api: Api, path: str) -> None:
    answer = api.client.get(path)

    for name in safety_headers.HEADERS:
        assert name in answer.headers


@pytest.mark.parametrize(("free", "status"), [(10, 503), (10**12, 200)])
def test_a_full_disk_is_told(
    api: Api, monkeypatch: pytest.MonkeyPatch, free: int, status: int
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    answer = api.client.get("/readyz")

    assert answer.status_code == status
    assert answer.json().get("code") == ("disk_full" if status == 503 else None)
