"""Whether an answer helped: asked under some answers, rarely (`kalimat/membantu.yml`)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import takewhile

from pydantic import Field
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung import limits
from riung.localized import Localized
from riung.validation import Edited, edited_file, read_as

FILE = edited_file("kalimat/membantu.yml")

REPLY = "utter_tidak_membantu"
"""Answers a "no"; an assistant without it does not ask."""

ASKED = "asked_if_helpful"
"""Metadata of a bot event under which it was asked."""


class Helpfulness(Edited):
    """The file."""

    every: int = Field(alias="sesudah", ge=2)
    line: Localized = Field(alias="baris")
    answers: tuple[str, ...] = Field(alias="jawaban")


@lru_cache(maxsize=1)
def helpfulness() -> Helpfulness:
    """The file, read once."""
    return read_as(FILE, Helpfulness)


def question_under(name: str, text: str, tracker: DialogueStateTracker, language: str) -> str:
    """The line under an answer; empty where it is not asked.

    Args:
        name: the answer's, without its language.
        text: what is said; a line that would not fit WhatsApp any more is left out.
        tracker: the conversation.
        language: the conversation's.
    """
    table = helpfulness()
    if not any(fnmatchcase(name, one) for one in table.answers):
        return ""
    spoken = (one for one in reversed(tracker.events) if isinstance(one, BotUttered))
    since = sum(1 for _ in takewhile(lambda one: not one.metadata.get(ASKED), spoken))
    line = table.line.in_language(language)
    fits = limits.length(f"{text}\n{line}") <= limits.INTERACTIVE_BODY
    return line if since >= table.every - 1 and fits else ""
