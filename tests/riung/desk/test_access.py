"""Every route of the desk, met without login and with every role."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from riung import clock
from riung.backend.db import Database
from riung.desk import announcements, event_intake, routes
from riung.desk.access import RIGHTS, May, Right, Role, public
from riung.desk.cases.tables import Case, CaseStep
from riung.desk.tables import Message, StatusImport, User
from riung.desk.tickets.tables import Ticket
from tests.riung.desk import makers
from tests.riung.desk.conftest import LogIn
from tests.riung.desk.fake_rasa import FakeRasa

ROUTES = [route for route in routes.router.routes if isinstance(route, APIRoute)]
CALLS = [(method, route) for route in ROUTES for method in sorted(route.methods)]


def rules(route: APIRoute) -> Any:
    """The access rules among a route's dependencies."""
    found = []
    waiting = list(route.dependant.dependencies)
    while waiting:
        dependant = waiting.pop()
        if isinstance(dependant.call, May) or dependant.call is public:
            found.append(dependant.call)
        waiting += dependant.dependencies
    return found


def is_page(route: APIRoute) -> Any:
    return route.path.startswith("/desk")


def address(route: APIRoute) -> Any:
    return route.path_format.format_map(_Anything())


class _Anything(dict[str, str]):
    def __missing__(self, key: Any) -> Any:
        return "desk.css" if key == "name" else "1"


def named(calls: Any) -> Any:
    return pytest.mark.parametrize(
        ("method", "route"), calls, ids=[f"{method} {route.path}" for method, route in calls]
    )


PAGES = [call for call in CALLS if is_page(call[1])]
PRIVATE = [(method, route) for method, route in PAGES if public not in rules(route)]


@named(PAGES)
def test_every_page_carries_exactly_one_rule(method: str, route: APIRoute) -> None:
    assert len(rules(route)) == 1


def test_only_login_and_static_files_are_public() -> None:
    open_to_all = {route.path for _, route in PAGES if public in rules(route)}
    assert open_to_all == {
        "/desk/login",
        "/desk/static/{name:path}",
        "/desk/files/{name}",  # the name is the secret
        "/desk/screen/{token}",  # signed, and shows numbers only
    }


def test_nobody_gets_in_without_login(app_client: TestClient) -> None:
    let_in = []
    for method, route in PRIVATE:
        answer = app_client.request(method, address(route), follow_redirects=False)
        to_login = answer.headers.get("location", "").startswith("/desk/login")
        if answer.status_code != 303 or not to_login:
            let_in.append((method, route.path))
    assert let_in == []


def test_no_form_is_taken_without_the_token(log_in_as: LogIn) -> None:
    officer = log_in_as("rina", Role.ADMIN, ("*",))
    taken = []
    for method, route in PRIVATE:
        if method == "GET":
            continue
        answer = officer.client.request(method, address(route), data={"csrf": "wrong"})
        if answer.status_code != 403 or "kedaluwarsa" not in answer.text:
            taken.append((method, route.path))
    assert taken == []


@pytest.fixture
def everybody(log_in_as: LogIn) -> Any:
    return {role: log_in_as(role.value, role) for role in Role}


def test_every_route_refuses_every_role_without_its_right(everybody: Any) -> None:
    wrong = []
    for method, route in PRIVATE:
        (rule,) = rules(route)
        for role in Role:
            if rule.right in RIGHTS[role]:
                continue
            who = everybody[role]
            data = None if method == "GET" else {"csrf": who.csrf}
            answer = who.client.request(method, address(route), data=data)
            if answer.status_code != 403 or "wewenang" not in answer.text:
                wrong.append((role.value, method, route.path, answer.status_code))
    assert wrong == []


def test_the_refusals_above_cover_every_right_but_ones_own_account() -> None:
    refused = {
        rules(route)[0].right
        for _, route in PRIVATE
        for role in Role
        if rules(route)[0].right not in RIGHTS[role]
    }
    assert refused >= {rules(route)[0].right for _, route in PRIVATE} - {Right.ACCOUNT}


# Another office's things: an admin of Bandung alone has every right, but none over Pemalang's.

OF_NO_OFFICE = {
    "/desk/logout",
    "/desk/account",
    "/desk/away",
    "/desk/live",  # its events are filtered by office: test_live
    "/desk/imports",  # each line is checked: test_imports
    "/desk/imports/take",
    "/desk/imports/refused",
    "/desk/workshop",  # the draft is all offices'
    "/desk/workshop/state",
    "/desk/workshop/train",
    "/desk/workshop/publish",
    "/desk/workshop/back",
    "/desk/workshop/patch",
    "/desk/questions/new",
    "/desk/why",  # leads to a page that is about an office
    "/desk/users",  # its offices are checked: test_an_admin_gives_away_no_office_of_others
}
"""Routes about oneself or about all offices."""

LISTS = {
    "/desk",
    "/desk/inbox/rows",
    "/desk/failed",
    "/desk/failed/count",
    "/desk/close",  # each row is checked: test_bulk_close
    "/desk/close/confirm",
    "/desk/mentions",
    "/desk/mentions/count",
    "/desk/complaints",
    "/desk/complaints/escalated",
    "/desk/visits",
    "/desk/announcements",
    "/desk/imports",
    "/desk/audit",
    "/desk/audit/csv",
    "/desk/users",
    "/desk/review",
    "/desk/review/near",
}
"""Pages that list the things of one's offices."""

SECRET = "rahasia Pemalang"


def takes_office(dependant: Dependant) -> bool:
    named = [*dependant.query_params, *dependant.body_params]
    return any(field.name == "office" for field in named) or any(
        map(takes_office, dependant.dependencies)
    )


def inner_fields(dependant: Dependant) -> Iterator[str]:
    """Names of the fields of a route's form."""
    words = (field for field in dependant.body_params if isinstance(field.type_, type))
    yield from (field.name for field in words if issubclass(field.type_, (str, int)))
    for inner in dependant.dependencies:
        yield from inner_fields(inner)


ABOUT_AN_OFFICE = [
    (method, route)
    for method, route in PRIVATE
    if (takes_office(route.dependant) or "{" in route.path) and route.path not in OF_NO_OFFICE
]


def test_every_route_is_about_an_office_or_named_here_as_not() -> None:
    known = {route.path for _, route in ABOUT_AN_OFFICE} | OF_NO_OFFICE | LISTS
    assert {route.path for _, route in PRIVATE} - known == set()


@pytest.fixture
def pemalang(database: Database, rasa: FakeRasa) -> dict[str, str]:
    """One of each kind of thing that belongs to Pemalang; the values for the addresses."""
    where = {"office": "pemalang", "media": {"id": "abc123", "mime_type": "image/png"}}
    said = makers.user(SECRET, "biaya_paspor", metadata=where)
    event_intake.consume(database, [makers.started(), said])
    now = clock.now()
    message = {"id": 1, "conversation_id": makers.CITIZEN, "text": SECRET, "created_at": 0}
    rasa.messages.append({**message, "template": None, "reason": "x"})
    with database.writing() as session:
        author = User(
            login="penulis", name=SECRET, role="officer", offices=["pemalang"],
            password_hash="x", created_at=now,
        )  # fmt: skip
        session.add(author)
        session.flush()
        made = announcements.start(
            session, office="pemalang", kind="news", text=SECRET, starts_at=now,
            ends_at=now + timedelta(hours=1), author_id=author.id,
        )  # fmt: skip
        imported = StatusImport(
            office="pemalang", at=now, user_id=author.id, filename=SECRET, taken=1, refused=0,
            before=[],
        )  # fmt: skip
        complaint = Ticket(
            code="PMLNG1", kind="complaint", office="pemalang", status="open", subject=SECRET,
            last_messages=[], details={"files": "abc123"}, created_at=now, updated_at=now,
        )  # fmt: skip
        visit = Case(
            code="PMLNG1", kind="micin", office="pemalang", step="received", sender="62811",
            details={"address": SECRET}, files=[{"id": "abc123", "kind": "image"}], team={},
            created_at=now, updated_at=now,
        )  # fmt: skip
        session.add_all([imported, complaint, visit])
        session.flush()
        session.add(CaseStep(case_id=visit.id, step="received", at=now))
        message = session.query(Message).one()
        return {
            "user_id": str(author.id),
            "conversation_id": str(message.conversation_id),
            "message_id": str(message.id),
            "announcement_id": str(made.id),
            "import_id": str(imported.id),
            "code": complaint.code,
            "file_id": "abc123",
        }


def test_every_route_about_another_offices_things_refuses(
    log_in_as: LogIn, pemalang: dict[str, str]
) -> None:
    asep = log_in_as("asep", Role.ADMIN, ("bandung",))
    passed = []
    for method, route in ABOUT_AN_OFFICE:
        address = route.path_format.format(**pemalang)
        office = {"office": "pemalang", "place": "mpp_batang", "month": "2026-11", "what": "recap"}
        if method == "GET":
            answer = asep.client.get(address, params=office, follow_redirects=False)
        else:
            filled = dict.fromkeys(inner_fields(route.dependant), "1") | office
            data = {"csrf": asep.csrf, **filled, "role": "officer"}
            answer = asep.client.request(method, address, data=data, follow_redirects=False)
        refused = answer.status_code in (403, 404)
        is_list = method == "GET" and route.path in LISTS and SECRET not in answer.text
        if not refused and not is_list:
            passed.append((method, route.path, answer.status_code))
    assert passed == []


def test_no_list_shows_another_offices_things(log_in_as: LogIn, pemalang: dict[str, str]) -> None:
    asep, sari = (
        log_in_as(who, Role.ADMIN, of) for who, of in (("asep", ("bandung",)), ("sari", ("*",)))
    )
    for address in sorted(LISTS):
        assert SECRET not in asep.see(f"{address}?view=all"), address
    assert SECRET in sari.see("/desk?view=all")
    assert SECRET in sari.see("/desk/complaints")
    assert SECRET in sari.see("/desk/visits")


def test_an_admin_gives_away_no_office_of_others(log_in_as: LogIn) -> None:
    asep = log_in_as("asep", Role.ADMIN, ("bandung",))
    new = {"login": "sari", "name": "Sari", "role": "officer"}
    for office in ("pemalang", "*"):
        page = asep.send("/desk/users", code=403, office=office, **new)
        assert "di luar wewenang" in page
    assert 'value="*"' not in page
    assert 'class="secret"' in asep.send("/desk/users", office="bandung", **new)
