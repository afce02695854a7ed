"""The question of a message that ticks documents off, or asks what was missing of them.

What was ticked off is remembered for days (`aturan/lanjutan.yml`, `periksa`), whatever was talked
about since: "tadi kurang apa?" on another day is answered, "akta udah ada sekarang" goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.checklist import (
    Groups,
    asked_document,
    asked_instead,
    asks_again,
    asks_for_list,
    asks_later,
    general_list,
    needs_of,
    only_marked,
    read_checklist,
)
from riung.dialogue.checklist_table import CHECKED_SLOT
from riung.dialogue.follow_up_table import follow_ups
from riung.dialogue.message import Understood
from riung.dialogue.topic import ABOUT, ASPECT, Topic
from riung.nlu.situations import AFTERWARDS, ENTITY, situations

CHECK = "cek_dokumen"

FEWEST_UNASKED = 2
"""Documents that a message has to tick off where no list was asked for."""

DAY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Ticked:
    """A list that was begun."""

    subject: str
    checked: Mapping[str, bool]

    SLOT: ClassVar[str] = CHECKED_SLOT

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None, now: float) -> Ticked | None:
        """What the slot holds; None when it is too old, or nothing has such a list any more."""
        days = follow_ups().checklist.days
        if not stored or now - stored["at"] > days * DAY_SECONDS:
            return None
        known = needs_of(stored["subject"])
        return cls(stored["subject"], stored["checked"]) if known else None


def checklist_question(
    said: Understood, before: Topic | None, tracker: DialogueStateTracker
) -> dict[str, Any] | None:
    """What to ask in the citizen's place; None where the message is none of a list.

    The documents are those of the subject that is talked about, else of the list begun last, else
    of the general one where several are ticked at once.
    """
    told = situations().by_name.get(said.entity(AFTERWARDS) or "")
    if said.text.startswith("/") or (told and CHECK in told.also_from):
        return None
    earlier = Ticked.of(tracker.get_slot(CHECKED_SLOT), said.at)
    subject = _subject(said, before, earlier)
    if subject is None:
        return _question(said, before, "", {}) if asks_later(said.text) else None
    needed = needs_of(subject) or ()
    ticked = _ticked(subject, before, earlier)
    if instead := asked_instead(said.text):
        return _question(said, before, subject, ticked, {"dokumen_ganti": instead}, instead)
    topic = before or Topic(aspect=ASPECT)
    is_there = only_marked(said.text) if topic.asked else None
    new = {str(topic.asked): is_there} if is_there is not None else _new(said, needed, ticked)
    asked = asked_document(said.text) if not new else None
    if asked:
        return _question(said, before, subject, ticked, {"dokumen_tanya": asked}, asked)
    wants = asks_later(said.text) or (ticked and asks_again(said.text)) or asks_for_list(said.text)
    return _question(said, before, subject, {**ticked, **new}) if new or wants else None


def _subject(said: Understood, before: Topic | None, earlier: Ticked | None) -> str | None:
    """Whose documents it is about."""
    named = said.fragment.subject if said.fragment else None
    if asks_for_list(said.text):
        talked_about = before.subject if before else None
        subjects = (_of_situation(said), named, _asked_for(said), talked_about)
        return next(filter(needs_of, subjects), None) or general_list(said.text)
    is_begun = before is not None and bool(before.checked)
    if earlier and asks_later(said.text) and not is_begun:
        return earlier.subject
    if before and needs_of(before.subject):
        return before.subject
    if earlier and read_checklist(said.text, (), begun=True):
        return earlier.subject
    is_list = len(read_checklist(said.text)) >= FEWEST_UNASKED
    return general_list(said.text) if is_list else None


def _of_situation(said: Understood) -> str | None:
    """The subject of the situation that the message shows: "nama saya cuma satu kata"."""
    subjects, shown = follow_ups().subjects.items(), said.entity(ENTITY)
    return next((name for name, one in subjects if shown in one.situations), None)


def _asked_for(said: Understood) -> str | None:
    """The subject whose list the message was taken to ask for."""
    subjects = follow_ups().subjects.items()
    return next((name for name, one in subjects if said.intent in one.left_by), None)


def _ticked(subject: str, before: Topic | None, earlier: Ticked | None) -> Mapping[str, bool]:
    """What was ticked off of that subject until now."""
    now = before.checked_for(subject) if before else {}
    return now or (earlier.checked if earlier and earlier.subject == subject else {})


def _new(said: Understood, needed: Groups, ticked: Mapping[str, bool]) -> dict[str, bool]:
    return read_checklist(said.text, needed, begun=bool(ticked))


def _question(
    said: Understood,
    before: Topic | None,
    subject: str,
    checked: Mapping[str, bool],
    more: Mapping[str, str] | None = None,
    asked: str | None = None,
) -> dict[str, Any]:
    """The question to `action_cek_dokumen`, and the topic that it leaves."""
    there = [name for name, is_there in checked.items() if is_there]
    missing = [name for name, is_there in checked.items() if not is_there]
    topic = before or Topic(aspect=ASPECT)
    if subject:
        topic = replace(topic, subject=subject, checked=checked, asked=asked, at=said.at)
    return {
        "intent": CHECK,
        "entities": {
            "pokok": subject,
            "dokumen_ada": ",".join(there),
            "dokumen_belum": ",".join(missing),
            **(more or {}),
        },
        "further": [],
        ABOUT: {"topic": topic.as_slot(), "named": subject or None},
    }
