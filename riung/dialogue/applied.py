"""A turn is applied once: whether the conversation went on by a message already, and what was said.

A turn ends in two places: the conversation is written first, the channel notes its message as done
afterwards. A process killed between the two finds the message again when it comes back. Worked on
anew it would meet a conversation that has moved on: a form that has ended asks what one would like
to know. So what was said then is said, and nothing is done again.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

OFFICERS = "desk_key"
"""Key of a bot message's metadata that tells that the desk sent it; it was no part of the turn."""

IN_FORM = "in_form"
"""Key of a citizen's message's metadata: the form that was open when it came. What is typed there
answers the form: a name, a story."""

Response = dict[str, Any]


def answers_given(tracker: DialogueStateTracker | None, wamid: str) -> list[Response] | None:
    """The bot's answers to the message, as they were handed to the channel, oldest first.

    Args:
        tracker: the conversation as it is kept.
        wamid: WhatsApp's id of the message. A person's messages are worked on in order, so it can
            only be the latest one.

    Returns:
        None where the conversation does not know the message yet.
    """
    said: list[Response] = []
    for event in reversed(tracker.events if tracker else ()):
        if isinstance(event, BotUttered) and OFFICERS not in event.metadata:
            said.append(event.message())
        elif isinstance(event, UserUttered):
            if event.metadata.get("wamid") != wamid:
                return None
            if event.message_id == wamid:  # and not one put in its place (`actions.turn`)
                return said[::-1]
    return None
