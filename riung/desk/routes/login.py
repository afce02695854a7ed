"""Logging in and out, one's own password, and the static files."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Form, Query, Request, Response
from fastapi.responses import FileResponse

from riung.backend.db import database
from riung.desk import accounts, audit, sessions
from riung.desk.access import (
    COOKIE,
    PUBLIC,
    Account,
    DeskError,
    MissingError,
    UnavailableError,
    principal,
)
from riung.desk.pages import STATIC, home, render, router, see

routes = router()
KNOWN = "riung_known"
LOGIN = "/desk/login"

_STATIC_FILES = {
    path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.is_file()
}


@routes.get("/static/{name:path}", dependencies=[PUBLIC])
def static_file(name: str) -> Response:
    """A style sheet, script or picture; only what stood there at the start."""
    if name not in _STATIC_FILES:
        raise MissingError("Berkas itu tidak ada.")
    return FileResponse(
        _STATIC_FILES[name], headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


@routes.get("/login", dependencies=[PUBLIC])
def login_page(request: Request, next: Annotated[str, Query()] = "") -> Response:
    """The form."""
    return render(request, "login.html", next=next, login="", error=None)


@routes.post("/login", dependencies=[PUBLIC])
def log_in(
    request: Request,
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    """Check name and password. No CSRF token: there is no session to misuse yet."""
    try:
        known = request.cookies.get(KNOWN, "")
        token = accounts.log_in(database(request), login, password, known)
    except accounts.LoginFailedError as error:
        page = _login_again(request, login, next, error, HTTPStatus.UNAUTHORIZED)
        if error.is_spent:
            page.delete_cookie(KNOWN, path=LOGIN)
        return page
    except UnavailableError as error:
        return _login_again(request, login, next, error, error.status)
    user = sessions.find(database(request), token)
    first = home(principal(user)) if user else "/desk"
    response = see(_inside(next, first))
    response.set_cookie(
        COOKIE,
        token,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/desk",
    )
    _remember(request, response, login)
    return response


@routes.post("/logout")
def log_out(request: Request, who: Account) -> Response:
    """End this browser's session."""
    with database(request).writing() as session:
        sessions.end(session, request.cookies.get(COOKIE, ""))
        audit.write(session, who.login, "logout")
    response = see("/desk/login")
    response.delete_cookie(COOKIE, path="/desk")
    return response


@routes.get("/account")
def account_page(request: Request, who: Account) -> Response:
    """One's own account."""
    return render(request, "account.html", page="account", error=None)


@routes.post("/account")
def change_password(
    request: Request,
    who: Account,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Choose a new password; then everybody logs in again."""
    try:
        if new != again:
            raise accounts.AccountError("Kedua kata sandi baru tidak sama.")
        with database(request).writing() as session:
            accounts.change_password(session, who.id, old, new)
            audit.write(session, who.login, "password_changed")
    except DeskError as error:
        return render(
            request, "account.html", status=error.status, page="account", error=error.message
        )
    return see("/desk/login")


def _login_again(
    request: Request, login: str, next: str, error: DeskError, status: HTTPStatus
) -> Response:
    return render(request, "login.html", status=status, next=next, login=login, error=error.message)


def _remember(request: Request, response: Response, login: str) -> None:
    """Let the owner of the account log in here although somebody else locks it."""
    with database(request).reading() as session:
        known = accounts.known_browser(session, login.strip().lower())
    response.set_cookie(
        KNOWN,
        known,
        max_age=int(accounts.KNOWN_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path=LOGIN,
    )


def _inside(address: str, first: str) -> str:
    """Where to go after the login: only to pages of the desk, never to somebody else's site."""
    is_page = address.startswith("/desk/") and "\\" not in address and "//" not in address
    return address if is_page else first
