"""A visit to somebody who cannot come: asked for here, filed as a case, worked on at the desk."""

from __future__ import annotations

from datetime import datetime

from rasa_sdk.events import FollowupAction, SlotSet

from actions.aduan import KEY
from actions.isian import UNSURE, ask_outside, once_more, rests
from actions.kunjungan_isian import (
    CAN,
    FILES,
    FORM,
    NO_LETTER,
    SLOTS,
    contact_text,
    files_of,
    prefilled,
)
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import BackendDown, Conflict, Json, backend
from riung.days_to_keep import days_to_keep
from riung.dialogue.confidential import RESTING

KIND = "micin"
"""The kind of case (`aturan/langkah.yml`)."""

ANOTHER = "orang_lain"
"""The choice of asking for one more person."""


class AskForVisit(RiungAction):
    """The wish for a visit."""

    action_name = "action_minta_kunjungan"

    def answer(self, turn: Turn) -> Events | None:
        """Begin the form; somebody who has asked already is told how far that is."""
        if not turn.office.modul.home_visits:
            turn.say("utter_mati_kunjungan_rumah")
            return None
        running = [] if turn.entity("isi") == ANOTHER else _running(turn)
        if running:
            one = running[0]
            turn.say("utter_kunjungan_sudah_ada", kode=one["code"], tahap=one["step_label"])
            return None
        turn.say("utter_kunjungan_mulai")
        filled = [SlotSet(*pair) for pair in prefilled(turn).items()]
        return [*_emptied(), SlotSet(KEY, turn.message_id), *filled, FollowupAction(FORM)]


def _running(turn: Turn) -> list[Json]:
    """The sender's visits that are not over; while the backend is away the form begins all the
    same.
    """
    try:
        return [one for one in backend().cases(turn.sender, KIND) if not one["ended"]]
    except BackendDown:
        return []


class SaveVisit(RiungAction):
    """The form has ended: file the request, say where to go instead, or stop."""

    action_name = "action_kunjungan_simpan"

    def answer(self, turn: Turn) -> Events | None:
        """File it once, however often it is tried."""
        if rests(turn, FORM):
            return ask_outside(turn)
        if turn.slot("kunjungan_datang") == CAN:
            turn.say("utter_kunjungan_bisa_datang")
            return _emptied()
        if any(turn.slot(slot) is None for slot in SLOTS):
            unsure = "utter_kunjungan_mungkin_tercatat"
            turn.say(unsure if turn.slot(UNSURE) else "utter_kunjungan_dihentikan")
            return _emptied()
        try:
            _say_receipt(turn, _file(turn))
        except BackendDown as error:  # it may be filed all the same: the key stays
            turn.say("utter_kunjungan_belum_pasti")
            return once_more(FORM, "kunjungan_setuju", error)
        except Conflict as refusal:
            _say_refusal(turn, refusal)
        return _emptied()


def _file(turn: Turn) -> Json:
    place = {name: str(text) for name, text in (turn.slot("kunjungan_lokasi") or {}).items()}
    return backend().open_case(
        kind=KIND,
        office=turn.office.id,
        sender=turn.sender,
        details={
            "for": turn.slot("kunjungan_untuk"),
            "group": turn.slot("kunjungan_keadaan"),
            "letter": turn.slot("kunjungan_berkas"),
            "contact": contact_text(turn),
            **place,
        },
        files=files_of(turn),
        asked_at=turn.written_at,
        key=turn.slot(KEY) or turn.message_id,
        language=turn.language,
    )


def _say_receipt(turn: Turn, case: Json) -> None:
    opening = case["answered_from"]
    when = turn.moment_text(datetime.fromisoformat(opening)) if opening else ""
    no_letter = turn.slot("kunjungan_berkas") == NO_LETTER
    turn.say(
        "utter_kunjungan_tercatat_tanpa_surat" if no_letter else "utter_kunjungan_tercatat",
        kode=case["code"],
        kapan=turn.phrase("dibaca_mulai", buka=when) if when else "",
        hari=days_to_keep()["layanan_selesai"],
    )


def _say_refusal(turn: Turn, refusal: Conflict) -> None:
    if refusal.code == "service_off":
        turn.say("utter_mati_kunjungan_rumah")
        return
    codes = ", ".join(refusal.problem.get("codes", ()))
    turn.say("utter_kunjungan_terlalu_banyak", daftar=codes)


def _emptied() -> Events:
    return [SlotSet(slot, None) for slot in (*SLOTS, FILES, KEY, RESTING, UNSURE)]
