"""What the assistant does when it is not sure what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import structlog

from actions.jawaban import asks_in_words, ends_asking, plain, says
from actions.menu import choose, show_menu
from actions.petugas import open_handover, read_from
from actions.turn import Events, RiungAction, Turn, ask_as_citizen
from riung.backend_client import BackendError
from riung.dialogue.confidential import OWNER_SLOT, WAITING
from riung.dialogue.topic import SLOT, Topic
from riung.intents import FURTHER, intents
from riung.nlu.lexicon import lexicon
from riung.nlu.offers import offers
from riung.office.menu import command, number, numbered, screen

log = structlog.get_logger()

FALLBACK_INTENT = "nlu_fallback"

OFFICER = "bicara_petugas"
_UNOFFERED = {command(OFFICER), command("di_luar_topik")}

LIKELY, NEARLY = 0.2, 0.5
"""How likely a meaning has to be, to be offered beside an officer, and to be asked for first."""

GUESS = 0.3
"""How likely the nearest meaning of a first message has to be, to be asked for."""

HONEST_WORDS, LETTERS = 2, 3
"""Words of so many letters make a message a try to say something: "p" and "min" are none."""


class NotUnderstood(RiungAction):
    """First the nearest meanings as buttons, the second time the menu and a person."""

    action_name = "action_tidak_paham"

    def answer(self, turn: Turn) -> Events | None:
        """Offer a way on; a first message that nearly nothing fits gets the menu, whoever is
        worried hears that a person helps, and a form only asks once more.
        """
        if typed := _typed_button(turn):
            return choose(turn, typed)
        if turn.slot(OWNER_SLOT) == WAITING:
            turn.say("utter_diteruskan_ke_petugas")
            return None
        if turn.form:  # its question follows, and the digits are that question's
            turn.say("utter_isian_tidak_paham")
            return None
        if _heard(turn):
            return None
        if both := _two_meanings(turn):
            entities = [*turn.entity_values().items(), (FURTHER, both[1])]
            return ask_as_citizen(turn, both[0], entities)
        if turn.intent == intents().role.out_of_scope:
            _say_unknown(turn)
            return None
        is_first = len(turn.user_messages()) == 1
        if is_first and not (_is_honest(turn.message) and _has_a_guess(turn)):
            show_menu(turn)
        elif _tries_in_a_row(turn) > 1:
            options = [option.as_button() for option in screen(turn.menu).options]
            words = _call_officer(turn)
            turn.say("utter_tidak_paham_2", options, pilihan=numbered(options), petugas=words)
        elif not is_first and _topic(turn) and not _is_torn(turn):
            _say_unknown(turn)
        else:
            offers = number(list(_nearest(turn)))
            turn.say("utter_tidak_paham_1", offers, pilihan=numbered(offers))
        return None


def _topic(turn: Turn) -> Topic | None:
    """What the conversation is about."""
    return Topic.of(turn.slot(SLOT), turn.written_at.timestamp())


def _heard(turn: Turn) -> bool:
    """Whether somebody worries, or only tells how somebody is, and was told that it is heard."""
    if says(turn.text, "khawatir"):
        turn.say("utter_tidak_paham_khawatir")
        return True
    topic = None if _asks(turn.text) else _topic(turn)
    tells = topic and (turn.intent != FALLBACK_INTENT or topic.hears(plain(turn.text).strip()))
    label = topic.label(turn.language) if topic and tells else ""
    if label:
        turn.say("utter_tidak_paham_cerita", pokok=label)
    return bool(label)


def _say_unknown(turn: Turn) -> None:
    """Say honestly that this is not known of what is talked about, and who knows it."""
    topic = _topic(turn)
    label = topic.label(turn.language) if topic else ""
    officer = {"title": turn.labels[OFFICER], "payload": command(OFFICER)}
    nearest = (one for one in _nearest(turn, LIKELY) if one["payload"] not in _UNOFFERED)
    offers = number([officer, *list(nearest)[:2]])
    pokok = label or turn.phrase("pokok_umum")
    turn.say("utter_tidak_paham_pokok", offers, pilihan=numbered(offers), pokok=pokok)


def _asks(text: str) -> bool:
    return "?" in text or asks_in_words(text) or ends_asking(text)


BOTH, SECOND = 0.8, 0.2
"""How likely the two nearest meanings have to be together, and the second of them alone."""


def _two_meanings(turn: Turn) -> tuple[str, str] | None:
    """The two meanings between which a message is torn, where hardly a third is possible: both are
    answered ("anak saya mau umroh").
    """
    known = intents()
    ranking = [
        (str(one["name"]), float(one["confidence"]))
        for one in turn.message.get("intent_ranking", ())
        if one["name"] != FALLBACK_INTENT
    ][:2]
    names = [name for name, _ in ranking]
    special = {known.role.out_of_scope, known.role.complaint, *known.own_record, *known.no_question}
    if len(ranking) < 2 or not special.isdisjoint(names):
        return None
    likely = [how for _, how in ranking]
    return (names[0], names[1]) if sum(likely) >= BOTH and likely[1] >= SECOND else None


def _typed_button(turn: Turn) -> str | None:
    """The payload of the button last shown whose words the citizen typed instead of tapping it."""
    written = " ".join(turn.text.casefold().split())
    titles = {str(button["title"]).casefold(): button["payload"] for button in turn.last_buttons()}
    return titles.get(written)


def _call_officer(turn: Turn) -> str:
    """Put the conversation on the desk, in words; empty when that does not work."""
    try:
        open_handover(turn, "misunderstood")
    except BackendError as error:
        log.warning("handover.not_opened", reason=str(error))
        return ""
    opening = read_from(turn)
    if opening is None:
        return turn.phrase("diteruskan")
    return turn.phrase("diteruskan_di_luar_jam", buka=opening)


def _tries_in_a_row(turn: Turn) -> int:
    """How often the citizen has really tried to say something since the last understood message."""

    def unclear(message: dict[str, Any]) -> bool:
        data = message.get("parse_data") or {}
        return bool((data.get("intent") or {}).get("name") == FALLBACK_INTENT)

    return sum(map(_is_honest, takewhile(unclear, turn.user_messages())))


def _is_honest(message: dict[str, Any]) -> bool:
    words = str(message.get("text") or "").casefold().split()
    said = [word for word in words if word not in lexicon().address | lexicon().greeting]
    return sum(len(word) >= LETTERS for word in said) >= HONEST_WORDS


def _has_a_guess(turn: Turn) -> bool:
    """Whether something that can be offered is not far from what was written."""
    return any(
        float(entry["confidence"]) >= GUESS and entry["name"] in turn.labels
        for entry in turn.message.get("intent_ranking", ())
        if entry["name"] not in (FALLBACK_INTENT, intents().role.out_of_scope)
    )


def _is_torn(turn: Turn) -> bool:
    """Whether it was nearly understood, so that the meanings are worth asking for."""
    ranking = turn.message.get("intent_ranking", ())
    likely = (float(one["confidence"]) for one in ranking if one["name"] != FALLBACK_INTENT)
    return next(likely, 0.0) >= NEARLY


def _nearest(turn: Turn, least: float = 0.0) -> Iterator[dict[str, str]]:
    """The likeliest meanings that have a label, as buttons."""
    labels = turn.labels
    ranked = turn.message.get("intent_ranking", ())
    ranking = [entry["name"] for entry in ranked if float(entry["confidence"]) >= least]
    for intent in offers(ranking, labels):
        yield {"title": labels[intent], "payload": command(intent)}
