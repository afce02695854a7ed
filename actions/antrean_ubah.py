"""A booked place: another day for it, or giving it back.

The office's limit is judged by when the citizen wrote, also when that is worked on late.
"""

from __future__ import annotations

from datetime import date, datetime

from actions.antrean import (
    alternatives,
    notice_button,
    say_waiting,
)
from actions.antrean_isian import MOST_DAYS, bookable_places
from actions.antrean_milik import ask_which, booking_words, own_bookings, takes_place
from actions.antrean_tanya import day_options
from actions.jawaban import said_to_cancel
from actions.kuota import QuotaDay, quota_days
from actions.menu import choose
from actions.turn import Events, RiungAction, Turn, ask_as_citizen
from riung.backend_client import Conflict, Json, NotFound, backend
from riung.office.menu import command, number, numbered


class Reschedule(RiungAction):
    """Another day for a booking."""

    action_name = "action_ubah_jadwal"

    def answer(self, turn: Turn) -> Events | None:
        """Offer the open days; the authority's rule where there is no booking here."""
        bookings = own_bookings(turn)
        if not bookings:
            _say_no_booking(turn, "utter_ubah_jadwal")
        elif len(bookings) > 1:
            ask_which(turn, bookings, "ubah_jadwal")
        else:
            _offer_days(turn, bookings[0])
        return None


def _offer_days(turn: Turn, booking: Json) -> None:
    """The open days to move to, or why there is none."""
    if takes_place(booking) and _is_too_late(turn, booking):
        _say_too_late(turn, booking, "utter_antrean_ubah_habis")
        return
    days = _other_days(booking)
    if not days:
        _say_no_other_day(turn, booking)
        return
    payloads = {day: f"{booking['code']}:{day.date.isoformat()}" for day in days}
    options = number(day_options(turn, payloads, "pindah_antrean"))
    closed = booking["day_closed"]
    turn.say(
        "utter_antrean_ubah_pilih" if closed is None else "utter_antrean_ubah_pilih_tutup",
        options,
        pilihan=numbered(options, described=True),
        alasan=turn.phrase("alasan_tutup", alasan=closed) if closed else "",
        **booking_words(turn, booking),
    )


class WhyClosed(RiungAction):
    """Somebody asks about a day that is closed: "kok ditutup? terus saya gimana"."""

    action_name = "action_hari_ditutup"

    def answer(self, turn: Turn) -> Events | None:
        """Whose own day it is chooses another one; everybody else hears when the office is open."""
        away = [one for one in own_bookings(turn) if not takes_place(one)]
        if away:
            _offer_days(turn, away[0])
            return None
        asked = {name: value for name, value in turn.entity_values().items() if name in _WHEN}
        return ask_as_citizen(turn, "jam_layanan", asked)


_WHEN = ("kantor", "tanggal")


def _say_no_other_day(turn: Turn, booking: Json) -> None:
    words = booking_words(turn, booking)
    if booking["day_closed"] is None:
        turn.say("utter_antrean_ubah_tidak_ada", **words)
    else:
        reason = turn.phrase("alasan_tutup", alasan=booking["day_closed"])
        button = notice_button(turn, booking["place"])
        turn.say("utter_antrean_ubah_ditutup", [button], alasan=reason, **words)


def _other_days(booking: Json) -> list[QuotaDay]:
    """Days to move to; whose day was called off may take one that is not open to others yet."""
    wanted = {"open", "not_yet_open"} if booking["day_closed"] is not None else {"open"}
    days = quota_days(booking["office"], place=booking["place"])
    free = [day for day in days if day.status in wanted and day.remaining]
    return [day for day in free if day.date.isoformat() != booking["date"]][:MOST_DAYS]


class Move(RiungAction):
    """The chosen new day."""

    action_name = "action_pindah_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Move the booking, or say why not."""
        code, _, day = (turn.entity("isi") or "").partition(":")
        try:
            new_day = date.fromisoformat(day)
            booking = backend().reschedule(code, turn.sender, new_day, sent_at=turn.written_at)
        except (Conflict, NotFound, ValueError) as refusal:
            _say_change_refused(turn, code, refusal, "utter_antrean_ubah_habis")
            return None
        turn.say("utter_antrean_ubah_selesai", **booking_words(turn, booking))
        return None


def _say_change_refused(turn: Turn, code: str, refusal: Exception, otherwise: str) -> None:
    bookings = backend().bookings(turn.sender)
    booking = next((one for one in bookings if one["code"] == code), next(iter(bookings), None))
    reason = getattr(refusal, "code", "")
    if booking is None:
        turn.say("utter_antrean_saya_kosong", sekarang="")
    elif reason in ("quota_full", "quota_closed", "not_yet_open"):
        turn.say(
            "utter_antrean_tutup" if reason == "quota_closed" else "utter_antrean_penuh_pindah",
            alternatif=alternatives(turn, getattr(refusal, "problem", {})),
            **booking_words(turn, booking),
        )
    else:
        _say_too_late(turn, booking, otherwise)


def _is_too_late(turn: Turn, booking: Json) -> bool:
    return turn.written_at > datetime.fromisoformat(booking["change_until"])


def _say_too_late(turn: Turn, booking: Json, words: str) -> None:
    limit = datetime.fromisoformat(booking["change_until"])
    turn.say(words, batas=turn.moment_text(limit))


class CancelBooking(RiungAction):
    """Giving a booked place back."""

    action_name = "action_batal_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Ask once more, if there is time; the authority's rule where no booking is here."""
        if confirmed := cancels_as_offered(turn):
            return confirmed
        if turn.intent == "batal" and _offered(turn):
            turn.say("utter_antrean_tetap")
            return None
        bookings = own_bookings(turn)
        booking = next(iter(bookings), None)
        if booking is None:
            _say_no_booking(turn, "utter_batal_antrean")
        elif len(bookings) > 1:
            ask_which(turn, bookings, "batal_antrean")
        elif _is_too_late(turn, booking):
            _say_too_late(turn, booking, "utter_antrean_batal_terlambat")
        else:
            turn.say("utter_antrean_batal_tanya", **booking_words(turn, booking))
        return None


def cancels_as_offered(turn: Turn) -> Events:
    """Go on with the cancelling that was just offered, when the words confirm it."""
    offered = _offered(turn)
    return choose(turn, offered) if offered and said_to_cancel(turn.text) else []


def _offered(turn: Turn) -> str | None:
    """The cancelling that the last bubble offered."""
    payloads = (button.get("payload", "") for button in turn.last_buttons())
    return next((one for one in payloads if one.startswith(_CONFIRM)), None)


_CONFIRM = "/batalkan_antrean{"

GIVE_UP = "batal_layanan"
"""The intent of giving up a request that was just told of."""


class Stop(RiungAction):
    """The word for stopping, outside of a form: it confirms an offered cancelling, or ends it."""

    action_name = "action_batal"

    def answer(self, turn: Turn) -> Events | None:
        """Confirm or stop."""
        if confirmed := cancels_as_offered(turn):
            return confirmed
        payloads = [button.get("payload", "") for button in turn.last_buttons()]
        if any(one.startswith(command(GIVE_UP)) for one in payloads):  # a request of one's own
            return ask_as_citizen(turn, GIVE_UP, {})
        turn.say("utter_batal")
        return None


class ConfirmCancel(RiungAction):
    """The "ya" to an offered cancelling."""

    action_name = "action_batalkan_antrean"

    def answer(self, turn: Turn) -> Events | None:
        """Give the place back: it goes to the waiting list."""
        code = turn.entity("isi") or ""
        try:
            booking = backend().cancel(code, turn.sender, turn.written_at)
        except (Conflict, NotFound) as refusal:
            _say_change_refused(turn, code, refusal, "utter_antrean_batal_terlambat")
            return None
        turn.say("utter_antrean_batal_selesai", **booking_words(turn, booking))
        return None


def _say_no_booking(turn: Turn, otherwise: str) -> None:
    """Who only waits for a place can leave the line; for all others the authority's rule holds,
    said as the rule of its own app where places are booked here too.
    """
    waiting = backend().waiting(turn.sender)
    if waiting:
        say_waiting(turn, waiting)
        return
    here = bookable_places(turn.office)
    if here:
        turn.say("utter_antrean_belum_ada", tempat=", ".join(place.nama for place in here))
    book = {"title": turn.labels["daftar_antrean"], "payload": command("daftar_antrean")}
    turn.say(otherwise, [book] if here else [])
