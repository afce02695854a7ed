"""How an answer is put: under the name of the topic it was completed from, and not twice alike."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.conversation import bots_before
from riung.dialogue.follow_up import ABOUT
from riung.dialogue.follow_up_table import follow_ups
from riung.formatting import group4

AGAIN, SCREEN_AGAIN, TURNING = "utter_sama_lagi", "utter_layar_lagi", "utter_berputar"
"""The same answer a second time, the same question or menu again, and the same for a third time."""

SCREENS = ("utter_ask_", "utter_menu", "utter_submenu", "utter_pilihan_", "utter_tidak_paham_")
"""Beginnings of what is shown rather than answered: it may come often, but not word for word."""

WAY_BACK = "*0* menu"
"""How the last line of an answer begins; said once in a bubble."""

SAID, TIMES = "said", "times"
"""Metadata of a bot event: a digest of the answer under its variations, and how often in a row."""


def topic_line(text: str, tracker: DialogueStateTracker, language: str) -> str:
    """The line "Untuk *paspor anak*:" for the first answer to a completed message; else empty.

    An answer whose first line already names the subject needs none.
    """
    about = _about(tracker)
    if not about or not about.get("named"):
        return ""
    table = follow_ups()
    label = table.subjects[about["named"]].label[language]
    number = tracker.get_slot("nomor_permohonan") or ""
    label = label.replace("{nomor}", group4(number))
    if label.casefold() in text.split("\n")[0].replace("*", "").casefold():
        return ""
    return table.opening[language].replace("{pokok}", label)


def _about(tracker: DialogueStateTracker) -> Mapping[str, Any] | None:
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            return None
        if isinstance(event, UserUttered):
            return (event.metadata or {}).get(ABOUT)
    return None


def times_said(text: str, tracker: DialogueStateTracker) -> int:
    """How often in a row the bot has just said this answer, under whatever variation."""
    for event in bots_before(tracker):
        if event.metadata.get(SAID) == digest(text):
            return int(event.metadata.get(TIMES, 1))
    return 0


def digest(text: str) -> str:
    """A short hash of an answer, to see whether it is said again."""
    return sha256(text.encode()).hexdigest()[:16]


def variation(name: str, times: int) -> str | None:
    """The response that holds an answer (`{jawaban}`) said `times` before; None for the first."""
    if times == 0:
        return None
    if name.startswith(SCREENS):
        return SCREEN_AGAIN if times % 2 else None
    return AGAIN if times % 2 else TURNING


def without_way_back(text: str) -> str:
    """The text without the line that shows the way to the menu."""
    lines = [line for line in text.split("\n") if not line.startswith(WAY_BACK)]
    return "\n".join(lines).rstrip()
