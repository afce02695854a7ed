"""Where the office is and when it is open; the office named, else that of the conversation."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from actions.jam_hari import open_or_closed, said_day
from actions.kuota import closed_on, office_and_place
from actions.turn import Events, RiungAction, Turn
from riung.office.model import Coordinates, Office, Place
from riung.office.offices import offices

EARTH_RADIUS_KM = 6371.0


class OpeningHours(RiungAction):
    """Opening hours of an office."""

    action_name = "action_jam_layanan"

    def answer(self, turn: Turn) -> Events | None:
        """Say whether it is open now or on the day asked, and the hours of every service."""
        office, place = office_and_place(turn)
        day = said_day(turn, office)
        closed = closed_on(turn, office, place, day) if day else ""
        turn.say(
            "utter_jam_layanan",
            nama=place.nama if place else office.nama_singkat,
            jam=office.value("jam"),
            sekarang=closed or open_or_closed(turn, office, place),
        )
        return None


class OfficeLocation(RiungAction):
    """The address of an office or service point."""

    action_name = "action_lokasi_kantor"

    def answer(self, turn: Turn) -> Events | None:
        """Say the address, and the office's other places."""
        office, place = office_and_place(turn)
        others = [f"• {other.nama}: {other.alamat}" for other in _others(office)]
        others.append(office.teks.get("lokasi_lain", ""))
        turn.say(
            "utter_lokasi_kantor",
            nama=place.nama if place else office.nama,
            alamat=place.alamat if place else office.alamat.lengkap,
            tempat_lain="" if place else "\n".join(others),
        )
        return None


class NearestOffice(RiungAction):
    """A shared location: the nearest office or service point we know the position of."""

    action_name = "action_kirim_lokasi"

    def answer(self, turn: Turn) -> Events | None:
        """Say the nearest; without known positions, this office's address."""
        location = turn.metadata.get("location") or {}
        known = [(name, address, spot) for name, address, spot in _positions() if spot]
        if not known or "latitude" not in location:
            turn.say(
                "utter_lokasi_kantor",
                nama=turn.office.nama,
                alamat=turn.office.alamat.lengkap,
                tempat_lain="",
            )
            return None
        here = Coordinates(lat=location["latitude"], lon=location["longitude"])
        name, address, spot = min(known, key=lambda entry: distance_km(here, entry[2]))
        turn.say(
            "utter_kantor_terdekat",
            nama=name,
            alamat=address,
            jarak=max(1, round(distance_km(here, spot))),
        )
        return None


def _others(office: Office) -> list[Place]:
    return [place for place in office.tempat if place.alamat not in office.alamat.lengkap][:3]


def _positions() -> list[tuple[str, str, Coordinates | None]]:
    found: list[tuple[str, str, Coordinates | None]] = []
    for office in offices().values():
        found.append((office.nama, office.alamat.lengkap, office.alamat.koordinat))
        found += [(place.nama, place.alamat, place.koordinat) for place in office.tempat]
    return found


def distance_km(one: Coordinates, other: Coordinates) -> float:
    """Great-circle distance (haversine formula), in kilometres."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    dlat, dlon = lat2 - lat1, radians(other.lon - one.lon)
    half = sin(dlat / 2) ** 2 + cos(lat1) * cos(lat2) * sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
