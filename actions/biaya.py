"""What a passport costs, by the kind asked for."""

from __future__ import annotations

from actions.turn import Events, RiungAction, Turn

RESPONSES = {
    "hilang": "utter_biaya_hilang",
    "rusak": "utter_biaya_rusak",
    "percepatan": "utter_biaya_percepatan",
    "biasa": "utter_biaya_biasa",
    "elektronik": "utter_biaya_epaspor",
    "polikarbonat": "utter_biaya_epaspor",
}
"""Kind of application or of book → the price that answers it; everything else gets the table."""


class PassportFee(RiungAction):
    """The price of what was named, else the table of prices."""

    action_name = "action_biaya_paspor"

    def answer(self, turn: Turn) -> Events | None:
        """Say it; a special case beats the general one."""
        kinds = [*turn.entities("jenis_permohonan"), *turn.entities("jenis_paspor")]
        response = next((RESPONSES[kind] for kind in kinds if kind in RESPONSES), None)
        turn.say(response or "utter_biaya_paspor")
        return None
