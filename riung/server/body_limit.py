"""How large a request's body may be, judged before anything reads or parses it.

Forms are parsed before anybody is known to be logged in, and each field of a form costs some ten
microseconds in which the backend answers nobody: a megabyte of small fields would take ten seconds.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from riung.backend.problems import Problem, register
from riung.desk.attachments import DOCUMENT_LIMIT

register({"body_too_large": (413, "The request's body is larger than this address takes")})

PLAIN = 64 * 1024
"""Bytes. The longest form is a reply of 4,096 characters, at most 12 bytes each in a form."""

LOGIN = 4 * 1024
FILE = DOCUMENT_LIMIT + PLAIN
"""A file and the fields of its form."""

LIMITS = {
    "/desk/login": LOGIN,
    "/internal/tracker-events": FILE,
    "/api/v1/applications/import": FILE,
}
"""Bytes by path, where they differ from `PLAIN`; the simulator plays Meta, which takes files."""

FIELDS = 500
"""Fields of a form; the largest of ours has some forty."""


class BodyLimitMiddleware:
    """Answers 413 to larger bodies, whether or not they say their length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what says it is too large, and stop reading where it turns out to be."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit, read, fields = limit_of(scope["path"], headers.get("content-type", "")), 0, 0
        is_form = "urlencoded" in headers.get("content-type", "")

        async def counted() -> Message:
            nonlocal read, fields
            message = await receive()
            body = message.get("body", b"")
            read += len(body)
            fields += body.count(b"&") if is_form else 0
            if read > limit or fields > FIELDS:
                raise HTTPException(413)
            return message

        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > limit:
            refusal = Problem("body_too_large", f"It may have {limit} bytes.").response()
            await refusal(scope, receive, send)
            return
        await self._app(scope, counted, send)


def limit_of(path: str, content_type: str) -> int:
    """How many bytes a body may have at this path."""
    if path in LIMITS:
        return LIMITS[path]
    takes_files = content_type.startswith("multipart/form-data") or path.startswith("/simulator")
    return FILE if takes_files else PLAIN
