"""The booking form: what is asked, and what counts as an answer.

Rasa's form `antrean_form` keeps the order of the questions and goes on by itself after a question
in between. Here is only what Rasa can't know: the choices of the moment and the checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from rasa_sdk.events import SlotSet

from actions.antrean_format_lama import old_format
from actions.isian import (
    SHORT,
    Check,
    FormCheck,
    chosen,
    consists_of,
    has_own_answer,
    has_question_word,
    is_elsewhere,
    is_question,
    is_sure_question,
    option_named,
)
from actions.jawaban import says
from actions.kuota import QuotaDay, quota_days
from actions.nama import is_introduced, is_written_name, name_beside_number, name_in
from actions.turn import TOPIC_SLOT, Events, Turn
from riung.backend_client import Invalid, backend
from riung.dialogue.follow_up_table import follow_ups
from riung.digits import digits_of
from riung.nik import fault_of
from riung.nlu.dates import resolve_date
from riung.nlu.vocabulary import Kinds, vocabulary
from riung.office.menu import command
from riung.office.model import Office, Place
from riung.office.offices import find_place

FORM = "antrean_form"
SLOTS = (
    "antrean_jenis",
    "antrean_tempat",
    "antrean_tanggal",
    "antrean_nama",
    "antrean_nik",
    "antrean_setuju",
)

KEY = "isian_kunci"
"""Slot of the key under which the form is sent, however often: it books once."""

WAIT = "masuk_daftar_tunggu"
"""The intent of joining a waiting list; as the value of `antrean_setuju`, the wish to."""

MOST_DAYS = 8
"""Days offered at once; a list message has ten rows, and more are not read."""

LATER = ("antrean_nama", "antrean_nik", "antrean_setuju")
"""Questions after the day is chosen: there a day, or the tap of an older row, changes an answer."""

BEFORE_NIK = ("antrean_jenis", "antrean_tempat", "antrean_tanggal", "antrean_nama")
NIK_DIGITS = 16
NEAR_NIK = (14, 15, 17, 18)
"""Digits of a NIK with one or two too few or too many."""

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


def bookable_places(office: Office) -> list[Place]:
    """The places of the office that take bookings over WhatsApp."""
    if not office.modul.whatsapp_queue:
        return []
    return [place for place in office.tempat if place.pendaftaran == "whatsapp"]


def office_id(turn: Turn) -> str:
    """The office that the chosen place belongs to."""
    found = find_place(turn.slot("antrean_tempat") or "")
    return found[0].id if found else turn.office.id


def place_of(turn: Turn) -> Place | None:
    """The place chosen so far; it may be another office's."""
    found = find_place(turn.slot("antrean_tempat") or "")
    return found[1] if found else None


def wish(turn: Turn) -> dict[str, Any]:
    """The filled form as the backend's client takes it, for a place or for the waiting list."""
    return {
        "office": office_id(turn),
        "place": turn.slot("antrean_tempat"),
        "day": date.fromisoformat(turn.slot("antrean_tanggal")),
        "sender": turn.sender,
        "name": turn.slot("antrean_nama"),
        "identity": turn.slot("antrean_nik")["identity"],
        "kind": turn.slot("antrean_jenis"),
        "sent_at": turn.sent_at,
    }


def days_of(place: Place) -> list[QuotaDay]:
    """The place's coming days that are open or full (for a full one there is a waiting list)."""
    found = find_place(place.id)
    days = quota_days(found[0].id, place=place.id) if found else []
    return [day for day in days if day.status in ("open", "full")][:MOST_DAYS]


def prefilled(turn: Turn, place: Place | None, days: Sequence[QuotaDay]) -> dict[str, Any]:
    """What the wish itself already says: the place, the day, the kind, the typed old format."""
    typed = old_format(turn.text)
    wanted = typed.day if typed else written_day(turn) or _day_asked_about(turn, place)
    free = [day for day in days if day.status == "open"]  # that a day is full is said at once
    kinds = place.layanan if place else ()
    kind = _kind_served(turn.entity("jenis_permohonan"), kinds)
    found = {
        "antrean_tempat": place.id if place else None,
        "antrean_tanggal": next((d.date.isoformat() for d in free if d.date == wanted), None),
        "antrean_jenis": kind,
        "antrean_nama": typed.name if typed else None,
    }
    return {slot: value for slot, value in found.items() if value}


def _day_asked_about(turn: Turn, place: Place | None) -> date | None:
    """The day whose places were just asked for: "daftarin dong" after "selasa masih ada?"."""
    topic = turn.slot(TOPIC_SLOT) or {}
    at = find_place(topic.get("kantor") or "") or (None, place)
    is_here = place is not None and (topic.get("kantor") is None or at[1] == place)
    day = resolve_date(topic.get("tanggal") or "", turn.written_on) if is_here else None
    return day if isinstance(day, date) else None


def written_day(turn: Turn) -> date | None:
    """The single day that the message names."""
    written = turn.entity("tanggal")
    when = resolve_date(written, turn.written_on) if written else None
    return when if isinstance(when, date) else None


def _kind_served(named: str | None, served: Sequence[str]) -> str | None:
    """The place's own name of a kind (`layanan` in `kamus/entitas.yml`)."""
    wanted = vocabulary(Kinds).layanan.get(named or "", named)
    return wanted if wanted in served else None


def _kind_meant(turn: Turn) -> str | None:
    """The kind that a short answer is about: "yang habis masa berlakunya"."""
    if "?" in turn.text or len(turn.text.split()) > SHORT or not is_sure_question(turn):
        return None
    subjects = follow_ups().subjects.values()
    return next(
        (one.kinds[0] for one in subjects if turn.intent in one.left_by and one.kinds), None
    )


def _kind(turn: Turn) -> Events:
    place = place_of(turn)
    served = place.layanan if place else ()
    named = turn.entity("jenis_permohonan") or _kind_meant(turn)
    value = chosen(turn) or _kind_served(named, served) or option_named(turn)
    if value in served:
        return [SlotSet("antrean_jenis", value)]
    if named is None:
        return []
    words = ", ".join(turn.phrase(f"jenis_{kind}") for kind in served)
    turn.say("utter_antrean_jenis_salah", tempat=place.nama if place else "", layanan=words)
    return [SlotSet("antrean_jenis", None)]


def _place(turn: Turn) -> Events:
    value = chosen(turn)
    named = (turn.entity("kantor") or "").casefold()
    for place in bookable_places(turn.office):
        if value == place.id or named in place.sebutan:
            return [SlotSet("antrean_tempat", place.id)]
    return []


def _day(turn: Turn) -> Events:
    place = place_of(turn)
    value = chosen(turn) or option_named(turn)
    written = written_day(turn)
    value = value or (written.isoformat() if written else turn.entity("tanggal"))
    if value is None or place is None:
        return []
    if value in {day.date.isoformat() for day in days_of(place)}:
        return [SlotSet("antrean_tanggal", value)]
    said = turn.date_text(written) if written else turn.phrase("hari_itu")
    chosen_before = turn.slot("antrean_tanggal")
    if chosen_before is None:
        turn.say("utter_antrean_tanggal_salah", tempat=place.nama, tanggal=said)
        return [SlotSet("antrean_tanggal", None)]
    stays = turn.date_text(date.fromisoformat(chosen_before))
    turn.say("utter_antrean_tanggal_tetap", tempat=place.nama, tanggal=said, tetap=stays)
    return [SlotSet("antrean_tanggal", chosen_before), SlotSet(turn.slot("requested_slot"), None)]


def _name(turn: Turn) -> Events:
    """A name is letters; something that is surely a question is answered as one."""
    if is_elsewhere(turn):
        return []
    name = name_in(turn.text)
    asks = is_question(turn) and len(turn.text.split()) > 2
    if name and (not asks or ("?" not in turn.text and is_introduced(turn.text))):
        return [SlotSet("antrean_nama", name)]
    if is_question(turn) or has_question_word(turn):
        return []
    turn.say("utter_antrean_nama_salah")
    return [SlotSet("antrean_nama", None)]


def _nik(turn: Turn) -> Events:
    """The NIK is checked by the backend and comes back as a token; nobody keeps the number."""
    digits = digits_of(turn.text)
    if not digits or (len(digits) < 5 and any(map(str.isalpha, turn.text))):
        return []
    try:
        identity = backend().identity(digits)
    except Invalid as refusal:
        turn.say(_NIK_ERRORS.get(refusal.code, "utter_antrean_nik_panjang"), jumlah=len(digits))
        return [SlotSet("antrean_nik", None)]
    return [SlotSet("antrean_nik", identity)]


_NIK_ERRORS = {
    "nik_region": "utter_antrean_nik_wilayah",
    "nik_birth_date": "utter_antrean_nik_lahir",
}


def _agreed(turn: Turn) -> Events:
    offered = {button.get("payload") for button in turn.last_buttons()}
    agrees = turn.intent == "setuju" and "?" not in turn.text  # "oh iya, bisa batal?"
    if turn.intent == WAIT or agrees:
        waits = turn.intent == WAIT or command(WAIT) in offered
        return [SlotSet("antrean_setuju", WAIT if waits else True)]
    if turn.intent == "tolak" and command(WAIT) in offered:
        return [SlotSet("antrean_tanggal", None), SlotSet("antrean_setuju", None)]
    if turn.intent != "tolak":
        return []
    turn.say("utter_antrean_apa_yang_salah")
    return [SlotSet("antrean_setuju", None)]


def _corrected(turn: Turn, asked: str) -> Events:
    """Another answer to an earlier question: in words, by a day alone, or by an older row."""
    if asked in LATER and (tapped := turn.entity("isi")):
        place = place_of(turn)
        if place and tapped in place.layanan:
            return [SlotSet("antrean_jenis", tapped)]
        return _day(turn) if re.fullmatch(r"\d{4}-\d\d-\d\d", tapped) else []
    says_day = asked in LATER and turn.entity("tanggal") is not None and "?" not in turn.text
    if says(turn.text, "ralat") or (asked == LATER[-1] and _is_only_a_field(turn)):
        return _named_correction(turn, asked, says_day)
    if asked in LATER[1:] and "?" not in turn.text and _names_anew(turn):
        return _named_anew(turn, name_in(turn.text))
    if asked in LATER and turn.intent == MOVE and is_question(turn) and not has_own_answer(turn):
        return [SlotSet("antrean_tanggal", None), SlotSet(asked, None)]
    return _day_anew(turn, asked) if says_day and _is_only_a_day(turn) else []


def _is_like_nik(digits: str) -> bool:
    return len(digits) in NEAR_NIK or (len(digits) == NIK_DIGITS and fault_of(digits) is None)


def _told_early(turn: Turn, asked: str) -> Events:
    """A name or a day, told before it is asked for: it is kept, or said to be none."""
    is_day = turn.entity("tanggal") and _is_only_a_day(turn)
    if asked not in BEFORE_NIK[:-1] or ("?" in turn.text and not is_day):
        return []
    told = says(turn.text, "kolom_nama") or (is_written_name(turn.text) and not is_question(turn))
    if told and name_in(turn.text):
        return [*_named_anew(turn, name_in(turn.text)), SlotSet(asked, None)]
    return _day_anew(turn, asked) if is_day and asked != "antrean_tanggal" else []


def _names_anew(turn: Turn) -> bool:
    """Whether it tells the name once more: "eh namanya Nur Aini Rahmawati"."""
    return says(turn.text, "kolom_nama") and is_introduced(turn.text) and bool(name_in(turn.text))


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
    found = _day(turn)
    day = next((one["value"] for one in found if one["name"] == "antrean_tanggal"), None)
    if day and not turn.said:
        turn.say("utter_antrean_tanggal_dicatat", tanggal=turn.date_text(date.fromisoformat(day)))
    return [*found, SlotSet(asked, None)] if found else []


def _also_told(turn: Turn, asked: str) -> Events:
    """What an answer tells besides: "perpanjang, selasa depan, nama Sri Wahyuni"."""
    found: Events = []
    if turn.entity("tanggal") and asked != "antrean_tanggal" and not turn.slot("antrean_tanggal"):
        found += _day(turn)
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
    if field is None or asked not in LATER:
        return []
    anew: dict[str, Check] = {"antrean_tanggal": _day, "antrean_jenis": _kind, "antrean_nik": _nik}
    if field == "antrean_nama":
        return _named_anew(turn, name_in(turn.text))
    return anew[field](turn) or [SlotSet(field, None)]


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
    checks: ClassVar[Mapping[str, Check]] = {
        "antrean_jenis": _kind,
        "antrean_tempat": _place,
        "antrean_tanggal": _day,
        "antrean_nama": _name,
        "antrean_nik": _nik,
        "antrean_setuju": _agreed,
    }
    leaving: ClassVar[frozenset[str]] = frozenset({"batal", "batal_antrean"})
    longest_leaving: ClassVar[int] = 30
    explained: ClassVar = {
        "antrean_tanggal": "tentang_jam",
        "antrean_nama": "tentang_nama",
        "antrean_nik": "tentang_nik",
    }
    named: ClassVar = {"antrean_nik": "kolom_nik", "antrean_hari": "tentang_hari"}

    def check(self, turn: Turn, asked: str) -> Events:
        """A correction of any answer first, then the answer that was asked for."""
        if asked in BEFORE_NIK and _is_like_nik(digits_of(turn.text)):
            if asked == BEFORE_NIK[-1] and (name := name_beside_number(turn.text)):
                return [SlotSet(asked, name), *_nik(turn)]
            turn.say("utter_antrean_nik_nanti")
            return [SlotSet(asked, None)]
        if found := _corrected(turn, asked):
            return found
        if not (found := super().check(turn, asked)):
            return _told_early(turn, asked)
        is_filled = asked in BEFORE_NIK and any(one["value"] for one in found)
        return [*found, *_also_told(turn, asked)] if is_filled else found

    def restart(self, turn: Turn) -> Events:
        """Begin again from the first question."""
        return _begun_anew(turn)
