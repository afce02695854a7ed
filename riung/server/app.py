"""The backend's application: API, desk and simulator on one port.

Run with `uvicorn --factory riung.server.app:serve`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from riung import logs, tracing, watchdog
from riung.backend import demo, problems
from riung.backend.applications import routes as applications
from riung.backend.bookings import picture
from riung.backend.bookings import routes as bookings
from riung.backend.bookings.turnstile import Turnstile
from riung.backend.counter import routes as counter
from riung.backend.db import Database
from riung.backend.quotas import routes as quotas
from riung.backend.subscriptions import routes as subscriptions
from riung.backend.waiting_list import routes as waiting_list
from riung.clock import now
from riung.desk import erasure, event_queue, introductions
from riung.desk import routes as desk
from riung.desk.cases import routes as cases
from riung.desk.tickets import routes as tickets
from riung.server import api_page, health
from riung.server.body_limit import BodyLimitMiddleware
from riung.server.metrics import MetricsMiddleware
from riung.server.safety_headers import SafetyHeadersMiddleware
from riung.settings import Settings
from riung.settings import settings as settings_from_environment
from riung.simulator import routes as simulator
from riung.workshop import following

API: list[APIRouter] = [
    applications.router,
    quotas.router,
    bookings.router,
    waiting_list.router,
    tickets.router,
    cases.router,
    subscriptions.router,
    counter.router,
    erasure.router,
    introductions.router,
]
"""Routers under /api/v1."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application; tables are migrated when it starts."""
    chosen = settings or settings_from_environment()
    app = FastAPI(title="Riung", version="1", lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.settings = chosen
    app.state.database = Database(chosen.database_url, chosen.hash_key)
    app.state.turnstile = Turnstile()
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(MetricsMiddleware)
    app.add_middleware(SafetyHeadersMiddleware)
    problems.install(app)
    app.include_router(health.router)
    app.include_router(api_page.router)
    app.include_router(picture.router)
    for router in API:
        app.include_router(router, prefix="/api/v1")
    for router in _pages(chosen):
        app.include_router(router)
    return app


def serve() -> FastAPI:
    """The application of a process of its own: its log lines are masked, and it is watched."""
    logs.configure()
    tracing.start("backend")
    watchdog.watch(f"http://127.0.0.1:{settings_from_environment().backend_port}/healthz")
    following.follow()
    return create_app()


def _pages(settings: Settings) -> list[APIRouter]:
    """What stands beside the API on the same port."""
    return [desk.router, simulator.router] if settings.demo else [desk.router]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.settings.var_dir.mkdir(parents=True, exist_ok=True)
    app.state.database.migrate()
    if app.state.settings.demo:
        demo.fill(app.state.database, now())
    async with event_queue.listening(app.state.settings.amqp_url, app.state.database):
        yield
    app.state.database.dispose()
