"""The form for a visit to somebody who cannot come: what is asked, and what counts as an answer."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, ClassVar

from rasa_sdk.events import SlotSet

from actions.alamat import (
    address_in,
    contact_in,
    has_phone,
    mended_in,
    names_place,
    without_numbers,
)
from actions.isian import (
    AskChoice,
    Check,
    FormCheck,
    StopForm,
    chosen,
    has_question_word,
    is_elsewhere,
    is_question,
    needs_no_name,
    option,
)
from actions.jawaban import FRAIL, LONGEST_ANSWER, age_in, says, told_of
from actions.turn import Events, RiungAction, Turn
from riung.office.menu import number, numbered

FORM = "kunjungan_form"
SLOTS = (
    "kunjungan_untuk",
    "kunjungan_keadaan",
    "kunjungan_datang",
    "kunjungan_berkas",
    "kunjungan_lokasi",
    "kunjungan_kontak",
    "kunjungan_setuju",
)
FILES = "kunjungan_foto"
"""Slot that holds the files sent so far, as the backend takes them (`id`, `kind`)."""

FOR_WHOM = ("diri", "keluarga", "orang_lain")
GROUPS = ("sakit", "disabilitas", "lansia")
"""Who may ask for it (fact micin_siapa); their words are phrases `kunjungan_<group>`."""

CANNOT, CAN = "tidak_datang", "bisa_datang"
ALL_SENT, NO_LETTER, LETTER = "lengkap", "belum_surat", "surat_sakit"
THIS_CHAT = "nomor_ini"
YES, NO = "kirim", "jangan"
VALUES = (*FOR_WHOM, *GROUPS, CANNOT, CAN, ALL_SENT, NO_LETTER, THIS_CHAT, YES, NO)
"""All that the form's buttons stand for; each value's words are the phrase `kunjungan_<value>`."""

KINDS = {"image": "image", "document": "document"}
"""What a photographed letter comes as; a voice note or a video is none."""

SHORTEST_PLACE = 8
"""Letters below which an address leads nowhere."""


def prefilled(turn: Turn) -> dict[str, Any]:
    """What the wish, or what was just told before it, already says: "ibu saya stroke"."""
    told = [turn.text, *turn.told_before()]
    groups = [group for text in told if (group := _group_in(text))]
    for_family = any(says(text, "keluarga") for text in told)
    found = {
        "kunjungan_untuk": "keluarga" if for_family else None,
        "kunjungan_keadaan": groups[0] if groups else None,
        "kunjungan_kontak": next((contact_in(text) for text in told if has_phone(text)), None),
    }
    return {slot: value for slot, value in found.items() if value}


def _group_in(text: str) -> str | None:
    """Why somebody cannot come, in words; an age alone tells it of the elderly."""
    named = next((group for group in GROUPS if says(text, f"golongan_{group}")), None)
    is_old = (age_in(text) or 0) >= FRAIL
    return named or (GROUPS[-1] if is_old else None)


PHRASES = "kunjungan_"
"""How the phrases begin that name a choice."""


def options_of(turn: Turn, values: Iterable[str]) -> list[dict[str, str]]:
    """The values as numbered choices in the conversation's language."""
    return number([option(turn.phrase(f"{PHRASES}{one}"), one) for one in values])


class AskForWhom(AskChoice):
    """For whom the visit is."""

    action_name = "action_ask_kunjungan_untuk"
    phrases, values = PHRASES, FOR_WHOM


class AskGroup(AskChoice):
    """Why they cannot come."""

    action_name = "action_ask_kunjungan_keadaan"
    phrases, values = PHRASES, GROUPS


class AskWhetherTheyCanCome(AskChoice):
    """Whether they can be brought after all."""

    action_name = "action_ask_kunjungan_datang"
    phrases, values = PHRASES, (CANNOT, CAN)


class AskContact(AskChoice):
    """Whom officers may call."""

    action_name = "action_ask_kunjungan_kontak"
    phrases, values = PHRASES, (THIS_CHAT,)


class AskLetters(RiungAction):
    """The doctor's letter and documents, as photos one by one."""

    action_name = "action_ask_kunjungan_berkas"

    def answer(self, turn: Turn) -> Events | None:
        """Warn before the first photo; after that say only how many there are."""
        sent = files_of(turn)
        values = (ALL_SENT,) if sent else (NO_LETTER,)
        options = options_of(turn, values)
        if sent:
            more = {"jumlah": len(sent), "pilihan": numbered(options)}
            turn.say("utter_kunjungan_berkas_diterima", options, **more)
        else:
            turn.say("utter_ask_kunjungan_berkas", options, pilihan=numbered(options))
        return None


class AskConsent(RiungAction):
    """Everything once more, before it is sent."""

    action_name = "action_ask_kunjungan_setuju"

    def answer(self, turn: Turn) -> Events | None:
        """Say what will be kept, and ask."""
        options = options_of(turn, (YES, NO))
        turn.say(
            "utter_ask_kunjungan_setuju",
            options,
            pilihan=numbered(options),
            jumlah=len(files_of(turn)),
            tempat=place_text(turn),
            kontak=contact_text(turn),
            keadaan=turn.phrase(f"kunjungan_{turn.slot('kunjungan_keadaan')}"),
            untuk=turn.phrase(f"kunjungan_{turn.slot('kunjungan_untuk')}"),
        )
        return None


def files_of(turn: Turn) -> list[dict[str, str]]:
    """The photos and documents sent so far."""
    return list(turn.slot(FILES) or ())


def place_text(turn: Turn) -> str:
    """Where, in words; a shared point has a name or only its numbers."""
    place: Mapping[str, str] = turn.slot("kunjungan_lokasi") or {}
    shared = turn.phrase("kunjungan_titik") if place.get("lat") else ""
    return ", ".join(filter(None, (place.get("address", ""), shared)))


def contact_text(turn: Turn) -> str:
    """Whom to call, in words."""
    contact = turn.slot("kunjungan_kontak")
    return turn.phrase(f"kunjungan_{THIS_CHAT}") if contact == THIS_CHAT else str(contact or "")


def sent_file(turn: Turn) -> dict[str, str] | None:
    """The photo or document of the message, as the backend takes it; None for anything else."""
    media = turn.metadata.get("media") or {}
    kind = KINDS.get(str(media.get("kind") or turn.metadata.get("type") or ""))
    return {"id": str(media["id"]), "kind": kind} if kind and media.get("id") else None


def _asks(turn: Turn) -> bool:
    """Whether the words ask something, whatever they were taken for."""
    return "?" in turn.text or has_question_word(turn)


def _choice(
    slot: str,
    values: Container[object],
    groups: Mapping[str, str],
    asks: Callable[[Turn], bool] = is_question,
) -> Check:
    """A check that takes the tapped value, or words of a group of `kamus/isian.yml`; `asks` tells
    whether they are a question of their own.
    """

    def check(turn: Turn) -> Events:
        value = chosen(turn)
        if value not in values:
            text = without_numbers(turn.text)
            meant = [name for name, group in groups.items() if says(text, group)]
            if slot == "kunjungan_keadaan" and not meant:
                meant = [group for group in (_group_in(turn.text),) if group]
            value = None if asks(turn) else next(iter(meant), None)
        return [SlotSet(slot, value)] if value else []

    return check


def _letters(turn: Turn) -> Events:
    value = chosen(turn)
    sent = files_of(turn)
    if says(turn.text, "salah_foto"):
        turn.say("utter_kunjungan_foto_dibuang" if sent else "utter_kunjungan_foto_kosong")
        return [SlotSet(FILES, sent[:-1]), SlotSet("kunjungan_berkas", None)]
    of_letter = told_of(turn.text, LETTER)
    if value is None and says(of_letter, "belum_ada_surat"):
        value = NO_LETTER if not sent else None
    elif value is None and not sent and of_letter != turn.text and "?" not in turn.text:
        turn.say("utter_kunjungan_surat_difoto")  # "surat dokter ada, akta ga punya"
        return [SlotSet("kunjungan_berkas", None)]
    elif value is None and says(turn.text, "sudah_semua"):
        value = ALL_SENT
    if value == ALL_SENT and not sent:
        turn.say("utter_kunjungan_foto_kosong")
        return [SlotSet("kunjungan_berkas", None)]
    return [SlotSet("kunjungan_berkas", value)] if value in (ALL_SENT, NO_LETTER) else []


def _place(turn: Turn) -> Events:
    if is_elsewhere(turn):
        return []
    words = " ".join(turn.text.split())
    is_address = names_place(words)
    speaks_of_letter = says(words, "belum_ada_surat") and not is_address
    if is_question(turn) or speaks_of_letter or (has_question_word(turn) and not is_address):
        return []
    place = address_in(words)
    if has_phone(words) and len(place) < SHORTEST_PLACE:
        return []
    if len(place) < SHORTEST_PLACE:
        turn.say("utter_kunjungan_alamat_pendek")
        return [SlotSet("kunjungan_lokasi", None)]
    return [SlotSet("kunjungan_lokasi", {"address": place})]


def _shared_place(turn: Turn) -> dict[str, str]:
    where = turn.metadata.get("location") or {}
    if "latitude" not in where:
        return {}
    name = str(where.get("name") or where.get("address") or "")
    return {"lat": str(where["latitude"]), "lon": str(where["longitude"]), "address": name[:300]}


def _contact(turn: Turn) -> Events:
    value = chosen(turn)
    if value == THIS_CHAT or (says(turn.text, "nomor_ini") and not has_phone(turn.text)):
        return [SlotSet("kunjungan_kontak", THIS_CHAT)]
    if is_elsewhere(turn):
        return []
    if has_phone(turn.text):
        return [SlotSet("kunjungan_kontak", contact_in(turn.text))]
    is_of_place = names_place(turn.text) or _place_mended(turn)
    if is_question(turn) or has_question_word(turn) or is_of_place:
        return []
    turn.say("utter_kunjungan_kontak_tanpa_nomor")
    return [SlotSet("kunjungan_kontak", None)]


def _consent(turn: Turn) -> Events:
    value = chosen(turn)
    if value == NO or (value is None and agrees(turn) is False):
        raise StopForm
    return [SlotSet("kunjungan_setuju", YES)] if value == YES or agrees(turn) else []


def agrees(turn: Turn) -> bool | None:
    """A yes or a no to the last question, in a few words; None for anything else."""
    if _asks(turn) or len(turn.text.split()) > LONGEST_ANSWER:
        return None
    if says(turn.text, "tidak") and not says(turn.text, "ya_meski_tidak"):
        return False
    return says(turn.text, "ya") or says(turn.text, "ya_meski_tidak") or None


class CheckVisit(FormCheck):
    """The visit form's checks; a photo and a shared place are taken at any step."""

    action_name = f"validate_{FORM}"

    checks: ClassVar[Mapping[str, Check]] = {
        "kunjungan_untuk": _choice(
            "kunjungan_untuk", FOR_WHOM, {"keluarga": "keluarga", "diri": "diri_sendiri"}
        ),
        "kunjungan_keadaan": _choice(
            "kunjungan_keadaan", GROUPS, {one: f"golongan_{one}" for one in GROUPS}, _asks
        ),
        "kunjungan_datang": _choice(
            "kunjungan_datang",
            (CANNOT, CAN),
            {CANNOT: "tidak_bisa_datang", CAN: "bisa_datang"},
            lambda turn: "?" in turn.text,  # "bisa" alone answers here
        ),
        "kunjungan_berkas": _letters,
        "kunjungan_lokasi": _place,
        "kunjungan_kontak": _contact,
        "kunjungan_setuju": _consent,
    }

    def is_answer(self, turn: Turn, asked: str) -> bool:
        """Whether it is a yes or no: "ya kirim ke petugas" asks for no officer."""
        return asked == "kunjungan_setuju" and agrees(turn) is not None

    def check(self, turn: Turn, asked: str) -> Events:
        """A photo joins the others, a place is kept; all else answers the open question."""
        if turn.intent == "kirim_media":
            return _take_file(turn, asked)
        if turn.intent == "kirim_lokasi" and (place := _shared_place(turn)):
            still = [] if asked == "kunjungan_lokasi" else [SlotSet(asked, None)]
            return [*still, SlotSet("kunjungan_lokasi", place)]
        found = super().check(turn, asked) or _told_early(turn, asked)
        ends = SlotSet("kunjungan_datang", CAN) in found  # the answer says where to go
        return [*found, SlotSet("requested_slot", None)] if ends else found

    def restart(self, turn: Turn) -> Events:
        """Begin again, without the photos."""
        return [*super().restart(turn), SlotSet(FILES, None)]


def _told_early(turn: Turn, asked: str) -> Events:
    """A place, a number or an age, told while something else is asked: it is kept, and said; one
    told once more takes the place of the earlier one.
    """
    if "?" in turn.text or has_question_word(turn):
        return []
    told = {slot: value for slot, value in _told(turn).items() if value and slot != asked}
    if asked == "kunjungan_berkas":  # "itu surat dari rs" names no place
        told.pop("kunjungan_lokasi", None)
    if not told:
        return needs_no_name(turn, asked)
    contact = told.get("kunjungan_kontak")
    contact = turn.phrase(f"kunjungan_{THIS_CHAT}") if contact == THIS_CHAT else contact
    said = ", ".join(filter(None, ((told.get("kunjungan_lokasi") or {}).get("address"), contact)))
    plainly = "utter_kunjungan_sudah_dicatat"
    turn.say("utter_kunjungan_isinya_dicatat" if said else plainly, isi=said)
    if turn.slot("kunjungan_keadaan"):
        told.pop("kunjungan_keadaan", None)
    return [*(SlotSet(*pair) for pair in told.items()), SlotSet(asked, None)]


def _told(turn: Turn) -> dict[str, Any]:
    words = " ".join(turn.text.split())
    is_place = names_place(words) and len(words) >= SHORTEST_PLACE
    place = {"address": address_in(words)}
    return {
        "kunjungan_keadaan": _group_in(words),
        "kunjungan_datang": CANNOT if says(without_numbers(words), "tidak_bisa_datang") else None,
        "kunjungan_lokasi": _place_mended(turn) or (place if is_place else None),
        "kunjungan_kontak": _contact_told(turn, words),
    }


def _place_mended(turn: Turn) -> dict[str, str] | None:
    """The place told before, with a word of it corrected: "bukan anggrek tapi mawar"."""
    place = turn.slot("kunjungan_lokasi") or {}
    mended = mended_in(place.get("address", ""), turn.text)
    return {**place, "address": mended} if mended else None


def _contact_told(turn: Turn, words: str) -> str | None:
    """A number to call, or this chat's, told before it is asked for."""
    if has_phone(words):
        return contact_in(words)
    known = turn.slot("kunjungan_keadaan") and len(words.split()) <= LONGEST_ANSWER
    return THIS_CHAT if known and says(words, "nomor_ini") else None


def _take_file(turn: Turn, asked: str) -> Events:
    file = sent_file(turn)
    if file is None:
        turn.say("utter_kunjungan_bukan_foto")
        return [SlotSet(asked, None)]
    if asked != "kunjungan_berkas":
        turn.say("utter_kunjungan_foto_ditambah")
    return [SlotSet(FILES, [*files_of(turn), file]), SlotSet(asked, None)]
