"""What the forms share: choices of the moment, leaving, and answers in between.

Rasa's forms keep the order of the questions and go on by themselves after a question in between.
A check returns events that fill or empty the slot asked for, or none when the message was no answer
to it; then the message is answered by the ordinary rules and the form asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rasa_sdk.events import SlotSet

from actions.menu import parse_command
from actions.turn import Events, RiungAction, Turn
from riung.office.menu import BACK, command

SURE = 0.75
"""From this confidence on, free words are taken for the question they look like."""

NOT_A_QUESTION = frozenset({"nlu_fallback", "di_luar_topik", "salam", "setuju", "terima_kasih"})

CERTAIN = 1.0
"""Confidence of a tapped button and of words that alone leave no doubt ("petugas", "menu")."""

Check = Callable[[Turn], Events]


class StopForm(Exception):  # noqa: N818 - not an error: the citizen leaves the form
    """The citizen has left the form ("batal", `0`)."""


class FormCheck(RiungAction):
    """Checks the answer to the question that is open."""

    checks: ClassVar[Mapping[str, Check]]
    """Slot → check of its answer."""

    leaving: ClassVar[frozenset[str]] = frozenset({"batal"})
    """Intents that leave the form, whatever is being asked."""

    def answer(self, turn: Turn) -> Events | None:
        """Fill the slot, empty it with the reason said, end the form, or leave it to the rules."""
        asked = turn.slot("requested_slot") or ""
        check = self.checks.get(asked)
        if check is None:
            return None
        try:
            if turn.intent in self.leaving:
                raise StopForm
            return self.restart(turn) if turn.intent == "ulang" else check(turn)
        except StopForm:
            # Naming the slot that was asked for keeps Rasa from answering by the rules as well.
            return [SlotSet(asked, None), SlotSet("requested_slot", None)]

    def restart(self, _turn: Turn) -> Events:
        """Begin again from the first question."""
        return [SlotSet(slot, None) for slot in self.checks]


def option(title: str, value: str) -> dict[str, str]:
    """A choice whose payload fills the slot that is being asked for."""
    return {"title": title, "payload": command("isi", {"isi": value})}


def chosen(turn: Turn) -> str | None:
    """The value of the tapped or typed option.

    Raises:
        StopForm: the typed digit is the way back.
    """
    if tapped := turn.entity("isi"):
        return tapped
    digit = turn.entity("pilihan")
    if digit == BACK:
        raise StopForm
    for button in turn.numbered_buttons():
        if button["angka"] == digit:
            return parse_command(button["payload"])[1].get("isi")
    return None


def is_elsewhere(turn: Turn) -> bool:
    """Whether a message to a question for free words is certainly about something else.

    Raises:
        StopForm: the typed digit is the way back.
    """
    digit = turn.entity("pilihan")
    if digit == BACK:
        raise StopForm
    if digit:  # it may choose from an answer given in between, such as the scores of a survey
        return any(button.get("angka") == digit for button in turn.last_buttons())
    is_other = turn.intent not in NOT_A_QUESTION | {"cek_status"}  # a bare number is a slip
    return is_other and _confidence(turn) == CERTAIN


def is_question(turn: Turn) -> bool:
    """Whether a free text is surely a question of its own rather than an answer."""
    return "?" in turn.text or (turn.intent not in NOT_A_QUESTION and _confidence(turn) >= SURE)


def _confidence(turn: Turn) -> float:
    return (turn.message.get("intent") or {}).get("confidence") or 0.0
