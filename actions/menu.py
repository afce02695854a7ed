"""The menu, digits and tapped rows, and what "ya" or "rincian" refer to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import SlotSet

from actions.jawaban import begins_with, meant_by, plain, says
from actions.turn import TOPIC_SLOT, Events, RiungAction, Turn, ask_as_citizen
from riung.backend_client import backend
from riung.dialogue.confidential import RESTING
from riung.intents import intents
from riung.office.menu import BACK, ROOT_PATH, command, find, leaf, numbered, screen
from riung.phrases import greeting_back

_COMMAND = re.compile(r"^/(\w+)(\{.*\})?$", re.DOTALL)
YES = ("ya,", "yes,")
"""How the title of a button begins that agrees."""

GREETING = "salam"


def show_menu(turn: Turn, path: str = ROOT_PATH, greeting: str = "") -> None:
    """Say one screen of the menu: words, numbered lines and rows from the same options."""
    shown = screen(turn.menu, path)
    response = "utter_menu" if path == ROOT_PATH else "utter_submenu"
    turn.say(
        response,
        buttons=[option.as_button() for option in shown.options],
        judul=f"{greeting} {shown.title}".strip(),
        pilihan=numbered(shown.options),
        petunjuk=turn.menu.petunjuk,
    )


def choose(turn: Turn, payload: str) -> Events:
    """Do what a button or row stands for."""
    intent, entities = parse_command(payload)
    if intent != "pilihan":
        return ask_as_citizen(turn, intent, entities)
    return open_path(turn, entities.get("pilihan", ROOT_PATH))


def open_path(turn: Turn, path: str) -> Events:
    """Open a branch, or ask what a leaf asks; the main menu for what is no longer there."""
    if asked := leaf(turn.menu, path):
        return ask_as_citizen(turn, asked.tanya, asked.isi)
    show_menu(turn, path if find(turn.menu, path) else ROOT_PATH)
    return []


def parse_command(payload: str) -> tuple[str, dict[str, str]]:
    """`/intent{"entity": "value"}` → intent and entities."""
    found = _COMMAND.match(payload)
    if found is None:
        return "menu", {}
    return found[1], json.loads(found[2]) if found[2] else {}


class ShowMenu(RiungAction):
    """The office's main menu."""

    action_name = "action_menu"

    def answer(self, turn: Turn) -> Events | None:
        """Show it; a greeting is returned in kind."""
        if turn.slot(RESTING):
            turn.say("utter_isian_istirahat")
        show_menu(turn, greeting=greeting_back(turn.text) if turn.intent == GREETING else "")
        return None


class Choose(RiungAction):
    """A typed digit or a tapped row."""

    action_name = "action_pilihan"

    def answer(self, turn: Turn) -> Events | None:
        """Resolve the digit against the options last shown; open, ask, or say it is not there."""
        choice = turn.entity("pilihan") or BACK
        if not choice.isdigit():
            return open_path(turn, choice)
        offered = turn.numbered_buttons()
        praises = says(turn.text, "kata_nilai") or (not offered and _has_just_praised(turn))
        if choice in SCORES and praises:
            return ask_as_citizen(turn, intents().role.survey, {"nilai": choice})
        if not offered and (place := _place_taken(turn)):
            return choose(turn, place)
        options = offered or [option.as_button() for option in screen(turn.menu).options]
        chosen = next((option for option in options if option["angka"] == choice), None)
        if chosen:
            return choose(turn, chosen["payload"])
        if choice == BACK:
            show_menu(turn)
            return None
        if asked := None if offered else _day_of_that_number(turn, choice):
            return ask_as_citizen(turn, *asked)
        turn.say("utter_pilihan_tidak_ada", options, angka=choice, pilihan=numbered(options))
        return None


ASKED_OF_DAYS = {"jam": "jam_layanan", "kuota": "cek_kuota"}
"""What was just told of a day (`aturan/lanjutan.yml`) → the intent that asks it of another."""

_A_DAY = re.compile(r"[12]\d|3[01]")
"""Of one digit it is rather a choice."""


def _day_of_that_number(turn: Turn, number: str) -> tuple[str, dict[str, str]] | None:
    """The question after that day of the month that was just told of: "26?" after 25 December."""
    topic = turn.slot(TOPIC_SLOT) or {}
    intent, told = ASKED_OF_DAYS.get(topic.get("aspect", "")), str(topic.get("tanggal") or "")
    if intent is None or not _ISO_DAY.fullmatch(told) or not _A_DAY.fullmatch(number):
        return None
    place = {"kantor": str(topic["kantor"])} if topic.get("kantor") else {}
    return intent, {"tanggal": f"{told[:8]}{number}", **place}


_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _place_taken(turn: Turn) -> str | None:
    """The booking that the latest answer offered, where words take it and its digit only counts:
    "mau 1 ya", of places left.
    """
    wanted = command(intents().role.book)
    payloads = [str(button.get("payload", "")) for button in turn.last_buttons()]
    taken = next((one for one in payloads if one.startswith(wanted)), None)
    return taken if taken and says(turn.text, "ambil_tempat") else None


SCORES = ("1", "2", "3", "4", "5")
"""Digits that rate the service, after a word about it."""


def _has_just_praised(turn: Turn) -> bool:
    """Whether the message before said how the service was: "pelayanannya bagus", then "5"."""
    before = turn.user_messages()[1:2]
    meant = [(one.get("parse_data") or {}).get("intent") or {} for one in before]
    return any(intent.get("name") == intents().role.survey for intent in meant)


BOOK, OFFICER = "daftar_antrean", "bicara_petugas"
"""Intents of buttons that a "ya" may be about."""


class Agree(RiungAction):
    """A "ya": it means what the bot has just asked for, never a detail that nobody asked for."""

    action_name = "action_setuju"

    def answer(self, turn: Turn) -> Events | None:
        """Do what was asked; after an answer that asked nothing, acknowledge."""
        if turn.slot(RESTING) and says(turn.text, "lanjut"):
            return ask_as_citizen(turn, "lanjut_isian", {})
        if button := _asked_for(turn):
            return choose(turn, button["payload"])
        if in_words := _offered_in_words(turn):
            return choose(turn, in_words)
        if turn.office.modul.whatsapp_queue and _is_offered_place(turn):
            return ask_as_citizen(turn, "terima_tawaran", {})
        offered = [str(button["payload"]) for button in turn.last_buttons()]
        booking = next((one for one in offered if one.startswith(command(BOOK))), None)
        if booking and says(turn.text, "ambil_tempat"):
            return choose(turn, booking)
        if command(OFFICER) in offered[:1]:
            turn.say("utter_setuju_petugas")
            return None
        turn.say("utter_setuju")
        return None


def _asked_for(turn: Turn) -> Mapping[str, Any] | None:
    """The button that a "ya" stands for: the one that begins so, or the only one to a question."""
    buttons = turn.last_buttons()
    begins = (one for one in buttons if str(one["title"]).casefold().startswith(YES))
    only = buttons[0] if len(buttons) == 1 and "?" in turn.last_words() else None
    return next(begins, only)


_OFFER = re.compile(r"\?[^?\n*]*\*([^*\n]+)\*")
"""A question with what to type for a yes to it: "Mulai sekarang? Ketik *minta kunjungan*."."""


def _offered_in_words(turn: Turn) -> str | None:
    """The command of the words that the last question says to type, for whoever only says yes."""
    lines = (line for line in turn.last_words().splitlines() if not line.startswith("_"))
    offers = _OFFER.findall("\n".join(lines))
    if not offers or not begins_with(turn.text, "ya_mau"):
        return None
    wanted = plain(offers[-1]).strip()
    titles = (one for one in turn.last_buttons() if wanted in plain(one["title"]))
    if button := next(titles, None):
        return str(button["payload"])
    intent = meant_by(wanted)
    return f"/{intent}" if intent else None


def _is_offered_place(turn: Turn) -> bool:
    """Whether a place of a waiting list waits for this citizen's answer."""
    return any(entry["status"] == "offered" for entry in backend().waiting(turn.sender))


class Detail(RiungAction):
    """The longer answer behind the button "Rincian"."""

    action_name = "action_rincian"

    def answer(self, turn: Turn) -> Events | None:
        """Say the longer answer on the topic of the button."""
        turn.say(f"utter_rincian_{turn.entity('topik')}")
        return None


class ChangeLanguage(RiungAction):
    """Indonesian or English, chosen by the citizen; the menu follows in that language."""

    action_name = "action_ganti_bahasa"

    def answer(self, turn: Turn) -> Events | None:
        """Switch, and show the menu; an open form asks its question in that language instead."""
        turn.language = turn.entity("bahasa") or ("en" if turn.language == "id" else "id")
        if turn.slot("requested_slot"):
            turn.say("utter_bahasa_berganti")
        else:
            show_menu(turn)
        return [SlotSet("bahasa", turn.language)]
