"""A question that only wants to be sure, answered by what was just said."""

from __future__ import annotations

from actions.turn import Events, RiungAction, Turn


class Confirm(RiungAction):
    """Says the one sentence again that the question is about."""

    action_name = "action_pastikan"

    def answer(self, turn: Turn) -> Events | None:
        """Say it; its verdict is put before it (`riung.dialogue.wording`)."""
        name = "utter_pastikan_tadi" if turn.entity("topik") else "utter_pastikan"
        turn.say(name, kalimat=turn.entity("kalimat") or "")
        return None
