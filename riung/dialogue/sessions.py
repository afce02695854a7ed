"""When a conversation begins anew: never while an officer answers in it, and never from nothing.

Rasa forgets everything with a new session, also that a conversation is paused: whoever wrote more
than an hour after their last message would be answered by the bot, in the middle of an officer's
talk. The desk alone ends a pause (`riung.desk.ownership`).

It forgets every slot, too, or carries all of them along. Few have a life of their own: where a
citizen is in M-Paspor counts for days (`aturan/pendamping.yml`), so do documents ticked off, the
stage last seen for a week; then they are forgotten.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import ActionSessionStart
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now
from riung.dialogue import companion, last_seen
from riung.dialogue.checklist_question import Ticked


def stay_with_the_officer() -> None:
    """Let no paused conversation begin anew, for this process."""
    has_expired = MessageProcessor._has_session_expired

    def has_expired_with_the_bot(
        processor: MessageProcessor, tracker: DialogueStateTracker
    ) -> bool:
        return not tracker.is_paused() and has_expired(processor, tracker)

    MessageProcessor._has_session_expired = has_expired_with_the_bot


def keep_what_lasts() -> None:
    """Let the slots that last go over into a new session, for this process."""
    begin = ActionSessionStart.run

    async def begin_with_what_lasts(
        action: ActionSessionStart,
        channel: Any,
        nlg: Any,
        tracker: DialogueStateTracker,
        domain: Any,
    ) -> list[Event]:
        events: list[Event] = await begin(action, channel, nlg, tracker, domain)
        return [*events[:-1], *_lasting(tracker), *events[-1:]]

    ActionSessionStart.run = begin_with_what_lasts


def _lasting(tracker: DialogueStateTracker) -> list[Event]:
    at = now().timestamp()
    names = (companion.SLOT, last_seen.SLOT, Ticked.SLOT)
    held = {name: tracker.get_slot(name) for name in names}
    kept = {
        companion.SLOT: companion.Remembered.of(held[companion.SLOT], at),
        last_seen.SLOT: last_seen.LastSeen.of(held[last_seen.SLOT], at, last_seen.LONGEST),
        Ticked.SLOT: Ticked.of(held[Ticked.SLOT], at),
    }
    return [SlotSet(name, held[name]) for name, value in kept.items() if value]
