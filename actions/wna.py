"""Foreigners: the services, and what an overstay of so many days costs."""

from __future__ import annotations

from actions.turn import Events, RiungAction, Turn
from riung.formatting import say_money
from riung.nlu.durations import days_in

SITUATION = "overstay"
"""Name in `kamus/keadaan.yml`."""


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
