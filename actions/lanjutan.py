"""A message that hangs on what was said before: asked whole, in the citizen's place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import SlotSet

from actions.aduan import FORM as COMPLAINT
from actions.aduan import KINDS
from actions.antrean_isian import FORM as BOOKING
from actions.antrean_isian import bookable_places
from actions.kunjungan_isian import FORM as VISIT
from actions.kunjungan_isian import VALUES as VISIT_VALUES
from actions.menu import choose
from actions.sambang import FORM as SEAT
from actions.sambang import GROUPS, HERE, TODAY
from actions.turn import ABOUT, Events, RiungAction, Turn, ask_as_citizen
from riung.intents import FURTHER

QUESTION_SLOT = "lanjutan"
CLOSED_SLOT = "isian_tertutup"
"""Both set by `riung.dialogue.topic_policy`."""


class FollowUp(RiungAction):
    """Asks what the message means together with the topic, or what the typed button stands for."""

    action_name = "action_lanjutan"

    def answer(self, turn: Turn) -> Events | None:
        """Ask; the slot that held the question is emptied."""
        question: Mapping[str, Any] = turn.slot(QUESTION_SLOT) or {}
        emptied = SlotSet(QUESTION_SLOT, None)
        if "payload" in question:
            return [emptied, *choose(turn, question["payload"])]
        if not question:
            return [*ask_as_citizen(turn, "nlu_fallback", {})]
        entities = [*question["entities"].items()]
        entities += [(FURTHER, intent) for intent in question["further"]]
        about = {ABOUT: question[ABOUT]}
        return [emptied, *ask_as_citizen(turn, question["intent"], entities, about)]


AGAIN = {
    COMPLAINT: "pengaduan",
    BOOKING: "daftar_antrean",
    VISIT: "minta_kunjungan",
    SEAT: "sambang_pemohon",
}
"""Form → the intent that begins it again."""


class ClosedForm(RiungAction):
    """An answer to a form that is closed: by the end of the session, or long ago."""

    action_name = "action_isian_tertutup"

    def answer(self, turn: Turn) -> Events | None:
        """Say that it is closed and nothing was sent; offer to begin again."""
        form = turn.slot(CLOSED_SLOT) or _form_of(turn)
        again = AGAIN.get(form or "")
        if again is None or (form == BOOKING and not bookable_places(turn.office)):
            turn.say("utter_isian_tidak_ada")
            return None
        button = {"title": turn.phrase("mulai_lagi"), "payload": f"/{again}"}
        turn.say(f"utter_{form}_tertutup", [button])
        return [SlotSet(CLOSED_SLOT, None)]


def _form_of(turn: Turn) -> str | None:
    """The form whose old button was tapped."""
    value = turn.entity("isi")
    for form, values in _OWN_VALUES.items():
        if value in values:
            return form
    return BOOKING if value else None


_OWN_VALUES = {
    COMPLAINT: {*KINDS, "ya", "tidak"},
    VISIT: {*VISIT_VALUES},
    SEAT: {*GROUPS, HERE, TODAY},
}
"""What only the buttons of that form stand for."""
