"""Who may call: the actions (api key) and integrators (admin key), by bearer token."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from riung.backend.problems import Problem
from riung.settings import Settings

_bearer = HTTPBearer(auto_error=False, description="RIUNG_API_KEY or RIUNG_ADMIN_KEY")
_Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def api_key(request: Request, credentials: _Credentials) -> None:
    """Require the API key, or the admin key."""
    configured: Settings = request.app.state.settings
    _check(credentials, configured.api_key, configured.admin_key)


def admin_key(request: Request, credentials: _Credentials) -> None:
    """Require the admin key."""
    configured: Settings = request.app.state.settings
    _check(credentials, configured.admin_key)


def _check(credentials: HTTPAuthorizationCredentials | None, *accepted: str) -> None:
    """Compare in constant time; a key that is not set opens nothing."""
    given = (credentials.credentials if credentials else "").encode()
    matches = [hmac.compare_digest(given, key.encode()) for key in accepted if key]
    if not any(matches):
        raise Problem(
            "unauthorized",
            "Send `Authorization: Bearer <key>`.",
            headers={"WWW-Authenticate": "Bearer"},
        )
