"""Accounts of the desk, for admins; and the audit trail."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Query, Request, Response

from riung.backend.db import Reading, database
from riung.desk import accounts, audit
from riung.desk.access import ALL_OFFICES, Administrator, Auditor, DeskError, Role
from riung.desk.pages import render, router
from riung.offices import offices

routes = router()

_Offices = Annotated[list[str], Form()]


@routes.get("/users")
def users_page(request: Request, who: Administrator) -> Response:
    """All accounts."""
    return _users(request)


@routes.post("/users")
def create_user(
    request: Request,
    who: Administrator,
    role: Annotated[Role, Form()],
    login: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    office: _Offices = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """A new account with a password that is shown once."""
    password = accounts.new_password()
    try:
        with database(request).writing() as session:
            made = accounts.create(session, login, name, role, _known(office), password)
            audit.write(session, who.login, "user_created", made.login, role.value)
    except DeskError as error:
        return _users(request, error=error)
    return _users(request, made=(made.login, password))


@routes.post("/users/{user_id}")
def change_user(
    request: Request,
    who: Administrator,
    user_id: int,
    role: Annotated[Role, Form()],
    name: Annotated[str, Form()] = "",
    active: Annotated[bool, Form()] = False,
    office: _Offices = [],  # noqa: B006
) -> Response:
    """Another role, name or office; or switch the account off."""
    try:
        with database(request).writing() as session:
            user = accounts.update(session, user_id, name, role, _known(office), active)
            detail = f"{role.value}, {'aktif' if active else 'nonaktif'}"
            audit.write(session, who.login, "user_changed", user.login, detail)
    except DeskError as error:
        return _users(request, error=error)
    return _users(request)


@routes.post("/users/{user_id}/password")
def reset_password(request: Request, who: Administrator, user_id: int) -> Response:
    """A fresh first password, shown once."""
    with database(request).writing() as session:
        user, password = accounts.reset_password(session, user_id)
        audit.write(session, who.login, "password_reset", user.login)
    return _users(request, made=(user.login, password))


@routes.get("/audit")
def audit_page(
    request: Request,
    who: Auditor,
    session: Reading,
    login: Annotated[str, Query()] = "",
    action: Annotated[str, Query()] = "",
    before: Annotated[int | None, Query()] = None,
) -> Response:
    """Who did what, newest first."""
    seen = None if ALL_OFFICES in who.offices else list(who.offices)
    found = audit.entries(session, seen, login=login, action=action, before=before)
    return render(
        request,
        "audit.html",
        page="audit",
        entries=found,
        actions=audit.ACTIONS,
        login=login,
        action=action,
    )


def _users(
    request: Request, *, made: tuple[str, str] | None = None, error: DeskError | None = None
) -> Response:
    with database(request).reading() as session:
        people = accounts.everyone(session)
    return render(
        request,
        "users.html",
        status=error.status if error else 200,
        page="users",
        people=people,
        offices=offices().values(),
        all_offices=ALL_OFFICES,
        roles=list(Role),
        made=made,
        error=error.message if error else None,
    )


def _known(chosen: list[str]) -> list[str]:
    """Only offices that exist; all of them swallow the rest."""
    if ALL_OFFICES in chosen:
        return [ALL_OFFICES]
    return [office for office in chosen if office in offices()]
