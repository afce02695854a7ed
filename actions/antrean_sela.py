"""What is told out of its turn in the booking form: corrections, and answers that come early.

Somebody who writes "senin, atas nama Budi Hartono, nik 3325…" to the first question has answered
three others: what is told is kept and said, and only what is missing is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rasa_sdk.events import SlotSet

from actions.alamat import mended_in
from actions.antrean_isian import (
    BEFORE_NIK,
    CHECKS,
    FORM,
    LATER,
    SLOTS,
    bookable_places,
    free_days,
    is_like_nik,
    nik_written,
    place_of,
    say_how_many,
    says_several,
    without_details,
)
from actions.isian import (
    Check,
    FormCheck,
    consists_of,
    has_own_answer,
    has_question_word,
    is_question,
)
from actions.jawaban import says
from actions.nama import (
    is_introduced,
    is_written_name,
    name_beside_number,
    name_in,
    name_told,
    name_written,
)
from actions.turn import Events, Turn

FIELDS = {
    "antrean_nama": "kolom_nama",
    "antrean_tanggal": "kolom_tanggal",
    "antrean_jenis": "kolom_jenis",
    "antrean_nik": "kolom_nik",
}
"""Slot → the words for it in a correction ("eh salah namanya …"), a group of `kamus/isian.yml`."""

MOVE = "ubah_jadwal"
"""The intent of another day; while nothing is booked yet, the day is only chosen anew."""

ONLY_A_DAY = 3  # words of a message that says another day and nothing else: "hari rabu aja"

KIND, NAME, DAY, NIK = "antrean_jenis", "antrean_nama", "antrean_tanggal", "antrean_nik"


def _corrected(turn: Turn, asked: str) -> Events:
    """Another answer to an earlier question: in words, by a day alone, or by an older row."""
    if asked in LATER and (tapped := turn.entity("isi")):
        place = place_of(turn)
        if place and tapped in place.layanan:
            return [SlotSet("antrean_jenis", tapped)]
        return CHECKS[DAY](turn) if re.fullmatch(r"\d{4}-\d\d-\d\d", tapped) else []
    says_day = asked in LATER and turn.entity("tanggal") is not None and "?" not in turn.text
    if says(turn.text, "ralat") or (asked == LATER[-1] and _is_only_a_field(turn)):
        return _named_correction(turn, asked, says_day)
    if asked in LATER and _is_only_a_kind(turn):
        return _kind_anew(turn, asked)
    if asked in LATER[1:] and "?" not in turn.text and (name := _named_again(turn)):
        return _named_anew(turn, name)
    if asked in LATER and turn.intent == MOVE and is_question(turn) and not has_own_answer(turn):
        return [SlotSet("antrean_tanggal", None), SlotSet(asked, None)]
    return _day_anew(turn, asked) if says_day and _is_only_a_day(turn) else []


def _told_early(turn: Turn, asked: str) -> Events:
    """A name or a day, told before it is asked for: it is kept, or said to be none."""
    is_day = turn.entity("tanggal") and _is_only_a_day(turn)
    if asked not in BEFORE_NIK[:-1] or ("?" in turn.text and not is_day):
        return []
    name = _name_told(turn) if asked != NAME else None
    tells = not (is_question(turn) or has_question_word(turn))
    has_day = turn.entity("tanggal") and asked != DAY and (is_day or name or tells)
    found = _named_anew(turn, name) if name else []
    return _also_the_day(turn, asked, found) if has_day else _still_asked(found, asked)


def _also_the_day(turn: Turn, asked: str, found: Events) -> Events:
    return _still_asked([*found, *_day_anew(turn, asked)], asked)


def _still_asked(found: Events, asked: str) -> Events:
    """What was told, and the question once more."""
    return [*found, SlotSet(asked, None)] if found else []


def _name_told(turn: Turn) -> str | None:
    """The name in a message that tells one: after a word for it, or nothing but a name."""
    text = turn.text
    if says(text, "kolom_nama") and (name := name_in(text)):
        return name
    if is_question(turn):
        return name_told(without_details(turn))
    return name_in(text) if is_written_name(text) else name_told(without_details(turn))


def _beside_a_nik(turn: Turn, asked: str) -> Events:
    """A NIK before its turn, with the name and the day that stand beside it."""
    found = CHECKS[NIK](turn)
    identity = next((one["value"] for one in found), None)
    if identity:
        turn.say("utter_antrean_nik_dicatat", nik_akhir=identity["last4"])
    rest = without_details(turn)
    if asked == NAME and (name := name_beside_number(rest)):
        found.append(SlotSet(NAME, name))
    elif name := name_told(rest) or name_written(rest) or _only_a_name(turn, rest):
        found += _named_anew(turn, name)
    answered = CHECKS[asked](turn) if asked in BEFORE_NIK[:-1] else []
    found += [one for one in answered if one["value"]]
    if turn.entity("tanggal") and asked != DAY:
        found += _day_anew(turn, asked)
    is_answered = any(one["name"] == asked and one["value"] for one in found)
    return found if is_answered else [*found, SlotSet(asked, None)]


def _only_a_name(turn: Turn, rest: str) -> str | None:
    """The uncapitalised name that stands alone beside a NIK: "siti rohmah, 3325…"."""
    name = None if is_question(turn) or has_question_word(turn) else name_beside_number(rest)
    return name if name and " " in name and not says(name, "keluarga") else None


def _mended(turn: Turn, asked: str) -> Events:
    """The name told before, with a word of it corrected: "bukan maemunah, maimunah pakai i"."""
    mended = mended_in(turn.slot(NAME) or "", turn.text)
    name = name_in(mended) if mended else None
    return [*_named_anew(turn, name), SlotSet(asked, None)] if name and asked != NAME else []


def _asks_which_days(turn: Turn) -> bool:
    """Whether it asks on which days one can come, where the open question does not list them."""
    moves = turn.intent == MOVE and not turn.slot(DAY) and not has_own_answer(turn)
    return (moves or says(turn.text, "tentang_hari")) and turn.entity("tanggal") is None


def _say_days(turn: Turn, asked: str) -> Events:
    place = place_of(turn) or bookable_places(turn.office)[0]
    turn.say("utter_antrean_hari_bisa", tempat=place.nama, hari=free_days(turn, place))
    return [SlotSet(asked, None)]


def _one_at_a_time(turn: Turn, asked: str) -> Events:
    """Say for how many people the form is, and how the others of a family get their place."""
    say_how_many(turn, place_of(turn) or bookable_places(turn.office)[0])
    return [SlotSet(asked, None)]


def _named_again(turn: Turn) -> str | None:
    """The name that is told once more: "eh namanya Nur Aini Rahmawati", "yg antri istri: Nur"."""
    whole = says(turn.text, "kolom_nama") and is_introduced(turn.text)
    whole = whole or is_written_name(turn.text)
    return (name_in(turn.text) if whole else None) or name_told(without_details(turn))


def _kind_anew(turn: Turn, asked: str) -> Events:
    """Another purpose, said so that it is seen; the question stays open."""
    found = CHECKS[KIND](turn)
    if kind := next((one["value"] for one in found), None):
        turn.say("utter_antrean_jenis_dicatat", jenis=turn.phrase(f"jenis_{kind}"))
    return [*found, SlotSet(asked, None)] if found else []


def _is_only_a_kind(turn: Turn) -> bool:
    """Whether it says another purpose and nothing else, where a name is asked for: "perpanjang"."""
    rest = without_details(turn).replace(",", " ")
    named = turn.entity("jenis_permohonan") is not None and "?" not in turn.text
    return named and consists_of(rest, "sekitar_pilihan")


def _is_only_a_field(turn: Turn) -> bool:
    """Whether it is the name of a field alone, as asked for: "namanya", "NIK"."""
    is_short = len(turn.text.split()) <= ONLY_A_DAY
    return is_short and any(says(turn.text, words) for words in FIELDS.values())


def _is_only_a_day(turn: Turn) -> bool:
    """Whether the message says a day and nothing else: "hari rabu aja", "yaudah tgl 24 deh"."""
    said = turn.text.casefold()
    for written in turn.entities("tanggal"):
        said = said.replace(written.casefold(), " ")
    said = re.sub(r"\d+", " ", said)
    return len(turn.text.split()) <= ONLY_A_DAY or consists_of(said, "sekitar_hari")


def _day_anew(turn: Turn, asked: str) -> Events:
    """The day that was told out of its turn, said so that it is seen; the question stays open."""
    found = CHECKS[DAY](turn)
    day = next((one["value"] for one in found if one["name"] == "antrean_tanggal"), None)
    if day and not turn.said:
        turn.say("utter_antrean_tanggal_dicatat", tanggal=turn.date_text(date.fromisoformat(day)))
    return [*found, SlotSet(asked, None)] if found else []


def _also_told(turn: Turn, asked: str) -> Events:
    """What an answer tells besides: "perpanjang, selasa depan, nama Sri Wahyuni"."""
    found: Events = []
    if turn.entity("tanggal") and asked != "antrean_tanggal" and not turn.slot("antrean_tanggal"):
        found += CHECKS[DAY](turn)
    clauses = map(str.strip, re.split(r"[,;\n]", turn.text))
    names = (name_in(one) for one in clauses if says(one, "kolom_nama") and is_introduced(one))
    name = next(filter(None, names), None)
    if name and asked != "antrean_nama":
        found += _named_anew(turn, name)
    return found


def _named_correction(turn: Turn, asked: str, says_day: bool) -> Events:
    """What "eh salah …" corrects; an answer named without a new one is asked for again."""
    filled = (slot for slot, words in FIELDS.items() if turn.slot(slot) and says(turn.text, words))
    field = next(filled, "antrean_tanggal" if says_day else None)
    if field is None and asked in LATER[1:] and name_in(turn.text):
        field = "antrean_nama"
    if field is None and asked in LATER and turn.entity("jenis_permohonan"):
        return _kind_anew(turn, asked)  # "eh maksudnya paspor baru"
    if field is None or asked not in LATER:
        return []
    if field == "antrean_nama":
        return _named_anew(turn, name_in(turn.text))
    return CHECKS[field](turn) or [SlotSet(field, None)]


def _named_anew(turn: Turn, name: str | None) -> Events:
    """The corrected name, said so that it is seen; asked for again when it was not told."""
    if name:
        turn.say("utter_antrean_nama_dibetulkan", nama=name)
    return [SlotSet("antrean_nama", name)]


def _begun_anew(turn: Turn) -> Events:
    """All answers gone; the place stays where there is no other to choose."""
    several = len(bookable_places(turn.office)) > 1
    return [SlotSet(slot, None) for slot in SLOTS if several or slot != "antrean_tempat"]


class CheckBooking(FormCheck):
    """The booking form's checks."""

    action_name = f"validate_{FORM}"
    checks: ClassVar[Mapping[str, Check]] = CHECKS
    leaving: ClassVar[frozenset[str]] = frozenset({"batal", "batal_antrean"})
    longest_leaving: ClassVar[int] = 30
    explained: ClassVar = {
        "antrean_jenis": "tentang_jenis",
        "antrean_tanggal": "tentang_jam",
        "antrean_nama": "tentang_nama",
        "antrean_nik": "tentang_nik",
    }
    named: ClassVar = {"antrean_nik": "kolom_nik", "antrean_hari": "tentang_hari"}

    def check(self, turn: Turn, asked: str) -> Events:
        """A correction of any answer first, then the answer that was asked for."""
        if asked in BEFORE_NIK and is_like_nik(nik_written(turn.text)):
            return _beside_a_nik(turn, asked)
        if asked == DAY and "?" in turn.text and says(turn.text, "tentang_jam"):
            turn.say(f"utter_mengapa_{DAY}")
            return [SlotSet(asked, None)]
        if _asks_which_days(turn):
            return _say_days(turn, asked)
        if found := _mended(turn, asked) or _corrected(turn, asked):
            return found
        if not (found := super().check(turn, asked)):
            early = _told_early(turn, asked)
            return early or (_one_at_a_time(turn, asked) if says_several(turn) else [])
        is_filled = asked in BEFORE_NIK and any(one["value"] for one in found)
        return [*found, *_also_told(turn, asked)] if is_filled else found

    def restart(self, turn: Turn) -> Events:
        """Begin again from the first question."""
        return _begun_anew(turn)
