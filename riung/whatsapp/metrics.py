"""What the channel counts, in the Prometheus format.

Each channel has its own registry, so that tests and workers don't share counters. With several
Rasa workers each answers `/metrics` with its own figures.
"""

from __future__ import annotations

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The channel's figures; names say what they count, labels never name a person."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
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
            registry=self.registry,
        )
        self.queued = Gauge(
            "whatsapp_outbox_queued",
            "Messages waiting for their number's pace",
            ["phone_number_id"],
            registry=self.registry,
        )
        self.stopped = Gauge(
            "whatsapp_number_stopped",
            "1 when sending is stopped until somebody mends the cause",
            ["phone_number_id"],
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
            registry=self.registry,
        )
        self.model = Gauge(
            "whatsapp_model_info",
            "1, with the sum of what the model was made from",
            ["version"],
            registry=self.registry,
        )
        self.held = Gauge(
            "whatsapp_templates_held",
            "Templates that WhatsApp paused or disabled and messages wait for",
            registry=self.registry,
        )

    def _seconds(self, name: str, text: str) -> Histogram:
        return Histogram(name, text, buckets=_QUICK, registry=self.registry)

    def text(self) -> bytes:
        """The exposition, with the figures of the whole process: stages, calls, memory."""
        return generate_latest(self.registry) + generate_latest(REGISTRY)
