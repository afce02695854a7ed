"""What the channel counts, in the Prometheus format.

Each channel has its own registry, so that tests don't share counters. With several Rasa workers
(`riung.dialogue.counting`) any of them answers `/metrics` with the figures of all.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The channel's figures; names say what they count, labels never name a person."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._followed: list[tuple[Gauge, Callable[[], float]]] = []
        self.refused = Counter(
            "whatsapp_deliveries_refused_total",
            "Deliveries turned away before parsing",
            ["reason"],
            registry=self.registry,
        )
        self.updates = Counter(
            "whatsapp_updates_total",
            "Updates of accepted deliveries by outcome",
            ["outcome"],
            registry=self.registry,
        )
        self.ack = self._seconds("whatsapp_ack_seconds", "Delivery in to answer 200")
        self.turn = self._seconds("whatsapp_turn_seconds", "One turn of the dialogue")
        self.answer = self._seconds(
            "whatsapp_answer_seconds", "Answer written to answer accepted by the Graph API"
        )
        self.turns = Counter(
            "whatsapp_turns_total", "Turns by how they ended", ["result"], registry=self.registry
        )
        self.sends = Counter(
            "whatsapp_sends_total",
            "Send attempts by number and result (accepted, or the error's code)",
            ["phone_number_id", "result"],
            registry=self.registry,
        )
        self.cuts = Counter(
            "whatsapp_cuts_total", "Parts cut to fit a limit", ["part"], registry=self.registry
        )
        self.working = Gauge(
            "whatsapp_conversations_working",
            "Conversations with messages not worked on yet",
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        self.queued = Gauge(
            "whatsapp_outbox_queued",
            "Messages waiting for their number's pace",
            ["phone_number_id"],
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        self.stopped = Gauge(
            "whatsapp_number_stopped",
            "1 when sending is stopped until somebody mends the cause",
            ["phone_number_id"],
            multiprocess_mode="livemax",
            registry=self.registry,
        )

        self.messages = Counter(
            "whatsapp_messages_total",
            "Citizens' messages by office, type and outcome",
            ["office", "type", "outcome"],
            registry=self.registry,
        )
        self.oldest = Gauge(
            "whatsapp_inbox_oldest_seconds",
            "How long the oldest message waits that is not worked on yet",
            multiprocess_mode="livemostrecent",
            registry=self.registry,
        )
        self.model = Gauge(
            "whatsapp_model_info",
            "1, with the sum of what the model was made from",
            ["version"],
            multiprocess_mode="livemostrecent",
            registry=self.registry,
        )
        self.held = Gauge(
            "whatsapp_templates_held",
            "Templates that WhatsApp paused or disabled and messages wait for",
            multiprocess_mode="livemax",
            registry=self.registry,
        )

    def _seconds(self, name: str, text: str) -> Histogram:
        return Histogram(name, text, buckets=_QUICK, registry=self.registry)

    def follow(self, gauge: Gauge, figure: Callable[[], float]) -> None:
        """Let `gauge` tell what `figure` is at each look."""
        self._followed.append((gauge, figure))

    def look(self) -> None:
        """Note what is in hand now, for other workers too, which can't ask this one."""
        for gauge, figure in self._followed:
            gauge.set(figure())

    def text(self) -> bytes:
        """The exposition, with the figures of the whole process: stages, calls, memory.

        Of several workers it tells the sums, and nothing of a process.
        """
        self.look()
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            together = CollectorRegistry()
            MultiProcessCollector(together)  # type: ignore[no-untyped-call]
            return generate_latest(together)
        return generate_latest(self.registry) + generate_latest(REGISTRY)
