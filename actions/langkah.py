"""One's own request for a visit: how far it is, what is sent for it later, giving it up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.kunjungan_isian import sent_file
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import Conflict, Json, NotFound, backend
from riung.office.menu import command

MOST = 3
"""Cases told at once; more do not fit a screen."""

CONFIRMED = "ya:"
"""Begins the value of the button that confirms, before the code."""


class HowFar(RiungAction):
    """How far the citizen's own request is, and what it means."""

    action_name = "action_cek_layanan"

    def answer(self, turn: Turn) -> Events | None:
        """Tell the open ones, else the last one that is over; none, say how to ask for one."""
        found = backend().cases(turn.sender, language=turn.language)
        shown = [one for one in found if not one["ended"]][:MOST] or found[:1]
        if not shown:
            turn.say("utter_langkah_tidak_ada")
            return None
        lines = [case_line(turn, one) for one in shown]
        turn.say("utter_langkah_sampai_mana", _buttons(turn, shown), daftar="\n\n".join(lines))
        return None


def case_line(turn: Turn, case: Json) -> str:
    """A case in words: what, since when, and what it means."""
    return turn.phrase(
        "layanan_baris",
        layanan=case["kind_name"],
        kode=case["code"],
        tahap=case["step_label"],
        sejak=turn.moment_text(datetime.fromisoformat(case["updated_at"])),
        arti=case["step_text"],
    )


def _buttons(turn: Turn, shown: Sequence[Json]) -> list[dict[str, str]]:
    """The way to give it up, where that is still possible and clear which one is meant."""
    if len(shown) != 1 or not shown[0]["may_cancel"]:
        return []
    payload = command("batal_layanan", {"isi": shown[0]["code"]})
    return [{"title": turn.phrase("layanan_batalkan"), "payload": payload}]


class GiveUp(RiungAction):
    """Cancels the citizen's own request, after a question."""

    action_name = "action_batal_layanan"

    def answer(self, turn: Turn) -> Events | None:
        """Ask which one and whether; a confirmed wish is carried out."""
        asked = turn.entity("isi") or ""
        if asked.startswith(CONFIRMED):
            return _cancel(turn, asked.removeprefix(CONFIRMED))
        running = [one for one in backend().cases(turn.sender) if not one["ended"]]
        meant = [one for one in running if one["code"] == asked] or running
        if not meant:
            turn.say("utter_langkah_tidak_ada")
            return None
        buttons = [_confirmation(turn, one, len(meant) == 1) for one in meant[:MOST]]
        name = "utter_langkah_batal_yakin" if len(meant) == 1 else "utter_langkah_batal_mana"
        turn.say(name, buttons, kode=meant[0]["code"])
        return None


def _confirmation(turn: Turn, case: Json, is_only: bool) -> dict[str, str]:
    title = turn.phrase("layanan_ya_batalkan") if is_only else case["code"]
    value = f"{CONFIRMED}{case['code']}" if is_only else case["code"]
    return {"title": title, "payload": command("batal_layanan", {"isi": value})}


def _cancel(turn: Turn, code: str) -> Events | None:
    try:
        backend().cancel_case(code, turn.sender)
    except NotFound:
        turn.say("utter_langkah_tidak_ada")
    except Conflict as refusal:
        ended = refusal.code == "case_ended"
        turn.say("utter_langkah_sudah_berakhir" if ended else "utter_langkah_terlambat_batal")
    else:
        turn.say("utter_langkah_dibatalkan", kode=code)
    return None


def take_file(turn: Turn) -> bool:
    """Add a photo or document to the request that can use it, and say so; False where none can."""
    file = sent_file(turn) if turn.office.modul.home_visits else None
    if file is None:
        return False
    useful = [one for one in backend().cases(turn.sender) if one["takes_files"]]
    useful.sort(key=lambda one: not one["awaits_citizen"])
    if not useful:
        return False
    case = backend().add_to_case(useful[0]["code"], turn.sender, [file])
    turn.say("utter_langkah_foto_masuk", kode=case["code"], jumlah=case["files"])
    return True
