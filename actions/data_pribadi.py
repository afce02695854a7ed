"""What is kept about a citizen, and its erasure at their word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from actions.jawaban import LONGEST_ANSWER, asks_in_words, begins_with, says
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import BackendDown, Json, backend
from riung.days_to_keep import days_to_keep
from riung.phrases import phrase

HOW_LONG = "data_lama"
"""The situation that asks for how long something is kept (`kamus/keadaan.yml`)."""

CONFIRMED = "hapus"
"""Value of the button that confirms."""

SHORTLY = 6
"""Answers back in which the question still counts as asked."""


class PersonalData(RiungAction):
    """Tells what is kept and for how long; the confirmed wish has it erased."""

    action_name = "action_hapus_data"

    def answer(self, turn: Turn) -> Events | None:
        """Ask first; then a receipt that says what has to stay, and until when."""
        days = days_to_keep()
        if turn.entity("isi") != CONFIRMED and not _is_agreed(turn):
            _say_what_is_kept(turn, days["percakapan"])
            return None
        left = backend().ask_for_erasure(turn.sender)
        turn.say("utter_hapus_data_diterima", daftar=_what_stays(turn, left))
        return None


def _is_agreed(turn: Turn) -> bool:
    """Whether it says yes to the question that was asked shortly before: "ya hapus aja"."""
    payloads = (str(one.get("payload")) for one in _offered_shortly(turn))
    is_short = len(turn.text.split()) <= LONGEST_ANSWER and "?" not in turn.text
    is_only_so = is_short and says(turn.text, "menghapus") and not asks_in_words(turn.text)
    is_yes = begins_with(turn.text, "ya_mau") and "?" not in turn.text
    agrees = is_yes or (is_only_so and not says(turn.text, "tidak"))
    agrees = agrees and not says(turn.text, "bertanya_boleh")
    return agrees and any(CONFIRMED in one and turn.intent in one for one in payloads)


def _offered_shortly(turn: Turn) -> Iterator[dict[str, Any]]:
    bot = (event for event in reversed(turn.events) if event["event"] == "bot")
    for event in islice(bot, SHORTLY):
        yield from (event.get("data") or {}).get("buttons") or ()


def _say_what_is_kept(turn: Turn, days: int) -> None:
    """For how long where that is asked, the citizen's own record where what is; else the rule."""
    if turn.entity("keadaan") == HOW_LONG:
        turn.say(f"utter_keadaan_{HOW_LONG}", hari=days)
        return
    if says(turn.text, "tanya_data"):
        try:
            turn.say("utter_data_sendiri", daftar="\n".join(_own_record(turn)), hari=days)
        except BackendDown:
            turn.say("utter_hapus_data", hari=days)
        return
    turn.say("utter_hapus_data", hari=days)


def _own_record(turn: Turn) -> Iterator[str]:
    """What the backend has under the sender's number, a line a kind; codes instead of data."""
    calls = backend()
    kept = {
        "antrean": calls.bookings(turn.sender),
        "tunggu": calls.waiting(turn.sender),
        "layanan": calls.cases(turn.sender),
        "aduan": calls.complaints(turn.sender),
    }
    found = {name: ", ".join(str(one["code"]) for one in rows) for name, rows in kept.items()}
    for name, codes in found.items():
        if codes:
            yield phrase(f"data_{name}", turn.language, kode=codes)
    if not any(found.values()):
        yield phrase("data_lain_kosong", turn.language)


def _what_stays(turn: Turn, left: Json) -> str:
    kept = {
        "antrean": left["open_bookings"],
        "tiket": left["open_tickets"],
        "layanan": left.get("open_cases", 0),
    }
    lines = [
        "• " + phrase(f"tetap_{name}", turn.language, jumlah=count)
        for name, count in kept.items()
        if count
    ]
    return "\n".join([phrase("tetap_disimpan", turn.language), *lines]) if lines else ""
