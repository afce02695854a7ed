"""Logged-in browsers: an opaque cookie, of which only the hash is stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riung import clock
from riung.backend.db import Database
from riung.desk.tables import LoginSession, User

IDLE = timedelta(hours=9)
"""A working day with its break: who was away longer logs in again."""

LONGEST = timedelta(hours=24)
"""However busy the browser is."""

_TOUCH = timedelta(minutes=5)
"""How stale `seen_at` may be; a write for each request would cost more than it tells."""


@dataclass(frozen=True)
class LoggedIn:
    """The user of a live session."""

    id: int
    login: str
    name: str
    role: str
    offices: list[str]
    must_change_password: bool
    csrf: str
    away: bool = False


def start(session: Session, user: User) -> str:
    """Open a session and give the cookie's value, which is stored nowhere else."""
    now = clock.now()
    session.execute(delete(LoginSession).where(LoginSession.created_at < now - LONGEST))
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=_hash(token),
            user_id=user.id,
            csrf=secrets.token_urlsafe(24),
            created_at=now,
            seen_at=now,
        )
    )
    return token


def find(database: Database, token: str, *, touch: bool = True) -> LoggedIn | None:
    """The user behind a cookie; None when it is unknown, too old, or the user was switched off.

    Args:
        database: the backend's.
        token: the cookie's value.
        touch: whether somebody did something, which keeps the session from ending.
    """
    if not token:
        return None
    now = clock.now()
    with database.reading() as session:
        row = session.execute(
            select(LoginSession, User)
            .join(User, User.id == LoginSession.user_id)
            .where(LoginSession.token_hash == _hash(token), User.active)
        ).first()
        if row is None or _is_over(row.LoginSession, now):
            return None
        found, user = row
        stale = now - found.seen_at > _TOUCH
        logged_in = LoggedIn(
            user.id,
            user.login,
            user.name,
            user.role,
            user.offices,
            user.must_change_password,
            found.csrf,
            user.away,
        )
    if stale and touch:
        _touch(database, token, now)
    return logged_in


def end(session: Session, token: str) -> None:
    """Log this browser out."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == _hash(token)))


def end_all(session: Session, user_id: int) -> None:
    """Log a user out everywhere: after a new password, or when the account is switched off."""
    session.execute(delete(LoginSession).where(LoginSession.user_id == user_id))


def _is_over(row: LoginSession, now: datetime) -> bool:
    return bool(now - row.seen_at > IDLE or now - row.created_at > LONGEST)


def _touch(database: Database, token: str, now: datetime) -> None:
    with database.writing() as session:
        row = session.get(LoginSession, _hash(token))
        if row is not None:
            row.seen_at = now


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
