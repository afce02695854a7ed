"""A score of the service, and the word a citizen adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rasa_sdk.events import FollowupAction, SlotSet

from actions.isian import Check, FormCheck, StopForm, consists_of, is_question
from actions.turn import Events, RiungAction, Turn, is_stand_in
from riung.office.menu import BACK, command, numbered

FORM = "survei_form"
SCORES = ("5", "4", "3", "2", "1")


class TakeScore(RiungAction):
    """Asks for a score, thanks for one; a tapped one is followed by the question for a word."""

    action_name = "action_survei"

    def answer(self, turn: Turn) -> Events | None:
        """The desk counts the score from the transcript; here only the talk goes on."""
        if turn.entity("nilai") is None and _holds_verdict(turn):
            turn.say("utter_survei")
            return None
        if turn.entity("nilai") is None:
            scores = [_score(turn, value) for value in SCORES]
            turn.say("utter_survei_tanya", scores, pilihan=numbered(scores))
            return None
        return [SlotSet("ulasan", None), FollowupAction(FORM)]


def _holds_verdict(turn: Turn) -> bool:
    """Whether the message itself says how it was, rather than wishing to say it."""
    if is_stand_in(turn.user_messages()[0]):
        return False
    return not consists_of(turn.text, "ingin_menilai")


def _score(turn: Turn, value: str) -> dict[str, str]:
    payload = command("survei", {"nilai": value})
    return {"title": turn.phrase(f"nilai_{value}"), "payload": payload, "angka": value}


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
    resting: ClassVar[frozenset[str]] = frozenset()
    checks: ClassVar[Mapping[str, Check]] = {"ulasan": _word}
