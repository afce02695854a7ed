"""What the assistant does when it is not sure what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

import structlog

from actions.menu import choose, show_menu
from actions.petugas import open_handover
from actions.turn import Events, RiungAction, Turn
from riung.client import BackendError
from riung.menu import command, number, numbered, screen
from riung.settings import ROOT
from riung.yaml_files import read_yaml

log = structlog.get_logger()

FALLBACK_INTENT = "nlu_fallback"
OWNER_SLOT, WAITING = "penanganan", "waiting"
"""Set by the desk; while somebody waits for a person, unclear words are meant for that person."""

SUGGESTIONS = 3
"""How many meanings are offered: what fits in reply buttons."""


class NotUnderstood(RiungAction):
    """First the nearest meanings as buttons, the second time the menu and a person."""

    action_name = "action_tidak_paham"

    def answer(self, turn: Turn) -> Events | None:
        """Offer a way on; an unclear first message of a conversation gets the menu."""
        if typed := _typed_button(turn):
            return choose(turn, typed)
        if turn.slot(OWNER_SLOT) == WAITING:
            turn.say("utter_diteruskan_ke_petugas")
            return None
        if len(turn.user_messages()) == 1:
            show_menu(turn)
        elif _times_in_a_row(turn) > 1:
            options = [option.as_button() for option in screen(turn.menu).options]
            turn.say("utter_tidak_paham_2", options, pilihan=numbered(options))
            _call_officer(turn)
        else:
            offers = number(list(_nearest(turn)))
            turn.say("utter_tidak_paham_1", offers, pilihan=numbered(offers))
        return None


def _typed_button(turn: Turn) -> str | None:
    """The payload of the button last shown whose words the citizen typed instead of tapping it."""
    written = " ".join(turn.text.casefold().split())
    titles = {str(button["title"]).casefold(): button["payload"] for button in turn.last_buttons()}
    return titles.get(written)


def _call_officer(turn: Turn) -> None:
    """Put the conversation on the desk; the menu is shown whether that works or not."""
    try:
        open_handover(turn)
    except BackendError as error:
        log.warning("handover.not_opened", reason=str(error))


def _times_in_a_row(turn: Turn) -> int:
    def unclear(message: dict[str, object]) -> bool:
        data = message.get("parse_data") or {}
        return isinstance(data, dict) and data.get("intent", {}).get("name") == FALLBACK_INTENT

    return len(list(takewhile(unclear, turn.user_messages())))


def _nearest(turn: Turn) -> Iterator[dict[str, str]]:
    """The likeliest meanings that have a label, as buttons."""
    labels = intent_labels(turn.language)
    ranking = [entry["name"] for entry in turn.message.get("intent_ranking", ())]
    named = [intent for intent in ranking if intent in labels]
    for intent in named[:SUGGESTIONS]:
        yield {"title": labels[intent], "payload": command(intent)}


@lru_cache(maxsize=2)
def intent_labels(language: str = "id") -> dict[str, str]:
    """Intent → the short name a citizen reads (kamus/label_intent.yml)."""
    content = read_yaml(ROOT / "kamus" / "label_intent.yml")
    labels = content.get(language) or content["id"]
    return {str(intent): str(label) for intent, label in labels.items()}
