"""A PostgreSQL schema of its own for a test, made and dropped."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import make_url

BASE = make_url(
    os.environ.get("RIUNG_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
)
"""Read before any test sets an environment of its own."""


@contextmanager
def postgres_url(wanted: bool) -> Iterator[dict[str, str]]:
    """Variables that put the channel's store into a fresh schema; none when not wanted."""
    if not wanted:
        yield {}
        return
    schema = f"uji_{uuid.uuid4().hex[:12]}"
    url = BASE.update_query_dict({"options": f"-csearch_path={schema}"})
    try:
        yield {"RIUNG_DATABASE_URL": url.render_as_string(hide_password=False)}
    finally:
        engine = sa.create_engine(BASE)
        with engine.begin() as connection:
            connection.execute(sa.text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        engine.dispose()
