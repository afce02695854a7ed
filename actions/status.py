"""The stage of an application, by its number."""

from __future__ import annotations

from datetime import datetime, timezone
from itertools import dropwhile
from typing import Any

from rasa_sdk.events import SlotSet

from actions.jawaban import says
from actions.turn import (
    TOPIC_SLOT,
    Events,
    RiungAction,
    Turn,
    ask_as_citizen,
    remember_number,
    talk_about,
)
from riung.application_number import number_shape
from riung.backend_client import BackendDown, Json, NotFound, TooMany, backend
from riung.clock import now
from riung.dialogue.last_seen import SLOT, LastSeen
from riung.digits import digits_of
from riung.formatting import group4
from riung.limits import BUTTONS
from riung.office.menu import command, number
from riung.office.stages import stage_order
from riung.privacy import looks_like_nik

ASIDES = {
    "mengapa": "utter_status_mengapa",
    "bawa": "utter_status_lanjut",
    "kapan": "utter_status_kapan",
    "ambil": "utter_status_kapan",
    "lanjut": "utter_status_lanjut",
}
"""What may be asked of a known application → the answer."""

COLLECTING = frozenset({"ambil", "bawa"})
"""What is asked of one that is ready to be collected as it is asked of any: with what, by whom."""

WITHOUT_NUMBER = "tanpa_nomor"
"""What is talked about while no application is found (`aturan/lanjutan.yml`)."""

MOST_NUMBERS = 5
"""How many numbers one message may ask for; more would not fit a screen."""


class CheckStatus(RiungAction):
    """Tells the stage, since when, and what comes next; nothing about the person."""

    action_name = "action_cek_status"

    def answer(self, turn: Turn) -> Events | None:
        """Answer for the numbers of the message, or ask for one; letters make it a booking code."""
        written = turn.entities("nomor_permohonan")
        if len(written) == 1 and any(sign.isalpha() for sign in written[0]):
            return ask_as_citizen(turn, "antrean_saya", {"nomor_permohonan": written[0]})
        numbers = list(dict.fromkeys(digits_of(value) for value in written))
        try:
            if not numbers and (told := _told_shortly(turn)):
                return _say_one(turn, told, "mengapa")
            if not numbers:
                asked = _asks_again_without_number(turn)
                turn.say("utter_rincian_tanpa_nomor" if asked else "utter_status_minta_nomor")
                return talk_about(WITHOUT_NUMBER)
            if len(numbers) > 1:
                return _say_several(turn, numbers)
            return _say_one(turn, numbers[0])
        except BackendDown:
            if not _say_last_seen(turn, numbers[0]):
                raise
            return None
        except TooMany as refusal:
            turn.say("utter_status_terlalu_sering", menit=max(1, round(refusal.retry_after / 60)))
            return None


SHORTLY = 30 * 60
"""Seconds in which "kok masih dicetak" is still about the application just told of."""


def _asks_again_without_number(turn: Turn) -> bool:
    """Whether a number was just asked for, or not found, and this is about the same passport:
    "belum kelar juga". To ask for the number once more would tell nothing.
    """
    topic = _topic_before(turn)
    is_recent = now().timestamp() - topic.get("at", 0.0) < SHORTLY
    wishes = says(turn.text, "mau_tanya") or turn.text.startswith("/")
    return is_recent and topic.get("subject") == WITHOUT_NUMBER and not wishes


def _topic_before(turn: Turn) -> dict[str, Any]:
    """What was talked about when the latest message came."""
    before = dropwhile(lambda event: event["event"] != "user", reversed(turn.events))
    told = (one["value"] for one in before if one.get("name") == TOPIC_SLOT)
    return next(told, None) or {}


def _told_shortly(turn: Turn) -> str | None:
    """The number of the application just told of, where the message names no other: "kok masih
    dicetak terus dari minggu lalu"; a wish to look something up does not go on from it.
    """
    seen = LastSeen.of(turn.slot(SLOT), now().timestamp(), SHORTLY)
    is_other = any(says(turn.text, group) for group in ("keluarga", "mau_tanya"))
    return None if seen is None or is_other or turn.text.startswith("/") else seen.number


def _say_one(turn: Turn, number: str, topic: str = "") -> Events | None:
    if len(number) != number_shape().length and looks_like_nik(number):
        turn.say("utter_status_nik")
        return None
    if len(number) != number_shape().length:
        turn.say("utter_status_nomor_salah", jumlah=len(number))
        return None
    try:
        application = backend().application(number, turn.language, sender=turn.sender)
    except NotFound:
        if looks_like_nik(number):
            turn.say("utter_status_nik")
            return None
        turn.say("utter_status_tidak_ditemukan", nomor=group4(number))
        return talk_about(WITHOUT_NUMBER)
    topic = turn.entity("topik") or topic
    offered = _stage(turn, application["stage"]).get("tombol", ())
    if topic in COLLECTING and application["stage"] in stage_order().ready and offered:
        return ask_as_citizen(turn, offered[0], {})
    response = ASIDES.get(topic, "utter_status")
    if response == "utter_status_kapan" and _is_ready(application["stage"]):
        response = "utter_status"  # its words tell what to do now
    elif response == "utter_status_kapan" and application["stage"] in stage_order().branches:
        response = "utter_status_kapan_lain"
    words = _words(turn, application)
    if response == "utter_status_lanjut":
        words |= _now_and_then(turn, application)
    turn.say(response, _next_buttons(turn, application["stage"]), **words)
    return [*remember_number(number), _seen(application)]


def _seen(application: Json) -> dict[str, Any]:
    """The event that keeps what was told, for a moment in which nobody can look it up."""
    told = LastSeen(
        number=application["number"],
        stage=application["stage"],
        label=application["stage_label"],
        since=application["updated_at"],
        at=now().timestamp(),
    )
    event: dict[str, Any] = SlotSet(SLOT, told.slot())
    return event


def _say_last_seen(turn: Turn, number: str) -> bool:
    """Tell the stage that this citizen last saw of it, and when; False where there is none."""
    within = turn.office.facts.batas.status_terakhir * 3600
    seen = LastSeen.of(turn.slot(SLOT), now().timestamp(), within)
    if not within or seen is None or digits_of(seen.number) != number:
        return False
    turn.say(
        "utter_status_terakhir",
        nomor=group4(number),
        tanda=_stage(turn, seen.stage).get("tanda", ""),
        tahap=seen.label,
        sejak=turn.moment_text(datetime.fromisoformat(seen.since)),
        dilihat=turn.moment_text(datetime.fromtimestamp(seen.at, timezone.utc)),
    )
    return True


def _is_ready(stage: str) -> bool:
    return stage in stage_order().ready | stage_order().ended


def _words(turn: Turn, application: Json) -> dict[str, Any]:
    changed = datetime.fromisoformat(application["updated_at"])
    return {
        "nomor": group4(application["number"]),
        "tanda": _stage(turn, application["stage"]).get("tanda", ""),
        "tahap": application["stage_label"],
        "sejak": turn.moment_text(changed),
        "penjelasan": application["stage_text"],
        "langkah": application["next_step"],
    }


def _now_and_then(turn: Turn, application: Json) -> dict[str, Any]:
    """What to do now, in the words for whoever asks for just that, and the stages to come."""
    english = "en_" if turn.language == "en" else ""
    words = _stage(turn, application["stage"])
    step = words.get(f"{english}langkah_lanjut") or application["next_step"]
    following = stage_order().after(application["route"], application["stage"])
    labels = [_stage(turn, one).get(f"{english}label", one) for one in following[:NEXT]]
    then = turn.phrase("sesudah_tahap", tahap=" → ".join(labels)) if labels else ""
    return {"langkah": step, "sesudahnya": then}


NEXT = 3
"""How many of the stages to come are named."""


def _stage(turn: Turn, code: str) -> Json:
    stage: Json = turn.office.fakta.get("tahap", {}).get(code, {})
    return stage


def _next_buttons(turn: Turn, stage: str) -> list[dict[str, str]]:
    """What the office offers after that stage, and a notice when the next one is reached."""
    labels = turn.labels
    wanted = _stage(turn, stage).get("tombol", ())
    follow = (
        []
        if stage in stage_order().ended
        else [{"title": turn.phrase("kabari"), "payload": "/kabari_status"}]
    )
    offers = [{"title": labels[intent], "payload": command(intent)} for intent in wanted]
    return [*follow, *offers][:BUTTONS]


def _say_several(turn: Turn, numbers: list[str]) -> Events | None:
    """List what each is at; those that are found may be chosen by their digit in the list."""
    told = {one: _stage_label(turn, one) for one in numbers[:MOST_NUMBERS]}
    offers = number(
        [
            {"title": group4(one), "payload": command("cek_status", {"nomor_permohonan": one})}
            for one, label in told.items()
            if label
        ]
    )
    found = {offer["title"]: f"{offer['angka']}." for offer in offers}
    lines = [
        f"{found.get(group4(one), '•')} {_line(turn, one, label)}" for one, label in told.items()
    ]
    turn.say("utter_status_beberapa", offers, daftar="\n".join(lines), jumlah=len(numbers))
    return None


def _stage_label(turn: Turn, number_of_it: str) -> str | None:
    """At what stage an application is; None for a number that is no application's."""
    if len(number_of_it) != number_shape().length:
        return None
    try:
        told = backend().application(number_of_it, turn.language, sender=turn.sender)
    except NotFound:
        return None
    return str(told["stage_label"])


def _line(turn: Turn, written: str, label: str | None) -> str:
    if label:
        return f"{group4(written)}: *{label}*"
    if len(written) != number_shape().length:
        return f"{group4(written)}: {turn.phrase('nomor_salah')}"
    shown = "NIK" if looks_like_nik(written) else group4(written)
    return f"{shown}: {turn.phrase('tidak_ditemukan')}"
