"""A complaint: a short form, a number, and its state for whoever asks with that number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar
from uuid import uuid4

from rasa_sdk.events import FollowupAction, SlotSet

from actions.isian import (
    SURE,
    UNSURE,
    Check,
    FormCheck,
    ask_outside,
    asks_about_something,
    chosen,
    confidence,
    has_question_word,
    is_elsewhere,
    is_question,
    is_sure_question,
    once_more,
    option,
    rests,
)
from actions.jawaban import (
    FEWEST_MORE,
    says,
    says_only_whether_named,
    tells_more,
    wants_no_name,
    without_numbers,
)
from actions.petugas import last_messages, say_ticket_state
from actions.turn import Events, RiungAction, Turn, ask_as_citizen
from riung.backend_client import BackendDown, Json, backend
from riung.dialogue.confidential import RESTING, SECRET
from riung.intents import ASKED_AT_THE_END, FURTHER
from riung.nlu.situations import AFTERWARDS, SITUATION_AT_THE_END, situations
from riung.nlu.situations import ENTITY as SITUATION
from riung.office.menu import command, number, numbered

FORM = "aduan_form"
SLOTS = ("aduan_jenis", "aduan_isi", "aduan_anonim")
KEY = "isian_kunci"
"""Slot of the form's own random key, under which it is filed once, however often it is tried. Not
the message's id: that would lead from an unnamed complaint back to the sender."""

KINDS = ("pelayanan", "antrean", "pungli", "sistem", "lainnya")
"""Categories of a complaint (facts: adu_*); their words are phrases `aduan_<kind>`."""

OTHER = KINDS[-1]
BY_WORDS = ("pungli", "sistem", "antrean", "pelayanan")
"""Kinds that words tell (`aduan_<kind>` of `kamus/isian.yml`), the gravest first: an officer who
asks for money is no matter of manners."""

STORY_WORDS = 5
"""From how many words on an answer to "about what?" tells what happened."""

COMPLAINT = "pengaduan"
STORY_INTENTS = (COMPLAINT, "bicara_petugas", "survei")

SHORTLY = 6
"""Answers back in which a complaint still counts as just filed."""

UNNAMED_RECEIPT = "utter_aduan_tercatat_tanpa_nama"

MORE = "tambah_aduan"
"""The situation of whoever adds to the complaint that was just filed (`kamus/keadaan.yml`)."""

SHORTEST = 10
"""Letters below which a text tells nobody what happened."""

SHORT_QUESTION = 4
"""Words up to which a sure question is answered rather than taken for the story."""

PICTURES = frozenset({"kirim_media"})


class Complain(RiungAction):
    """The wish to complain: the form begins, and what was already told is kept."""

    action_name = "action_pengaduan"

    def answer(self, turn: Turn) -> Events | None:
        """Start the form; a complaint that is already in the message is not asked for again, and
        one that is only guessed is offered, as is one that ends in a question, which is answered.
        """
        if turn.form == FORM:
            return None  # it asks on; what was told so far stays
        if says(turn.text, "bukan_mengadu"):
            turn.say("utter_aduan_bukan")
            return None
        adds = turn.entity(SITUATION) == MORE or says(turn.text, "menambah")
        if adds and (code := just_filed(turn)):
            backend().add_to_ticket(code, turn.text)
            turn.say("utter_aduan_ditambah", nomor_tiket=code)
            return None
        asked = turn.entity(ASKED_AT_THE_END)
        if asked and not says(turn.text, "ingin_mengadu"):
            return _answered_first(turn, asked)
        if _is_only_guessed(turn):
            turn.say("utter_aduan_tawaran")
            return None
        begun = [*_emptied(), SlotSet(KEY, uuid4().hex)]
        return [*begun, *_told_at_once(turn), FollowupAction(FORM)]


def just_filed(turn: Turn) -> str | None:
    """The open complaint with the citizen's name that was filed or asked about just before; what
    is added to one without a name must never come under an earlier one with it.
    """
    mine = [one for one in backend().complaints(turn.sender) if one["status"] == "open"]
    bot = (event for event in reversed(turn.events) if event["event"] == "bot")
    for event in islice(bot, SHORTLY) if mine else ():
        if (event.get("metadata") or {}).get("template") == UNNAMED_RECEIPT:
            return None
        if mine[0]["code"] in str(event.get("text") or ""):
            return str(mine[0]["code"])
    return None


def _answered_first(turn: Turn, asked: str, beside: str | None = COMPLAINT) -> Events:
    """Answer the question in which the grievance ends; the complaint is offered beside it."""
    found, of_the_story = turn.entity_values(), {SITUATION, AFTERWARDS, ASKED_AT_THE_END}
    entities = {name: value for name, value in found.items() if name not in of_the_story}
    if situation := entities.pop(SITUATION_AT_THE_END, None):
        entities[SITUATION] = situation
    return ask_as_citizen(turn, asked, {**entities, **({FURTHER: beside} if beside else {})})


TOLD_WORDS, STORY_FROM = 12, 6
"""From how many words on a message tells the grievance itself: one that says its wish, as "saya mau
mengadu soal petugas" does, and one that only tells.
"""


FIRM = 0.97
"""How sure a complaint of a few words has to be: "itu salah petugas" is none yet."""


def _is_only_guessed(turn: Turn) -> bool:
    """Whether neither the words nor what was understood surely ask for a complaint."""
    known = (
        turn.intent == COMPLAINT and not turn.text.startswith("/") and not turn.entities(SITUATION)
    )
    sure = confidence(turn) >= (SURE if len(turn.text.split()) >= STORY_FROM else FIRM)
    return known and not sure and not says(turn.text, "ingin_mengadu")


def _told_at_once(turn: Turn) -> Events:
    """Begin; keep the grievance that the first message tells, or the one before an offer that is
    taken, and its kind where words name it.
    """
    text = _told_before_an_offer(turn) or turn.text
    length, wishes = len(text.split()), says(text, "ingin_mengadu")
    if length < STORY_FROM or (wishes and length <= TOLD_WORDS):
        turn.say("utter_aduan_mulai")
        return _told_with_the_wish(text) if wishes else []
    named = None if wishes else _named_kind(text)
    if named:
        turn.say("utter_aduan_mulai_dicatat", jenis=turn.phrase(f"aduan_{named}"))
    else:
        turn.say("utter_aduan_mulai")
    return [SlotSet("aduan_isi", text), SlotSet("aduan_jenis", named)]


def _told_with_the_wish(text: str) -> Events:
    """What stands behind the wish: its kind, and the grievance where it is told in some words."""
    clauses = [one.strip() for one in re.split(r"[,.;:\n]", text)]
    told = [one for one in clauses if one and not says(one, "ingin_mengadu")]
    story = ", ".join(told)
    if len(story.split()) < FEWEST_MORE:
        return []
    return [SlotSet("aduan_jenis", _named_kind(text)), SlotSet("aduan_isi", story)]


def _told_before_an_offer(turn: Turn) -> str:
    """The grievance under whose answer a complaint was offered that is taken now; else nothing."""
    if command(COMPLAINT) not in [button.get("payload") for button in turn.last_buttons()]:
        return ""
    told = next((text for text in turn.told_before(1)), "")
    said = next((one for one in turn.user_messages() if one.get("text") == told), {})
    parsed = said.get("parse_data") or {}
    meant = [(parsed.get("intent") or {}).get("name")]
    meant += [one["value"] for one in parsed.get("entities") or () if one["entity"] == FURTHER]
    return told if COMPLAINT in meant else ""


class AskKind(RiungAction):
    """Asks what it is about."""

    action_name = "action_ask_aduan_jenis"

    def answer(self, turn: Turn) -> Events | None:
        """Ask for the kind, with the kinds as choices."""
        options = number([option(turn.phrase(f"aduan_{kind}"), kind) for kind in KINDS])
        turn.say("utter_ask_aduan_jenis", options, pilihan=numbered(options))
        return None


def _kind(turn: Turn) -> Events:
    value = chosen(turn)
    if value in KINDS:
        return [SlotSet("aduan_jenis", value)]
    is_told = len(turn.text.split()) >= STORY_WORDS and not has_question_word(turn)
    asks_else = asks_about_something(turn) and not (_may_be_told(turn) or is_told)
    if "?" in turn.text or turn.text.startswith("/") or asks_else:
        return []
    named = _named_kind(" ".join([turn.text, *turn.told_before(1)]))
    if len(turn.text.split()) < STORY_WORDS:
        named = _named_kind(turn.text)
        return [SlotSet("aduan_jenis", named)] if named else []
    return _told(turn, named or OTHER)


def _named_kind(text: str) -> str | None:
    return next((kind for kind in BY_WORDS if says(text, f"aduan_{kind}")), None)


def _may_be_told(turn: Turn) -> bool:
    """Whether what it was understood as may be a grievance, such as a tout who asks for money."""
    situation = situations().by_name.get(turn.entity(SITUATION) or "")
    return turn.intent in STORY_INTENTS or (
        situation is not None and COMPLAINT in situation.also_from
    )


def _told(turn: Turn, kind: str) -> Events:
    """What happened, told before it was asked for: nobody has to write it again."""
    turn.say("utter_aduan_dicatat", jenis=turn.phrase(f"aduan_{kind}"))
    story = "\n".join(filter(None, (turn.slot("aduan_isi"), turn.text)))
    return [SlotSet("aduan_jenis", kind), SlotSet("aduan_isi", story)]


def _story(turn: Turn) -> Events:
    is_file = turn.intent in PICTURES
    if not is_file and (is_elsewhere(turn) or _asks_something_else(turn)):
        return []
    words = str(turn.metadata.get("title") or "") if is_file else turn.text
    if len(words) < SHORTEST:
        turn.say("utter_aduan_bukti_diterima" if is_file else "utter_aduan_terlalu_pendek")
        return [SlotSet("aduan_isi", None)]
    if is_file:
        turn.say("utter_aduan_bukti_ditambah")
    return [SlotSet("aduan_isi", words)]


def _asks_something_else(turn: Turn) -> bool:
    """Whether a few words are a question of their own: no story is that short."""
    is_complaint = turn.intent in ("pengaduan", "bicara_petugas")
    return is_sure_question(turn) and not is_complaint and len(turn.text.split()) <= SHORT_QUESTION


def _anonymous(turn: Turn) -> Events:
    """The answer to "may officers know that this is from you?": a "no" keeps the name out."""
    value = chosen(turn)
    if value not in UNNAMED.values():
        value = UNNAMED.get(wants_no_name(without_numbers(turn.text)))
    if value is None and tells_more(turn.text):
        turn.say("utter_aduan_cerita_ditambah")
        story = f"{turn.slot('aduan_isi')}\n{turn.text}"
        return [SlotSet("aduan_isi", story), SlotSet("aduan_anonim", None)]
    if value is None and not (is_question(turn) or says(turn.text, "mengapa")):
        turn.say("utter_aduan_anonim_salah")
    elif value is None:
        return []
    return [SlotSet("aduan_anonim", value)]


UNNAMED: Mapping[bool | None, str] = {True: "ya", False: "tidak"}
"""Whether a complaint stays without a name → the slot's value."""


class AskAnonymous(RiungAction):
    """Asks whether officers may know who complains, so that "tidak" keeps the name out."""

    action_name = "action_ask_aduan_anonim"

    def answer(self, turn: Turn) -> Events | None:
        """Ask; the choices say what each means."""
        named, anonymous = (
            turn.phrase("aduan_bernama"),
            turn.phrase("aduan_tanpa_nama"),
        )
        options = number([option(named, "tidak"), option(anonymous, "ya")])
        turn.say("utter_ask_aduan_anonim", options, pilihan=numbered(options))
        return None


class CheckComplaint(FormCheck):
    """The complaint form's checks."""

    action_name = f"validate_{FORM}"

    def is_answer(self, turn: Turn, asked: str) -> bool:
        """Whether it says who may know: "hubungi saya saja" asks for no officer."""
        return asked == "aduan_anonim" and wants_no_name(turn.text) is not None

    def check(self, turn: Turn, asked: str) -> Events:
        """A picture is evidence at any step, and is confirmed as such."""
        if turn.intent in PICTURES and asked != "aduan_isi":
            turn.say("utter_aduan_bukti_ditambah")
            return [SlotSet(asked, None)]
        if says(turn.text, "menegur") and len(turn.text.split()) <= TOLD_WORDS:
            turn.say("utter_aduan_bukan_maaf")
            return [SlotSet(asked, None)]
        if asked != "aduan_anonim" and says_only_whether_named(turn.text):
            value = UNNAMED[wants_no_name(turn.text)]
            turn.say("utter_aduan_tanpa_nama_dicatat" if value == "ya" else "utter_isian_dicatat")
            return [SlotSet("aduan_anonim", value), SlotSet(asked, None)]
        return super().check(turn, asked)

    lets_wait: ClassVar[bool] = False
    answers_when_left: ClassVar[bool] = True
    explained: ClassVar[Mapping[str, str]] = {"aduan_anonim": "tentang_siapa"}
    checks: ClassVar[Mapping[str, Check]] = {
        "aduan_jenis": _kind,
        "aduan_isi": _story,
        "aduan_anonim": _anonymous,
    }


class SaveComplaint(RiungAction):
    """The form has ended: file the complaint, or stop."""

    action_name = "action_aduan_simpan"

    def answer(self, turn: Turn) -> Events | None:
        """File it; an anonymous one carries no conversation and no messages."""
        if rests(turn, FORM):
            return ask_outside(turn)
        if any(turn.slot(slot) is None for slot in SLOTS):
            unsure = "utter_aduan_mungkin_tercatat"
            turn.say(unsure if turn.slot(UNSURE) else "utter_aduan_dihentikan")
            asks = turn.intent if asks_about_something(turn) and turn.intent != COMPLAINT else None
            asked = turn.entity(ASKED_AT_THE_END) or asks
            return [*_emptied(), *(_answered_first(turn, asked, None) if asked else [])]
        anonymous = turn.slot("aduan_anonim") == UNNAMED[True]
        try:
            ticket = _file(turn, anonymous)
        except BackendDown as error:  # it may be filed all the same: the key stays
            turn.say("utter_aduan_belum_pasti")
            return once_more(FORM, "aduan_anonim", error)
        due = datetime.fromisoformat(ticket["due_at"]) if ticket.get("due_at") else None
        secret: dict[str, Any] = {SECRET: ["nomor_tiket"]} if anonymous else {}
        turn.say(
            UNNAMED_RECEIPT if anonymous else "utter_aduan_tercatat",
            nomor_tiket=ticket["code"],
            batas=turn.date_text(due.date()) if due else "",
            **secret,
        )
        return _emptied()


def _emptied() -> Events:
    return [SlotSet(slot, None) for slot in (*SLOTS, KEY, RESTING, UNSURE)]


def _file(turn: Turn, anonymous: bool) -> Json:
    return backend().open_ticket(
        kind="complaint",
        office=turn.office.id,
        conversation_id=None if anonymous else turn.sender,
        phone=None if anonymous else turn.sender,
        subject=turn.slot("aduan_isi"),
        details={"category": turn.slot("aduan_jenis"), "anonymous": str(anonymous).lower()},
        last_messages=[] if anonymous else last_messages(turn),
        files=turn.files_since(FORM),
        asked_at=turn.written_at,
        key=turn.slot(KEY) or (uuid4().hex if anonymous else turn.message_id),
    )


class MyComplaints(RiungAction):
    """How far the citizen's own complaints are: those that carry this chat."""

    action_name = "action_cek_pengaduan"

    def answer(self, turn: Turn) -> Events | None:
        """The newest; without one its number is asked for: it alone finds an anonymous one."""
        mine = backend().complaints(turn.sender)
        if mine:
            say_ticket_state(turn, mine[0])
        else:
            turn.say("utter_cek_pengaduan")
        return None
