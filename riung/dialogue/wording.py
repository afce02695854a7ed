"""How an answer is put: under the name of the topic it was completed from, and not twice alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from hashlib import sha256
from itertools import dropwhile, islice, takewhile
from operator import itemgetter
from typing import Any

from pydantic import Field, validator
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.claims import AMOUNTS, NO, VERDICT, YES, claims, figures, sentences
from riung.dialogue.conversation import bots_before
from riung.dialogue.follow_up_table import follow_ups
from riung.dialogue.passages import latest_question
from riung.dialogue.topic import ABOUT, ASPECT, SLOT, STANDS_FOR
from riung.formatting import group4
from riung.localized import Localized
from riung.validation import Edited, EditError, edited_file, read_as

AGAIN, SCREEN_AGAIN, TURNING = "utter_sama_lagi", "utter_layar_lagi", "utter_berputar"
"""The same answer a second time, the same question or menu again, and the same for a third time."""

FOR_THAT_TOO = "utter_sama_juga"
"""The same, but asked of something else, or in other words: "kalau adik saya?"."""

AS_BEFORE = "utter_seperti_tadi"
"""The same answer after something else was asked in between."""

PART = "utter_sama_bagian"
"""The one sentence of the same answer that another question is about."""

SCREENS = (
    "utter_ask_",
    "utter_menu",
    "utter_submenu",
    "utter_pilihan_",
    "utter_tidak_paham_",
    "utter_kunjungan_berkas_",
    "utter_cek_",
)
"""Beginnings of what is shown rather than answered: it may come often, but not word for word."""

WAY_BACK_FILE = edited_file("kalimat/kembali.yml")
ENGLISH = "_en"
"""Ends the name of an answer's English form."""

_BACK = "*0*"
"""Whatever names this digit shows the way back in its own words."""

SHORT_ANSWER = 200
"""Letters up to which an answer is said whole a second time."""

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
    number = tracker.get_slot("nomor_permohonan") or ""
    label = table.subjects[about["named"]].label.say(language, nomor=group4(number))
    if label.casefold() in text.split("\n")[0].replace("*", "").casefold():
        return ""
    return table.opening.say(language, pokok=label)


def verdict_line(text: str, tracker: DialogueStateTracker, language: str) -> str:
    """The "*Ya.*" before the answer to a question that only wants to be sure; else empty."""
    about, verdicts = _about(tracker), claims().verdicts
    if not about or verdicts is None:
        return ""
    name = about.get(VERDICT)
    if amounts := about.get(AMOUNTS):
        name = _verdict_on({*amounts}, text)
    return verdicts.named(name).in_language(language) if name else ""


def _verdict_on(claimed: set[float], text: str) -> str | None:
    """Whether one of the amounts claimed stands in the answer, or is the sum of a sentence; None
    where two of different sentences make it.
    """
    told = [[number for number, unit in figures(one) if not unit] for one in sentences(text)]
    there = {number for one in told for number in one}
    if claimed & (there | {sum(one) for one in told}):
        return YES
    return None if claimed & {one + other for one in there for other in there} else NO


def opened(text: str, verdict: str, topic: str, tracker: DialogueStateTracker) -> str:
    """The answer under its verdict and its topic; of a sum that is confirmed only its line."""
    amounts = {*(_about(tracker) or {}).get(AMOUNTS, ())}
    lines = sentences(text) if amounts else ()
    meant = (one for one in lines if not amounts.isdisjoint(map(itemgetter(0), figures(one))))
    opening, between = " ".join(filter(None, (verdict, topic))), "\n" if topic else " "
    return f"{opening}{between}{next(meant, text)}".strip()


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


def told_already(tracker: DialogueStateTracker) -> bool:
    """Whether an earlier part of this answer was said to be the same again: once is enough."""
    answer = takewhile(lambda event: not isinstance(event, UserUttered), reversed(tracker.events))
    return any(isinstance(one, BotUttered) and one.metadata.get(TIMES, 1) > 1 for one in answer)


def digest(text: str) -> str:
    """A short hash of an answer, to see whether it is said again."""
    return sha256(text.encode()).hexdigest()[:16]


def is_new(topic: str, tracker: DialogueStateTracker) -> bool:
    """Whether the latest answer did not have the topic's line: the same, of something else."""
    return bool(topic) and not any(topic in (event.text or "") for event in bots_before(tracker))


def is_of_another(topic: str, tracker: DialogueStateTracker) -> bool:
    """Whether the topic's line is new, and not only because what is talked about stayed unnamed
    until its documents are asked for: "mau ganti paspor", then "apa saja yang dibawa".
    """
    about = _about(tracker) or {}
    is_same = about.get("named") == _subject_before(tracker)
    asks_for_its_list = about.get("topic", {}).get("aspect") == ASPECT
    return is_new(topic, tracker) and not (is_same and asks_for_its_list)


def _subject_before(tracker: DialogueStateTracker) -> str | None:
    """What was talked about when the citizen's latest message came."""
    events = dropwhile(lambda event: not _is_written(event), reversed(tracker.events))
    kept = (one.value for one in events if isinstance(one, SlotSet) and one.key == SLOT)
    subject: str | None = (next(kept, None) or {}).get("subject")
    return subject


def said_before_the_last(text: str, topic: str, tracker: DialogueStateTracker) -> bool:
    """Whether one of the answers before the last one was this long one, under the same topic."""
    if len(text) <= SHORT_ANSWER:
        return False
    told, spoken = digest(text), (e for e in reversed(tracker.events) if isinstance(e, BotUttered))
    alike = (one for one in islice(spoken, EARLIER) if one.metadata.get(SAID) == told)
    return any(topic in (one.text or "") for one in alike)


EARLIER = 5
"""Answers back that the citizen still sees on the screen, or nearly."""


def asks_anew(tracker: DialogueStateTracker) -> bool:
    """Whether the message goes on from the topic in words that were not used before."""
    if not _about(tracker):  # most answers: then nothing of the conversation is looked through
        return False
    latest, *before = [*_own_words(tracker)] or [""]
    return bool(latest) and latest not in before


def is_word_for_word(tracker: DialogueStateTracker) -> bool:
    """Whether the message is one that was written before."""
    latest, *before = [*_own_words(tracker)] or [""]
    return latest in before


def asks_shortly_of_a_part(tracker: DialogueStateTracker) -> bool:
    """Whether the message is a few words that were not written before: "warna putih gpp?"."""
    words = latest_question(tracker).split()
    return 0 < len(words) <= FEW and not is_word_for_word(tracker)


FEW = 4
"""Words that ask of one thing; more of them tell something."""


def _own_words(tracker: DialogueStateTracker) -> Iterator[str]:
    """What the citizen wrote, newest first, without what stands in its place."""
    for event in filter(_is_written, reversed(tracker.events)):
        yield " ".join((event.text or "").casefold().split())


def _is_written(event: Event) -> bool:
    """Whether the citizen wrote it, and it stands in no message's place."""
    return isinstance(event, UserUttered) and STANDS_FOR not in (event.metadata or {})


def variation(
    name: str, times: int, is_new_topic: bool = False, is_anew: bool = False
) -> str | None:
    """The response that holds an answer (`{jawaban}`) said `times` before; None for the first."""
    if times == 0:
        return None
    if name.startswith(SCREENS):
        return SCREEN_AGAIN if times % 2 else None
    if is_anew and not is_new_topic:
        return FOR_THAT_TOO if times % 2 else AGAIN
    return AGAIN if times % 2 or is_new_topic else TURNING


def gist(text: str) -> str:
    """What an answer comes to: all of a short one, the first part of one in several."""
    first, *others = text.split("\n\n")
    if others and first.startswith(_opening_words()) and "\n" not in first.strip():
        first = "\n\n".join([first, others[0]])  # only the line that names the topic
    return text if len(text) <= SHORT_ANSWER else first


@lru_cache(maxsize=1)
def _opening_words() -> tuple[str, ...]:
    opening = follow_ups().opening
    return tuple(one.split("{")[0] for one in (opening.id, opening.en))


def is_remark(name: str) -> bool:
    """Whether it stands before a question or an answer in the same bubble: "noted" may come often,
    as what follows it is put otherwise.
    """
    plain = name.removesuffix(ENGLISH)
    leads = any(fnmatchcase(plain, one) for one in way_back().without)
    return leads and not name.startswith(SCREENS)


def second_form(name: str) -> str:
    """The name of an answer's own words for the second time, where it has some: "Sama-sama"."""
    plain = name.removesuffix(ENGLISH)
    return f"{plain}_lagi{ENGLISH}" if name.endswith(ENGLISH) else f"{plain}_lagi"


class WayBack(Edited):
    """`kalimat/kembali.yml`: the last line of every answer, and the answers that have none."""

    line: Localized = Field(alias="baris")
    without: tuple[str, ...] = Field(alias="tanpa")

    @validator("line")
    def _names_the_digit(cls, line: Localized) -> Localized:
        for language, text in line.dict().items():
            if _BACK not in text:
                raise EditError(f"tulis {_BACK}: itu yang diketik warga", language)
        return line

    def is_shown(self, name: str, text: str) -> bool:
        """Whether the answer of that name gets the line under its text as written."""
        plain = name.removesuffix(ENGLISH)
        return _BACK not in text and not any(fnmatchcase(plain, one) for one in self.without)


@lru_cache(maxsize=1)
def way_back() -> WayBack:
    """The line, read once."""
    return read_as(WAY_BACK_FILE, WayBack)


def with_way_back(name: str, text: str) -> str:
    """The text of the answer of that name, with the line that shows the way to the menu."""
    if not text or not way_back().is_shown(name, text):
        return text
    line = way_back().line.in_language("en" if name.endswith(ENGLISH) else "id")
    return f"{text.rstrip()}\n{line}"


def without_way_back(text: str) -> str:
    """The text without that line; it is said once in a bubble."""
    ways = (way_back().line.id, way_back().line.en)
    lines = [line for line in text.split("\n") if not line.startswith(ways)]
    return "\n".join(lines).rstrip()
