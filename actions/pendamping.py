"""The companion through M-Paspor: the step to take, remembered for the next message."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from actions.turn import Events, RiungAction, Turn
from riung.dialogue.companion import INTENT, SLOT, STEP, companion
from riung.office.menu import command

STILL = "utter_pendamping_masih"
"""Said to whoever tells once more what brought them to the step that stands above."""


class Accompany(RiungAction):
    """Tells a step of M-Paspor (`aturan/pendamping.yml`)."""

    action_name = "action_pendamping"

    def answer(self, turn: Turn) -> Events | None:
        """Say what to do at the step; ask which it is when that is not known."""
        steps = companion().steps
        step = turn.entity(STEP) or next(iter(steps))
        if step not in steps:
            turn.say("utter_pendamping_di_mana", _steps_as_buttons(turn))
            return None
        names = [*steps]
        told = f"utter_pendamping_{step}"
        turn.say(
            told if turn.text.startswith("/") or not _stands_above(turn, told) else STILL,
            angka=names.index(step) + 1,
            jumlah=len(names),
            langkah=steps[step].label.in_language(turn.language),
        )
        return [SlotSet(SLOT, {STEP: step, "at": turn.written_at.timestamp()})]


def _stands_above(turn: Turn, told: str) -> bool:
    response, _ = next(turn.answers(), ("", ""))
    return response.startswith(told)


def _steps_as_buttons(turn: Turn) -> list[dict[str, Any]]:
    return [
        {
            "title": step.title.in_language(turn.language),
            "payload": command(INTENT, {STEP: name}),
        }
        for name, step in companion().steps.items()
    ]
