"""A conversation that is kept up to date instead of being made anew.

Rasa's tracker replays all its events whenever it is copied, whenever a policy asks for the states
of the past, and some more times in every turn: the thousandth message of a conversation costs
twenty times the tenth. A `WarmTracker` does at each event what the replay would do there, and
remembers. What it answers is what Rasa's own answers (`tests/riung/dialogue/test_warm_tracker.py`
plays random conversations on both); only of the past states the oldest are missing (`reach`).
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, ClassVar

from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker, TrackerActiveLoop

_UNDOING = (ActionReverted, UserUtteranceReverted, Restarted, SessionStarted)
"""Events that take others back: after one of them everything is replayed."""

Moment = tuple[DialogueStateTracker, bool]
"""A conversation as it was before an action, and whether the action is hidden from stories."""


class CheapCopies(DialogueStateTracker):
    """A tracker whose parts are replaced and never changed, so that copies can share them."""

    slots: dict[str, Slot]
    active_loop: TrackerActiveLoop | None

    def copy(self) -> DialogueStateTracker:
        """A tracker of its own."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.events = copy.copy(self.events)
        return twin

    def init_copy(self) -> DialogueStateTracker:
        """The same conversation before its first event."""
        return CheapCopies(
            self.sender_id,
            self.slots.values(),
            self._max_event_history,
            is_rule_tracker=self.is_rule_tracker,
        )

    def interrupt_loop(self, is_interrupted: bool) -> None:
        """The form was left for another question, or is gone on with."""
        self.active_loop = copy.copy(self.active_loop)
        super().interrupt_loop(is_interrupted)

    def reject_action(self, action_name: str) -> None:
        """The form refused to run."""
        self.active_loop = copy.copy(self.active_loop)
        super().reject_action(action_name)

    def set_latest_action(self, action: dict[str, str]) -> None:
        """An action was executed."""
        self.active_loop = copy.copy(self.active_loop)
        super().set_latest_action(action)

    def _reset_slots(self) -> None:
        self.slots = _with(self.slots, map(copy.copy, self.slots.values()))
        super()._reset_slots()

    def _set_slot(self, key: str, value: Any) -> None:
        if key in self.slots:
            self.slots = _with(self.slots, [copy.copy(self.slots[key])])
        super()._set_slot(key, value)


def _with(slots: dict[str, Slot], changed: Iterable[Slot]) -> dict[str, Slot]:
    together = copy.copy(slots)
    together.update({slot.name: slot for slot in changed})
    return together


class WarmTracker(CheapCopies):
    """A tracker that knows its applied events and past states without a replay.

    Attributes:
        reach: past states that are handed to policies of rules; no rule looks further back (its
            index raises this where one does).
        reach_of_stories: the same for policies that learn from stories.
    """

    reach: ClassVar[int] = 8
    reach_of_stories: ClassVar[int] = 60

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._replayed: CheapCopies | None = None
        self._applied: list[Event] = []
        self._loops: set[str] = set()
        self._moments: deque[Moment] = deque(maxlen=self.reach_of_stories)
        super().__init__(*arguments, **named)

    def copy(self) -> DialogueStateTracker:
        """A tracker of its own."""
        twin: WarmTracker = super().copy()
        if self._replayed:
            twin._replayed = self._replayed.copy()
            twin._applied, twin._loops = self._applied.copy(), self._loops.copy()
            twin._moments = self._moments.copy()
        return twin

    def update(self, event: Event, domain: Domain | None = None) -> None:
        """Take an event."""
        takes_back = self._takes_back(event)
        if takes_back:
            self._replayed = None
        super().update(event, domain)
        if self._replayed and not takes_back:
            self._applied.append(event)
            self._step(self._replayed, event)

    def _takes_back(self, event: Event) -> bool:
        """Whether the event changes which earlier ones count: an action may end what a form did
        before, and a form that is new may have been an action of that name before.
        """
        if isinstance(event, ActiveLoop):
            return bool(event.name) and event.name not in self._loops
        if isinstance(event, ActionExecuted):
            return event.action_name in self._loops
        return isinstance(event, _UNDOING)

    def applied_events(self) -> list[Event]:
        """The events since the last restart, without what was taken back."""
        self._replay()
        return self._applied.copy()

    def generate_all_prior_trackers(self) -> Iterator[Moment]:
        """The conversation before each of its latest actions, and as it is."""
        yield from self._replay_of_last(self.reach_of_stories)

    def past_states(
        self,
        domain: Domain,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        """The latest states of the conversation, as far back as a policy looks."""
        reach = self.reach_of_stories if ignore_rule_only_turns else self.reach
        past = _Past(self._replay_of_last(reach))
        states: list[State] = domain.states_for_tracker_history(
            past, omit_unset_slots, ignore_rule_only_turns, rule_only_data
        )
        return states

    def _replay_of_last(self, count: int) -> Iterator[Moment]:
        replayed = self._replay()
        yield from islice(self._moments, max(len(self._moments) - count, 0), None)
        yield replayed, False

    def _replay(self) -> CheapCopies:
        """Rasa's replay, where there is none yet that could be gone on with."""
        if self._replayed is None:
            self._applied = super().applied_events()
            self._loops = {e.name for e in self.events if isinstance(e, ActiveLoop) and e.name}
            self._moments.clear()
            self._replayed = replayed = self.init_copy()
            for event in self._applied:
                self._step(replayed, event)
        return self._replayed

    def _step(self, replayed: CheapCopies, event: Event) -> None:
        if isinstance(event, ActionExecuted):
            moment = object.__new__(CheapCopies)
            moment.__dict__.update(replayed.__dict__)
            self._moments.append((moment, event.hide_rule_turn))
        event.apply_to(replayed)


class _Past:
    """What `Domain.states_for_tracker_history` asks of a tracker."""

    def __init__(self, moments: Iterable[Moment]) -> None:
        self._moments = moments

    def generate_all_prior_trackers(self) -> Iterable[Moment]:
        return self._moments
