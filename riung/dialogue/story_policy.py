"""The policy that plays trainers' stories (`data/<topic>/stories.yml`).

A story is remembered word for word, as Rasa's MemoizationPolicy does, but read for what a trainer
writes: which intent, then which action, turn after turn. Entities, slots and whatever was said
before the story begins do not matter. The rules answer a story's first turn; from the second turn
on the story comes before a rule of the same intent (priority 7, above RulePolicy's 6), which is
what stories are for. `make check` tells where a story can never play (`riung.training.stories`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

LONGEST = 12
"""Steps of a conversation that are looked at: more than any story has."""

_SAID, _DONE, _JOIN = "said ", "done ", " > "


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class StoryPolicy(MemoizationPolicy):
    """Recalls the next action of the longest story that the conversation has just followed."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """MemoizationPolicy's, with a priority above the rules'."""
        return {**MemoizationPolicy.get_default_config(), "priority": 7}

    def train(
        self, training_trackers: list[DialogueStateTracker], domain: Domain, **_: Any
    ) -> Resource:
        """Remember every story: the steps so far → the next action, from the second turn on."""
        for tracker in training_trackers:
            if not getattr(tracker, "is_augmented", False) and not tracker.is_rule_tracker:
                self.lookup.update(_memories(list(steps(tracker.applied_events()))))
        self.persist()
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, **_: Any
    ) -> PolicyPrediction:
        """The remembered action, certain; nothing while a form asks or where no story plays."""
        action = None if tracker.active_loop_name else self.remembered(tracker.applied_events())
        return self._prediction(self._prediction_result(action or "", tracker, domain))

    def remembered(self, events: list[Event]) -> str | None:
        """What the longest story that ends as `events` do says next."""
        done = list(islice(steps(reversed(events)), LONGEST))[::-1]
        keys = (_JOIN.join(done[start:]) for start in range(len(done)))
        return next((self.lookup[key] for key in keys if key in self.lookup), None)


def steps(events: Iterable[Event]) -> Iterator[str]:
    """What citizens meant and what was done, in the order of the events."""
    for event in events:
        if isinstance(event, UserUttered):
            yield _SAID + str(event.intent.get("name"))
        elif isinstance(event, ActionExecuted) and event.action_name not in _SILENT:
            yield _DONE + str(event.action_name)


_SILENT = frozenset({ACTION_LISTEN_NAME, "action_session_start", "action_lanjutan", None})
"""Actions that no story names."""


def _memories(done: list[str]) -> Iterator[tuple[str, str]]:
    """Steps so far → next action, for every action and every end of a turn after the first."""
    turns = 0
    for place, step in enumerate(done):
        if step.startswith(_SAID):
            if turns > 1:
                yield _JOIN.join(done[:place]), ACTION_LISTEN_NAME
            turns += 1
        elif turns > 1:
            yield _JOIN.join(done[:place]), step.removeprefix(_DONE)
    if turns > 1:
        yield _JOIN.join(done), ACTION_LISTEN_NAME
