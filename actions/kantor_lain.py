"""An office that is not served in this chat: its name and where to look, never our own figures."""

from __future__ import annotations

import re

from actions.turn import Turn
from riung.nlu.vocabulary import Places, vocabulary
from riung.office.nearest import OtherOffice, offices_of
from riung.office.offices import offices

SITUATION = "keadaan"
"""The entity of a message that shows a situation (`kamus/keadaan.yml`)."""

NEAREST = "kantor_terdekat"
"""The situation that asks for a place, which needs none where one is named."""

DISTRICT = "wilayah"
"""An office's fact that names its district, where it is known."""

MOST = 6
"""Offices of one name that are listed: "jakarta"."""


def says_of_other(turn: Turn) -> bool:
    """Whether only places of other offices are named; then where to look is said, unless the
    message shows a situation, whose answer knows more.
    """
    named = [*map(str.casefold, turn.entities("kantor"))]
    if not named or turn.entity(SITUATION) not in (None, NEAREST) or any(map(_is_ours, named)):
        return False
    known = [office for name in named for office in offices_of(name)]
    if known:
        _say_known(turn, known[:MOST])
        return True
    town = next((name for name in named if name in vocabulary(Places).kota), None)
    if town is None or town in vocabulary(Places).bukan_kota:
        return False
    turn.say(
        "utter_keadaan_kota_tanpa_kantor", tempat=town.title(), nama_kami=turn.office.nama_singkat
    )
    return True


def _say_known(turn: Turn, known: list[OtherOffice]) -> None:
    names = ", ".join(office.name.in_language(turn.language) for office in known)
    notes = [one.note.in_language(turn.language) for one in known if one.note]
    turn.say(
        "utter_keadaan_kantor_lain",
        nama=names,
        keterangan="\n".join(notes),
        nama_kami=turn.office.nama_singkat,
    )


def _is_ours(name: str) -> bool:
    """Whether an office served here, or a place of it, is called so, or lies in its district."""
    return any(
        name in (*office.sebutan, office.nama_singkat.casefold())
        or any(name in (*one.sebutan, one.nama.casefold()) for one in office.tempat)
        or re.search(
            rf"\b{re.escape(name)}\b", str(office.raw.get("fakta", {}).get(DISTRICT, "")).casefold()
        )
        for office in offices().values()
    )
