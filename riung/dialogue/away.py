"""A database or a lock that is away makes a turn fail, so that it can be done again later.

Rasa answers for a tracker store that fails from an empty memory of its own: a citizen in the middle
of a form is greeted as a newcomer, and what is said then is in no transcript. Here the failure
reaches the channel, which keeps the message and tries again (`riung.whatsapp.turns`). A turn that
was done already is not done twice (`riung.dialogue.applied`).
"""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.core.lock_store import LockError
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

AWAY = (OperationalError, InterfaceError, PoolTimeoutError, RedisError, LockError)
"""Nothing is wrong with the message: a database or Redis cannot be reached, is full or locked."""


def let_failures_show() -> None:
    """Let every agent of this process use its tracker store as it is."""
    Agent._create_tracker_store = staticmethod(_as_it_is)


def _as_it_is(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store
