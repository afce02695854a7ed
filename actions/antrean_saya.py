"""One's own booking and place in a waiting list, the queue of the moment, and tickets by code."""

from __future__ import annotations

from collections.abc import Sequence

from actions.antrean import say_waiting, waiting_line
from actions.antrean_isian import bookable_places
from actions.antrean_milik import (
    ask_which,
    booking_line,
    booking_words,
    own_bookings,
    takes_place,
)
from actions.petugas import say_ticket_state
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import Json, NotFound, backend


class MyBooking(RiungAction):
    """What the citizen has booked, and on the day itself how far the queue is."""

    action_name = "action_antrean_saya"

    def answer(self, turn: Turn) -> Events | None:
        """The booking, or which of several; where the office takes none, where else it is."""
        bookings = own_bookings(turn)
        code = turn.entity("nomor_permohonan")
        if code and code not in {booking["code"] for booking in bookings}:
            _say_ticket_state(turn, code)
            return None
        current = turn.written_on.isoformat()
        due = next((one for one in bookings if one["date"] == current and takes_place(one)), None)
        if due and len(bookings) == 1:
            _say_queue(turn, due)
            return None
        waiting = backend().waiting(turn.sender)
        lines = [waiting_line(turn, entry) for entry in waiting]
        if len(bookings) > 1:
            ask_which(turn, bookings, "antrean_saya", "\n".join(lines))
        elif bookings:
            _say_booking(turn, bookings[0], lines)
        elif waiting:
            say_waiting(turn, waiting)
        elif bookable_places(turn.office):
            turn.say("utter_antrean_saya_kosong", sekarang=_being_served(turn))
        else:
            turn.say("utter_antrean_saya")
        return None


def _say_ticket_state(turn: Turn, code: str) -> None:
    """How far a request is, such as a complaint, for whoever has its number."""
    try:
        ticket = backend().ticket(code)
    except NotFound:
        turn.say("utter_tiket_tidak_ditemukan", nomor_tiket=code)
        return
    say_ticket_state(turn, ticket)


def _say_booking(turn: Turn, booking: Json, waiting: Sequence[str]) -> None:
    """The booking with what to bring, and what is waited for."""
    words = booking_words(turn, booking)
    brings = turn.phrase("bawa_berkas", bawaan=words["bawaan"]) if takes_place(booking) else ""
    lines = [booking_line(turn, booking), *waiting]
    address = f"📍 {words['alamat']}" if takes_place(booking) else ""
    turn.say("utter_antrean_saya_daftar", daftar="\n".join(lines), bawaan=brings, alamat=address)


def _say_queue(turn: Turn, booking: Json) -> None:
    queue = backend().queue_now(booking["place"], booking["office"], turn.sender, booking["code"])
    words = booking_words(turn, booking)
    if queue.get("now_serving") is None:
        turn.say("utter_antrean_sekarang_belum", **words)
        return
    turn.say(
        "utter_antrean_sekarang",
        nomor_sekarang=queue["now_serving"],
        perkiraan=_how_long(turn, booking, queue),
        **words,
    )


def _how_long(turn: Turn, booking: Json, queue: Json) -> str:
    if booking["status"] == "called":
        return turn.phrase("sudah_dipanggil")
    minutes = queue.get("wait_minutes")
    name = "kira_menit" if minutes else "segera"
    return turn.phrase(name, menit=minutes)


def _being_served(turn: Turn) -> str:
    """The numbers of the moment, for somebody who booked elsewhere or came without a booking."""
    office = turn.office
    served = {
        place.nama: backend().queue_now(place.id, office.id).get("now_serving")
        for place in bookable_places(office)
    }
    lines = [
        turn.phrase("sedang_melayani", tempat=place, nomor=number)
        for place, number in served.items()
        if number is not None
    ]
    return "\n".join(lines)
