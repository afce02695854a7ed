"""What was written before is understood as it was then.

Digits, greetings, taps and the short questions that everybody asks make up most of what comes.
The pipeline of `config.yml` looks at nothing but a message's text (not at who wrote it, where or
when), so that the same text need not go through it twice.
"""

from __future__ import annotations

import pickle
import re
from functools import lru_cache
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

KEPT = 4096
"""Texts: what comes of one takes one to two kilobytes."""

LONGEST = 80
"""Characters: whoever tells a story tells it once."""

_MAY_NAME_SOMEBODY = re.compile(r"\d[\d .\-]{4,}\d|@")
"""Numbers as long as those of persons and applications, and addresses, are not kept."""


def remember_messages() -> None:
    """Have short texts understood once, until another model or lexicon is read."""
    parse = MessageProcessor._parse_message_with_graph

    def understand(
        processor: MessageProcessor,
        message: UserMessage,
        tracker: DialogueStateTracker,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        text = message.text
        if not only_output_properties or not is_kept(text):
            return dict(parse(processor, message, tracker, only_output_properties))
        understood: dict[str, Any] = pickle.loads(_understood(processor, parse, text))  # noqa: S301 - our own
        return understood

    MessageProcessor._parse_message_with_graph = understand


def is_kept(text: str | None) -> bool:
    """Whether what this text means may be kept: it is short, and shows no number of a person."""
    return bool(text) and len(str(text)) <= LONGEST and not _MAY_NAME_SOMEBODY.search(str(text))


@lru_cache(maxsize=KEPT)
def _understood(processor: MessageProcessor, parse: Any, text: str) -> bytes:
    """What the pipeline makes of a text, packed: whoever gets it may change it."""
    nobody = DialogueStateTracker.from_events("", [])
    return pickle.dumps(parse(processor, UserMessage(text), nobody))
