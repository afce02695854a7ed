"""Where the office is and when it is open; the office named, else that of the conversation."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

from actions.jam_hari import clock_name, closed_days, names_long_time, open_or_closed, said_days
from actions.kantor_lain import says_of_other
from actions.kuota import BAD_DATES, closed_on, office_and_place, say_bad_date
from actions.turn import Events, RiungAction, Turn
from riung.office.model import Coordinates, Office, Place
from riung.office.nearest import Spot, distance_km, nearest

NO_DAY = {kind: words for kind, words in BAD_DATES.items() if kind != "past"}
"""Dates without any hours to tell; those of a day that is over are told all the same."""


HOLIDAYS, ZONE = "libur_apa", "zona_waktu"
"""The narrow questions on which days are holidays, and whose clock is meant
(`kamus/pertanyaan.yml`).
"""

FEW_ANSWERS = 3
"""Answers back in which the table of hours still stands in sight."""

WEEK, DAY = "utter_jam_layanan", "utter_jam_hari"
"""The hours of every service, and of the day asked alone."""


class OpeningHours(RiungAction):
    """Opening hours of an office."""

    action_name = "action_jam_layanan"

    def answer(self, turn: Turn) -> Events | None:
        """Say whether it is open now or on the day asked, and the hours of every service."""
        office, place = office_and_place(turn)
        if says_of_other(turn) or say_bad_date(turn, NO_DAY):
            return None
        if turn.entity("keadaan") == HOLIDAYS or names_long_time(turn, office):
            closed = closed_days(turn, office)
            turn.say("utter_keadaan_libur_apa", daftar=closed or turn.phrase("libur_tidak_ada"))
            return None
        name = place.nama if place else office.nama_singkat
        if turn.entity("keadaan") == ZONE:
            turn.say("utter_keadaan_zona_waktu", nama=name, zona=clock_name(office))
            return None
        if place and not _has_known_hours(office, place):
            more = place.teks_kuota if turn.language == "id" else ""
            turn.say("utter_jam_tempat", nama=place.nama, alamat=place.alamat, keterangan=more)
            return None
        days: list[date | None] = [*said_days(turn, office)] or [None]
        told = "\n".join(
            (day and closed_on(turn, office, place, day))
            or open_or_closed(turn, office, place, day)
            for day in days
        )
        if told and _stands_above(turn, name):
            turn.say(DAY, nama=name, sekarang=told)
            return None
        turn.say(WEEK, nama=name, jam=office.value("jam"), sekarang=told)
        return None


def _stands_above(turn: Turn, name: str) -> bool:
    """Whether one of the few answers before told the hours of the same place."""
    return any(
        (response.startswith(WEEK) and f"{name}:\n" in words)
        or (response.startswith(DAY) and name in words)
        for response, words in islice(turn.answers(), FEW_ANSWERS)
    )


class OfficeLocation(RiungAction):
    """The address of an office or service point."""

    action_name = "action_lokasi_kantor"

    def answer(self, turn: Turn) -> Events | None:
        """Say the address, and the office's other places."""
        if says_of_other(turn):
            return None
        office, place = office_and_place(turn)
        if place and (wanted := turn.entity("isi")):
            _say_whether_done(turn, place, wanted)
            return None
        others = [f"• {other.nama}: {other.alamat}" for other in _others(office)]
        others.append(office.teks.get("lokasi_lain", ""))
        turn.say(
            "utter_lokasi_kantor",
            nama=place.nama if place else office.nama,
            alamat=place.alamat if place else office.alamat.lengkap,
            tempat_lain="" if place else "\n".join(others),
        )
        return None


def _say_whether_done(turn: Turn, place: Place, wanted: str) -> None:
    """Say whether the place does what is wanted, as far as its file tells."""
    done = place.layanan
    words: dict[str, Any] = {"nama": place.nama, "jenis": _words_for(turn, wanted)}
    more = place.teks_kuota if turn.language == "id" else ""
    if wanted in done:
        turn.say("utter_tempat_melayani", keterangan=more, **words)
    elif done:
        known = ", ".join(_words_for(turn, one) for one in done)
        turn.say("utter_tempat_lain_layanan", layanan=known, **words)
    else:
        turn.say("utter_tempat_layanan_belum", keterangan=more, **words)


def _words_for(turn: Turn, kind: str) -> str:
    """The kind as it stands inside of a sentence."""
    words = turn.phrase(f"jenis_{kind}")
    return words[:1].lower() + words[1:]


class NearestOffice(RiungAction):
    """A shared location: the nearest office or service point we know the position of."""

    action_name = "action_kirim_lokasi"

    def answer(self, turn: Turn) -> Events | None:
        """Say the nearest, and if that is none of ours, ours too; without known positions, this
        office's address.
        """
        location = turn.metadata.get("location") or {}
        if "latitude" not in location:
            _say_address(turn)
            return None
        here = Coordinates(lat=location["latitude"], lon=location["longitude"])
        spot, ours = nearest(here), nearest(here, ours_only=True)
        if spot is None or ours is None:
            _say_address(turn)
        elif spot.is_ours:
            turn.say(
                "utter_kantor_terdekat",
                nama=spot.name.in_language(turn.language),
                alamat=spot.address,
                jarak=_kilometres(here, spot),
            )
        else:
            turn.say(
                "utter_kantor_terdekat_lain",
                nama=spot.name.in_language(turn.language),
                jarak=_kilometres(here, spot),
                nama_kami=ours.name.in_language(turn.language),
                jarak_kami=_kilometres(here, ours),
            )
        return None


def _has_known_hours(office: Office, place: Place) -> bool:
    """Whether the office's hours tell of the place: of itself, or of the office's own counter."""
    return place.id in office.jam or place.alamat in office.alamat.lengkap


def _kilometres(here: Coordinates, spot: Spot) -> int:
    return max(1, round(distance_km(here, spot.at)))


def _say_address(turn: Turn) -> None:
    office = turn.office
    turn.say("utter_lokasi_kantor", nama=office.nama, alamat=office.alamat.lengkap, tempat_lain="")


def _others(office: Office) -> list[Place]:
    return [place for place in office.tempat if place.alamat not in office.alamat.lengkap][:3]
