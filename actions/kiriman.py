"""What is no text: voice notes, pictures and files, which the assistant does not open."""

from __future__ import annotations

from actions.langkah import take_file
from actions.turn import Events, RiungAction, Turn

VOICES = frozenset({"voice", "audio"})
FILES = frozenset({"image", "document"})


class ReceiveFile(RiungAction):
    """Says what can't be heard or read; the second voice note is offered a person."""

    action_name = "action_kirim_media"

    def answer(self, turn: Turn) -> Events | None:
        """A picture goes to a request that can use it; else it may be of a KTP: the warning."""
        kind = str(turn.metadata.get("type") or "")
        if kind in VOICES:
            spoke = sum(map(_is_voice, turn.user_messages())) > 1
            turn.say("utter_kirim_suara_lagi" if spoke else "utter_kirim_suara")
        elif kind in FILES and not take_file(turn):
            turn.say("utter_kirim_berkas")
        elif kind not in FILES:
            turn.say("utter_kirim_media")
        return None


def _is_voice(message: dict[str, object]) -> bool:
    metadata = message.get("metadata")
    return isinstance(metadata, dict) and metadata.get("type") in VOICES
