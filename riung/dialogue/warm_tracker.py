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
from typing import Any, ClassVar, TypeVar

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

Self = TypeVar("Self", bound="CheapCopies")

_UNDOING = (ActionReverted, UserUtteranceReverted, Restarted, SessionStarted)
"""Events that take others back: after one of them everything is replayed."""

Moment = tuple[DialogueStateTracker, bool]
"""A conversation as it was before an action, and whether the action is hidden from stories."""

Placed = tuple["CheapCopies", bool, int]
"""The same, with the action's place among the applied events."""


class CheapCopies(DialogueStateTracker):
    """A tracker whose parts are replaced and never changed, so that copies can share them."""

    states: dict[tuple[bool, bool | None, int], State] | None = None
    """Its states by what they depend on, where it goes on no more (`remember_states`)."""

    slots: dict[str, Slot]
    active_loop: TrackerActiveLoop | None

    def __init__(
        self, sender_id: str, slots: Iterable[Slot], *arguments: Any, **named: Any
    ) -> None:
        super().__init__(sender_id, (), *arguments, **named)
        self.slots = _fresh(slots)

    def copy(self: Self) -> Self:
        """A tracker of its own."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.events = copy.copy(self.events)
        twin.states = None
        return twin

    def init_copy(self) -> CheapCopies:
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
        self.slots = _fresh(self.slots.values())

    def _set_slot(self, key: str, value: Any) -> None:
        if key in self.slots:
            self.slots = _with(self.slots, [copy.copy(self.slots[key])])
        super()._set_slot(key, value)


def _fresh(slots: Iterable[Slot]) -> dict[str, Slot]:
    """The slots by name, none of them set; made once for a domain's own."""
    if slots is _Fresh.of:
        return _Fresh.made
    named = {slot.name: slot for slot in slots}
    used = [copy.copy(slot) for slot in named.values() if not _is_fresh(slot)]
    for slot in used:
        slot.reset()
    fresh = _with(named, used)
    if isinstance(slots, list):
        _Fresh.of, _Fresh.made = slots, fresh
    return fresh


class _Fresh:
    """The latest domain's slots and what was made of them."""

    of: ClassVar[list[Slot] | None] = None
    made: ClassVar[dict[str, Slot]] = {}


def _is_fresh(slot: Slot) -> bool:
    return slot.value == slot.initial_value and not slot.has_been_set


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
        self._moments: deque[Placed] = deque(maxlen=self.reach_of_stories)
        super().__init__(*arguments, **named)

    def copy(self) -> WarmTracker:
        """A tracker of its own."""
        twin = super().copy()
        if self._replayed:
            twin._replayed = self._replayed.copy()
            twin._applied, twin._loops = self._applied.copy(), self._loops.copy()
            twin._moments = self._moments.copy()
        return twin

    def update(self, event: Event, domain: Domain | None = None) -> None:
        """Take an event."""
        goes_on = self._replayed is not None and not self._takes_back(event)
        if not goes_on:
            self._replayed = None
        super().update(event, domain)
        if goes_on and self._replaces(event):
            self._take_back_form(event.action_name)
        elif goes_on:
            self._applied.append(event)
            self._step(event, len(self._applied) - 1)

    def _takes_back(self, event: Event) -> bool:
        """Whether any earlier events may count no more: a form that is new may have been an action
        of that name before.
        """
        if isinstance(event, ActiveLoop):
            return bool(event.name) and event.name not in self._loops
        return isinstance(event, _UNDOING)

    def _replaces(self, event: Event) -> bool:
        """Whether a form runs again: then only its latest run counts."""
        if not isinstance(event, ActionExecuted) or event.action_name not in self._loops:
            return False
        return not self._first_loop_execution_or_unhappy_path(event.action_name, self._applied)

    def _take_back_form(self, form: str) -> None:
        """Go back to before the form's latest run, and on from there with what is left."""
        place = len(self._applied) - 1
        while getattr(self._applied[place], "action_name", None) != form:
            place -= 1
        self._undo_till_previous_loop_execution(form, self._applied)
        while self._moments and self._moments[-1][2] > place:
            self._moments.pop()
        self._replayed = self._moments.pop()[0].copy() if self._moments else None
        for later in range(place, len(self._applied) if self._replayed else place):
            self._step(self._applied[later], later)

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
        for moment, is_hidden, _ in islice(self._moments, max(len(self._moments) - count, 0), None):
            yield moment, is_hidden
        yield replayed, False

    def forms(self) -> set[str]:
        """The forms that were ever open in the events that are kept."""
        self._replay()
        return self._loops

    def _replay(self) -> CheapCopies:
        """Rasa's replay, where there is none yet that could be gone on with."""
        if self._replayed is None:
            self._applied = super().applied_events()
            self._loops = _forms_in(self.events)
            self._moments.clear()
            self._replayed = self.init_copy()
            for place, event in enumerate(self._applied):
                self._step(event, place)
        return self._replayed

    def _step(self, event: Event, place: int) -> None:
        """Let the replayed conversation go on by one event."""
        assert self._replayed
        if isinstance(event, ActionExecuted):
            moment = self._replayed.copy()
            moment.states = {}
            self._moments.append((moment, event.hide_rule_turn, place))
        event.apply_to(self._replayed)


def forms_of(tracker: DialogueStateTracker) -> set[str]:
    """The forms that were ever open in a conversation's events."""
    return tracker.forms() if isinstance(tracker, WarmTracker) else _forms_in(tracker.events)


def _forms_in(events: Iterable[Event]) -> set[str]:
    return {str(one.name) for one in events if isinstance(one, ActiveLoop) and one.name}


def remember_states() -> None:
    """Make the state of a moment that is over only once; the rules look at it with every turn."""
    make = Domain.get_active_state

    def state(
        domain: Domain, tracker: DialogueStateTracker, omit_unset_slots: bool = False
    ) -> State:
        known = getattr(tracker, "states", None)
        if known is None:
            made: State = make(domain, tracker, omit_unset_slots)
            return made
        message = tracker.latest_message
        key = (omit_unset_slots, message.use_text_for_featurization, len(message.entities))
        if key not in known:
            known[key] = make(domain, tracker, omit_unset_slots)
        return {part: dict(values) for part, values in known[key].items()}

    Domain.get_active_state = state


class _Past:
    """What `Domain.states_for_tracker_history` asks of a tracker."""

    def __init__(self, moments: Iterable[Moment]) -> None:
        self._moments = moments

    def generate_all_prior_trackers(self) -> Iterable[Moment]:
        return self._moments
