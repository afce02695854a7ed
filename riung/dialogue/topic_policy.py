"""The policy that remembers what a conversation is about.

With every message of a citizen it keeps the topic in a slot (`riung.dialogue.topic`). A message
that only makes sense with the topic, that types out a button's title, or that answers a form which
the end of the session has closed, goes to an action that asks in the citizen's place; everything
else is left to the stories and rules. While a form asks, its answers come first; a message that the
form did not take for one is completed as any other.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue import companion
from riung.dialogue.at_place import asked_at_place
from riung.dialogue.checklist_question import checklist_question
from riung.dialogue.confirming import confirmed
from riung.dialogue.conversation import (
    answered_by,
    answers_a_form,
    closed_form,
    intents_before,
    last_but_slots,
    office_of,
    said_now,
    typed_payload,
)
from riung.dialogue.follow_up import SITUATIONS, complete, left_by
from riung.dialogue.follow_up_guess import CERTAIN, SURE, left_open, only_tells, told_aside, worried
from riung.dialogue.message import Understood
from riung.dialogue.one_of_several import one_of_several
from riung.dialogue.reminder_request import ACTION, PASSPORT, reminder_wish
from riung.dialogue.topic import ABOUT, SLOT, STANDS_FOR, CompletedQuestion, Topic
from riung.intents import FURTHER, intents
from riung.nlu.situations import AFTERWARDS, ENTITY, situations

FOLLOW_UP = "action_lanjutan"
QUESTION_SLOT = "lanjutan"
"""Holds for `action_lanjutan` what to ask in the citizen's place."""

NOT_UNDERSTOOD = "action_tidak_paham"
"""Also answers whoever is only worried, or asks more of the topic than is known."""

CLOSED_FORM = "action_isian_tertutup"
CLOSED_SLOT = "isian_tertutup"
"""Holds the form that the end of the session closed, for one answer."""

Decision = tuple[str | None, list[Event]]
"""The action to take, None to leave it to the other policies; and slots to set in any case."""


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class TopicPolicy(Policy):
    """Completes a message from the topic: certain, or silent."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above stories and rules: a fragment has an intent of its own, which they would answer."""
        return {"priority": 8}

    @staticmethod
    def supported_data() -> SupportedData:
        """Any: there is nothing to learn."""
        return SupportedData.ML_AND_RULE_DATA

    def train(self, *_: Any, **__: Any) -> Resource:
        """Leave a mark in the model, as Rasa asks of every policy."""
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "nothing").touch()
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> TopicPolicy:
        """The policy, from its settings."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, **_: Any
    ) -> PolicyPrediction:
        """The action, certain, or no action at all."""
        action, events = decide(tracker)
        probabilities = self._default_predictions(domain)
        if action:
            probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, events=events)


def decide(tracker: DialogueStateTracker) -> Decision:
    """What to do with the conversation as it stands."""
    if tracker.latest_action_name in (FOLLOW_UP, CLOSED_FORM):
        return ACTION_LISTEN_NAME, []
    message = last_but_slots(tracker)
    if tracker.latest_action_name == NOT_UNDERSTOOD and _is_answered(message, tracker):
        return ACTION_LISTEN_NAME, []
    is_answer_to_form = tracker.active_loop_name and not tracker.is_active_loop_rejected
    if not isinstance(message, UserUttered) or is_answer_to_form:
        return None, []
    if tracker.latest_action_name != ACTION_LISTEN_NAME:
        return None, []
    said = said_now(message, tracker)
    form = closed_form(tracker)
    noted = [SlotSet(CLOSED_SLOT, form)] if form or tracker.get_slot(CLOSED_SLOT) else []
    if form and answers_a_form(said):
        return CLOSED_FORM, noted
    action, events = _follow(message, said, tracker)
    return action, [*noted, *events]


def _is_answered(last: Event | None, tracker: DialogueStateTracker) -> bool:
    """Whether that answered, outside of any form, and asked nothing in the citizen's place."""
    return not isinstance(last, UserUttered) and not tracker.active_loop_name


def _follow(message: UserUttered, said: Understood, tracker: DialogueStateTracker) -> Decision:
    metadata = message.metadata or {}
    if stored := metadata.get(ABOUT):
        return None, [SlotSet(SLOT, stored["topic"])]
    before = Topic.of(tracker.get_slot(SLOT), said.at)
    if STANDS_FOR not in metadata:
        if asked := _asked_by_rule(said, before, tracker):
            return FOLLOW_UP, [SlotSet(QUESTION_SLOT, asked)]
        if worried(said) and not tracker.active_loop_name:
            return NOT_UNDERSTOOD, []
        question = complete(said, before)
        answers = tracker.active_loop_name and only_tells(said)
        if question and before and _changes_nothing(said, question, before, tracker):
            return NOT_UNDERSTOOD, []
        if question and not answers and not _begins_again(question.ask.intent, tracker):
            return FOLLOW_UP, [SlotSet(QUESTION_SLOT, question.as_slot())]
        is_open = left_open(said, before) or told_aside(said, before)
        if is_open and not tracker.active_loop_name:
            return NOT_UNDERSTOOD, []
    after = left_by(said, before)
    return None, [SlotSet(SLOT, after.as_slot())] if after and after != before else []


def _changes_nothing(
    said: Understood, question: CompletedQuestion, before: Topic, tracker: DialogueStateTracker
) -> bool:
    """Whether an age that is told, and asks nothing, leaves the topic as it was: "umurnya 71"."""
    fragment, now = said.fragment, question.topic
    is_aged = fragment is not None and fragment.is_child is not None and not fragment.aspects
    alike = (now.subject, now.aspect) == (before.subject, before.aspect)
    return is_aged and alike and only_tells(said) and not tracker.active_loop_name


def _begins_again(intent: str, tracker: DialogueStateTracker) -> bool:
    """Whether it would begin the booking that is being filled in: "ini yang selasa tgl berapa?"."""
    return bool(tracker.active_loop_name) and intent == intents().role.book


def _asked_by_rule(
    said: Understood, before: Topic | None, tracker: DialogueStateTracker
) -> dict[str, Any] | None:
    """What a message asks that is read by rules of its own, the surest of them first."""
    payload = typed_payload(said, tracker) or one_of_several(said, tracker)
    has_own = any(one["entity"] in SITUATIONS for one in said.entities)
    return (
        ({"payload": payload} if payload else None)
        or _reminder(said, before, tracker)
        or _guided(said, tracker, has_own)
        or confirmed(said, before, tracker, has_own)
        or _at_place(said, before, tracker)
        or checklist_question(said, before, tracker)
        or _only_situation(said)
    )


def _at_place(
    said: Understood, before: Topic | None, tracker: DialogueStateTracker
) -> dict[str, Any] | None:
    """The question whether something is done at a place; a form asks for a place itself."""
    role = intents().role
    asks_itself = bool(tracker.active_loop_name)
    return None if asks_itself else asked_at_place(said, before, role.place, role.any_office)


def _only_situation(said: Understood) -> dict[str, Any] | None:
    """The question of a situation that shows after what was asked, where nothing else was surely
    understood: its answer comes without the guesses that stand beside a message in doubt.
    """
    told = [str(one["value"]) for one in said.entities if one["entity"] == AFTERWARDS]
    known = situations().by_name
    name = next((one for one in told if said.intent in known[one].intents), (*told, None)[0])
    situation = known[name] if name else None
    if situation is None or said.confidence >= CERTAIN:
        return None
    meant = situation.meant_by | {FALLBACK, intents().role.out_of_scope}
    if said.intent in situations().except_for - meant:  # those have ways of their own
        return None
    intent = situation.intents[0]
    if intent == intents().role.complaint and said.intent not in meant and said.confidence >= SURE:
        return None  # a form is not begun for a word
    named = {one["entity"]: str(one["value"]) for one in said.entities}
    for other in (*SITUATIONS, FURTHER):
        named.pop(other, None)
    return {"intent": intent, "entities": {**named, ENTITY: name}, "further": [], ABOUT: {}}


def _reminder(
    said: Understood, before: Topic | None, tracker: DialogueStateTracker
) -> dict[str, Any] | None:
    """The wish to be reminded, also the day alone that its question asked for."""
    intent = reminder_wish(said.text, before.aspect if before else None)
    day = said.entity("tanggal")
    if intent is None and day and len(said.entities) == 1 and said.confidence < CERTAIN:
        intent = PASSPORT if answered_by(tracker) == ACTION else None
    if intent is None:
        return None
    named = {name: said.entity(name) for name in ("tanggal", "kantor")}
    entities = {name: value for name, value in named.items() if value}
    return {"intent": intent, "entities": entities, "further": [], ABOUT: {}}


def _guided(
    said: Understood, tracker: DialogueStateTracker, has_own: bool
) -> dict[str, Any] | None:
    """The step of M-Paspor that the message asks for, where the office accompanies."""
    if not office_of(tracker).modul.is_on(companion.MODULE):
        return None
    before = companion.Remembered.of(tracker.get_slot(companion.SLOT), said.at)
    step = companion.step_of(said.text, before, _is_guided(tracker), not has_own)
    if step is None:
        return None
    entities = {companion.STEP: step or "?"}
    return {"intent": companion.INTENT, "entities": entities, "further": [], ABOUT: {}}


def _is_guided(tracker: DialogueStateTracker) -> bool:
    """Whether the last answer was the companion's, or to what may be asked on its way."""
    asked = intents_before(tracker)
    return answered_by(tracker) == companion.ACTION or (
        next(asked, None) in companion.companion().between
    )
