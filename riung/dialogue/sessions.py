"""When a conversation begins anew: never while an officer answers in it.

Rasa forgets everything with a new session, also that a conversation is paused: whoever wrote more
than an hour after their last message would be answered by the bot, in the middle of an officer's
talk. The desk alone ends a pause (`riung.desk.ownership`).
"""

from __future__ import annotations

from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker


def stay_with_the_officer() -> None:
    """Let no paused conversation begin anew, for this process."""
    has_expired = MessageProcessor._has_session_expired

    def has_expired_with_the_bot(
        processor: MessageProcessor, tracker: DialogueStateTracker
    ) -> bool:
        return not tracker.is_paused() and has_expired(processor, tracker)

    MessageProcessor._has_session_expired = has_expired_with_the_bot
