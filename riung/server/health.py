"""Is it alive, can it serve, and how much does it do."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DatabaseError, OperationalError

from riung.backend.db import database
from riung.backend.problems import Problem

router = APIRouter(tags=["health"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(request: Request) -> dict[str, str]:
    """The database answers too; otherwise 503 `database_unavailable`."""
    try:
        database(request).check()
    except OperationalError:
        raise  # answered as every call is then (`problems`)
    except DatabaseError as error:
        raise Problem("database_unavailable", type(error).__name__) from error
    return {"status": "ready"}


@router.get("/metrics", include_in_schema=False)
def metrics() -> Response:
    """Counters in the Prometheus text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
