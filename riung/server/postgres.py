"""PostgreSQL's own programs, for backups: `pg_dump` and `pg_restore`.

They get the address by the environment: what stands on a command line every user of the machine
reads.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from riung.server.state import StateError

SCHEMAS = ("riung", "channel", "tracker")
"""The stores of one database (`riung.settings`)."""


class PostgresError(StateError):
    """A program of PostgreSQL is missing or failed; the message is its own last line."""


def dump(url: str, target: Path) -> None:
    """Write the three stores into a file, as they are at one moment.

    Raises:
        PostgresError: it could not be done.
    """
    chosen = [f"--schema={schema}" for schema in _schemas(url)]
    _run(url, "pg_dump", "--format=custom", "--no-owner", *chosen, f"--file={target}")


def read_dump(source: Path) -> None:
    """Read a dump's contents.

    Raises:
        PostgresError: it is damaged.
    """
    _run("", "pg_restore", "--list", str(source))


def load_dump(url: str, source: Path) -> None:
    """Put a dump into a database, wholly or not at all.

    Raises:
        PostgresError: it could not be done; nothing was changed.
    """
    database = make_url(url).database
    _run(
        url,
        *("pg_restore", "--no-owner", "--single-transaction", "--exit-on-error"),
        *(f"--dbname={database}", str(source)),
    )


def tables(url: str) -> list[str]:
    """The tables that the stores have already."""
    engine = sa.create_engine(url)
    try:
        here = sa.inspect(engine)
        known = set(here.get_schema_names())
        return [
            f"{schema}.{name}"
            for schema in _schemas(url)
            if schema in known
            for name in here.get_table_names(schema=schema)
        ]
    finally:
        engine.dispose()


def _schemas(url: str) -> tuple[str, ...]:
    """The stores' schemas; the one the operator chose, where the address names it."""
    chosen = str(make_url(url).query.get("options", "")).partition("search_path=")[2]
    return SCHEMAS if chosen in ("", *SCHEMAS) else (chosen,)


def _run(url: str, *command: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs
            command, env={**os.environ, **_address(url)}, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise PostgresError(f"{command[0]} is not installed (postgresql-client).") from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise PostgresError(f"{command[0]} failed: {said[-1]}")


def _address(url: str) -> dict[str, str]:
    if not url:
        return {}
    parsed = make_url(url)
    given = {
        "PGHOST": parsed.host,
        "PGPORT": parsed.port,
        "PGUSER": parsed.username,
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
    }
    return {name: str(value) for name, value in given.items() if value is not None}
