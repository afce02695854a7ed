"""The questions of the form of a priority applicant in the waiting room."""

from __future__ import annotations

from typing import ClassVar

from actions.isian import option
from actions.sambang import GROUPS, HERE, NOT_YET, TODAY
from actions.turn import Events, RiungAction, Turn
from riung.office.menu import number, numbered


class _AskChoice(RiungAction):
    action_name = ""
    values: ClassVar[tuple[str, ...]] = ()

    def answer(self, turn: Turn) -> Events | None:
        """Ask, with the values as choices."""
        options = number([option(turn.phrase(f"sambang_{one}"), one) for one in self.values])
        turn.say(self.action_name.replace("action_", "utter_"), options, pilihan=numbered(options))
        return None


class AskGroup(_AskChoice):
    """Which group the applicant belongs to."""

    action_name = "action_ask_sambang_golongan"
    values = GROUPS


class AskWhen(_AskChoice):
    """Whether they are there already, or when they come; another day is typed."""

    action_name = "action_ask_sambang_kapan"
    values = (HERE, TODAY)


class AskNumber(RiungAction):
    """The number in the queue; a typed digit is that number, so nothing else is numbered."""

    action_name = "action_ask_sambang_nomor"

    def answer(self, turn: Turn) -> Events | None:
        """Ask."""
        turn.say("utter_ask_sambang_nomor", [option(turn.phrase("sambang_nomor_belum"), NOT_YET)])
        return None
