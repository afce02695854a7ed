"""The waiting list of a full day, and notices asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk.events import SlotSet

from actions.antrean import say_ticket
from actions.antrean_isian import SLOTS, office_id
from actions.turn import Events, RiungAction, Turn
from riung.client import Conflict, Json, NotFound, backend
from riung.offices import find_place
from riung.wording import say_date


class JoinWaitingList(RiungAction):
    """A place in the line for a full day, with the answers that the form already has."""

    action_name = "action_masuk_daftar_tunggu"

    def answer(self, turn: Turn) -> Events | None:
        """Join; without a filled form, begin with that."""
        if turn.slot("antrean_nik") is None:
            turn.say("utter_tunggu_isi_dulu")
            return None
        try:
            entry = backend().join_waiting_list(
                key=turn.message_id,
                office=office_id(turn),
                place=turn.slot("antrean_tempat"),
                day=date.fromisoformat(turn.slot("antrean_tanggal")),
                sender=turn.sender,
                name=turn.slot("antrean_nama"),
                identity=turn.slot("antrean_nik")["identity"],
                kind=turn.slot("antrean_jenis"),
                sent_at=turn.sent_at,
            )
        except Conflict as refusal:
            turn.say(_REFUSALS.get(refusal.code, "utter_tunggu_sudah"))
            return None
        turn.say("utter_tunggu_masuk", urutan=entry["position"], **_words(turn, entry))
        return [SlotSet(slot, None) for slot in SLOTS]


_REFUSALS = {"places_free": "utter_tunggu_masih_ada"}


class AnswerOffer(RiungAction):
    """Yes or no to an offered place."""

    action_name = "action_tawaran"

    def answer(self, turn: Turn) -> Events | None:
        """Take it or leave it; an offer that has run out is said plainly."""
        waiting = backend().waiting(turn.sender)
        offered = next((entry for entry in waiting if entry["status"] == "offered"), None)
        if offered is None:
            turn.say("utter_tunggu_tidak_ada")
            return None
        try:
            if turn.intent == "terima_tawaran":
                booking = backend().accept_offer(offered["code"], turn.sender)
                say_ticket(turn, booking)
            else:
                backend().leave_waiting_list(offered["code"], turn.sender)
                turn.say("utter_tunggu_keluar", **_words(turn, offered))
        except (Conflict, NotFound):
            turn.say("utter_tunggu_hangus", **_words(turn, offered))
        return None


class Notify(RiungAction):
    """Tell me when the stage changes or the quota opens; or stop telling me."""

    action_name = "action_kabari"

    def answer(self, turn: Turn) -> Events | None:
        """Subscribe or opt out."""
        if turn.intent == "stop_kabar":
            backend().opt_out(turn.sender)
            turn.say("utter_kabar_dihentikan")
            return None
        kind = "status" if turn.intent == "kabari_status" else "quota"
        subject = turn.slot("nomor_permohonan") if kind == "status" else turn.entity("isi")
        if not subject:
            turn.say("utter_status_minta_nomor")
            return None
        place = find_place(subject) if kind == "quota" else None
        office = place[0] if place else turn.office
        backend().subscribe(kind, subject, turn.sender, office.id)
        turn.say("utter_kabar_dipasang")
        return None


def _words(turn: Turn, entry: Json) -> dict[str, Any]:
    day = date.fromisoformat(entry["date"])
    return {"tempat": entry["place_name"], "tanggal": say_date(day, turn.language)}
