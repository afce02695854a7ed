"""The waiting list of a full day, and notices asked for."""

from __future__ import annotations

from actions.antrean import (
    OWN_BOOKING,
    ask_whom,
    join_waiting_list,
    say_ticket,
    waiting_words,
)
from actions.antrean_isian import bookable_places
from actions.turn import Events, RiungAction, Turn, talk_about
from riung.backend_client import Conflict, Json, NotFound, backend
from riung.office.menu import command
from riung.office.offices import find_place, offices

LEAVE = "tolak_tawaran"


class JoinWaitingList(RiungAction):
    """A place in the line for a full day, with the answers that the form already has."""

    action_name = "action_masuk_daftar_tunggu"

    def answer(self, turn: Turn) -> Events | None:
        """Join; without a filled form, begin with that."""
        if turn.slot("antrean_nik") is None:
            turn.say("utter_tunggu_isi_dulu")
            return None
        return join_waiting_list(turn)


class AnswerOffer(RiungAction):
    """Yes or no to an offered place; no also leaves the line before there is an offer."""

    action_name = "action_tawaran"

    def answer(self, turn: Turn) -> Events | None:
        """Take it or leave it; an offer that has run out is said plainly."""
        meant = _meant(turn)
        if len(meant) > 1:
            ask_whom(turn, meant)
            return None
        code = meant[0]["code"] if meant else turn.entity("isi")
        return _answer(turn, str(code), meant) if code else _say_none(turn)


def _meant(turn: Turn) -> list[Json]:
    """The offers to the sender, or the one that was chosen among them; without an offer, what a
    "no" leaves is the line.
    """
    waiting = backend().waiting(turn.sender)
    chosen = [entry for entry in waiting if entry["code"] == turn.entity("isi")]
    offered = [entry for entry in waiting if entry["status"] == "offered"]
    return chosen or offered or (waiting if turn.intent == LEAVE else [])


def _answer(turn: Turn, code: str, meant: list[Json]) -> Events:
    """Give it; one that was given before, and whose receipt never came, is answered alike."""
    turn.again = command(turn.intent, {"isi": code})
    try:
        if turn.intent == LEAVE:
            left = backend().leave_waiting_list(code, turn.sender)
            turn.say("utter_tunggu_keluar", **waiting_words(turn, left))
        else:
            say_ticket(turn, backend().accept_offer(code, turn.sender))
            return talk_about(OWN_BOOKING)
    except (Conflict, NotFound):
        if not meant:
            return _say_none(turn)
        turn.say("utter_tunggu_hangus", **waiting_words(turn, meant[0]))
    return []


def _say_none(turn: Turn) -> Events:
    turn.say("utter_tunggu_tidak_ada")
    return []


WISHES = {"kabari_status": "status", "kabari_kuota": "quota"}
"""Intent → the kind of news that is asked for."""


class Notify(RiungAction):
    """Tell me when the stage changes or the quota opens; or stop telling me."""

    action_name = "action_kabari"

    def answer(self, turn: Turn) -> Events | None:
        """Subscribe or opt out."""
        kind = WISHES.get(turn.intent)
        if kind is None:  # "stop kabar", or "gak jadi" right after asking for it
            backend().opt_out(turn.sender)
            turn.say("utter_kabar_dihentikan")
            return None
        asked_for = turn.entity("isi") or _counted_place(turn)
        subject = turn.slot("nomor_permohonan") if kind == "status" else asked_for
        if not subject and kind == "quota":
            turn.say("utter_kuota_aplikasi", tempat=turn.office.nama_singkat)
            return None
        if not subject:
            turn.say("utter_status_minta_nomor")
            return None
        place = find_place(subject) if kind == "quota" else None
        office = place[0] if place else turn.office
        backend().subscribe(kind, subject, turn.sender, office.id)
        if place:
            turn.say("utter_kabar_kuota_dipasang", tempat=place[1].nama)
        else:
            turn.say("utter_kabar_dipasang")
        return None


def _counted_place(turn: Turn) -> str | None:
    """The place named, or the first whose quota is counted here: where people book here, else
    any.
    """
    names = {name.casefold() for name in turn.entities("kantor")}
    everywhere = (place for office in offices().values() for place in office.tempat)
    named = [place.id for place in everywhere if place.kuota and names & {*place.sebutan}]
    counted = [place.id for place in turn.office.tempat if place.kuota is not None]
    booked = [place.id for place in bookable_places(turn.office)]
    return next(iter([*named, *booked, *counted]), None)
