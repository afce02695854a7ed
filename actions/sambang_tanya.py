"""The questions of the form of a priority applicant in the waiting room."""

from __future__ import annotations

from actions.isian import AskChoice, option
from actions.sambang import GROUPS, HERE, NOT_YET, TODAY
from actions.turn import Events, RiungAction, Turn

PHRASES = "sambang_"
"""How the phrases begin that name a choice."""


class AskGroup(AskChoice):
    """Which group the applicant belongs to."""

    action_name = "action_ask_sambang_golongan"
    phrases, values = PHRASES, GROUPS


class AskWhen(AskChoice):
    """Whether they are there already, or when they come; another day is typed."""

    action_name = "action_ask_sambang_kapan"
    phrases, values = PHRASES, (HERE, TODAY)


class AskNumber(RiungAction):
    """The number in the queue; a typed digit is that number, so nothing else is numbered."""

    action_name = "action_ask_sambang_nomor"

    def answer(self, turn: Turn) -> Events | None:
        """Ask."""
        turn.say("utter_ask_sambang_nomor", [option(turn.phrase("sambang_nomor_belum"), NOT_YET)])
        return None
