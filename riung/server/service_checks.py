"""Whether PostgreSQL, Redis and RabbitMQ answer; when one does not, one line says which and why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import aio_pika
import redis
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from riung.settings import Settings

PATIENCE = 5
"""Seconds a service may take to answer at all."""


class ServiceError(RuntimeError):
    """A service does not answer or is not set; the message names the variable and the reason."""


def require_postgres(url: str, variable: str = "RIUNG_DATABASE_URL") -> None:
    """Log in to the database.

    Raises:
        ServiceError: it could not be done.
    """
    _require("PostgreSQL", variable, url, _ask_postgres)


def require_redis(url: str, variable: str = "RIUNG_REDIS_URL") -> None:
    """Say PING.

    Raises:
        ServiceError: there was no answer.
    """
    _require("Redis", variable, url, _ask_redis)


def require_rabbitmq(url: str, variable: str = "RIUNG_AMQP_URL") -> None:
    """Log in to the broker.

    Raises:
        ServiceError: it could not be done.
    """
    _require("RabbitMQ", variable, url, lambda address: asyncio.run(_ask_rabbitmq(address)))


def require_services(chosen: Settings) -> None:
    """Whether every service that the settings name answers, and none is missing.

    Raises:
        ServiceError: the first one that does not, or several Rasa workers have no common lock.
    """
    if chosen.all_rasa_workers > 1 and not chosen.redis_url:
        raise ServiceError(
            f"{chosen.all_rasa_workers} Rasa workers (RIUNG_RASA_WORKERS, RIUNG_RASA_SERVERS) need "
            "RIUNG_REDIS_URL: without a common lock two workers would answer one person at once."
        )
    if make_url(chosen.database_url).get_backend_name() == "postgresql":
        require_postgres(chosen.database_url)
    if chosen.redis_url:
        require_redis(chosen.redis_url)
    if chosen.amqp_url:
        require_rabbitmq(chosen.amqp_url)


def _require(service: str, variable: str, url: str, ask: Callable[[str], None]) -> None:
    try:
        ask(url)
    except Exception as error:  # whatever a driver makes of a wrong address, a refusal, a silence
        cause = getattr(error, "orig", None) or error
        reason = (str(cause).strip() or type(cause).__name__).splitlines()[0]
        where = _where(url)
        shown = "" if where in reason else f" [{where}]"
        raise ServiceError(f"{service} does not answer ({variable}): {reason}{shown}") from error


def _where(url: str) -> str:
    """Host and port of an address, without name and password; empty when it is none."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return ""
    return f"{parsed.host}:{parsed.port}"


def _ask_postgres(url: str) -> None:
    engine = sa.create_engine(url, connect_args={"connect_timeout": PATIENCE})
    try:
        engine.connect().close()
    finally:
        engine.dispose()


def _ask_redis(url: str) -> None:
    with redis.Redis.from_url(
        url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
    ) as asked:
        asked.ping()


async def _ask_rabbitmq(url: str) -> None:
    await (await aio_pika.connect(url, timeout=PATIENCE)).close()
