"""The companion through M-Paspor: the step to take, remembered for the next message."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from actions.turn import Events, RiungAction, Turn
from riung.dialogue.companion import INTENT, SLOT, STEP, companion
from riung.office.menu import command


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
        turn.say(
            f"utter_pendamping_{step}",
            angka=names.index(step) + 1,
            jumlah=len(names),
            langkah=steps[step].label.in_language(turn.language),
        )
        return [SlotSet(SLOT, {STEP: step, "at": turn.written_at.timestamp()})]


def _steps_as_buttons(turn: Turn) -> list[dict[str, Any]]:
    return [
        {
            "title": step.title.in_language(turn.language),
            "payload": command(INTENT, {STEP: name}),
        }
        for name, step in companion().steps.items()
    ]
