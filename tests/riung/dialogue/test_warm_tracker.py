"""A warm tracker answers what Rasa's own tracker answers, whatever happened in the conversation."""

from __future__ import annotations

import random
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.warm_tracker import WarmTracker, remember_states

DOMAIN = Domain.from_dict(
    {
        "intents": ["tanya", "isi", {"tempat": {"use_entities": ["kantor"]}}],
        "entities": ["kantor"],
        "slots": {
            "bahasa": {"type": "text", "mappings": [{"type": "custom"}]},
            "langkah": {
                "type": "categorical",
                "values": ["a", "b"],
                "mappings": [{"type": "custom"}],
            },
        },
        "forms": {"form_a": {"required_slots": ["bahasa"]}, "form_b": {"required_slots": []}},
        "responses": {"utter_x": [{"text": "x"}], "utter_y": [{"text": "y"}]},
        "actions": ["action_z"],
    }
)
FORMS, INTENTS = ("form_a", "form_b"), ("tanya", "isi", "tempat")
ACTIONS = ("action_listen", "utter_x", "utter_y", "action_z", *FORMS)


def said(rng: random.Random) -> UserUttered:
    """A message of the citizen."""
    intent = {"name": rng.choice(INTENTS), "confidence": 1.0}
    entities = [{"entity": "kantor", "value": "pemalang"}] if rng.random() < 0.3 else []
    return UserUttered("teks", intent, entities, input_channel="whatsapp")


def happening(rng: random.Random) -> Event:
    """Anything that can happen in a conversation; what is usual happens often."""
    chance = rng.random()
    if chance < 0.35:
        return ActionExecuted(rng.choice(ACTIONS), hide_rule_turn=rng.random() < 0.5)
    if chance < 0.55:
        return said(rng)
    if chance < 0.70:
        return SlotSet(rng.choice(["bahasa", "langkah", "unknown"]), rng.choice(["a", "b", None]))
    rare: list[Event] = [
        BotUttered("jawab"),
        ActiveLoop(rng.choice([*FORMS, None])),
        ActionExecutionRejected(rng.choice(FORMS)),
        LoopInterrupted(rng.random() < 0.5),
        FollowupAction("action_z"),
        ConversationPaused(),
        ConversationResumed(),
        DefinePrevUserUtteredFeaturization(rng.random() < 0.5),
        *([AllSlotsReset(), ActionReverted(), UserUtteranceReverted()] if chance > 0.9 else []),
        *([Restarted(), SessionStarted()] if chance > 0.97 else []),
    ]
    return rng.choice(rare)


def seen(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What the parts of Rasa ask a tracker for."""
    reach, of_stories = WarmTracker.reach, WarmTracker.reach_of_stories
    return {
        "state": tracker.current_state(),
        "applied": tracker.applied_events(),
        "events": list(tracker.events),
        "rules": tracker.past_states(DOMAIN)[-reach:],
        "set slots": tracker.past_states(DOMAIN, omit_unset_slots=True)[-reach:],
        "stories": tracker.past_states(
            DOMAIN, ignore_rule_only_turns=True, rule_only_data={"rule_only_slots": ["langkah"]}
        )[-of_stories // 20 :],
        "rejected": tracker.is_active_loop_rejected,
        "interrupted": tracker.is_active_loop_interrupted,
        "last": tracker.get_last_event_for(ActionExecuted),
    }


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a dialogue server; Rasa's own tracker has no states to remember."""
    monkeypatch.setattr(Domain, "get_active_state", Domain.get_active_state)
    remember_states()


@pytest.mark.parametrize("seed", range(60))
def test_a_warm_tracker_sees_what_rasas_tracker_sees(seed: int) -> None:
    rng = random.Random(seed)
    warm: DialogueStateTracker = WarmTracker("x", DOMAIN.slots)
    stock = DialogueStateTracker("x", DOMAIN.slots)
    for _ in range(rng.choice([5, 30, 120])):
        event = happening(rng)
        warm.update(event, DOMAIN)
        stock.update(event, DOMAIN)
        if rng.random() < 0.2:
            warm, stock = warm.copy(), stock.copy()
        if rng.random() < 0.3:
            assert seen(warm) == seen(stock)

    assert seen(warm) == seen(stock)


@pytest.mark.parametrize("seed", range(10))
def test_a_copy_is_a_conversation_of_its_own(seed: int) -> None:
    rng = random.Random(seed)
    warm = WarmTracker("x", DOMAIN.slots)
    warm.update_with_events([happening(rng) for _ in range(30)], DOMAIN)
    before = seen(warm)

    twin = warm.copy()
    twin.update_with_events([happening(rng) for _ in range(30)], DOMAIN)

    assert seen(warm) == before


def test_only_the_oldest_states_are_missing() -> None:
    warm = WarmTracker("x", DOMAIN.slots)
    for _ in range(100):
        warm.update(ActionExecuted("utter_x"))

    assert len(warm.past_states(DOMAIN)) == WarmTracker.reach + 1
