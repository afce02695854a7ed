"""A score of the service, and the word a citizen adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rasa_sdk.events import FollowupAction, SlotSet

from actions.isian import Check, FormCheck, StopForm, is_question
from actions.turn import Events, RiungAction, Turn
from riung.office.menu import BACK

FORM = "survei_form"


class TakeScore(RiungAction):
    """Thanks for a score; a tapped one is followed by the question for a word."""

    action_name = "action_survei"

    def answer(self, turn: Turn) -> Events | None:
        """The desk counts the score from the transcript; here only the talk goes on."""
        if turn.entity("nilai") is None:
            turn.say("utter_survei")
            return None
        return [SlotSet("ulasan", None), FollowupAction(FORM)]


def _word(turn: Turn) -> Events:
    if turn.intent == "menu" or turn.entity("pilihan") == BACK:
        return [SlotSet("requested_slot", None)]  # the survey ends, and the rules answer
    if turn.entity("pilihan") or turn.intent == "tolak":
        raise StopForm
    verdict = turn.intent == "survei" and turn.entity("nilai") is None  # else another score
    return [] if is_question(turn) and not verdict else [SlotSet("ulasan", turn.text)]


class CheckWord(FormCheck):
    """Any words are an answer; a digit or "tidak" leaves the survey."""

    action_name = f"validate_{FORM}"
    checks: ClassVar[Mapping[str, Check]] = {"ulasan": _word}
