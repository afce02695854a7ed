"""A priority applicant in the waiting room: announced here, visited at the seat by an officer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from rasa_sdk.events import FollowupAction, SlotSet

from actions.isian import (
    SHORT,
    Check,
    FormCheck,
    ask_outside,
    chosen,
    has_question_word,
    is_elsewhere,
    is_question,
    needs_no_name,
    rests,
)
from actions.jawaban import ELDERLY, TODDLER, age_in, plain, says
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import BackendDown, Conflict, Json, backend
from riung.days_to_keep import days_to_keep
from riung.dialogue.confidential import RESTING
from riung.nlu.dates import resolve_date
from riung.nlu.lexicon import lexicon
from riung.nlu.vocabulary import FormAnswers, alternatives, vocabulary
from riung.office.hours import is_holiday

FORM = "sambang_form"
KIND = "sambang"
SLOTS = ("sambang_golongan", "sambang_kapan", "sambang_nomor", "sambang_kursi")
CODE = "sambang_kode"
"""Slot of the running request whose seat is being told."""

GROUPS = ("lansia", "disabilitas", "ibu_hamil", "balita")
"""Who is served at the seat (facts sambang_sasaran, rentan_siapa)."""

NO_GROUP = "umum"
"""Somebody who is served as everybody is; the form ends with how."""

ELDERLY_GROUP, TODDLER_GROUP = GROUPS[0], GROUPS[-1]

HERE, TODAY = "di_sini", "hari_ini"
NOT_YET = "belum"
"""A seat or a number that the citizen does not have yet."""

SEAT_ONLY = "kursi"
"""The wish to tell another seat."""

FRIDAY = 5
"""The last day of work, as `date.isoweekday` counts."""

LATEST = 30
"""Days ahead for which one may announce oneself."""

LONGEST_NUMBER = 20

FEW = 3
"""Words of a "no" that can only be about what was asked: "belum ada kak"."""

_SEAT_CODE = re.compile(r"(?<!\w)[A-Za-z]{1,2}[ -]?\d{1,3}(?!\w)")
"""What stands on a seat: "A12"."""

_END = re.compile(r"[,.;!?\n]")


class AtTheSeat(RiungAction):
    """The wish to be visited at the seat, before or after arriving."""

    action_name = "action_sambang_pemohon"

    def answer(self, turn: Turn) -> Events | None:
        """Begin the form; of somebody who is expected only the seat is asked."""
        one = next(iter(_running(turn)), None)
        seat_in_words = _seat_in(turn.text) if "?" not in turn.text else None
        tells_seat = turn.entity("isi") == SEAT_ONLY or seat_in_words
        if one and not tells_seat and one["step"] == "announced" and _comes_later(turn):
            return _say_day(turn, one)
        if one and (tells_seat or one["step"] == "announced"):
            known = dict.fromkeys(SLOTS[:-1], one["code"])
            seat = {SLOTS[-1]: seat_in_words}
            return [
                *_filled({**_emptied(), **known, **seat, CODE: one["code"]}),
                FollowupAction(FORM),
            ]
        if one:
            turn.say("utter_sambang_sudah_ada", kode=one["code"], tahap=one["step_label"])
            return None
        turn.say("utter_sambang_mulai")
        return [*_filled({**_emptied(), **_told(turn)}), FollowupAction(FORM)]


def _say_day(turn: Turn, one: Json) -> Events | None:
    """Another day for somebody announced: changed where that can be, else the day that stays."""
    stays = date.fromisoformat(one["date"])
    days = [resolve_date(said, turn.written_on) for said in turn.entities("tanggal")]
    day = next((day for day in reversed(days) if isinstance(day, date)), stays)
    if day == stays or not one["group"] or not _may_be_announced(turn, day):
        turn.say("utter_sambang_hari_tetap", kode=one["code"], tanggal=turn.date_text(stays))
        return None
    new, said = _open(turn, day, {"group": one["group"], "number": NOT_YET}), turn.date_text(day)
    backend().cancel_case(one["code"], turn.sender)
    turn.say("utter_sambang_hari_diganti", kode=new["code"], tanggal=said, lama=one["code"])
    return None


def _running(turn: Turn) -> list[Json]:
    """The sender's requests that are not over; while the backend is away the form begins all the
    same.
    """
    try:
        found = backend().cases(turn.sender, KIND, turn.language)
    except BackendDown:
        return []
    return [one for one in found if not one["ended"]]


def _told(turn: Turn) -> dict[str, Any]:
    """What the wish itself says: "ibu saya hamil, sudah di ruang tunggu kursi depan"."""
    told = (_group_in(text) for text in (turn.text, *turn.told_before()))
    seat = _seat_in(turn.text) if "?" not in turn.text else None  # "dilayani di kursi bisa?"
    is_here = bool(seat) or says(turn.text, "di_ruang_tunggu")
    day = None if is_here else _day_named(turn)
    if day is None and not is_here and says(turn.text, "di_jalan"):
        day = turn.written_on
    comes = day.isoformat() if day and _may_be_announced(turn, day) else None
    return {
        "sambang_golongan": next(filter(None, told), None),
        "sambang_kapan": HERE if is_here else comes,
        "sambang_nomor": _queue_number(turn) or (NOT_YET if comes else None),
        "sambang_kursi": NOT_YET if comes else seat,
    }


def _group_in(text: str) -> str | None:
    """The group that words tell, or an age does: "ibu 70 th", "anak 2 tahun"."""
    named = next((group for group in GROUPS if says(text, f"golongan_{group}")), None)
    age = age_in(text)
    if named or age is None:
        return named
    return ELDERLY_GROUP if age >= ELDERLY else TODDLER_GROUP if age <= TODDLER else None


def _seat_in(text: str) -> str | None:
    """The seat that a message names: from its first word for one to the end; a wheelchair is
    none.
    """
    words = vocabulary(FormAnswers)
    chairs = alternatives(words.golongan_disabilitas)  # "kursi roda"
    said = re.sub(rf"\b(?:{chairs})\b", " ", text, flags=re.IGNORECASE)
    found = re.search(rf"\b(?:{alternatives(words.kursi)})\s+\w.*", said, re.IGNORECASE)
    if found:
        return _trimmed(_END.split(found[0])[0])
    code = _SEAT_CODE.search(said) if says(text, "ganti_kursi") else None
    return code[0].upper() if code else None


def _trimmed(seat: str) -> str:
    """The seat without the particles behind it: "kursi B7 ya min"."""
    words, empty = seat.split(), lexicon().address | lexicon().filler
    while len(words) > 1 and words[-1].casefold() in empty:
        words.pop()
    return " ".join(words)[:60]


def _group(turn: Turn) -> Events:
    """The group, and whatever else is told with it or instead of it: "di kursi 12"; who belongs to
    none is told how they are served.
    """
    if (value := chosen(turn)) in GROUPS:
        return [SlotSet("sambang_golongan", value)]
    if number := _queue_number(turn):
        turn.say("utter_sambang_nomor_dicatat", nomor=number)
        return _filled({"sambang_golongan": None, "sambang_nomor": number})
    if code := _SEAT_CODE.fullmatch(turn.text.strip()):
        turn.say("utter_sambang_kursi_dicatat", kursi=code[0].upper())
        return _filled({"sambang_golongan": None, "sambang_kursi": code[0].upper()})
    told = {name: said for name, said in _told(turn).items() if said}
    if (seat := told.get("sambang_kursi", NOT_YET)) != NOT_YET:
        turn.say("utter_sambang_kursi_dicatat", kursi=seat)
    if "sambang_golongan" not in told and _belongs_to_none(turn):
        return _filled({"sambang_golongan": NO_GROUP, "requested_slot": None})
    if not told or _asks(turn):
        return []
    return _filled({"sambang_golongan": None, **told})


def _belongs_to_none(turn: Turn) -> bool:
    """Whether it says that the applicant is in no group, or is of another age."""
    is_short = len(turn.text.split()) <= SHORT and "?" not in turn.text
    return is_short and (age_in(turn.text) is not None or says(turn.text, "bukan_golongan"))


def _queue_number(turn: Turn) -> str | None:
    """The number in the queue, called so: "nomor antrean A 23"."""
    if not says(turn.text, "nomor_antrean") or _seat_in(turn.text):
        return None
    said = plain(turn.text)
    words = alternatives(vocabulary(FormAnswers).nomor_antrean)
    found = re.search(
        rf"(?:{words})(?: [a-z]{{3,}})? (?P<number>(?:[a-z]{{1,2}} ?)?\d{{1,4}})(?= )", said
    )
    return found["number"].upper() if found else None


def _asks(turn: Turn) -> bool:
    """Whether it is a question of its own; a few words that ask nothing are an answer."""
    is_short = len(turn.text.split()) <= SHORT and "?" not in turn.text
    return is_question(turn) and not (is_short and not has_question_word(turn))


def _when(turn: Turn) -> Events:
    value = chosen(turn)
    if value not in (HERE, TODAY) and says(turn.text, "di_ruang_tunggu"):
        value = HERE
    if value == HERE:
        return _filled({"sambang_kapan": HERE, "sambang_kursi": _seat_in(turn.text)})
    is_today = value == TODAY or says(turn.text, "di_jalan")
    day = _day_named(turn) or (turn.written_on if is_today else None)
    if day is None:
        return []
    if not _may_be_announced(turn, day):
        turn.say("utter_sambang_hari_salah", hari=LATEST)
        return [SlotSet("sambang_kapan", None)]
    return _filled({**_LATER, "sambang_kapan": day.isoformat()})


_LATER = {"sambang_nomor": NOT_YET, "sambang_kursi": NOT_YET}
"""Whoever is not there yet has neither a number nor a seat."""


def _day_named(turn: Turn) -> date | None:
    written = turn.entity("tanggal")
    day = resolve_date(written, turn.written_on) if written else None
    return day if isinstance(day, date) else None


def _may_be_announced(turn: Turn, day: date) -> bool:
    """Whether it is a day of work that is not too far ahead."""
    is_workday = day.isoweekday() <= FRIDAY and not is_holiday(turn.office, day)
    return is_workday and 0 <= (day - turn.written_on).days <= LATEST


def _number(turn: Turn) -> Events:
    text = " ".join(turn.text.split())
    if seat := _seat_in(text):
        turn.say("utter_sambang_kursi_dicatat", kursi=seat)
        return _filled({"sambang_kursi": seat, "sambang_nomor": None})
    has_none = says(text, "tidak") and (len(text.split()) <= FEW or says(text, "nomor_antrean"))
    if turn.entity("isi") == NOT_YET or has_none:
        return [SlotSet("sambang_nomor", NOT_YET)]
    has_digit = any(sign.isdigit() for sign in text) and len(text) <= LONGEST_NUMBER
    return [SlotSet("sambang_nomor", text)] if has_digit and "?" not in text else []


def _seat(turn: Turn) -> Events:
    asks = "?" in turn.text or (has_question_word(turn) and not _seat_in(turn.text))
    if not turn.entity("pilihan") and (is_elsewhere(turn) or asks):
        return []
    has_none = turn.slot("sambang_nomor") == NOT_YET
    if number := _number_told_late(turn) if has_none else _queue_number(turn):
        turn.say("utter_sambang_nomor_dicatat", nomor=number)
        return _filled({"sambang_nomor": number, "sambang_kursi": None})
    seat = _trimmed(turn.text)
    if not _seat_in(turn.text) and (name := needs_no_name(turn, "sambang_kursi")):
        return name
    return [SlotSet("sambang_kursi", seat)]


def _number_told_late(turn: Turn) -> str | None:
    """The number in the queue, got after it was asked for: "45" alone, or called so."""
    text = " ".join(turn.text.split())
    return text if text.isdigit() and len(text) > 1 else _queue_number(turn)


def _comes_later(turn: Turn) -> bool:
    """Whether it says, at a later question, that they come on another day or are on the way."""
    is_here = says(turn.text, "di_ruang_tunggu") or _seat_in(turn.text)
    return not is_here and (_day_named(turn) is not None or says(turn.text, "di_jalan"))


class CheckSeat(FormCheck):
    """The form's checks."""

    action_name = f"validate_{FORM}"

    checks: ClassVar[Mapping[str, Check]] = {
        "sambang_golongan": _group,
        "sambang_kapan": _when,
        "sambang_nomor": _number,
        "sambang_kursi": _seat,
    }

    def check(self, turn: Turn, asked: str) -> Events:
        """A day or a seat that changes what was told; then the answer to the open question."""
        comes_later = asked in SLOTS[2:] and "?" not in turn.text and _comes_later(turn)
        if comes_later and (found := _when(turn)):
            return found
        return super().check(turn, asked) or needs_no_name(turn, asked)


class SaveSeat(RiungAction):
    """The form has ended: announce the applicant, or tell the new seat."""

    action_name = "action_sambang_simpan"

    def answer(self, turn: Turn) -> Events | None:
        """Once the backend has it, say what happens next."""
        if rests(turn, FORM):
            return ask_outside(turn)
        if any(turn.slot(slot) is None for slot in SLOTS):
            is_of_none = turn.slot(SLOTS[0]) == NO_GROUP
            turn.say("utter_sambang_bukan_prioritas" if is_of_none else "utter_sambang_dihentikan")
            return _filled(_emptied())
        try:
            _say_receipt(turn, _send(turn))
        except BackendDown:
            turn.say("utter_sambang_belum_tercatat")
        except Conflict as refusal:
            off = refusal.code == "service_off"
            turn.say("utter_mati_sambang_pemohon" if off else "utter_sambang_ditolak")
        return _filled(_emptied())


def _send(turn: Turn) -> Json:
    if code := turn.slot(CODE):
        return backend().arrive(code, turn.sender, turn.slot("sambang_kursi"), turn.language)
    when, seat = turn.slot("sambang_kapan"), turn.slot("sambang_kursi")
    details = {"group": turn.slot("sambang_golongan"), "number": turn.slot("sambang_nomor")}
    if when != HERE:
        return _open(turn, date.fromisoformat(when), details)
    case = _open(turn, turn.written_on, details)
    return backend().arrive(case["code"], turn.sender, seat, turn.language)


def _open(turn: Turn, day: date, details: dict[str, str]) -> Json:
    return backend().open_case(
        kind=KIND,
        office=turn.office.id,
        sender=turn.sender,
        details=details,
        day=day,
        asked_at=turn.written_at,
        key=turn.message_id,
        language=turn.language,
    )


def _say_receipt(turn: Turn, case: Json) -> None:
    if case["step"] == "announced":
        day = turn.date_text(date.fromisoformat(case["date"]))
        turn.say("utter_sambang_dikabarkan", kode=case["code"], tanggal=day)
        return
    opening = case["answered_from"]
    when = turn.moment_text(datetime.fromisoformat(opening)) if opening else ""
    turn.say(
        "utter_sambang_duduk",
        kode=case["code"],
        kursi=turn.slot("sambang_kursi"),
        kapan=turn.phrase("dibaca_mulai", buka=when) if when else "",
        hari=days_to_keep()["layanan_selesai"],
    )


def _filled(values: Mapping[str, Any]) -> Events:
    return [SlotSet(*pair) for pair in values.items()]


def _emptied() -> dict[str, Any]:
    return dict.fromkeys((*SLOTS, CODE, RESTING))
