"""Which of several things just offered by number a few words mean: "yg istri", "yang kedua".

The answer that tells of several applications offers each by its number. People name one by its last
digits, its place in the list, or whose they said it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.conversation import bots_before
from riung.dialogue.message import Understood
from riung.nlu.vocabulary import FormAnswers, vocabulary

FEW = 8
"""Words of a message that only names one."""

LAST = 4
"""Digits by which people tell their numbers apart."""

LONG = 8
"""Digits of a title that is a number."""

_NUMBER = re.compile(r"\d(?:[ .-]?\d){7,}")


def one_of_several(said: Understood, tracker: DialogueStateTracker) -> str | None:
    """The payload of the number that is meant; None where none, or more than one may be."""
    offered = {
        _digits(str(button.get("title", ""))): str(button["payload"])
        for event in bots_before(tracker)
        for button in (event.data or {}).get("buttons") or ()
    }
    numbers = [number for number in offered if len(number) >= LONG]
    words = said.line.split()
    if len(numbers) < 2 or len(words) > FEW or said.text.startswith("/"):
        return None
    found = (
        [one for one in numbers if one[-LAST:] in words]
        or _by_place(words, numbers)
        or _of_person(words, tracker, numbers)
    )
    return offered[found[0]] if len(found) == 1 else None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _by_place(words: Sequence[str], numbers: Sequence[str]) -> list[str]:
    ordinals = vocabulary(FormAnswers).urutan
    return [one for one, ordinal in zip(numbers, ordinals, strict=False) if ordinal in words]


def _of_person(
    words: Sequence[str], tracker: DialogueStateTracker, numbers: Sequence[str]
) -> list[str]:
    """The numbers behind somebody in the message that named them: "punya istri 1179 …"."""
    said = {word.removesuffix("nya") for word in words}
    named = said & {*vocabulary(FormAnswers).keluarga}
    found, end, text = [], 0, _written_before(tracker)
    for number in _NUMBER.finditer(text):
        beside = re.findall(r"[^\W\d_]+", text[end : number.start()].casefold())
        end = number.end()
        if _digits(number[0]) in numbers and named & {word.removesuffix("nya") for word in beside}:
            found.append(_digits(number[0]))
    return found


def _written_before(tracker: DialogueStateTracker) -> str:
    """What the citizen wrote, not tapped, before the message to answer."""
    texts = [event.text or "" for event in tracker.events if isinstance(event, UserUttered)]
    written = [text for text in texts if not text.startswith("/")]
    return written[-2] if len(written) > 1 else ""
