"""Every route of the desk, met without login and with every role."""

from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from riung.desk import routes
from riung.desk.access import RIGHTS, May, Right, Role, public
from tests.riung.desk.conftest import LogIn

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
    assert open_to_all == {"/desk/login", "/desk/static/{name:path}", "/desk/files/{name}"}


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
