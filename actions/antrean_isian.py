"""The booking form: what is asked, and what counts as an answer.

Rasa's form `antrean_form` keeps the order of the questions and goes on by itself after a question
in between. Here is only what Rasa can't know: the choices of the moment and the checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from rasa_sdk.events import SlotSet

from actions.antrean_format_lama import old_format
from actions.isian import (
    SHORT,
    Check,
    asks_about_something,
    chosen,
    consists_of,
    has_question_word,
    is_elsewhere,
    is_question,
    is_sure_question,
    option_named,
    option_told,
)
from actions.jawaban import ends_asking, says
from actions.kuota import QuotaDay, quota_days
from actions.nama import is_introduced, name_in, name_told
from actions.turn import TOPIC_SLOT, Events, Turn
from riung.backend_client import Invalid, backend
from riung.dialogue.follow_up_table import follow_ups
from riung.digits import digits_of, plain_digits
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

MOST_NAMED = 3
"""Days named beside one that cannot be had."""

MOST_DAYS = 8
"""Days offered at once; a list message has ten rows, and more are not read."""

LATER = ("antrean_nama", "antrean_nik", "antrean_setuju")
"""Questions after the day is chosen: there a day, or the tap of an older row, changes an answer."""

BEFORE_NIK = ("antrean_jenis", "antrean_tempat", "antrean_tanggal", "antrean_nama")
NIK_DIGITS = 16
NEAR_NIK = (14, 15, 17, 18)
"""Digits of a NIK with one or two too few or too many."""


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
        "antrean_nama": typed.name if typed else name_told(without_details(turn)),
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
    if asks_about_something(turn):
        return None  # "syaratnya apa aja" chooses nothing
    subjects = follow_ups().subjects.values()
    return next(
        (one.kinds[0] for one in subjects if turn.intent in one.left_by and one.kinds), None
    )


def _kind(turn: Turn) -> Events:
    place = place_of(turn)
    served = place.layanan if place else ()
    named = turn.entity("jenis_permohonan") or _kind_meant(turn)
    value = chosen(turn) or _kind_served(named, served) or option_named(turn)
    value = value or (None if named else option_told(turn))
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
        say_no_such_day(turn, place, said)
        return [SlotSet("antrean_tanggal", None)]
    stays = turn.date_text(date.fromisoformat(chosen_before))
    turn.say("utter_antrean_tanggal_tetap", tempat=place.nama, tanggal=said, tetap=stays)
    return [SlotSet("antrean_tanggal", chosen_before), SlotSet(turn.slot("requested_slot"), None)]


def say_no_such_day(turn: Turn, place: Place, said: str) -> None:
    """A day that cannot be had, with those that can, where the next question does not list them."""
    is_listed = turn.slot("requested_slot") == "antrean_tanggal"
    free = "" if is_listed else free_days(turn, place)
    days = turn.phrase("hari_yang_bisa", hari=free) if free else ""
    turn.say("utter_antrean_tanggal_salah", tempat=place.nama, tanggal=said, lain=days)


def says_several(turn: Turn) -> bool:
    """Whether it speaks of more people than the one whom the form is for."""
    return says(turn.text, "beberapa_orang")


def say_how_many(turn: Turn, place: Place) -> None:
    """For how many people the form is, and how the others of a family get their place."""
    most = place.aturan.orang_per_nomor
    kind = "satu" if most == 1 else "beberapa"
    turn.say("utter_antrean_satu_orang", lainnya=turn.phrase(f"lainnya_{kind}", jumlah=most))


def free_days(turn: Turn, place: Place) -> str:
    """The next days with places left, in words."""
    free = (turn.day_text(day.date) for day in days_of(place) if day.status == "open")
    return ", ".join(islice(free, MOST_NAMED))


def without_details(turn: Turn) -> str:
    """The text with a comma in place of the day, the place and the kind that it names."""
    text = turn.text
    for one in turn.message.get("entities", ()):
        if one["entity"] in ("tanggal", "kantor", "jenis_permohonan") and "end" in one:
            blank = "," * (one["end"] - one["start"])
            text = text[: one["start"]] + blank + text[one["end"] :]
    return text


def _name(turn: Turn) -> Events:
    """A name is letters; something that is surely a question is answered as one."""
    if is_elsewhere(turn):
        return []
    name = name_in(turn.text)
    asks = is_question(turn) and len(turn.text.split()) > 2
    if name and (not asks or ("?" not in turn.text and is_introduced(turn.text))):
        return [SlotSet("antrean_nama", name)]
    asks = is_question(turn) or has_question_word(turn) or ends_asking(turn.text)
    if asks or says(turn.text, "tidak_tahu"):
        return []
    only_whose = consists_of(turn.text, "hanya_siapa")
    turn.say("utter_antrean_nama_siapa" if only_whose else "utter_antrean_nama_salah")
    return [SlotSet("antrean_nama", None)]


def is_like_nik(digits: str) -> bool:
    """Whether figures are a NIK, or one with a digit or two too few or too many."""
    return len(digits) in NEAR_NIK or (len(digits) == NIK_DIGITS and fault_of(digits) is None)


def nik_written(text: str) -> str:
    """The digits of the last long figure, which stands apart from a day or an age; else all."""
    long = _LONG_FIGURE.findall(plain_digits(text))
    return digits_of(long[-1] if long else text)


_LONG_FIGURE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){13,17}(?!\d)")


def _nik(turn: Turn) -> Events:
    """The NIK is checked by the backend and comes back as a token; nobody keeps the number."""
    digits = nik_written(turn.text)
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


def is_short_wish(turn: Turn) -> bool:
    """Whether it only wishes to be booked: no day, place or kind, in a few words."""
    named = any(map(turn.entity, ("tanggal", "kantor", "jenis_permohonan")))
    return not named and len(turn.text.split()) <= SHORT


def _agreed(turn: Turn) -> Events:
    offered = {button.get("payload") for button in turn.last_buttons()}
    digit = turn.entity("pilihan")  # the first button says yes, the second no
    takes = turn.intent == "daftar_antrean" and is_short_wish(turn)  # "ok daftarin"
    agrees = (
        turn.intent == "setuju" or takes or digit == "1"
    ) and "?" not in turn.text  # "oh iya, bisa batal?"
    if turn.intent == WAIT or agrees:
        waits = turn.intent == WAIT or command(WAIT) in offered
        return [SlotSet("antrean_setuju", WAIT if waits else True)]
    refuses = turn.intent == "tolak" or digit == "2"
    if refuses and command(WAIT) in offered:
        return [SlotSet("antrean_tanggal", None), SlotSet("antrean_setuju", None)]
    if not refuses:
        return []
    turn.say("utter_antrean_apa_yang_salah")
    return [SlotSet("antrean_setuju", None)]


CHECKS: Mapping[str, Check] = {
    "antrean_jenis": _kind,
    "antrean_tempat": _place,
    "antrean_tanggal": _day,
    "antrean_nama": _name,
    "antrean_nik": _nik,
    "antrean_setuju": _agreed,
}
"""Slot → the check of its answer."""
