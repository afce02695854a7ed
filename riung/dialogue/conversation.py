"""What a conversation's events tell: the message to answer, buttons shown, a form cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now, today
from riung.dialogue.message import Understood
from riung.dialogue.situations import idle_situations
from riung.intents import intents
from riung.nlu.extractor import placed_entities
from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import normalizer
from riung.nlu.vocabulary import FormAnswers, vocabulary
from riung.office.model import Office
from riung.office.offices import default_office, offices

SURE = 0.75
"""From this confidence on a message after a closed form is a question of its own."""

NOTHING_LOST = frozenset({"survei_form", "petugas_form"})
"""Forms that leave nothing undone when they are cut off: what is written to officers is theirs at
once.
"""


def office_of(tracker: DialogueStateTracker) -> Office:
    """The office whose number the citizen wrote to; the default office on other channels."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered) and event.metadata:
            named = offices().get(event.metadata.get("office", ""))
            if named:
                return named
    return default_office()


def said_now(message: UserUttered, tracker: DialogueStateTracker) -> Understood:
    """The message to answer, with the office's day and the application it may be about."""
    return Understood(
        text=message.text or "",
        intent=str(message.intent.get("name") or ""),
        confidence=float(message.intent.get("confidence") or 0.0),
        entities=_entities(message, idle_situations(tracker)),
        today=today(office_of(tracker).zone),
        at=now().timestamp(),
        number=tracker.get_slot("nomor_permohonan"),
        guesses=_guesses(message),
    )


def _guesses(message: UserUttered) -> tuple[tuple[str, float], ...]:
    ranking = (message.parse_data or {}).get("intent_ranking") or ()
    return tuple((str(one["name"]), float(one["confidence"])) for one in ranking)


def _entities(
    message: UserUttered, idle: Sequence[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    """The message's entities but the idle ones; of one that is, or may most likely be, out of scope
    also those in its words, which NLU leaves out.

    "Di pemalang gimana?" alone is out of scope; after a question about places it is one of ours.
    """
    text = message.text or ""
    likely = (message.intent.get("name"), *(name for name, _ in _guesses(message)))
    outside = next((one for one in likely if one != FALLBACK), None) == intents().role.out_of_scope
    counted = [one for one in message.entities if one not in idle]
    if not outside or text.startswith("/"):
        return tuple(counted)
    known = {one["entity"] for one in counted}
    left_out = (one for one in placed_entities(text) if one["entity"] not in known)
    return (*counted, *left_out)


def bots_before(tracker: DialogueStateTracker) -> list[BotUttered]:
    """What the bot said last before the message to answer, newest first."""
    found: list[BotUttered] = []
    answered = False
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if found:
                break
            answered = True
        elif isinstance(event, BotUttered) and answered:
            found.append(event)
    return found


def typed_payload(said: Understood, tracker: DialogueStateTracker) -> str | None:
    """The payload of the button last shown whose title was typed instead of tapped.

    "Batalkan" and "iya batalkan aja" both are the title "Ya, batalkan".
    """
    buttons = () if said.text.startswith("/") else tuple(_buttons(tracker))
    written = _core(said.text) if buttons else ""
    if said.intent == intents().role.stop and not tracker.active_loop_name:
        cancels = f"/{intents().role.cancel_booking}"  # "batal aja", under the booking
        offered = (one["payload"] for one in buttons if one.get("payload") == cancels)
        if payload := next(offered, None):
            return str(payload)
    for button in buttons:
        title = _title(str(button.get("title", "")))
        is_title = written in (title, title.removeprefix("ya "))
        if not written or not title:
            continue
        if is_title or _agrees(written, title) or _takes(said.text, title):
            return str(button["payload"])
    return None


def _agrees(written: str, title: str) -> bool:
    """Whether they are a "ya" with part of a title that says so: "iya hapus", "hapus aja iya"."""
    said, meant = {*written.split()}, title.split()
    return meant[0] == "ya" and "ya" in said and len(said) > 1 and said < {*meant}


def _takes(text: str, title: str) -> bool:
    """Whether a message takes what a title beginning with "ya" offers, and says for whom: "mau,
    buat ibu saya".
    """
    if not title.startswith("ya ") or "?" in text:
        return False
    words = normalizer(repair=False).line(re.sub(r"[^\w\s'-]", " ", text)).split()
    known = vocabulary(FormAnswers)
    if not words or words[0] not in known.ya:
        return False
    whom = {word for group in (known.keluarga, known.diri_sendiri) for word in group}
    meant = {*words[1:]} - lexicon().filler - {*known.ya, *known.sekitar_siapa}
    named = {word for phrase in whom for word in phrase.split()} | lexicon().address
    return bool(meant) and meant <= named


def _buttons(tracker: DialogueStateTracker) -> Iterator[dict[str, Any]]:
    for event in bots_before(tracker):
        yield from (event.data or {}).get("buttons") or ()


def closed_form(tracker: DialogueStateTracker) -> str | None:
    """The form that the end of the session cut off, for the first message after it."""
    messages = 0
    events: Iterator[Event] = reversed(tracker.events)
    for event in events:
        messages += isinstance(event, UserUttered)
        if isinstance(event, SessionStarted) or messages > 1:
            break
    if messages != 1:
        return None
    loop = next((event for event in events if isinstance(event, ActiveLoop)), None)
    name = str(loop.name) if loop and loop.name else None
    return None if name in NOTHING_LOST else name


def answered_by(tracker: DialogueStateTracker) -> str | None:
    """The action that answered the message before the one to answer."""
    silent = {ACTION_LISTEN_NAME, "action_lanjutan"}
    done = (one for one in reversed(tracker.events) if isinstance(one, ActionExecuted))
    return next((one.action_name for one in done if one.action_name not in silent), None)


def intents_before(tracker: DialogueStateTracker) -> Iterator[str]:
    """What the messages before the one to answer were understood as, newest first."""
    written = (one for one in reversed(tracker.events) if isinstance(one, UserUttered))
    next(written, None)
    return (str(one.intent.get("name")) for one in written)


def answered_since_start(tracker: DialogueStateTracker) -> bool:
    """Whether the bot has said anything in this session."""
    for event in reversed(tracker.events):
        if isinstance(event, (BotUttered, SessionStarted)):
            return isinstance(event, BotUttered)
    return False


def answers_a_form(said: Understood) -> bool:
    """Whether a message reads as an answer to a form rather than as a question of its own."""
    return said.intent in intents().form_answers | {FALLBACK} or said.confidence < SURE


def last_but_slots(tracker: DialogueStateTracker) -> Event | None:
    """The last event that is neither a slot's nor a form's refusal to take a message."""
    passed = (SlotSet, ActionExecutionRejected)
    return next((one for one in reversed(tracker.events) if not isinstance(one, passed)), None)


@lru_cache(maxsize=2048)
def _title(title: str) -> str:
    return _core(title)


def _core(text: str) -> str:
    """The words that mean something, alike for "iya" and "ya"."""
    words = normalizer(repair=False).line(re.sub(r"[^\w\s'-]", " ", text)).split()
    known = vocabulary(FormAnswers)
    agrees = words and (words[0] in known.ya_tombol or words[-1] in known.ya_di_belakang)
    noise = lexicon().filler | lexicon().address | {"saja", *known.ya_tombol}
    meant = [word for word in words if word not in noise]
    return " ".join(["ya", *meant] if agrees else meant)
