"""Stages are counted, and traced where there is a collector, without a word of anybody's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import SimpleQueue
from threading import Thread

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY

from riung import tracing
from tests.paths import ROOT


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.start("uji", exporter)
    yield exporter
    tracing.stop()


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def seconds_counted(stage: str) -> float:
    return REGISTRY.get_sample_value("riung_stage_seconds_count", {"stage": stage}) or 0.0


def test_a_stage_is_counted_with_and_without_traces(spans: InMemorySpanExporter) -> None:
    before = seconds_counted("uji")
    with tracing.stage("uji"):
        pass
    tracing.stop()
    with tracing.stage("uji"):
        pass

    assert seconds_counted("uji") == before + 2
    assert len(spans.get_finished_spans()) == 1


def test_a_stage_that_fails_is_counted_and_tells_nothing_of_the_error(
    spans: InMemorySpanExporter,
) -> None:
    before = seconds_counted("uji")
    with pytest.raises(ValueError, match="3273"), tracing.stage("uji"):
        raise ValueError("3273014505900001")

    (span,) = spans.get_finished_spans()
    assert seconds_counted("uji") == before + 1
    assert not span.status.is_ok
    assert "3273" not in span.to_json()


def test_stages_within_a_turn_are_its_children(spans: InMemorySpanExporter) -> None:
    with tracing.span("delivery"), tracing.first_span("turn"), tracing.stage("act", action="a"):
        pass

    found = by_name(spans)
    assert found["act"].parent.span_id == found["turn"].context.span_id
    assert found["turn"].parent is None
    assert found["turn"].context.trace_id != found["delivery"].context.trace_id


def test_a_call_between_programs_stays_in_its_trace(spans: InMemorySpanExporter) -> None:
    with tracing.first_span("turn"):
        headers = tracing.carried()
    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    with tracing.continued(told, "GET /api/v1/quotas"):
        pass

    found = by_name(spans)
    assert found["GET /api/v1/quotas"].context.trace_id == found["turn"].context.trace_id


def test_without_a_collector_nothing_is_carried_or_loaded() -> None:
    run = (
        "import sys; from riung import tracing; tracing.start('dialogue')\n"
        "with tracing.stage('understand'), tracing.first_span('turn'): pass\n"
        "assert not tracing.carried()\n"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry')]"
    )
    subprocess.run([sys.executable, "-c", run], cwd=ROOT, check=True, env={"PATH": "/usr/bin"})


@pytest.fixture
def collector() -> Iterator[tuple[str, SimpleQueue[tuple[str, bytes]]]]:
    """A collector's address, and what it is sent."""
    sent: SimpleQueue[tuple[str, bytes]] = SimpleQueue()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.put((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def test_spans_reach_the_collector_that_the_environment_names(
    collector: tuple[str, SimpleQueue[tuple[str, bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, sent = collector
    monkeypatch.setenv(tracing.COLLECTOR, address)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # not the way to this machine
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
    tracing.start("dialogue")
    try:
        with tracing.first_span("turn", kind="text"):
            pass
        path, body = sent.get(timeout=10)
    finally:
        tracing.stop()

    assert path == "/v1/traces"
    assert b"riung-dialogue" in body
    assert b"turn" in body
