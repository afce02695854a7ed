"""What is no text: voice notes, pictures and files, which the assistant does not open."""

from __future__ import annotations

from itertools import islice

from actions.aduan import SHORTLY, UNNAMED_RECEIPT, just_filed
from actions.langkah import take_file
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import backend

VOICES = frozenset({"voice", "audio"})
FILES = frozenset({"image", "document"})
PICTURE = "📎"
"""Stands among a complaint's messages for a file without words."""

RECEIPTS = frozenset(
    {"utter_aduan_tercatat", "utter_aduan_ditambah", "utter_aduan_bukti_disusulkan"}
    | {UNNAMED_RECEIPT}
)
"""Answers after which a picture proves what was complained of."""


class ReceiveFile(RiungAction):
    """Says what can't be heard or read; the second voice note is offered a person."""

    action_name = "action_kirim_media"

    def answer(self, turn: Turn) -> Events | None:
        """A picture goes to a request that can use it; else it may be of a KTP: the warning."""
        kind = str(turn.metadata.get("type") or "")
        if kind in VOICES:
            spoke = sum(map(_is_voice, turn.user_messages())) > 1
            turn.say("utter_kirim_suara_lagi" if spoke else "utter_kirim_suara")
        elif _take_evidence(turn):
            return None
        elif kind in FILES and not take_file(turn):
            turn.say("utter_kirim_berkas")
        elif kind not in FILES:
            turn.say("utter_kirim_media")
        return None


def _is_voice(message: dict[str, object]) -> bool:
    metadata = message.get("metadata")
    return isinstance(metadata, dict) and metadata.get("type") in VOICES


def _take_evidence(turn: Turn) -> bool:
    """Add it to the complaint that was just filed, and say so; one without a name takes none."""
    file = str((turn.metadata.get("media") or {}).get("id") or "")
    bots = islice((one for one in reversed(turn.events) if one["event"] == "bot"), SHORTLY)
    templates = {(one.get("metadata") or {}).get("template") for one in bots}
    if not file or templates.isdisjoint(RECEIPTS):
        return False
    code = just_filed(turn)
    if code is None and UNNAMED_RECEIPT not in templates:
        return False
    if code is None:
        turn.say("utter_aduan_bukti_tanpa_nama")
        return True
    words = str(turn.metadata.get("title") or PICTURE)
    backend().add_to_ticket(code, words, file)
    turn.say("utter_aduan_bukti_disusulkan", nomor_tiket=code)
    return True
