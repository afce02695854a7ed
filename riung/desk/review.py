"""Citizens' messages that a trainer should look at: why, grouped by likeness, masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung import clock, privacy
from riung.desk.tables import Conversation, Handover, Message, said_to_officer
from riung.desk.transcript import BOT, CITIZEN, FALLBACK, is_topic
from riung.dialogue.confidential import HIDDEN
from riung.intents import intents
from riung.nlu.vocabulary import FormAnswers, vocabulary
from riung.workshop.examples import groups, plain

DAYS = 30
"""How far back messages are looked at."""

SOON = timedelta(minutes=10)
"""Within which a citizen's next words say something about the answer."""

MOST = 4000
"""Messages looked at in one go, the newest."""

REVIEWED = "reviewed"
"""Key of a message's details once somebody has reviewed it: the intent that was chosen."""

IN_FORM = "in_form"
"""Key of a message's details when it answers a form: names and addresses, nothing to learn from."""

CAUSES = {
    "misunderstood": "tidak dipahami",
    "asked_back": "bot bertanya balik",
    "corrected": "warga membetulkan",
    "handed_over": "diserahkan ke petugas",
    "unhelpful": "jawaban tidak membantu",
}
"""Why a message is shown, in a trainer's words."""


@dataclass(frozen=True)
class Doubt:
    """A message whose answer is in doubt; its text is masked."""

    id: int
    text: str
    intent: str
    cause: str
    at: datetime


@dataclass(frozen=True)
class Group:
    """Doubts about messages that are alike; the first speaks for all."""

    doubts: list[Doubt]

    @property
    def text(self) -> str:
        """What speaks for the group."""
        return self.doubts[0].text

    @property
    def ids(self) -> list[int]:
        """The messages."""
        return [one.id for one in self.doubts]

    @property
    def causes(self) -> dict[str, int]:
        """Cause → how often."""
        found = [one.cause for one in self.doubts]
        return {cause: found.count(cause) for cause in CAUSES if cause in found}

    @property
    def understood(self) -> list[str]:
        """What the bot took them for."""
        return list(dict.fromkeys(one.intent for one in self.doubts))


def doubts(session: Session, offices: Sequence[str]) -> list[Group]:
    """What the offices' citizens wrote lately and is in doubt, the most frequent first."""
    found = [one for talk in _talks(session, offices) for one in _of_talk(session, *talk)]
    by_text: dict[str, list[Doubt]] = {}
    for one in found:
        by_text.setdefault(plain(one.text), []).append(one)
    made = [[one for text in group for one in by_text[text]] for group in groups(by_text)]
    return sorted(map(Group, made), key=lambda group: (-len(group.doubts), group.text))


def understood_now(session: Session, offices: Sequence[str]) -> dict[str, str]:
    """Masked message → what it is understood as, of all that citizens wrote lately."""
    return {
        masked(line.text, talk.name): line.intent
        for talk, lines in _talks(session, offices)
        for line in lines
        if line.author == CITIZEN and line.text and is_topic(line.intent)
        if not line.details.get(IN_FORM) and line.text != HIDDEN
    }


def masked(text: str, name: str = "") -> str:
    """A message without numbers of five digits and more, and without the name of who wrote it."""
    text = privacy.mask(re.sub(r"\d(?:[\s.\-]?\d){4,}", "…", text))
    text = re.sub(r"(?i)\b(nama saya|nama aku|atas nama|a\.?n\.)\s+(\w+\s?){1,3}", r"\1 … ", text)
    for part in (one for one in name.split() if len(one) > 2):
        text = re.sub(rf"(?i)\b{re.escape(part)}\b", "…", text)
    return " ".join(text.split())


def mark(session: Session, ids: Sequence[int], offices: Sequence[str], intent: str) -> int:
    """Note that messages were reviewed; how many of them were."""
    found = session.scalars(select(Message).where(Message.id.in_(ids), Message.office.in_(offices)))
    return sum(_mark(message, intent) for message in found)


def _mark(message: Message, intent: str) -> bool:
    message.details = {**message.details, REVIEWED: intent}
    return True


Talk = tuple[Conversation, list[Message]]


def _talks(session: Session, offices: Sequence[str]) -> Iterator[Talk]:
    """Conversations with their latest lines, in the order in which they were said."""
    since = clock.now() - timedelta(days=DAYS)
    newest = (
        select(Message)
        .where(Message.office.in_(offices), Message.at >= since, ~said_to_officer())
        .order_by(Message.at.desc())
        .limit(MOST)
    )
    lines = sorted(session.scalars(newest), key=lambda one: (one.conversation_id, one.at, one.id))
    for conversation_id, said in groupby(lines, key=lambda one: one.conversation_id):
        talk = session.get(Conversation, conversation_id)
        if talk is not None:
            yield talk, list(said)


def _of_talk(session: Session, talk: Conversation, lines: list[Message]) -> Iterator[Doubt]:
    handed = _handed_over(session, talk, lines)
    said = [line for line in lines if line.author == CITIZEN]
    after = dict(pairwise([line.id for line in lines]))
    following = {one.id: other for one, other in pairwise(said)}
    by_id = {line.id: line for line in lines}
    for line in said:
        answer = by_id.get(after.get(line.id, 0))
        cause = _cause(line, answer, following.get(line.id), line.id in handed)
        hidden = line.details.get(REVIEWED) or line.details.get(IN_FORM) or line.text == HIDDEN
        text = masked(line.text, talk.name)
        if cause and any(map(str.isalpha, text)) and not hidden:
            yield Doubt(line.id, text, line.intent, cause, line.at)


def _cause(line: Message, answer: Message | None, after: Message | None, handed: bool) -> str:
    """Why a message is in doubt; "" when nothing speaks for it."""
    if after is not None and after.intent == intents().role.not_helpful:
        return "unhelpful"
    if line.intent == FALLBACK:
        asked = answer is not None and answer.author == BOT and answer.details.get("buttons")
        return "asked_back" if asked else "misunderstood"
    if not is_topic(line.intent):
        return ""
    if after is not None and after.at - line.at < SOON and _corrects(after, line):
        return "corrected"
    return "handed_over" if handed else ""


def _corrects(after: Message, line: Message) -> bool:
    """Whether the citizen's next words say that the answer was not what they asked for."""
    words = plain(after.text).split()
    known = vocabulary(FormAnswers)
    says_no = len(words) > 1 and words[0] in {*known.group("tidak"), *known.group("ralat")}
    return says_no or (len(words) > 2 and plain(after.text) == plain(line.text))


def _handed_over(session: Session, talk: Conversation, lines: Sequence[Message]) -> set[int]:
    """The last question before each time that a person was asked for."""
    asked = session.scalars(select(Handover).where(Handover.conversation_id == talk.id))
    found = set()
    for one in asked:
        before = [
            line.id
            for line in lines
            if line.author == CITIZEN and line.at <= one.asked_at and is_topic(line.intent)
        ]
        found |= {*before[-1:]}
    return found
