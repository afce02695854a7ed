"""Places in the queue: booking, one's own booking, another day, giving it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet

from actions.antrean_isian import (
    FORM,
    SLOTS,
    bookable_places,
    day_options,
    days_of,
    office_id,
    old_format,
    place_of,
    prefilled,
)
from actions.kuota import office_and_place, quota_days
from actions.turn import Events, RiungAction, Turn
from riung.client import Conflict, Json, NotFound, TooMany, backend
from riung.clock import now, today
from riung.menu import command, number, numbered
from riung.offices import Office, Place, find_place
from riung.phrases import phrase
from riung.wording import say_date, say_moment, say_time


class BookPlace(RiungAction):
    """The wish for a place in the queue."""

    action_name = "action_daftar_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Start the form where the office takes bookings here; elsewhere say how it is done."""
        office, place = office_and_place(turn)
        bookable = [place] if place in bookable_places(office) else bookable_places(office)
        if not bookable or (place and place not in bookable):
            _say_elsewhere(turn, office, place)
            return None
        if turn.text.startswith("#") and old_format(turn.text) is None:
            turn.say("utter_antrean_format_salah")
            return None
        chosen = bookable[0] if len(bookable) == 1 else None
        days = days_of(chosen) if chosen else []
        if chosen and not days:
            _say_nothing_open(turn, office, chosen)
            return None
        filled = prefilled(turn, chosen, days)
        return [*_emptied(), *(SlotSet(*pair) for pair in filled.items()), FollowupAction(FORM)]


def _say_elsewhere(turn: Turn, office: Office, place: Place | None) -> None:
    name = place.nama if place else office.nama_singkat
    if place and place.pendaftaran == "datang_langsung":
        turn.say("utter_antrean_datang_langsung", teks=place.teks_kuota)
    else:
        turn.say("utter_antrean_mpaspor", tempat=name)


def _say_nothing_open(turn: Turn, office: Office, place: Place) -> None:
    """No day is open or full now: say when the next one opens, and offer a notice."""
    days = quota_days(office.id, place=place.id)
    waiting = next((day for day in days if day.status == "not_yet_open"), None)
    if waiting is None or waiting.opens_at is None:
        turn.say("utter_kuota_kosong", tempat=place.nama)
        return
    turn.say(
        "utter_antrean_belum_dibuka",
        [_notice_button(turn, place.id)],
        tempat=place.nama,
        tanggal=say_date(waiting.date, turn.language),
        dibuka=say_moment(waiting.opens_at, office.zone, turn.language),
    )


def _notice_button(turn: Turn, place_id: str) -> dict[str, str]:
    payload = command("kabari_kuota", {"isi": place_id})
    return {"title": phrase("ingatkan", turn.language), "payload": payload}


def _emptied() -> Events:
    return [SlotSet(slot, None) for slot in SLOTS]


class SaveBooking(RiungAction):
    """The form has ended: book, or stop."""

    action_name = "action_antrean_simpan"

    def answer(self, turn: Turn) -> Events | None:
        """Take the place; the wamid makes it happen once. A full day keeps the answers."""
        if any(turn.slot(slot) is None for slot in SLOTS):
            turn.say("utter_antrean_dihentikan")
            return _emptied()
        try:
            booking = backend().book(key=turn.message_id, **_wish(turn), sent_at=turn.sent_at)
        except Conflict as refusal:
            _say_refusal(turn, refusal)
            return [] if refusal.code == "quota_full" else _emptied()
        except TooMany:
            turn.say("utter_antrean_terlalu_banyak")
            return _emptied()
        turn.say(
            "utter_antrean_tiket", image=booking.get("picture"), **booking_words(turn, booking)
        )
        return _emptied()


def say_ticket(turn: Turn, booking: Json) -> None:
    """The ticket in words, with its picture and the QR code above them."""
    turn.say("utter_antrean_tiket", image=booking.get("picture"), **booking_words(turn, booking))


def _wish(turn: Turn) -> dict[str, Any]:
    return {
        "office": office_id(turn),
        "place": turn.slot("antrean_tempat"),
        "day": date.fromisoformat(turn.slot("antrean_tanggal")),
        "sender": turn.sender,
        "name": turn.slot("antrean_nama"),
        "identity": turn.slot("antrean_nik")["identity"],
        "kind": turn.slot("antrean_jenis"),
    }


def _say_refusal(turn: Turn, refusal: Conflict) -> None:
    place = place_of(turn)
    day = date.fromisoformat(turn.slot("antrean_tanggal"))
    words: dict[str, Any] = {
        "tempat": place.nama if place else "",
        "tanggal": say_date(day, turn.language),
        "alternatif": _alternatives(turn, refusal.problem),
    }
    mine = refusal.problem.get("booking")
    if refusal.code == "already_booked" and mine:
        turn.say("utter_antrean_sudah_ada", **booking_words(turn, mine))
    elif refusal.code == "already_booked":
        turn.say("utter_antrean_nik_dipakai", **words)
    elif refusal.code == "not_yet_open":
        opens = datetime.fromisoformat(refusal.problem["opens_at"])
        turn.say("utter_antrean_belum_dibuka", dibuka=say_moment(opens, turn.office.zone), **words)
    elif refusal.code == "quota_full":
        turn.say("utter_antrean_penuh", **words)
    else:
        turn.say("utter_antrean_tutup", **words)


def _alternatives(turn: Turn, problem: Mapping[str, Any]) -> str:
    """The days the backend offers instead, as lines."""
    offers = [
        problem.get("next_open"),
        problem.get("next_opening"),
        *problem.get("other_places", ()),
    ]
    lines = [_offer_line(turn, offer) for offer in offers if offer]
    return "\n".join(dict.fromkeys(lines)) or f"• {phrase('belum_ada', turn.language)}"


def _offer_line(turn: Turn, offer: Json) -> str:
    day = say_date(date.fromisoformat(offer["date"]), turn.language)
    opens = datetime.fromisoformat(offer["opens_at"])
    words = phrase(
        "dibuka", turn.language, waktu=say_moment(opens, turn.office.zone, turn.language)
    )
    state = phrase("masih_ada", turn.language) if opens <= now() else words
    return f"• {offer['place_name']}, {day}: {state}"


def booking_words(turn: Turn, booking: Json) -> dict[str, Any]:
    """A booking in words, for every response that names one."""
    arrive = datetime.fromisoformat(booking["arrive_at"])
    needed = turn.office.fakta.get("bawaan", {}).get(booking["kind"], "")
    return {
        "nomor_antrean": booking["queue_number"],
        "kode": booking["code"],
        "tempat": booking["place_name"],
        "tanggal": say_date(date.fromisoformat(booking["date"]), turn.language),
        "alamat": booking["address"],
        "jam_datang": say_time(arrive, turn.office.zone),
        "bawaan": needed,
    }


class MyBooking(RiungAction):
    """What the citizen has booked, and on the day itself how far the queue is."""

    action_name = "action_antrean_saya"

    def answer(self, turn: Turn) -> Events | None:
        """List the bookings; where the office takes none, say where M-Paspor shows it."""
        bookings = backend().bookings(turn.sender)
        code = turn.entity("nomor_permohonan")
        if code and code not in {booking["code"] for booking in bookings}:
            _say_ticket_state(turn, code)
            return None
        current = today(turn.office.zone).isoformat()
        due = next((booking for booking in bookings if booking["date"] == current), None)
        if due:
            _say_queue(turn, due)
        elif bookings:
            lines = [_booking_line(turn, booking) for booking in bookings]
            turn.say("utter_antrean_saya_daftar", daftar="\n".join(lines))
        elif bookable_places(turn.office):
            turn.say("utter_antrean_saya_kosong")
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
    changed = datetime.fromisoformat(ticket["updated_at"])
    due = ticket.get("due_at") if ticket["status"] in ("open", "in_progress") else None
    limit = say_date(datetime.fromisoformat(due).date(), turn.language) if due else ""
    turn.say(
        "utter_tiket_keadaan",
        nomor_tiket=ticket["code"],
        keadaan=phrase(f"tiket_{ticket['status']}", turn.language),
        sejak=say_moment(changed, turn.office.zone, turn.language),
        batas=phrase("dijawab_sampai", turn.language, batas=limit) if limit else "",
    )


def _booking_line(turn: Turn, booking: Json) -> str:
    return "• " + phrase("antrean_baris", turn.language, **booking_words(turn, booking))


def _say_queue(turn: Turn, booking: Json) -> None:
    queue = backend().queue_now(booking["place"], booking["office"], turn.sender)
    words = booking_words(turn, booking)
    if queue.get("now_serving") is None:
        turn.say("utter_antrean_sekarang_belum", **words)
        return
    minutes = queue.get("wait_minutes")
    guess = phrase("menit", turn.language, menit=minutes) if minutes else phrase("segera")
    turn.say(
        "utter_antrean_sekarang", nomor_sekarang=queue["now_serving"], perkiraan=guess, **words
    )


class Reschedule(RiungAction):
    """Another day for a booking."""

    action_name = "action_ubah_jadwal"

    def answer(self, turn: Turn) -> Events | None:
        """Offer the open days; M-Paspor's rule where there is no booking here."""
        booking = _first_booking(turn)
        if booking is None:
            turn.say("utter_ubah_jadwal")
            return None
        found = find_place(booking["place"])
        days = [day for day in days_of(found[1]) if day.status == "open"] if found else []
        payloads = {day: f"{booking['code']}:{day.date.isoformat()}" for day in days}
        options = number(day_options(turn, payloads, "pindah_antrean"))
        pilihan = numbered(options, described=True) or phrase("belum_ada", turn.language)
        turn.say(
            "utter_antrean_ubah_pilih", options, pilihan=pilihan, **booking_words(turn, booking)
        )
        return None


class Move(RiungAction):
    """The chosen new day."""

    action_name = "action_pindah_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Move the booking, or say why not."""
        code, _, day = (turn.entity("isi") or "").partition(":")
        try:
            booking = backend().reschedule(code, turn.sender, date.fromisoformat(day))
        except (Conflict, NotFound, ValueError) as refusal:
            _say_change_refused(turn, refusal, "utter_antrean_ubah_habis")
            return None
        turn.say("utter_antrean_ubah_selesai", **booking_words(turn, booking))
        return None


def _say_change_refused(turn: Turn, refusal: Exception, otherwise: str) -> None:
    booking = _first_booking(turn)
    code = getattr(refusal, "code", "")
    if booking is None:
        turn.say("utter_antrean_saya_kosong")
    elif code in ("quota_full", "quota_closed", "not_yet_open"):
        turn.say(
            "utter_antrean_tutup" if code == "quota_closed" else "utter_antrean_penuh_pindah",
            alternatif=_alternatives(turn, getattr(refusal, "problem", {})),
            **booking_words(turn, booking),
        )
    else:
        limit = datetime.fromisoformat(booking["change_until"])
        turn.say(otherwise, batas=say_moment(limit, turn.office.zone, turn.language))


class CancelBooking(RiungAction):
    """Giving a booked place back."""

    action_name = "action_batal_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Ask once more; M-Paspor's rule where there is no booking here."""
        booking = _first_booking(turn)
        if booking is None:
            turn.say("utter_batal_antrean")
        else:
            turn.say("utter_antrean_batal_tanya", **booking_words(turn, booking))
        return None


class ConfirmCancel(RiungAction):
    """The "ya" to it."""

    action_name = "action_batalkan_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Give the place back: it goes to the waiting list."""
        try:
            booking = backend().cancel(turn.entity("isi") or "", turn.sender)
        except (Conflict, NotFound) as refusal:
            _say_change_refused(turn, refusal, "utter_antrean_batal_terlambat")
            return None
        turn.say("utter_antrean_batal_selesai", **booking_words(turn, booking))
        return None


def _first_booking(turn: Turn) -> Json | None:
    return next(iter(backend().bookings(turn.sender)), None)
