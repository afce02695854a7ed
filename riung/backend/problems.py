"""Errors of the API as RFC 9457 problem documents, each with a stable `code`.

Raise `Problem("quota_full", "…", next_open=…)`; the code decides status and title. Nothing of the
request's content goes into an answer or a log, as it may hold a NIK.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException

log = structlog.get_logger()

CODES: dict[str, tuple[int, str]] = {
    "malformed_request": (400, "The request cannot be read"),
    "unauthorized": (401, "A valid bearer key is needed"),
    "not_found": (404, "Nothing stands at this address"),
    "method_not_allowed": (405, "This address does not take that method"),
    "invalid_request": (422, "The request is not as the API expects it"),
    "internal_error": (500, "The service failed; it was logged"),
    "database_unavailable": (503, "The database cannot be reached now"),
}
"""code: (HTTP status, title). Nouns add their own with `register`."""


UNUSABLE = (UnicodeEncodeError, OverflowError, DataError)
"""What a value becomes that no table can hold: half an emoji, a day after the year 9999, an id of
thirty digits. The request is at fault, wherever it is noticed."""


class Problem(Exception):  # noqa: N818  (the name RFC 9457 gives it)
    """An error the caller can act on by its `code`."""

    def __init__(
        self, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **extra: Any
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.headers, self.extra = code, detail, headers, extra

    def response(self) -> JSONResponse:
        """The problem document."""
        status, title = CODES[self.code]
        body = {
            "type": f"urn:riung:problem:{self.code}",
            "title": title,
            "status": status,
            "code": self.code,
            "detail": self.detail,
            **self.extra,
        }
        return JSONResponse(
            jsonable_encoder(body),
            status_code=status,
            headers=dict(self.headers or {}),
            media_type="application/problem+json",
        )


def register(codes: Mapping[str, tuple[int, str]]) -> None:
    """Add a noun's codes; the same code twice is a programming error."""
    double = CODES.keys() & codes.keys()
    if double:
        raise ValueError(f"Problem codes defined twice: {sorted(double)}")
    CODES.update(codes)


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(OperationalError, _database)
    for kind in UNUSABLE:
        app.add_exception_handler(kind, _unusable)
    app.add_exception_handler(Exception, _unexpected)


async def _problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return error.response()


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [{"field": _shown(item["loc"]), "message": item["msg"]} for item in error.errors()]
    return Problem("invalid_request", "See `errors`.", errors=fields).response()


def _shown(location: tuple[int | str, ...]) -> str:
    """A field's name; one that the caller invented may hold half an emoji."""
    return ".".join(map(str, location)).encode("utf-8", "replace").decode()


async def _unusable(request: Request, error: Exception) -> JSONResponse:
    log.warning("value_unusable", route=_route(request), error=type(error).__name__)
    return Problem("invalid_request", "A value in it cannot be stored.").response()


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    by_status = {status: code for code, (status, _) in reversed(CODES.items())}
    code = by_status.get(error.status_code, "internal_error")
    title = HTTPStatus(error.status_code).phrase
    return Problem(code, f"{title}.", headers=error.headers).response()


async def _database(request: Request, error: Exception) -> JSONResponse:
    log.error("database_unavailable", route=_route(request), error=type(error).__name__)
    return Problem(
        "database_unavailable", "Try again in a few seconds.", headers={"Retry-After": "5"}
    ).response()


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("internal_error", route=_route(request), exc_info=error)
    return Problem("internal_error", "Nothing was changed.").response()


def _route(request: Request) -> str:
    """The route's template: the real path may hold a number that belongs to a person."""
    return str(getattr(request.scope.get("route"), "path", "unknown"))
