"""What Rasa's worker and the desk have to agree on in RabbitMQ (`RIUNG_AMQP_URL`)."""

from __future__ import annotations

import structlog
from tenacity import AsyncRetrying, RetryCallState, wait_exponential_jitter

log = structlog.get_logger()

EXCHANGE = "riung"
QUEUE = "riung.desk"

GAP = "gap"
"""Key of an event before which others may have been lost: Rasa has just started."""

LONGEST_PAUSE = 5.0
"""Seconds between two tries at most while the broker or the database is away."""


def again(what: str) -> AsyncRetrying:
    """Try until it works, with longer and longer pauses; each failure is a line in the log."""

    def tell(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        log.warning(what, reason=type(error).__name__)

    return AsyncRetrying(
        wait=wait_exponential_jitter(initial=0.2, max=LONGEST_PAUSE), before_sleep=tell
    )
