"""Accounts of the desk, for admins; and the audit trail."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Query, Request, Response
from sqlalchemy.orm import Session

from riung.backend.db import Reading, database
from riung.desk import accounts, audit
from riung.desk.access import (
    ALL_OFFICES,
    Administrator,
    Auditor,
    DeskError,
    MissingError,
    Principal,
    RefusedError,
    Role,
)
from riung.desk.pages import render, router
from riung.office.offices import offices

routes = router()

_Offices = Annotated[list[str], Form()]


@routes.get("/users")
def users_page(request: Request, who: Administrator) -> Response:
    """The accounts of one's own offices; who is for all offices sees all."""
    return _users(request, who)


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
            made = accounts.create(session, login, name, role, _granted(office, who), password)
            audit.write(session, who.login, "user_created", made.login, role.value)
    except DeskError as error:
        return _users(request, who, error=error)
    return _users(request, who, made=(made.login, password))


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
            _check_covered(session, user_id, who)
            user = accounts.update(session, user_id, name, role, _granted(office, who), active)
            detail = f"{role.value}, {'aktif' if active else 'nonaktif'}"
            audit.write(session, who.login, "user_changed", user.login, detail)
    except DeskError as error:
        return _users(request, who, error=error)
    return _users(request, who)


@routes.post("/users/{user_id}/password")
def reset_password(request: Request, who: Administrator, user_id: int) -> Response:
    """A fresh first password, shown once."""
    with database(request).writing() as session:
        _check_covered(session, user_id, who)
        user, password = accounts.reset_password(session, user_id)
        audit.write(session, who.login, "password_reset", user.login)
    return _users(request, who, made=(user.login, password))


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
    request: Request,
    who: Principal,
    *,
    made: tuple[str, str] | None = None,
    error: DeskError | None = None,
) -> Response:
    with database(request).reading() as session:
        people = [user for user in accounts.everyone(session) if who.covers(user.offices)]
    return render(
        request,
        "users.html",
        status=error.status if error else 200,
        page="users",
        people=people,
        offices=who.visible_offices(),
        all_offices=ALL_OFFICES if who.covers([ALL_OFFICES]) else "",
        roles=list(Role),
        made=made,
        error=error.message if error else None,
    )


def _granted(chosen: list[str], who: Principal) -> list[str]:
    """Only offices that exist, and all of them swallow the rest.

    Raises:
        RefusedError: nobody gives away offices they don't have.
    """
    if not who.covers(chosen):
        raise RefusedError("Kantor itu di luar wewenang Anda.")
    if ALL_OFFICES in chosen:
        return [ALL_OFFICES]
    return [office for office in chosen if office in offices()]


def _check_covered(session: Session, user_id: int, who: Principal) -> None:
    """Whoever could set a colleague's password could read that colleague's offices.

    Raises:
        MissingError: the account reaches beyond the offices of the one who wants to change it.
    """
    if not who.covers(accounts.get(session, user_id).offices):
        raise MissingError("Akun itu tidak ada, atau milik kantor lain.")
