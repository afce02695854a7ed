"""A person is asked for: a ticket with the last messages, and the hours for the citizen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet

from actions.jawaban import begins_with, says
from actions.turn import Events, RiungAction, Turn, ask_as_citizen, is_stand_in
from riung.backend_client import Conflict, Json, NotFound, backend
from riung.clock import now
from riung.dialogue.confidential import OWNER_SLOT, RESTING, SECRET, WAITING, hidden
from riung.office.hours import is_open, next_opening
from riung.office.menu import BACK
from riung.privacy import mask

MESSAGES_FOR_OFFICER = 6
"""How many of the last messages an officer reads on the ticket."""

FORM = "petugas_form"
"""Runs from the wish for a person until the citizen turns to the bot again."""

MESSAGE_SLOT, TICKET_SLOT = "pesan_petugas", "tiket_petugas"

LEADING_OUT = frozenset({"menu", "batal", "ganti_bahasa", "stop_kabar", "lanjut_isian"})
"""Words that are surely for the bot."""

SENT_THINGS = "kirim_"
"""How the intents begin that stand for a picture, a place and whatever else is no text."""

REASONS = frozenset({"darurat", "hapus_data", "pengaduan"})
"""Why a person is asked for, when a button says so; the desk shows it to the officer."""


class TalkToOfficer(RiungAction):
    """Opens a handover ticket in the backend."""

    action_name = "action_bicara_petugas"

    def answer(self, turn: Turn) -> Events | None:
        """Open the ticket; say whether somebody is there now, or from when."""
        asked = turn.entity("isi")
        ticket = open_handover(turn, asked if asked in REASONS else "citizen")
        buka = read_from(turn)
        if buka is None:
            jam = turn.office.jam["petugas"].teks
            turn.say("utter_petugas_dipanggil", nomor_tiket=ticket["code"], jam=jam)
        else:
            turn.say("utter_petugas_di_luar_jam", nomor_tiket=ticket["code"], buka=buka)
        if turn.slot(RESTING):
            turn.say("utter_isian_istirahat")
        return [
            SlotSet(OWNER_SLOT, WAITING),
            SlotSet(TICKET_SLOT, ticket["code"]),
            SlotSet(MESSAGE_SLOT, None),
            FollowupAction(FORM),
        ]


class AskForMessage(RiungAction):
    """The form's question, which is never said: it was said when a person was asked for."""

    action_name = "action_ask_pesan_petugas"

    def answer(self, turn: Turn) -> Events | None:
        """Say nothing."""
        return None


class PassOn(RiungAction):
    """After a person was asked for, every message is for that person, whatever it looks like."""

    action_name = f"validate_{FORM}"

    def answer(self, turn: Turn) -> Events | None:
        """Add it to the ticket and confirm it; the menu, "batal" and tapped buttons lead out."""
        if turn.slot("requested_slot") != MESSAGE_SLOT:
            return None
        kept = SlotSet(MESSAGE_SLOT, None)
        if turn.slot(OWNER_SLOT) != WAITING or _is_for_bot(turn):
            return [kept, SlotSet("requested_slot", None)]
        ticket = _add(turn)
        turn.say(
            "utter_pesan_untuk_petugas",
            nomor_tiket=ticket["code"],
            urutan=_how_many(turn),
            kapan=_when_answered(turn),
        )
        return [kept, SlotSet(TICKET_SLOT, ticket["code"])]


class StopWritingToOfficer(RiungAction):
    """Back to the bot; the request for a person stays."""

    action_name = "action_petugas_selesai"

    def answer(self, turn: Turn) -> Events | None:
        """Answer the message that led out as it is answered without the form."""
        return ask_as_citizen(turn, turn.intent, turn.entity_values())


def _is_for_bot(turn: Turn) -> bool:
    tapped = turn.text.startswith("/") and not turn.intent.startswith(SENT_THINGS)
    asks = begins_with(turn.text, "tidak_jadi") and says(turn.text, "mau_tanya")
    return tapped or asks or turn.intent in LEADING_OUT or turn.entity("pilihan") == BACK


def _add(turn: Turn) -> Json:
    text = str(turn.metadata.get("title") or turn.text)
    try:
        return backend().add_to_ticket(turn.slot(TICKET_SLOT) or "", text)
    except (NotFound, Conflict):  # erased or closed meanwhile
        return open_handover(turn, "citizen")


def _how_many(turn: Turn) -> int:
    """Which message for the officer this is."""
    written = 0
    for event in reversed(turn.events):
        if event["event"] == "active_loop" and event.get("name") == FORM:
            break
        written += event["event"] == "user" and not is_stand_in(event)
    return written


def _when_answered(turn: Turn) -> str:
    opening = read_from(turn)
    if says(turn.text, "tanya_dibalas"):
        return turn.phrase("dijawab_kapan", jam=turn.office.jam["petugas"].teks)
    if opening is None:
        return turn.phrase("dijawab_di_sini")
    return turn.phrase("dibaca_mulai", buka=opening)


def read_from(turn: Turn) -> str | None:
    """From when on an officer reads it, in words; None while one is there."""
    moment = now()
    opening = next_opening(turn.office, "petugas", moment)
    if is_open(turn.office, "petugas", moment) or opening is None:
        return None
    return turn.moment_text(opening)


def open_handover(turn: Turn, reason: str) -> Json:
    """A ticket for an officer; a conversation has one open at a time."""
    return backend().open_ticket(
        kind="handover",
        office=turn.office.id,
        conversation_id=turn.sender,
        last_messages=last_messages(turn),
        details={"reason": reason},
        asked_at=turn.sent_at,
        key=turn.message_id,
    )


def last_messages(turn: Turn) -> list[Json]:
    """The last messages of both sides, oldest first, with personal numbers masked."""
    told = [event for event in hidden(turn.events) if event["event"] in _SPEAKERS]
    told = [event for event in told if not is_stand_in(event) and event.get("text")]
    return [
        {"sender": _SPEAKERS[event["event"]], "text": mask(event["text"])}
        for event in told[-MESSAGES_FOR_OFFICER:]
    ]


_SPEAKERS = {"user": "citizen", "bot": "bot"}


def say_ticket_state(turn: Turn, ticket: Json) -> None:
    """How far a request is, and what an officer answered."""
    changed, answer = datetime.fromisoformat(ticket["updated_at"]), ticket["answer"]
    due = ticket.get("due_at") if ticket["status"] in ("open", "in_progress") else None
    limit = turn.date_text(datetime.fromisoformat(due).date()) if due else ""
    secret: dict[str, Any] = {SECRET: [*_LEADS_BACK]} if ticket["anonymous"] else {}
    turn.say(
        "utter_tiket_keadaan",
        nomor_tiket=ticket["code"],
        keadaan=turn.phrase(f"tiket_{ticket['status']}"),
        sejak=turn.moment_text(changed),
        batas=turn.phrase("dijawab_sampai", batas=limit) if limit else "",
        jawaban=turn.phrase("jawaban_petugas", jawaban=answer) if answer else "",
        **secret,
    )


_LEADS_BACK = ("nomor_tiket", "jawaban", "sejak")
"""Values of an unnamed complaint that officers know it by; only whoever made it reads them here."""
