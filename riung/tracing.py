"""How long each stage of a message's way takes: a figure always, a trace where somebody wants one.

    receive ─ turn ─ understand, decide, act ─ backend ─ (the backend's own span), remember ─ send

Figures are told with the others (`riung_stage_seconds`). With `OTEL_EXPORTER_OTLP_ENDPOINT`, the
variable that OpenTelemetry itself names, each stage is a span too, sent to the collector there, and
calls between our programs carry `traceparent`. A span names stages, actions, routes and the log's
short name of a conversation: never words, numbers or people.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from typing import Any

import structlog
from prometheus_client import Histogram

from riung.proxies import direct_session, proxy_for

COLLECTOR = "OTEL_EXPORTER_OTLP_ENDPOINT"
"""The collector's address, such as `http://127.0.0.1:4318`; without it there are no traces."""

_SECONDS = Histogram(
    "riung_stage_seconds",
    "Stages of a message's way",
    ["stage"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)

_tracer: Any = None
"""OpenTelemetry's, once `start` was called with a collector to send to."""


def start(program: str, exporter: Any = None) -> None:
    """Trace what this program does from now on, if there is a collector.

    Args:
        program: its name, as in docs/operations.md.
        exporter: where spans go instead of the collector's address.
    """
    global _tracer
    if exporter is None and not os.environ.get(COLLECTOR):
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": f"riung-{program}"}))
    if exporter is None:
        is_direct = proxy_for(os.environ[COLLECTOR]) is None
        sending = OTLPSpanExporter(session=direct_session() if is_direct else None)
        provider.add_span_processor(BatchSpanProcessor(sending))
    else:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    _tracer = provider.get_tracer("riung")


def stop() -> None:
    """Trace no more."""
    global _tracer
    _tracer = None


@contextmanager
def stage(name: str, **attributes: str) -> Iterator[None]:
    """A stage of the way: its seconds are counted, and it is a span of the present trace."""
    started = time.perf_counter()
    try:
        with span(name, **attributes):
            yield
    finally:
        _figure(name).observe(time.perf_counter() - started)


def span(name: str, **attributes: str) -> AbstractContextManager[Any]:
    """A span of the present trace, or of one of its own; nothing where nobody traces."""
    if _tracer is None:
        return nullcontext()
    return _span(name, None, attributes)


def first_span(name: str, **attributes: str) -> AbstractContextManager[Any]:
    """The first span of a trace of its own, whatever it was begun by."""
    if _tracer is None:
        return nullcontext()
    from opentelemetry.context import Context

    return _span(name, Context(), attributes)


def continued(
    headers: Iterable[tuple[bytes, bytes]], name: str, **attributes: str
) -> AbstractContextManager[Any]:
    """A span of the trace that a call from another program of ours belongs to.

    Args:
        headers: the call's, as ASGI hands them on.
        name: the span's.
        attributes: what it tells.
    """
    if _tracer is None:
        return nullcontext()
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    told = {key.decode("latin-1"): value.decode("latin-1") for key, value in headers}
    return _span(name, TraceContextTextMapPropagator().extract(told), attributes)


def carried() -> dict[str, str]:
    """The headers that tell another program of ours which trace a call belongs to."""
    if _tracer is None:
        return {}
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    headers: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(headers)
    return headers


@contextmanager
def _span(name: str, context: Any, attributes: Mapping[str, str]) -> Iterator[Any]:
    from opentelemetry.trace import StatusCode

    talk = structlog.contextvars.get_contextvars().get("talk")
    told = {**attributes, **({"talk": talk} if talk else {})}
    begun = _tracer.start_as_current_span(
        name, context, attributes=told, record_exception=False, set_status_on_exception=False
    )
    with begun as span:
        try:
            yield span
        except BaseException:
            span.set_status(StatusCode.ERROR)  # and not what it says, which may name somebody
            raise


@lru_cache(maxsize=64)
def _figure(name: str) -> Any:
    return _SECONDS.labels(name)
