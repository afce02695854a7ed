"""A conversations' database that fails makes the turn fail; nobody is greeted as a newcomer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.exc import OperationalError

from riung.dialogue.away import let_failures_show
from riung.dialogue.tracker_store import PrivateTrackerStore
from riung.dialogue.warm_tracker import WarmTracker
from tests.conftest import SetEnvironment


class BrokenStore(InMemoryTrackerStore):
    """A database that cannot be reached."""

    async def retrieve(self, sender_id: str) -> Any:
        raise OperationalError("SELECT", {}, Exception("server closed the connection"))

    async def save(self, tracker: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The store that an agent works with, as the dialogue server makes it."""
    monkeypatch.setattr(Agent, "_create_tracker_store", Agent._create_tracker_store)
    let_failures_show()
    return Agent(domain=Domain.empty(), tracker_store=BrokenStore(Domain.empty())).tracker_store


async def test_a_conversation_that_cannot_be_read_is_no_new_one(store: Any) -> None:
    with pytest.raises(OperationalError):
        await store.retrieve("628990000001@1")


async def test_what_cannot_be_written_is_not_kept_aside(store: Any) -> None:
    with pytest.raises(OperationalError):
        await store.save(None)


def test_an_agent_without_a_store_has_one_in_memory(store: Any) -> None:
    assert type(Agent(domain=Domain.empty()).tracker_store) is InMemoryTrackerStore


async def test_a_new_conversation_begins_as_our_store_begins_it(
    store: Any, set_environment: SetEnvironment, tmp_path: Path
) -> None:
    """Not as a wrapper of Rasa's would: with a tracker that is slow, and written twice."""
    set_environment(RIUNG_VAR_DIR=str(tmp_path))
    ours = PrivateTrackerStore(Domain.empty())
    agent = Agent(domain=Domain.empty(), tracker_store=ours)

    begun = await agent.tracker_store.get_or_create_tracker("628990000001@1")

    assert isinstance(begun, WarmTracker)
    assert await ours.retrieve("628990000001@1") is None
