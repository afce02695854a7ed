"""The booking form's questions, with the choices of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.antrean_isian import bookable_places, days_of, place_of
from actions.isian import option
from actions.kuota import QuotaDay
from actions.turn import Events, RiungAction, Turn
from riung.office.menu import command, number, numbered


class AskKind(RiungAction):
    """Asks what the visit is for, among what the place serves."""

    action_name = "action_ask_antrean_jenis"

    def answer(self, turn: Turn) -> Events | None:
        """Ask for the kind, with the kinds of the place as choices."""
        place = place_of(turn) or bookable_places(turn.office)[0]
        kinds = place.layanan
        options = number([option(turn.phrase(f"jenis_{k}"), k) for k in kinds])
        turn.say("utter_ask_antrean_jenis", options, tempat=place.nama, pilihan=numbered(options))
        return None


class AskPlace(RiungAction):
    """Asks where."""

    action_name = "action_ask_antrean_tempat"

    def answer(self, turn: Turn) -> Events | None:
        """Ask for the place, with those that take bookings as choices."""
        options = number([option(place.nama, place.id) for place in bookable_places(turn.office)])
        turn.say("utter_ask_antrean_tempat", options, pilihan=numbered(options))
        return None


class AskDay(RiungAction):
    """Asks which day, among those that are really open or have a waiting list."""

    action_name = "action_ask_antrean_tanggal"

    def answer(self, turn: Turn) -> Events | None:
        """Ask for the day, with what is left of each."""
        place = place_of(turn)
        days = days_of(place) if place else []
        options = number(day_options(turn, {day: day.date.isoformat() for day in days}))
        turn.say(
            "utter_ask_antrean_tanggal",
            options,
            tempat=place.nama if place else "",
            pilihan=numbered(options, described=True),
        )
        return None


def day_options(
    turn: Turn, values: Mapping[QuotaDay, str], intent: str = "isi"
) -> list[dict[str, str]]:
    """Days as choices: how many places are left, or that there is a waiting list."""
    options = []
    for day, value in values.items():
        state = "penuh_tunggu" if day.status == "full" else "sisa_singkat"
        words = turn.phrase(state, sisa=day.remaining, kapasitas=day.capacity)
        payload = command(intent, {"isi": value})
        title = turn.day_text(day.date)
        options.append({"title": title, "payload": payload, "description": words})
    return options


class AskAgreement(RiungAction):
    """Repeats everything and asks whether it is right."""

    action_name = "action_ask_antrean_setuju"

    def answer(self, turn: Turn) -> Events | None:
        """Ask; for a full day the question is whether to wait."""
        wanted = date.fromisoformat(turn.slot("antrean_tanggal"))
        place = place_of(turn)
        days = days_of(place) if place else []
        full = any(day.date == wanted and day.status == "full" for day in days)
        turn.say(
            "utter_ask_antrean_tunggu" if full else "utter_ask_antrean_setuju", **summary(turn)
        )
        return None


def summary(turn: Turn) -> dict[str, Any]:
    """The filled form in words."""
    place = place_of(turn)
    day = date.fromisoformat(turn.slot("antrean_tanggal"))
    return {
        "jenis": turn.phrase(f"jenis_{turn.slot('antrean_jenis')}"),
        "tempat": place.nama if place else "",
        "tanggal": turn.date_text(day),
        "nama": turn.slot("antrean_nama"),
        "nik_akhir": turn.slot("antrean_nik")["last4"],
    }
