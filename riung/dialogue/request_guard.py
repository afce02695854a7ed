"""What the web server of Rasa and of rasa_sdk (Sanic 21.12) is kept from.

Sanic believes every length a header names: one below zero makes it read for ever, without a pause
in which it could answer anybody else. It waits a minute for a request that never ends, and takes
bodies of 100 MB. Here the head of a request is judged before its body is read.
"""

from __future__ import annotations

import hmac
import re
from typing import Any

from sanic import Sanic
from sanic.compat import Header
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

HEAD_SECONDS = 10
"""Seconds a request may take to arrive whole. Neighbours in one office's net need milliseconds, and
behind nginx a request comes whole (`deploy/nginx.conf`)."""

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes; Meta sends 3 MB at most, and no conversation is longer than this."""

OPEN_PATHS = frozenset({"/health"})
"""What the action server answers without a key: whether it lives."""

_LENGTH = re.compile(r"[0-9]{1,12}")


class RefusedRequestError(SanicException):
    """Answered before the body is read, and the connection closed."""


def fault_of_length(headers: Header) -> str | None:
    """What is wrong with how a request says where its body ends; None when it is clear.

    RFC 9112, section 6: either one length in plain digits, or chunks, never both.
    """
    if any(name != name.strip() for name in headers):
        return "name"  # a proxy may read "Transfer-Encoding :" as the header that we do not
    lengths = headers.getall("content-length", [])
    encodings = headers.getall("transfer-encoding", [])
    if encodings and (lengths or encodings != ["chunked"]):
        return "transfer-encoding"
    if len(lengths) > 1 or any(not _LENGTH.fullmatch(length.strip(" \t")) for length in lengths):
        return "content-length"
    return None


def guard(app: Sanic, key: str | None = None) -> None:
    """Refuse unclear requests to `app`, before it is started.

    Args:
        app: Rasa's or rasa_sdk's.
        key: what a caller has to show as bearer, except on `OPEN_PATHS`; None asks for no key.
    """
    app.config.REQUEST_TIMEOUT = HEAD_SECONDS
    app.config.REQUEST_MAX_SIZE = BODY_LIMIT

    class JudgedRequest(Request):
        """A request as its head is read. Sanic would also tell a listener (a signal), at the price
        of looking for listeners at each of eight stages of every request.
        """

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            if self.head:  # a refused request is answered by way of one without
                judge(self)

    def judge(request: Request) -> None:
        if fault := fault_of_length(request.headers):
            raise RefusedRequestError(f"The header {fault} is not clear.", 400)
        if key is not None and request.path not in OPEN_PATHS and not _shows(request, key):
            raise RefusedRequestError("The key is missing or wrong.", 401)

    def answer(_: Request, error: SanicException) -> HTTPResponse:
        return json({"error": str(error)}, status=error.status_code)

    app.request_class = JudgedRequest
    app.error_handler.add(RefusedRequestError, answer)
    if key is not None:  # rasa_sdk would answer each of Sanic's own refusals 500
        app.error_handler.add(SanicException, answer)


def guard_rasa() -> None:
    """Guard every server that Rasa makes in this process; its API asks for a token by itself."""
    from rasa.core import run as rasa_run  # not for the action server, which has no need of Rasa

    configure = rasa_run.configure_app

    def configure_guarded(*arguments: Any, **options: Any) -> Sanic:
        app: Sanic = configure(*arguments, **options)
        guard(app)
        return app

    rasa_run.configure_app = configure_guarded


def _shows(request: Request, key: str) -> bool:
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), f"Bearer {key}".encode())
