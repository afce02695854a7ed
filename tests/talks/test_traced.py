"""A turn is one trace as far as the backend's answer, and tells nothing of the citizen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from rasa.core.processor import MessageProcessor

from riung import tracing
from riung.dialogue.stages import tell_stages
from tests.running_backend import Backend
from tests.talks.talk import Talk

REPLACED = (
    "parse_message",
    "predict_next_with_tracker_if_should",
    "_run_action",
    "save_tracker",
)


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    for name in REPLACED:  # put back as they were at the end
        monkeypatch.setattr(MessageProcessor, name, getattr(MessageProcessor, name))
    tell_stages()
    exporter = InMemorySpanExporter()
    tracing.start("uji", exporter)
    yield exporter
    tracing.stop()


async def test_a_question_about_a_status_is_traced_to_the_backend(
    citizen: Talk, backend: Backend, spans: InMemorySpanExporter
) -> None:
    backend.application("1179000000001208", "printing")
    spans.clear()
    with tracing.first_span("turn"):
        await citizen.say("cek status 1179000000001208")

    told = spans.get_finished_spans()
    turn = next(span for span in told if span.name == "turn")
    traced = [span for span in told if span.context.trace_id == turn.context.trace_id]
    names = {span.name for span in traced}
    assert {"understand", "decide", "act", "backend", "remember"} <= names
    assert "GET /api/v1/applications/{number}" in names
    acts = [(span.attributes or {})["action"] for span in traced if span.name == "act"]
    assert "action_cek_status" in acts
    everything = "".join(span.to_json() for span in told)
    assert "1179000000001208" not in everything
    assert citizen.number not in everything
