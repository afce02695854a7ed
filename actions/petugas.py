"""A person is asked for: a ticket with the last messages, and the hours for the citizen."""

from __future__ import annotations

from actions.turn import Events, RiungAction, Turn, is_stand_in
from riung.backend_client import Json, backend
from riung.clock import now
from riung.dialogue.confidential import hidden
from riung.formatting import say_moment
from riung.office.hours import is_open, next_opening
from riung.privacy import mask

MESSAGES_FOR_OFFICER = 6
"""How many of the last messages an officer reads on the ticket."""

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
        return None


def read_from(turn: Turn) -> str | None:
    """From when on an officer reads it, in words; None while one is there."""
    moment = now()
    opening = next_opening(turn.office, "petugas", moment)
    if is_open(turn.office, "petugas", moment) or opening is None:
        return None
    return say_moment(opening, turn.office.zone, turn.language)


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
