"""What the forms share: choices of the moment, leaving, and answers in between.

Rasa's forms keep the order of the questions and go on by themselves after a question in between.
A check returns events that fill or empty the slot asked for, or none when the message was no answer
to it; then the message is answered by the ordinary rules and the form asks again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rasa_sdk.events import FollowupAction, SlotSet

from actions.jawaban import asks_in_words, begins_with, ends_asking, plain, says
from actions.menu import parse_command
from actions.nama import is_written_name, name_told
from actions.turn import ABOUT, Events, RiungAction, Turn, ask_as_citizen
from riung.backend_client import BackendDown
from riung.dialogue.confidential import RESTING
from riung.nlu.lexicon import lexicon
from riung.nlu.situations import AFTERWARDS
from riung.nlu.situations import ENTITY as SITUATION
from riung.nlu.vocabulary import Asking, FormAnswers, vocabulary
from riung.office.menu import BACK, command, number, numbered

SURE = 0.75
"""From this confidence on, free words are taken for the question they look like."""

NOT_A_QUESTION = frozenset(
    {"nlu_fallback", "di_luar_topik", "salam", "setuju", "tolak", "terima_kasih", "pilihan"}
)

MENU = "menu"

CERTAIN = 1.0
"""Confidence of a tapped button and of words that alone leave no doubt ("petugas", "menu")."""

SHORT = 6
"""Words that a wish for the menu or for a person has at most; a longer message tells something."""

LONGEST_WAIT = 10
"""Words of "nanti aja deh nik nya, lagi cari ktp" at most."""

NO_ANSWER = frozenset({"setuju", "tolak", "isi", "pilihan", "salam", "daftar_antrean"})
"""Intents that mean nothing outside of the question that is open: they get it once more."""

WAITED: Mapping[str, str] = {
    "paham": "utter_isian_ditunggu",
    "lanjut_isian": "utter_isian_dilanjutkan",
}
"""Intents of "bentar ya" and "lanjutkan isian", which answer nothing → what is said before the
question comes once more."""

UNSURE = "isian_belum_pasti"
"""Slot: the filled form was sent, and no answer told whether it arrived."""

Check = Callable[[Turn], Events]

_CLAUSE_END = re.compile(r"[.,;!\n]+ *")


class StopForm(Exception):  # noqa: N818 - not an error: the citizen leaves the form
    """The citizen has left the form ("batal")."""


class FormCheck(RiungAction):
    """Checks the answer to the question that is open."""

    checks: ClassVar[Mapping[str, Check]]
    """Slot → check of its answer."""

    leaving: ClassVar[frozenset[str]] = frozenset({"batal"})
    """Intents that leave the form, whatever is being asked."""

    leaving_words: ClassVar[str] = "tidak_jadi"
    """The words with which a message leaves the form (a group of `kamus/isian.yml`), unless it
    names another day or purpose or asks something."""

    longest_leaving: ClassVar[int] = 6
    """Words up to which such a message leaves; a longer one may tell a story."""

    answers_when_left: ClassVar[bool] = False
    """Whether what is asked beside the leaving ("gak usah deh. parkirnya bayar ga") is answered."""

    lets_wait: ClassVar[bool] = True
    """Whether "lagi cari ktp" asks for time; in a story it is part of it."""

    explained: ClassVar[Mapping[str, str]] = {}
    """Slot → the words by which citizens ask why it is asked (a group of `kamus/isian.yml`); the
    answer is `utter_mengapa_<slot>`."""

    named: ClassVar[Mapping[str, str]] = {}
    """Slot → the words that name it while another question is open, where those of `explained`
    would say too little."""

    resting: ClassVar[frozenset[str]] = frozenset({MENU, "bicara_petugas"})
    """Intents for which the form rests with its answers, until the citizen comes back to it."""

    def is_answer(self, _turn: Turn, _asked: str) -> bool:
        """Whether the words certainly answer the open question, whatever they were taken for."""
        return False

    def answer(self, turn: Turn) -> Events | None:
        """Fill the slot, empty it with the reason said, end the form, or leave it to the rules."""
        asked = turn.slot("requested_slot") or ""
        if asked not in self.checks or ABOUT in turn.metadata:  # that one is answered by the rules
            return None
        # Naming the slot that was asked for keeps Rasa from answering by the rules as well.
        over = [SlotSet(asked, None), SlotSet("requested_slot", None)]
        rests = turn.intent in self.resting and not self.is_answer(turn, asked)
        is_way_out = is_way_back(turn) and MENU in self.resting
        if is_way_out or (rests and _is_short_wish(turn)):
            return [SlotSet(RESTING, self.action_name.removeprefix("validate_")), *over]
        waits = "paham" if self._is_waiting(turn) else turn.intent
        if waits in WAITED:
            turn.say(WAITED[waits])
            return [SlotSet(asked, None)]
        if turn.intent in self.leaving and says(turn.text, "jangan_batal"):
            turn.say("utter_isian_dilanjutkan")
            return [SlotSet(asked, None)]
        try:
            if (turn.intent in self.leaving and "?" not in turn.text) or self._is_left(turn):
                raise StopForm
            found = self.restart(turn) if turn.intent == "ulang" else self.check(turn, asked)
        except StopForm:
            return over
        if not found and (about := self._asked_why(turn, asked)):
            turn.say(f"utter_mengapa_{about}")
            return [SlotSet(asked, None)]
        if not found and turn.intent in NO_ANSWER and not _is_offered_digit(turn):
            turn.say("utter_isian_belum_terjawab")
            return [SlotSet(asked, None)]
        if not found and _is_unsure(turn):
            turn.say("utter_isian_tidak_paham")
            return [SlotSet(asked, None)]
        return found

    def _is_waiting(self, turn: Turn) -> bool:
        is_short = len(turn.text.split()) <= LONGEST_WAIT
        asks = "?" in turn.text or says(turn.text, "mengapa")  # "nanti nik-nya disimpan di mana"
        return self.lets_wait and is_short and not asks and says(turn.text, "tunggu_dulu")

    def _is_left(self, turn: Turn) -> bool:
        named = any(map(turn.entity, ("tanggal", "jenis_permohonan", "isi"))) or "?" in turn.text
        told = _CLAUSE_END.split(turn.text)
        if self.answers_when_left:
            told = [one for one in told if not (ends_asking(one) or asks_in_words(one))]
        if named or sum(len(one.split()) for one in told) > self.longest_leaving:
            return False
        return any(begins_with(one, self.leaving_words) for one in told)

    def _asked_why(self, turn: Turn, asked: str) -> str | None:
        """The question that the message itself is about: "buat apa", "lupa NIK-nya", also one that
        comes later: "NIK itu yang mana?"; a situation of its own has its own answer.
        """
        names = {**self.explained, **self.named}
        words = names.get(asked) if turn.entity(SITUATION) else self.explained.get(asked)
        why = says(turn.text, "mengapa") and not turn.entity(SITUATION)
        if why or "?" in turn.text or has_question_word(turn) or _is_at_a_loss(turn):
            others = (slot for slot in names if slot != asked and says(turn.text, names[slot]))
            if (other := next(others, None)) and not (words and says(turn.text, words)):
                return other
        return asked if words and (why or says(turn.text, words)) else None

    def check(self, turn: Turn, asked: str) -> Events:
        """What the message answers to the question that is open."""
        return self.checks[asked](turn)

    def restart(self, _turn: Turn) -> Events:
        """Begin again from the first question."""
        return [SlotSet(slot, None) for slot in self.checks]


def _is_at_a_loss(turn: Turn) -> bool:
    """Whether it worries about an answer or does not know it: "gak hafal nik"."""
    return says(turn.text, "khawatir") or says(turn.text, "tidak_tahu")


def _is_offered_digit(turn: Turn) -> bool:
    """Whether a digit chooses from an answer given in between, such as the scores of a survey."""
    digit = turn.entity("pilihan")
    return bool(digit) and any(button.get("angka") == digit for button in turn.last_buttons())


def _is_unsure(turn: Turn) -> bool:
    """Whether it asks nothing, and what it was taken for is a guess: no rule answers that."""
    is_guess = turn.intent in NOT_A_QUESTION or confidence(turn) < SURE
    is_file = turn.intent.startswith("kirim_") or turn.text.startswith("/")
    asks = "?" in turn.text or has_question_word(turn)
    known = has_own_answer(turn) or turn.intent == "nlu_fallback"
    return is_guess and not (is_file or asks or known or turn.entity("pilihan"))


def _is_short_wish(turn: Turn) -> bool:
    return confidence(turn) == CERTAIN or (
        confidence(turn) >= SURE and len(turn.text.split()) <= SHORT
    )


def rests(turn: Turn, form: str) -> bool:
    """Whether the form has just ended only to rest."""
    return bool(turn.slot(RESTING) == form)


def ask_outside(turn: Turn) -> Events:
    """Answer the message for which a form ended, as it is answered without a form."""
    if is_way_back(turn):
        return ask_as_citizen(turn, MENU, {})
    return ask_as_citizen(turn, turn.intent, turn.entity_values())


def is_way_back(turn: Turn) -> bool:
    """Whether it is the digit that every answer shows as the way to the menu."""
    return turn.entity("pilihan") == BACK


class GoOn(RiungAction):
    """Back to the form that rests."""

    action_name = "action_lanjut_isian"

    def answer(self, turn: Turn) -> Events | None:
        """Begin it with the answers it has; without one, say so."""
        form = turn.slot(RESTING)
        if form is None:
            turn.say("utter_isian_tidak_ada")
            return None
        turn.say("utter_isian_dilanjutkan")
        return [SlotSet(RESTING, None), FollowupAction(form)]


class AskChoice(RiungAction):
    """Asks with its values as choices, each named by a phrase (`phrases` and the value)."""

    action_name = ""
    phrases = ""
    values: ClassVar[Sequence[str]] = ()

    def answer(self, turn: Turn) -> Events | None:
        """Ask, with the choices numbered."""
        options = number([option(turn.phrase(f"{self.phrases}{one}"), one) for one in self.values])
        turn.say(self.action_name.replace("action_", "utter_"), options, pilihan=numbered(options))
        return None


def option(title: str, value: str) -> dict[str, str]:
    """A choice whose payload fills the slot that is being asked for."""
    return {"title": title, "payload": command("isi", {"isi": value})}


def chosen(turn: Turn) -> str | None:
    """The value of the tapped or typed option."""
    if tapped := turn.entity("isi"):
        return tapped
    digit = turn.entity("pilihan")
    for button in turn.numbered_buttons():
        if button["angka"] == digit:
            return parse_command(button["payload"])[1].get("isi")
    return None


def option_named(turn: Turn) -> str | None:
    """The value of the one option whose title has all words that mean something: "yang baru"; a
    "ya" that asks nothing takes an option that is the only one.
    """
    pointing = {*vocabulary(FormAnswers).sekitar_pilihan}
    said = {*plain(turn.text).split()} - lexicon().filler - lexicon().address - pointing
    titles = [(button, {*plain(button["title"]).split()}) for button in turn.numbered_buttons()]
    if turn.intent == "setuju" and len(titles) == 1 and "?" not in turn.text:
        said = titles[0][1]
    titles += [(button, {str(button["angka"])}) for button, _ in titles]  # "yaudah 2"
    meant = [button for button, title in titles if said and said <= title]
    return parse_command(meant[0]["payload"])[1].get("isi") if len(meant) == 1 else None


def option_told(turn: Turn) -> str | None:
    """The value of the one option of which a few words say a word that the others lack: "oke satu
    dulu, yang baru"; None where they deny or ask.
    """
    said = {*plain(turn.text).split()}
    denied = not said.isdisjoint({*vocabulary(FormAnswers).tidak})
    if denied or "?" in turn.text or has_question_word(turn) or len(turn.text.split()) > SHORT:
        return None
    titles = [(one, {*plain(one["title"]).split()}) for one in turn.numbered_buttons()]
    meant = []
    for button, words in titles:
        others = {word for other, title in titles if other is not button for word in title}
        meant += [button] if said & (words - others) else []
    return parse_command(meant[0]["payload"])[1].get("isi") if len(meant) == 1 else None


def needs_no_name(turn: Turn, asked: str) -> Events:
    """A name, told where the form asks for none: officers ask for it themselves."""
    if not (is_written_name(turn.text) or name_told(turn.text)):
        return []
    turn.say("utter_isian_tanpa_nama")
    return [SlotSet(asked, None)]


def is_elsewhere(turn: Turn) -> bool:
    """Whether a message to a question for free words is certainly about something else."""
    if turn.entity("pilihan"):
        return _is_offered_digit(turn)
    is_other = turn.intent not in NOT_A_QUESTION | {"cek_status"}  # a bare number is a slip
    return is_other and confidence(turn) == CERTAIN


def consists_of(text: str, group: str) -> bool:
    """Whether no word of the text is outside of that group of `kamus/isian.yml`."""
    return not {*plain(text).split()} - {*vocabulary(FormAnswers).group(group)}


def is_question(turn: Turn) -> bool:
    """Whether a free text is surely a question of its own rather than an answer."""
    return "?" in turn.text or is_sure_question(turn)


def has_question_word(turn: Turn) -> bool:
    """Whether a word of the text asks, as in "berlaku berapa lama" without a question mark."""
    return not {*plain(turn.text).split()}.isdisjoint(vocabulary(Asking).kata_tanya)


def asks_about_something(turn: Turn) -> bool:
    """Whether it was surely understood as a question, and has a word that asks or names a topic."""
    asking = vocabulary(Asking)
    words = {*plain(turn.text).split()}
    return is_sure_question(turn) and bool(words & {*asking.kata_tanya, *asking.pokok_tanya})


def is_sure_question(turn: Turn) -> bool:
    """Whether the message was surely understood as a question."""
    is_known = bool(turn.intent) and turn.intent not in NOT_A_QUESTION
    return is_known and confidence(turn) >= SURE


def has_own_answer(turn: Turn) -> bool:
    """Whether the message shows a situation that has an answer of its own."""
    return any(map(turn.entity, (SITUATION, AFTERWARDS)))


def confidence(turn: Turn) -> float:
    """How sure it is what the message was understood as."""
    return (turn.message.get("intent") or {}).get("confidence") or 0.0


def once_more(form: str, slot: str, error: BackendDown) -> Events:
    """Ask the last question again: what was sent may have arrived, or not; its key stays."""
    unsure = [SlotSet(UNSURE, True)] if error.may_be_done else []
    return [SlotSet(slot, None), *unsure, FollowupAction(form)]
