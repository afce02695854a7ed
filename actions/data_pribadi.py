"""What is kept about a citizen, and its erasure at their word."""

from __future__ import annotations

from actions.turn import Events, RiungAction, Turn
from riung.backend_client import Json, backend
from riung.days_to_keep import days_to_keep
from riung.phrases import phrase

CONFIRMED = "hapus"
"""Value of the button that confirms."""


class PersonalData(RiungAction):
    """Tells what is kept and for how long; the confirmed wish has it erased."""

    action_name = "action_hapus_data"

    def answer(self, turn: Turn) -> Events | None:
        """Ask first; then a receipt that says what has to stay, and until when."""
        days = days_to_keep()
        if turn.entity("isi") != CONFIRMED:
            turn.say("utter_hapus_data", hari=days["percakapan"])
            return None
        left = backend().ask_for_erasure(turn.sender)
        turn.say("utter_hapus_data_diterima", daftar=_what_stays(turn, left))
        return None


def _what_stays(turn: Turn, left: Json) -> str:
    kept = {
        "antrean": left["open_bookings"],
        "tiket": left["open_tickets"],
        "layanan": left.get("open_cases", 0),
    }
    lines = [
        "• " + phrase(f"tetap_{name}", turn.language, jumlah=count)
        for name, count in kept.items()
        if count
    ]
    return "\n".join([phrase("tetap_disimpan", turn.language), *lines]) if lines else ""
