"""Whether what an installation keeps can be used, asked before anything is started.

A damaged file, a folder that cannot be written and tables of a newer program would each end a
process with a page of traceback, or keep it running and failing. Here they are one line that says
what to do.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from riung.backend.db import MIGRATIONS
from riung.server.private_files import keep_private
from riung.settings import Settings
from riung.whatsapp import schema as channel_schema

LOOKED_THROUGH = 256 * 1024 * 1024
"""Bytes of a SQLite file that is read whole at the start, in a second or two. Of a larger one only
the tables' definitions are."""

MB = 1024 * 1024

ROOM_TO_START = 50 * MB
"""Bytes that a start takes: the tables, a copy of what was published, some of the day's logs. Under
two hundred `readyz` tells it (`health.FREE_AT_LEAST`)."""

NEWER = (
    "was made by a newer version of Riung. Go back to that version, or restore a backup of before."
)


class StateError(RuntimeError):
    """What is kept cannot be used; the message says what and what to do."""


def require_usable_state(chosen: Settings) -> None:
    """Whether the folder can be written and the disk has room, and every store is whole and none is
    newer than we.

    Raises:
        StateError: the first that is not.
    """
    _require_folder(chosen.var_dir)
    for path in sqlite_files(chosen).values():
        if path.exists():
            _require_whole(path)
    _require_known_tables(chosen)


def sqlite_files(chosen: Settings) -> dict[str, Path]:
    """The stores that are SQLite files, by name; the queue's is one unless it is in Redis."""
    urls = {
        "riung": chosen.database_url,
        "channel": chosen.channel_database_url,
        "tracker": chosen.tracker_database_url,
    }
    files = {name: make_url(url) for name, url in urls.items()}
    found = {
        name: Path(str(url.database))
        for name, url in files.items()
        if url.get_backend_name() == "sqlite" and url.database
    }
    return found if chosen.redis_url else {**found, "work": chosen.var_dir / "work.db"}


def is_postgres(chosen: Settings) -> bool:
    """Whether the stores are schemas of a PostgreSQL database."""
    return str(make_url(chosen.database_url).get_backend_name()) == "postgresql"


def known_revisions() -> set[str]:
    """The revisions that this program can bring to the newest one."""
    return {path.stem for path in MIGRATIONS.glob("versions/[0-9]*.py")}


def _require_folder(folder: Path) -> None:
    try:
        keep_private(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StateError(
            f"{folder} cannot be written ({reason}). Mend it, or choose another folder: "
            "RIUNG_VAR_DIR=…"
        ) from error
    free = shutil.disk_usage(folder).free
    if free < ROOM_TO_START:
        raise StateError(
            f"The disk of {folder} is full ({free // MB} MB are free, {ROOM_TO_START // MB} are "
            "needed). Make room: old backups and var/log first, nothing of the databases."
        )


def _require_whole(path: Path) -> None:
    try:
        found = _fault_of(path)
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found:
        raise StateError(
            f"{path} is damaged ({found.splitlines()[0]}). Restore a backup: riung pulihkan "
            "(docs/operations.md)."
        )


def _fault_of(path: Path) -> str | None:
    """What is wrong with a SQLite file; None when nothing is, or another program writes now."""
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=5)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if path.stat().st_size > LOOKED_THROUGH:
            return None
        (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        return None if told == "ok" else str(told)
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            return None
        raise
    finally:
        connection.close()


def _require_known_tables(chosen: Settings) -> None:
    revision = _one(chosen.database_url, "SELECT version_num FROM alembic_version")
    if revision is not None and revision not in known_revisions():
        raise StateError(f"The database ({revision}) {NEWER}")
    version = _one(chosen.channel_database_url, "SELECT version FROM channel_version")
    if version is not None and int(version) > channel_schema.VERSION:
        raise StateError(f"The channel's database (version {version}) {NEWER}")


def _one(url: str, question: str) -> str | None:
    """One value of a store; None where the store or the table is not there yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        return None
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            found = connection.execute(sa.text(question)).scalar()
            return None if found is None else str(found)
    except sa.exc.DBAPIError:  # no such table
        return None
    finally:
        engine.dispose()
