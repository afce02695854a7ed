"""Whoever owns the conversation speaks in it, and nobody else: over any gap and any restart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import ConversationPaused, ConversationResumed

from riung.desk.ownership import Effect, Event, NotAllowedError, State, bot_speaks, step
from riung.dialogue.sessions import stay_with_the_officer
from riung.dialogue.tracker_store import PrivateTrackerStore
from tests.conftest import SetEnvironment

MINUTE = 60.0
UNREADABLE = "/kirim_lain"
MESSAGES = ("/terima_kasih", "/selamat_tinggal", UNREADABLE, "/kontak", "/tanya_bot")
"""A text, a picture, what nobody can read, and taps: their answers need no action server."""

EVENTS = {Effect.PAUSE: ConversationPaused, Effect.RESUME: ConversationResumed}


class Conversation:
    """One citizen's conversation in the trained Rasa, with a clock that can be moved on."""

    def __init__(self, agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
        self.agent, self.sender = agent, f"warga{time.monotonic_ns()}"
        self.moment = time.time()
        monkeypatch.setattr("time.time", lambda: self.moment)

    def later(self, minutes: float) -> None:
        self.moment += minutes * MINUTE

    def desk(self, effects: tuple[Effect, ...]) -> None:
        """What the desk tells Rasa, as Rasa's HTTP API appends it."""
        for made in (EVENTS[effect]() for effect in effects if effect in EVENTS):
            asyncio.run(self._append(made))

    def citizen(self, text: str) -> list[str]:
        """The bot's words to a message."""
        self.moment += 1
        output = CollectingOutputChannel()
        asyncio.run(self.agent.handle_message(UserMessage(text, output, self.sender)))
        return [said["text"] for said in output.messages if said.get("text")]

    def restart(self) -> None:
        """Another process takes over: nothing is known but what was written."""
        store = PrivateTrackerStore(self.agent.domain)
        self.agent.tracker_store = self.agent.processor.tracker_store = store

    async def _append(self, event: Any) -> None:
        processor = self.agent.processor
        tracker = await processor.fetch_tracker_with_initial_session(self.sender)
        tracker.update(event, processor.domain)
        await processor.tracker_store.save(tracker)


@pytest.fixture
def agent(
    trained: Agent,
    tmp_path: Path,
    set_environment: SetEnvironment,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Agent]:
    set_environment(RIUNG_VAR_DIR=str(tmp_path / "var"))
    has_expired = MessageProcessor._has_session_expired
    monkeypatch.setattr(MessageProcessor, "_has_session_expired", has_expired)
    stay_with_the_officer()
    store = PrivateTrackerStore(trained.domain)
    for owner in (trained, trained.processor):
        monkeypatch.setattr(owner, "tracker_store", store)
    yield trained
    trained.tracker_store.engine.dispose()


@pytest.fixture
def talk(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> Conversation:
    return Conversation(agent, monkeypatch)


@pytest.mark.parametrize("text", MESSAGES[:4])
def test_an_officer_called_back_the_next_morning_is_not_interrupted(
    talk: Conversation, text: str
) -> None:
    assert talk.citizen("/terima_kasih")
    talk.later(minutes=14 * 60)
    talk.desk((Effect.PAUSE,))

    assert talk.citizen(text) == []
    talk.later(minutes=90)
    talk.restart()
    assert talk.citizen(text) == []
    talk.desk((Effect.RESUME,))
    assert talk.citizen("/terima_kasih")


def test_with_the_bot_a_conversation_begins_anew_after_an_hour(talk: Conversation) -> None:
    talk.citizen("/terima_kasih")
    talk.later(minutes=61)
    talk.citizen("/terima_kasih")

    tracker = asyncio.run(talk.agent.tracker_store.retrieve(talk.sender))
    assert tracker is not None
    assert [event.text for event in tracker.events if event.type_name == "user"] == [
        "/terima_kasih"
    ]


STEPS = st.tuples(
    st.sampled_from(list(Event)),
    st.sampled_from([0.5, 20.0, 59.0, 61.0, 24 * 60.0, 3 * 24 * 60.0]),
    st.sampled_from(MESSAGES),
    st.booleans(),
)


@settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(course=st.lists(STEPS, min_size=1, max_size=8))
def test_the_bot_speaks_exactly_while_the_desk_says_so(
    course: list[tuple[Event, float, str, bool]], agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        talk, state = Conversation(agent, patch), State.BOT
        for event, minutes, text, restarted in course:
            talk.later(minutes)
            try:
                rule = step(state, event)
            except NotAllowedError:
                pass
            else:
                state = rule.state
                talk.desk(rule.effects)
            if restarted:
                talk.restart()
            if text == UNREADABLE and bot_speaks(state):
                continue  # the channel itself answers it (`riung.whatsapp.turns`)
            assert bool(talk.citizen(text)) is bot_speaks(state)
