"""The services of `make test-services`: a test fails in one line when one does not answer."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import aio_pika
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from riung.rabbitmq import EXCHANGE, QUEUE
from riung.server.service_checks import (
    ServiceError,
    require_postgres,
    require_rabbitmq,
    require_redis,
)

POSTGRES_URL = os.environ.get(
    "RIUNG_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test"
)
REDIS_URL = os.environ.get("RIUNG_TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
AMQP_URL = os.environ.get("RIUNG_TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672/")
"""Read before any test sets an environment of its own."""


def require_all() -> None:
    """End the run when a service is missing: none of its tests may be skipped."""
    checks: list[tuple[Callable[[str, str], None], str, str]] = [
        (require_postgres, POSTGRES_URL, "RIUNG_TEST_POSTGRES_URL"),
        (require_redis, REDIS_URL, "RIUNG_TEST_REDIS_URL"),
        (require_rabbitmq, AMQP_URL, "RIUNG_TEST_AMQP_URL"),
    ]
    for require, url, variable in checks:
        try:
            require(url, variable)
        except ServiceError as error:
            pytest.exit(str(error), returncode=1)


@contextmanager
def new_database(template: str = "template1") -> Iterator[str]:
    """The address of a database that nobody else uses, dropped afterwards."""
    name = f"riung_uji_{uuid.uuid4().hex[:12]}"
    server = sa.create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        try:
            yield make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def own_database() -> Iterator[str]:
    """The same, for all tests of a run."""
    with new_database() as url:
        yield url


async def delete_queue() -> None:
    """Throw away what earlier tests left for the desk."""
    async with await aio_pika.connect(AMQP_URL) as connection:
        channel = await connection.channel()
        await channel.queue_delete(QUEUE)
        await channel.exchange_delete(EXCHANGE)


@pytest.fixture
async def empty_queue() -> None:
    """No event of an earlier test waits for the desk."""
    await delete_queue()
