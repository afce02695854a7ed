"""Places in the queue: taking one, or waiting for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from rasa_sdk.events import FollowupAction, SlotSet

from actions.antrean_format_lama import old_format
from actions.antrean_isian import (
    FORM,
    KEY,
    SLOTS,
    WAIT,
    bookable_places,
    days_of,
    place_of,
    prefilled,
    say_how_many,
    say_no_such_day,
    says_several,
    wish,
    written_day,
)
from actions.antrean_milik import LETTERS, booking_line, booking_words
from actions.isian import UNSURE, ask_outside, once_more, rests
from actions.kuota import office_and_place, quota_days
from actions.turn import TOPIC_SLOT, Events, RiungAction, Turn, ask_as_citizen, talk_about
from riung.backend_client import BackendDown, Conflict, Json, TooMany, backend
from riung.clock import now
from riung.dialogue.confidential import RESTING
from riung.office.menu import command, number, numbered
from riung.office.model import Office, Place


class BookPlace(RiungAction):
    """The wish for a place in the queue."""

    action_name = "action_daftar_antrean"
    answers_when_off = True  # another office may take it, and the authority's own app always does

    def answer(self, turn: Turn) -> Events | None:
        """Start the form where the office takes bookings here; elsewhere say how it is done."""
        office, place = office_and_place(turn)
        bookable = [place] if place in bookable_places(office) else bookable_places(office)
        if not bookable and (service := _service_talked_about(turn)):
            return ask_as_citizen(turn, service, turn.entity_values())
        if not bookable or (place and place not in bookable):
            _say_elsewhere(turn, office, place)
            return None
        if turn.text.count("#") > 1 and old_format(turn.text) is None:
            turn.say("utter_antrean_format_salah")
            return None
        mine = backend().bookings(turn.sender)
        if mine and not _goes_on_for_another(turn, mine, bookable):
            return None
        chosen = bookable[0] if len(bookable) == 1 else None
        days = days_of(chosen) if chosen else []
        if chosen and not days:
            _say_nothing_open(turn, office, chosen)
            return None
        if says_several(turn):
            say_how_many(turn, bookable[0])
        filled = prefilled(turn, chosen, days)
        wanted = written_day(turn)
        if chosen and wanted and "antrean_tanggal" not in filled:
            say_no_such_day(turn, chosen, turn.date_text(wanted))
        begun = {KEY: uuid4().hex, **filled}
        return [*_emptied(), *(SlotSet(*pair) for pair in begun.items()), FollowupAction(FORM)]


SERVICES = {
    "prioritas": ("sambang_pemohon", "sambang_pemohon"),
    "sambang": ("sambang_pemohon", "sambang_pemohon"),
    "darurat": ("kunjungan_rumah", "minta_kunjungan"),
}
"""Subject → the office's module and the intent that a wish to be registered means then."""


def _service_talked_about(turn: Turn) -> str | None:
    """The service of its own that is talked about, where the office has it switched on."""
    subject = (turn.slot(TOPIC_SLOT) or {}).get("subject")
    module, intent = SERVICES.get(subject or "", ("", ""))
    return intent if module and turn.office.modul.is_on(module) else None


OWN_BOOKING = "antrean"
"""The subject that a ticket leaves behind."""

ANOTHER = "orang_lain"
"""The choice of booking for one more person from a number that has a booking."""


def _goes_on_for_another(turn: Turn, mine: Sequence[Json], bookable: Sequence[Place]) -> bool:
    """Tell what is booked already before anything is asked; True once one more person is wanted."""
    most = max(place.aturan.orang_per_nomor for place in bookable)
    if len(mine) >= most:
        _say_no_more(turn, mine[0], most)
        return False
    if turn.entity("isi") == ANOTHER:
        return True
    entities = {"isi": ANOTHER} | ({"kantor": bookable[0].nama} if len(bookable) == 1 else {})
    payload = command("daftar_antrean", entities)
    turn.say(
        "utter_antrean_satu_lagi",
        [{"title": turn.phrase("ya_daftarkan"), "payload": payload}],
        daftar="\n".join(booking_line(turn, booking) for booking in mine),
        sisa=most - len(mine),
    )
    return False


def _say_no_more(turn: Turn, booking: Json, most: int) -> None:
    """The number has as many bookings as it may; how the others of a family get theirs."""
    limit = turn.phrase("satu_per_nomor" if most == 1 else "orang_per_nomor", jumlah=most)
    turn.say("utter_antrean_sudah_ada", batas=limit, **booking_words(turn, booking))


def _say_elsewhere(turn: Turn, office: Office, place: Place | None) -> None:
    name = place.nama if place else office.nama_singkat
    if place and place.pendaftaran == "datang_langsung":
        turn.say("utter_antrean_datang_langsung", teks=place.teks_kuota)
    else:
        turn.say("utter_antrean_aplikasi", tempat=name, kuota=_nearest_quota(turn, office, place))


def _nearest_quota(turn: Turn, office: Office, place: Place | None) -> str:
    """The first day with places left there, as a sentence; empty when it can't be told."""
    try:
        days = quota_days(office.id, place=place.id if place else None)
    except BackendDown:
        return ""
    names = {known.id: known.nama for known in office.tempat}
    day = next((day for day in days if day.status == "open" and day.remaining), None)
    if day is None:
        return turn.phrase("kuota_tidak_ada") if days else ""
    return turn.phrase(
        "kuota_terdekat",
        tempat=names.get(day.place, office.nama_singkat),
        tanggal=turn.day_text(day.date),
        sisa=day.remaining,
        kapasitas=day.capacity,
    )


def _say_nothing_open(turn: Turn, office: Office, place: Place) -> None:
    """No day is open or full now: say when the wanted or the next one opens; offer a notice."""
    days = quota_days(office.id, place=place.id)
    coming = [day for day in days if day.status == "not_yet_open"]
    wanted = written_day(turn)
    waiting = next((day for day in coming if day.date == wanted), coming[0] if coming else None)
    if wanted and not (waiting and waiting.date == wanted):
        say_no_such_day(turn, place, turn.date_text(wanted))
    if waiting is None or waiting.opens_at is None:
        turn.say("utter_kuota_kosong", tempat=place.nama)
        return
    turn.say(
        "utter_antrean_belum_dibuka",
        [notice_button(turn, place.id)],
        tempat=place.nama,
        tanggal=turn.date_text(waiting.date),
        dibuka=turn.moment_text(waiting.opens_at, office.zone),
    )


def notice_button(turn: Turn, place_id: str) -> dict[str, str]:
    """The button that asks to be told when a place opens its next days."""
    payload = command("kabari_kuota", {"isi": place_id})
    return {"title": turn.phrase("ingatkan"), "payload": payload}


def _emptied() -> Events:
    return [SlotSet(slot, None) for slot in (*SLOTS, KEY, RESTING, UNSURE)]


class SaveBooking(RiungAction):
    """The form has ended: book, or stop."""

    action_name = "action_antrean_simpan"

    def answer(self, turn: Turn) -> Events | None:
        """Take the place; the form's key makes it happen once.

        A full day keeps the answers; while the backend is away the form asks for the "ya" again.
        """
        if rests(turn, FORM):
            return ask_outside(turn)
        if any(turn.slot(slot) is None for slot in SLOTS):
            unsure = "utter_antrean_mungkin_tercatat"
            turn.say(unsure if turn.slot(UNSURE) else "utter_antrean_dihentikan")
            return _emptied()
        is_waiting = turn.slot("antrean_setuju") == WAIT
        try:
            return join_waiting_list(turn) if is_waiting else _book(turn)
        except BackendDown as error:
            turn.say("utter_antrean_belum_pasti")
            return once_more(FORM, "antrean_setuju", error)


def _book(turn: Turn) -> Events:
    try:
        booking = _taken(turn)
    except Conflict as refusal:
        _say_refusal(turn, refusal)
        return [] if refusal.code == "quota_full" else _emptied()
    except TooMany:
        turn.say("utter_antrean_terlalu_banyak")
        return _emptied()
    place = place_of(turn)
    if place and booking["date"] != turn.slot("antrean_tanggal"):  # a try before the correction
        _say_no_more(turn, booking, place.aturan.orang_per_nomor)
        return _emptied()
    say_ticket(turn, booking)
    return [*_emptied(), *talk_about(OWN_BOOKING)]


def _key(turn: Turn) -> str:
    """What a second try is known by."""
    return str(turn.slot(KEY) or turn.message_id)


def _taken(turn: Turn) -> Json:
    """The place; the one of an earlier try, also if its answer never came."""
    wanted = {**wish(turn), "sequence": turn.arrival}
    try:
        return backend().book(key=_key(turn), **wanted)
    except Conflict as refusal:
        if refusal.code != "idempotency_mismatch":
            raise
    return backend().book(key=turn.message_id, **wanted)  # an answer was corrected since


def join_waiting_list(turn: Turn) -> Events:
    """Wait for the full day of the filled form; the answers go once somebody is in the line."""
    try:
        entry = backend().join_waiting_list(key=_key(turn), **wish(turn))
    except Conflict as refusal:
        free = refusal.code == "places_free"
        turn.say("utter_tunggu_masih_ada" if free else "utter_tunggu_sudah")
        return []
    turn.say("utter_tunggu_masuk", urutan=entry["position"], **waiting_words(turn, entry))
    return _emptied()


def waiting_words(turn: Turn, entry: Json) -> dict[str, Any]:
    """A place in a waiting list in words."""
    day = date.fromisoformat(entry["date"])
    return {
        "nama": entry["name"],
        "tempat": entry["place_name"],
        "tanggal": turn.date_text(day),
    }


def waiting_line(turn: Turn, entry: Json) -> str:
    """A place in a waiting list, or the offer that waits for an answer."""
    words = waiting_words(turn, entry) | {"urutan": entry["position"]}
    if entry["status"] == "offered":
        until = datetime.fromisoformat(entry["accept_by"])
        words["batas"] = turn.moment_text(until)
    name = "tunggu_ditawari" if entry["status"] == "offered" else "tunggu_baris"
    return "• " + turn.phrase(name, **words)


def say_waiting(turn: Turn, waiting: Sequence[Json]) -> None:
    """What somebody without a booking waits for, with the answers to an offer if there is one."""
    is_offered = any(entry["status"] == "offered" for entry in waiting)
    lines = [waiting_line(turn, entry) for entry in waiting]
    name = "utter_tunggu_ditawari" if is_offered else "utter_tunggu_saya"
    turn.say(name, daftar="\n".join(lines))


def ask_whom(turn: Turn, waiting: Sequence[Json]) -> None:
    """Ask for which of several people the answer to the offer, or to the line, is meant."""
    options = number([_waiting_choice(turn, entry) for entry in waiting])
    turn.say("utter_tunggu_pilih", options, pilihan=numbered(options, described=True))


def _waiting_choice(turn: Turn, entry: Json) -> dict[str, str]:
    words = waiting_words(turn, entry)
    return {
        "title": f"{words.pop('nama')[:LETTERS].strip()} {entry['code']}",
        "payload": command(turn.intent, {"isi": entry["code"]}),
        "description": turn.phrase("tunggu_pilihan", **words),
    }


def say_ticket(turn: Turn, booking: Json) -> None:
    """The ticket in words, with its picture and the QR code above them."""
    picture = booking.get("picture")
    if picture and turn.language != "id":
        picture += f"?language={turn.language}"
    turn.say("utter_antrean_tiket", image=picture, **booking_words(turn, booking))


def _say_refusal(turn: Turn, refusal: Conflict) -> None:
    place = place_of(turn)
    day = date.fromisoformat(turn.slot("antrean_tanggal"))
    words: dict[str, Any] = {
        "tempat": place.nama if place else "",
        "tanggal": turn.date_text(day),
        "alternatif": alternatives(turn, refusal.problem),
    }
    mine = refusal.problem.get("booking")
    if refusal.code == "already_booked" and mine and refusal.problem["by"] == "sender":
        _say_no_more(turn, mine, place.aturan.orang_per_nomor if place else 1)
    elif refusal.code == "already_booked" and mine:
        turn.say("utter_antrean_nik_sendiri", **booking_words(turn, mine))
    elif refusal.code == "already_booked":
        turn.say("utter_antrean_nik_dipakai", **words)
    elif refusal.code == "not_yet_open":
        opens = datetime.fromisoformat(refusal.problem["opens_at"])
        turn.say("utter_antrean_belum_dibuka", dibuka=turn.moment_text(opens), **words)
    elif refusal.code == "quota_full":
        turn.say("utter_antrean_penuh", **words)
    else:
        turn.say("utter_antrean_tutup", **words)


def alternatives(turn: Turn, problem: Mapping[str, Any]) -> str:
    """The days the backend offers instead, as lines."""
    offers = [
        problem.get("next_open"),
        problem.get("next_opening"),
        *problem.get("other_places", ()),
    ]
    lines = [_offer_line(turn, offer) for offer in offers if offer]
    return "\n".join(dict.fromkeys(lines)) or f"• {turn.phrase('belum_ada')}"


def _offer_line(turn: Turn, offer: Json) -> str:
    day = turn.date_text(date.fromisoformat(offer["date"]))
    opens = datetime.fromisoformat(offer["opens_at"])
    words = turn.phrase("dibuka", waktu=turn.moment_text(opens))
    state = turn.phrase("masih_ada") if opens <= now() else words
    return f"• {offer['place_name']}, {day}: {state}"
