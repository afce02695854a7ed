"""What happens by itself: clocks that ran out, words Rasa has not taken yet, gaps to fill.

The worker calls `run_due` every 15 seconds.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import select

from riung.backend.db import Database
from riung.desk import event_intake, handover, live_updates, rasa_outbox, sharing
from riung.desk.access import ConflictError
from riung.desk.ownership import TIMER_EVENTS, Timer
from riung.desk.rasa_api import RasaApi
from riung.desk.tables import Conversation
from riung.settings import Settings, settings

log = structlog.get_logger()


def run_due(
    now: datetime,
    database: Database | None = None,
    configured: Settings | None = None,
    rasa: RasaApi | None = None,
) -> int:
    """Let every clock ring that is due; returns how many did.

    Safe to call from several processes and at any time: each clock rings once, because ringing
    sets it anew in the same transaction.
    """
    chosen = configured or settings()
    store = database or Database(chosen.database_url)
    api = rasa or RasaApi(chosen)
    with store.reading() as session:
        due = select(Conversation.id).where(Conversation.due_at <= now)
        waiting = list(session.scalars(due.order_by(Conversation.due_at).limit(200)))
    rung = sum(_ring(store, conversation_id, now) for conversation_id in waiting)
    with store.writing() as session:
        sharing.share(session, now)
        live_updates.forget_old(session)
    rasa_outbox.deliver(store, api)
    event_intake.catch_up(store, api)
    return rung


def _ring(database: Database, conversation_id: int, now: datetime) -> bool:
    with database.writing() as session:
        conversation = session.get(Conversation, conversation_id, with_for_update=True)
        if conversation is None or conversation.due_at is None or conversation.due_at > now:
            return False
        event = TIMER_EVENTS[Timer(conversation.timer)]
        try:
            handover.apply(session, conversation, event, moment=now)
        except ConflictError:
            log.error("desk.clock_without_rule", state=conversation.state, event=event.value)
            conversation.due_at = None
            return False
        return True
