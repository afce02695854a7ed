"""How many requests, how long they took, in the Prometheus format."""

from __future__ import annotations

import time

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from riung import tracing

REQUESTS = Counter(
    "riung_backend_requests_total", "Requests answered", ["method", "route", "status"]
)
SECONDS = Histogram("riung_backend_request_seconds", "Time to answer", ["method", "route"])


class MetricsMiddleware:
    """Counts each request under its route's template, so that no number or phone gets in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note its end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            with tracing.continued(scope["headers"], "backend answers") as span:
                await self._app(scope, receive, noting)
                if span:
                    route = getattr(scope.get("route"), "path", "unknown")
                    span.update_name(f"{scope['method']} {route}")
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            REQUESTS.labels(scope["method"], route, status).inc()
            SECONDS.labels(scope["method"], route).observe(time.perf_counter() - started)
