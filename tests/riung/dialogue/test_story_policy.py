"""Every story of `data/` plays: the real policies say what its steps say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from riung.dialogue.story_policy import StoryPolicy
from riung.yaml_files import read_yaml
from tests.paths import ROOT

FILES = sorted((ROOT / "data").glob("*/stories.yml"))
Story = list[tuple[str, str]]


def stories() -> Iterator[Any]:
    """The steps of each story as (kind, name)."""
    for path in FILES:
        for one in read_yaml(path)["stories"]:
            steps = [(kind, step[kind]) for step in one["steps"] for kind in step]
            yield pytest.param(steps, id=one["story"])


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml")).merge(
        Domain.from_dict({"responses": {name: [{"text": "x"}] for name in _responses()}})
    )


def _responses() -> set[str]:
    found = (read_yaml(path).get("responses", {}) for path in (ROOT / "data").rglob("*.yml"))
    return {name for one in found for name in one}


@pytest.fixture(scope="module")
def policy(domain: Domain, tmp_path_factory: pytest.TempPathFactory) -> StoryPolicy:
    """Trained on the stories of the checkout."""
    storage = LocalModelStorage(Path(tmp_path_factory.mktemp("model")))
    context = ExecutionContext(GraphSchema({}))
    made = StoryPolicy.create(
        StoryPolicy.get_default_config(), storage, Resource("stories"), context
    )
    steps = [step for path in FILES for step in YAMLStoryReader(domain).read_from_file(path)]
    made.train(
        TrainingDataGenerator(StoryGraph(steps), domain, augmentation_factor=0).generate(), domain
    )
    return made


def ask(policy: StoryPolicy, domain: Domain, events: list[Event]) -> str | None:
    """What the policy is certain of."""
    tracker = DialogueStateTracker.from_events("warga", events, domain.slots)
    prediction: PolicyPrediction = policy.predict_action_probabilities(tracker, domain)
    best = prediction.max_confidence_index
    names: list[str] = domain.action_names_or_texts
    return names[best] if prediction.max_confidence == 1.0 else None


def event_of(kind: str, name: str) -> Event:
    return UserUttered("…", intent={"name": name}) if kind == "intent" else ActionExecuted(name)


@pytest.mark.parametrize("story", stories())
def test_a_story_plays_from_its_second_turn_on(
    policy: StoryPolicy, domain: Domain, story: Story
) -> None:
    before: list[Event] = [ActionExecuted(ACTION_LISTEN_NAME)]
    before += [event_of("intent", "salam"), ActionExecuted("action_menu")]
    turns = 0
    for kind, name in story:
        if kind == "intent":
            before.append(ActionExecuted(ACTION_LISTEN_NAME))
            turns += 1
        elif turns > 1:
            assert ask(policy, domain, before) == name
        before.append(event_of(kind, name))
    assert ask(policy, domain, before) == ACTION_LISTEN_NAME


def test_elsewhere_the_rules_decide(policy: StoryPolicy, domain: Domain) -> None:
    alone = [ActionExecuted(ACTION_LISTEN_NAME), event_of("intent", "tolak")]

    assert ask(policy, domain, alone) is None
