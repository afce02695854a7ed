"""A question that only wants to be sure: "berarti tetap daftar online dulu?", "jadi 650 ya?".

It is answered with yes or no and the fact: from what was just said where that has the figure, else
from the table of claims (`riung.dialogue.claims`), for the subject that is talked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.claim_words import core_of
from riung.dialogue.claims import (
    AMOUNTS,
    NO,
    RIGHT,
    VERDICT,
    WRONG,
    YES,
    Case,
    Figure,
    claims,
    figures,
    sentences,
)
from riung.dialogue.follow_up_table import follow_ups
from riung.dialogue.message import Understood
from riung.dialogue.said_again import sentence_with
from riung.dialogue.topic import ABOUT, Topic
from riung.intents import intents
from riung.nlu.date_spans import has_any
from riung.nlu.vocabulary import FormAnswers, vocabulary

NUMBER = "nomor_permohonan"
"""The entity of an application's number, which claims no amount."""

INTENT, SENTENCE = "pastikan", "kalimat"
"""What asks for a sentence to be said again, and the entity that holds it."""

LAST = {"topik": "tadi"}
"""Entities of a sentence that may be what is to be sure."""

PRICE = "biaya"
"""The aspect that amounts of money are about."""

RECENT = 3
"""How many of the latest answers count as just said."""

FEW = 6
"""Words of a claim that hangs on the answer before."""

SURE = 0.75
"""How sure a wish has to be."""

LONGEST = 14
"""Words; a longer message tells something."""


THOUSAND = 1_000
"""What a price is often said in: "650"."""

LEAST_WRITTEN_OUT = 50_000
"""Smaller numbers of four digits are years rather than prices."""


def confirmed(
    said: Understood, before: Topic | None, tracker: DialogueStateTracker, has_own: bool = False
) -> dict[str, Any] | None:
    """The question that confirms what the message claims; None where it claims nothing known.

    Args:
        said: the message.
        before: what the conversation is about.
        tracker: the conversation.
        has_own: whether the message has an answer of its own.
    """
    line = said.line
    words = line.split()
    is_certain = said.text.startswith("/") or said.entity(NUMBER) is not None
    signs = claims().signs
    if is_certain or not words or len(words) > LONGEST or has_any(line, signs.asking):
        return None
    if has_any(line, signs.change):
        return None
    core, is_marked, asks = core_of(words)
    if is_marked and (told := _just_said(said.text, tracker)):
        return _question(said, before, INTENT, {SENTENCE: told}, {VERDICT: YES})
    if has_own:
        return None
    is_open = asks or has_any(line, claims().signs.yes_or_no) or (" " in core and "?" in said.text)
    is_asked = is_marked or (before is not None and is_open)
    claim = claims().found_in(core) if is_asked else None
    case = claim.case(before.subject if before else None) if claim else None
    if case is not None:
        verdict = _verdict(case, has_any(core, claims().signs.denial))
        return _question(said, before, case.ask.intent, case.ask.entities, verdict)
    if (is_marked or _asks_of_a_sum(said)) and (price := _price(said, before)):
        return price
    if (is_marked and not _wishes(said)) or (asks and _is_unknown(said)):
        least = 1 if is_open or _asks(said) else 2
        told = sentence_with(core, next(iter(_recent(tracker)), ""), least)
        if told:
            return _question(said, before, INTENT, {SENTENCE: told}, {})
    is_bare = bool(core) and {*core.split()} <= {*claims().signs.bare}
    only_doubts = not core and "?" in said.text  # "serius?", but not "hmm gitu ya"
    if is_marked and (is_bare or only_doubts or _is_in_doubt(said, core)):
        return _last_said(said, before, tracker)
    return None


def _wishes(said: Understood) -> bool:
    """Whether it surely wants something done and asks nothing: "daftar antrean ya"."""
    role = intents().role
    is_wish = said.intent in intents().own_record | {role.stop, role.cancel_booking}
    return is_wish and said.confidence >= SURE and not _asks(said)


def _is_unknown(said: Understood) -> bool:
    """Whether nothing of ours was understood, and its words name no part of a question."""
    is_open = said.intent in (FALLBACK, intents().role.out_of_scope)
    return is_open and said.fragment is None


def _asks(said: Understood) -> bool:
    """Whether it is a question by its end: "udah batal kan"."""
    return "?" in said.text or said.line.split()[-1] in vocabulary(FormAnswers).tanya_bukan


def _asks_of_a_sum(said: Understood) -> bool:
    """Whether it asks with a sum of money and nothing else: "tetep 650?"; a year is none."""
    sums = [number for number, unit in figures(said.text) if not unit]
    is_money = all(number < THOUSAND or number >= LEAST_WRITTEN_OUT for number in sums)
    return "?" in said.text and bool(sums) and is_money


def _is_in_doubt(said: Understood, core: str) -> bool:
    """Whether a few words that ask to be confirmed mean nothing by themselves."""
    few = len(core.split()) <= FEW and "?" in said.text
    return few and said.fragment is None and said.intent == FALLBACK


def _last_said(
    said: Understood, before: Topic | None, tracker: DialogueStateTracker
) -> dict[str, Any] | None:
    """What the latest answer comes to, to whoever does not say what is to be sure."""
    latest = next(iter(_recent(tracker)), "")
    told = next((one for one in sentences(latest) if one[-1] not in ":?"), None)
    is_answer = before is not None and told is not None and not _has_just_said_it(tracker)
    return _question(said, before, INTENT, {SENTENCE: told, **LAST}, {}) if is_answer else None


def _has_just_said_it(tracker: DialogueStateTracker) -> bool:
    """Whether the question before was that one too: said a third time it would convince nobody."""
    asked = [event for event in tracker.events if isinstance(event, UserUttered)][:-1]
    named = {one["entity"]: one["value"] for event in asked[-1:] for one in event.entities}
    return LAST.items() <= named.items()


def _question(
    said: Understood, before: Topic | None, intent: str, entities: Any, more: dict[str, Any]
) -> dict[str, Any]:
    topic = replace(before, at=said.at) if before else None
    subject = topic.subject if topic and intent != INTENT else None
    about = {"topic": topic.as_slot() if topic else {}, "named": subject, **more}
    return {"intent": intent, "entities": dict(entities), "further": [], ABOUT: about}


def _verdict(case: Case, is_denied: bool) -> dict[str, str]:
    if case.holds is None:
        return {}
    if is_denied:
        return {VERDICT: WRONG if case.holds else RIGHT}
    return {VERDICT: YES if case.holds else NO}


def _price(said: Understood, before: Topic | None) -> dict[str, Any] | None:
    """The price of the topic, where the message claims another one than was said."""
    amounts = [number for number, unit in figures(said.text) if not unit]
    if before is None or not amounts:
        return None
    details = before.details({*follow_ups().aspects[PRICE].details})
    subject = None if details else before.subject
    ask = follow_ups().ask(subject, PRICE) or follow_ups().aspects[PRICE].in_general
    if ask is None:
        return None
    before = replace(before, aspect=PRICE)
    claimed = {AMOUNTS: sorted({amount for one in amounts for amount in (one, one * 1000)})}
    return _question(said, before, ask.intent, {**details, **ask.entities}, claimed)


def _just_said(text: str, tracker: DialogueStateTracker) -> str | None:
    """The sentence just said that has every figure of the message."""
    claimed = {*figures(text)}
    if not claimed:
        return None
    for answer in _recent(tracker):
        for sentence in sentences(answer):
            there = {*figures(sentence)}
            if all(_stands_in(one, there) for one in claimed):
                return sentence
    return None


def _recent(tracker: DialogueStateTracker) -> Sequence[str]:
    said = [event.text or "" for event in tracker.events if isinstance(event, BotUttered)]
    return said[: -RECENT - 1 : -1]


def _stands_in(claimed: Figure, there: set[Figure]) -> bool:
    number, unit = claimed
    return (number, unit) in there or (not unit and (number * 1000, "") in there)
