"""Is it alive, can it serve, and how much does it do."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from riung.backend.db import database
from riung.backend.problems import Problem, register
from riung.clock import now
from riung.desk import handover
from riung.office.offices import offices

WAITING = Gauge("riung_desk_waiting", "Conversations that wait for an officer", ["office"])
WAITING_SECONDS = Gauge(
    "riung_desk_waiting_seconds", "How long the first of them waits", ["office"]
)

router = APIRouter(tags=["health"])

register({"disk_full": (503, "The disk is full or cannot be written")})

FREE_AT_LEAST = 200 * 1024 * 1024
"""Bytes, as for the channel: an hour of a busy office, in which somebody can make room."""


@router.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(request: Request) -> dict[str, str]:
    """The database answers too, and the disk takes more; otherwise 503 `database_unavailable` or
    `disk_full`.
    """
    try:
        database(request).check()
    except OperationalError:
        raise  # answered as every call is then (`problems`)
    except DatabaseError as error:
        raise Problem("database_unavailable", type(error).__name__) from error
    folder = request.app.state.settings.var_dir
    if not os.access(folder, os.W_OK) or shutil.disk_usage(folder).free < FREE_AT_LEAST:
        raise Problem("disk_full", f"Less than {FREE_AT_LEAST // 1024**2} MB are free.")
    return {"status": "ready"}


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """Counters in the Prometheus text format, and who waits for an officer now."""
    with suppress(SQLAlchemyError), database(request).reading() as session:
        waiting = handover.waiting(session, now())
        for office in offices():
            count, seconds = waiting.get(office, (0, 0.0))
            WAITING.labels(office).set(count)
            WAITING_SECONDS.labels(office).set(seconds)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
