"""What a conversation is about, as one answer leaves it to the next question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from riung.dialogue.follow_up_table import PARTY, Ask, details, follow_ups

SLOT = "topik_terakhir"
"""The slot that holds the topic as a mapping, with the moment of its question."""

ASPECT = "syarat"
"""What is asked of a subject that is only named."""

STANDS_FOR = "stands_for"
"""Metadata of every question asked in the citizen's place (`actions.turn`): it is whole."""

ABOUT = "about"
"""Metadata of a question asked in the citizen's place: the topic it was completed from, and the
subject that its answer has to name."""


@dataclass(frozen=True)
class Topic:
    """What the latest answer was about.

    Attributes:
        checked: documents ticked off for the subject so far, and whether each is there.
        asked: the document that was asked about last.
        party: who was counted: "2 dewasa 1 anak".
        application: what is applied for, where the subject only says for whom: priority service.
        at: Unix seconds.
    """

    subject: str | None = None
    aspect: str | None = None
    kantor: str | None = None
    tanggal: str | None = None
    document: str | None = None
    checked: Mapping[str, bool] | None = None
    asked: str | None = None
    party: str | None = None
    application: str | None = None
    at: float = 0.0

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None, now: float) -> Topic | None:
        """The topic in the slot, None when there is none or its time is over."""
        if not stored or now - stored.get("at", 0.0) > follow_ups().minutes * 60:
            return None
        return cls(**{name: stored[name] for name in cls.__annotations__ if name in stored})

    def left_by(self) -> set[str]:
        """The intents and situations that leave such a subject behind."""
        subject = follow_ups().subjects.get(self.subject or "")
        return {*subject.left_by, *subject.situations} if subject else set()

    def hears(self, line: str) -> bool:
        """Whether normalised words begin with somebody whom it may concern, or an age, or end in
        giving a reason: "abis nikah soalnya".
        """
        words, marks = line.split(), follow_ups().marks
        opening = {*words[:1], " ".join(words[:2])} & {*marks.told, *marks.family, *marks.aged}
        return bool(opening) or (words[-1:] != [] and words[-1] in marks.told_last)

    def label(self, language: str) -> str:
        """The subject as answers name it; empty where it has no name of its own."""
        subject = follow_ups().subjects.get(self.subject or "")
        is_named = subject and not subject.needs and (subject.left_by or subject.situations)
        return subject.label.in_language(language) if subject and is_named else ""

    def as_slot(self) -> dict[str, Any]:
        """The topic as the slot `topik_terakhir` holds it."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def checked_for(self, subject: str | None) -> Mapping[str, bool]:
        """The documents ticked off so far, if they were another subject's none."""
        return self.checked or {} if subject == self.subject else {}

    def application_of(self, subject: str | None) -> str | None:
        """What is applied for, if it was with that subject."""
        return self.application if subject == self.subject else None

    def details(self, wanted: Iterable[str]) -> dict[str, str]:
        """The details of that name which the topic has: place, day, kind, people counted."""
        named = dict(zip(details(), (self.kantor, self.tanggal, self.document), strict=True))
        named[PARTY] = self.party
        return {name: value for name, value in named.items() if value and name in wanted}


@dataclass(frozen=True)
class CompletedQuestion:
    """The question a message makes together with the topic.

    Attributes:
        ask: intent and entities.
        further: intents of further questions of the message.
        topic: what it leaves behind.
        named: the subject that the answer has to name; None when the message names it itself.
    """

    ask: Ask
    further: tuple[str, ...]
    topic: Topic
    named: str | None

    def as_slot(self) -> dict[str, Any]:
        """The question as the slot `lanjutan` holds it for `action_lanjutan`."""
        return {
            "intent": self.ask.intent,
            "entities": dict(self.ask.entities),
            "further": list(self.further),
            ABOUT: {"topic": self.topic.as_slot(), "named": self.named},
        }
