"""What only the passport assistant does: the price by kind, and what an overstay costs."""

from __future__ import annotations

from actions.turn import Events, RiungAction, Turn
from riung.formatting import say_money
from riung.nlu.durations import days_in

FEES = {
    "hilang": "utter_biaya_hilang",
    "rusak": "utter_biaya_rusak",
    "percepatan": "utter_biaya_percepatan",
    "biasa": "utter_biaya_biasa",
    "elektronik": "utter_biaya_epaspor",
    "polikarbonat": "utter_biaya_epaspor",
}
"""Kind of application or of book → the price that answers it; everything else gets the table."""

SITUATION = "overstay"
"""Name in `kamus/keadaan.yml`."""


class PassportFee(RiungAction):
    """The price of what was named, else the table of prices."""

    action_name = "action_biaya_paspor"

    def answer(self, turn: Turn) -> Events | None:
        """Say it; a special case beats the general one."""
        kinds = [*turn.entities("jenis_permohonan"), *turn.entities("jenis_paspor")]
        response = next((FEES[kind] for kind in kinds if kind in FEES), None)
        turn.say(response or "utter_biaya_paspor")
        return None


class ForeignerServices(RiungAction):
    """The services; the sum for an overstay whose days were told."""

    action_name = "action_layanan_wna"

    def answer(self, turn: Turn) -> Events | None:
        """Say them; for an overstay the price of a day times the days (fact over_denda)."""
        days = days_in(turn.text) if turn.entity("keadaan") == SITUATION else None
        if days is None:
            turn.say("utter_layanan_wna")
            return None
        limit = days_in(str(turn.office.value("fakta.batas.overstay"))) or 0
        name = "jumlah" if days < limit else "lama"
        total = say_money(days * turn.office.facts.tarif["overstay_per_hari"])
        turn.say(f"utter_keadaan_overstay_{name}", hari=days, total=total)
        return None
