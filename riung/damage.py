"""A database that turns out to be damaged while it is in use: told once, and treated as away.

A disk that dies damages a file under running programs. What is asked of it then is no error of
whoever asked: it waits, as for a database that is away, until somebody restores a backup.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import structlog
from sqlalchemy import event
from sqlalchemy.engine import Engine, ExceptionContext
from sqlalchemy.exc import OperationalError

log = structlog.get_logger()

SIGNS = ("malformed", "not a database")
"""What SQLite says of a damaged file (its result codes 11 and 26)."""

CORRUPTED = ("XX001", "XX002")
"""PostgreSQL's codes for damaged data and a damaged index."""


@dataclass
class Damage:
    """Whether a database was found damaged since this program started."""

    is_found: bool = False


def watch(engine: Engine) -> Damage:
    """From now on a damaged database fails like one that is away (`OperationalError`)."""
    damage = Damage()

    def judge(context: ExceptionContext) -> Exception | None:
        original = context.original_exception
        if not is_damage(original):
            return None
        if not damage.is_found:
            log.error("database.damaged", database=engine.url.database, mend="riung pulihkan")
        damage.is_found = True
        return OperationalError(None, None, original)

    event.listen(engine, "handle_error", judge, retval=True)
    return damage


def is_damage(error: BaseException | None) -> bool:
    """Whether a driver's error says that the database itself is damaged."""
    if isinstance(error, sqlite3.DatabaseError):
        return any(sign in str(error) for sign in SIGNS)
    return getattr(error, "pgcode", getattr(error, "sqlstate", None)) in CORRUPTED
