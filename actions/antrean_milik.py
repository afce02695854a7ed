"""The sender's own bookings: in words, and which one is meant where a number has several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from actions.turn import Turn
from riung.backend_client import Json, backend
from riung.office.menu import command, number, numbered

LETTERS = 13
"""Of a name, as many as stand beside a code in a button's title."""


def own_bookings(turn: Turn) -> list[Json]:
    """The sender's open bookings, the next first; only the one whose code the message names."""
    bookings = backend().bookings(turn.sender)
    codes = {turn.entity("isi"), turn.entity("nomor_permohonan")}
    return [one for one in bookings if one["code"] in codes] or bookings


def ask_which(turn: Turn, bookings: Sequence[Json], intent: str, waiting: str = "") -> None:
    """Ask which of several bookings is meant; the answer comes back as `intent` with its code."""
    options = number([_choice(turn, booking, intent) for booking in bookings])
    turn.say(
        "utter_antrean_pilih",
        options,
        jumlah=len(bookings),
        pilihan=numbered(options, described=True),
        daftar=waiting,
    )


def _choice(turn: Turn, booking: Json, intent: str) -> dict[str, str]:
    code = booking["code"]
    words = "antrean_pilihan" if takes_place(booking) else "antrean_pilihan_tutup"
    return {
        "title": f"{booking['name'][:LETTERS].strip()} {code}",
        "payload": command(intent, {"isi": code}),
        "description": turn.phrase(words, **booking_words(turn, booking)),
    }


def takes_place(booking: Json) -> bool:
    """Whether the office serves on the booking's day."""
    return booking["day_closed"] is None


def booking_line(turn: Turn, booking: Json) -> str:
    """A booking as a line of a list."""
    name = "antrean_baris" if takes_place(booking) else "antrean_baris_tutup"
    return "• " + turn.phrase(name, **booking_words(turn, booking))


def booking_words(turn: Turn, booking: Json) -> dict[str, Any]:
    """A booking in words, for every response that names one."""
    arrive = datetime.fromisoformat(booking["arrive_at"])
    return {
        "nomor_antrean": booking["queue_number"],
        "kode": booking["code"],
        "nama": booking["name"],
        "tempat": booking["place_name"],
        "tanggal": turn.date_text(date.fromisoformat(booking["date"])),
        "alamat": booking["address"],
        "jam_datang": turn.time_text(arrive),
        "bawaan": "\n".join(f"• {thing}" for thing in _documents(turn, booking)),
    }


def _documents(turn: Turn, booking: Json) -> Sequence[str]:
    """What the person brings; a child as for a first passport where the office says nothing else
    for that kind of application.
    """
    kind = booking["kind"]
    childs, adults = turn.office.facts.bawaan_anak, turn.office.facts.bawaan
    needed: Sequence[str] = adults.get(kind, ())
    if booking["is_child"]:
        needed = childs.get(kind) or childs.get("baru", ())
    return needed
