"""Messages whose meaning is certain: menu choices, bare numbers and codes, yes, no, "menu".

What is decided here has confidence 1.0 and never reaches the classifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from riung.intents import intents
from riung.nlu.component import MessageComponent
from riung.nlu.entities import Entity
from riung.nlu.lexicon import lexicon
from riung.nlu.messages import add_entities, entities_of, set_ranking, text_of, words_of
from riung.nlu.normalizer import Normalizer
from riung.nlu.numbers import bare_number
from riung.nlu.vocabulary import (
    Asking,
    FormAnswers,
    Languages,
    OtherAuthorities,
    alternatives,
    shortcuts,
    vocabulary,
)
from riung.office.menu import parse_choice

LAST = " saja"
"""What may stand behind a short answer: "petugas saja"."""

REMARK = 3
"""Words behind a wish that change nothing of it."""

_SHORTEST_NUMBER = 3
"""One or two digits are a menu choice; from three on a bare number is a reference."""

_DATE = r"(?:\d{6,8}|\d{1,4}[ ./-]\d{1,2}[ ./-]\d{1,4})"
_OLD_FORMAT = re.compile(
    rf"(?:#[^#\d]+(?<!\s)#{_DATE}|#?[^#\d]{{2,60}}#\s*{_DATE}\s*#\s*{_DATE}(?:\s*#[^#]{{0,30}})?)\s*#?"
)
"""Earlier gateways took `#NAMA#TGLLAHIR#TGLDATANG` and `#batal` (fact nop_antrean_2017); the first
sign may be forgotten where both dates stand, and a word stand behind them. It is the whole message:
hashtags stand among words, with a blank between two of them."""


@dataclass(frozen=True)
class Certain:
    """A certain meaning, with the entity that comes with it."""

    intent: str
    entity: str | None = None
    value: str = ""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ShortcutParser(MessageComponent, IntentClassifier):
    """Decides the messages that need no classifier."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """There is nothing to set."""
        return {}

    def understand(self, message: Message) -> None:
        """Set intent and entity of one message if its meaning is certain."""
        text = text_of(message)
        found = entities_of(message)
        certain = certain_meaning(text, [word.text for word in words_of(message)], found)
        if certain is None:
            return
        set_ranking(message, [(certain.intent, 1.0)])
        if certain.entity or certain.intent == intents().role.out_of_scope:
            message.set(ENTITIES, [])
        if certain.entity:
            entity = Entity(certain.entity, certain.value, 0, len(text))
            add_entities(message, [entity], type(self).__name__)


def certain_meaning(text: str, words: list[str], entities: list[Entity]) -> Certain | None:
    """The meaning of a message that leaves no doubt, or None.

    Args:
        text: the citizen's text.
        words: its normalised words.
        entities: what the extractor found in it.
    """
    if (digit := parse_choice(text)) is not None:
        return Certain(intents().role.menu_choice, "pilihan", digit)
    if _OLD_FORMAT.fullmatch(text.strip()):
        return Certain(intents().role.book)
    if text.strip().casefold() == "#batal":
        return Certain(intents().role.cancel_booking)
    if [entity.name for entity in entities] == ["tanggal"] and _is_whole(text, entities[0]):
        return None
    if (number := bare_number(text)) and len(number) >= _SHORTEST_NUMBER:
        return Certain(intents().role.status, "nomor_permohonan", number)
    if len(entities) == 1 and entities[0].name == "nomor_permohonan":
        return _reference(text, words, entities[0])
    if not any(character.isalpha() or not character.isascii() for character in "".join(words)):
        return Certain(intents().role.out_of_scope)
    if not _core(words):
        return Certain(intents().role.greeting)  # "min", "kak": somebody calls
    core = _core(words)
    after = _after_opening(core) if "?" not in text else None
    return _phrases().get(core) or after or _other_authority(text, words)


def _after_opening(core: str) -> Certain | None:
    """What is left to mean of "yaudah batal", "halo, petugas saja", "eh jangan"."""
    left = _opening().sub("", f"{core} ").strip()
    found = _phrases().get(left) or _phrases().get(left.removesuffix(LAST))
    if found is None and LAST in f" {left}":
        found = _first_wish(left)
    return None if found is None or found.intent == intents().role.greeting else found


def _first_wish(core: str) -> Certain | None:
    """The wish that opens a few words: "petugas saja ribet", "batal saja males"."""
    wish, _, remark = core.partition(LAST)
    found = _phrases().get(wish)
    is_wish = found is not None and found.intent not in intents().no_question - {
        intents().role.stop
    }
    said = remark.split()
    named = {word.removesuffix("nya") for word in said} & _things()  # "batal saja laporannya"
    return found if is_wish and len(said) <= REMARK and not named else None


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    """Words that name what a wish is about."""
    return frozenset({*vocabulary(FormAnswers).ingin_mengadu, *vocabulary(Asking).pokok_tanya})


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """Words before a short answer that leave its meaning."""
    known = lexicon()
    words = alternatives(known.opening | known.filler | known.greeting)
    return re.compile(rf"^(?:(?:{words})\s+)+")


def _other_authority(text: str, words: list[str]) -> Certain | None:
    """A matter of another authority (tax, a family card), with no word of ours beside it.

    A word that only spelling repair made ("sambat" → "samsat") is none.
    """
    topics, line, written = vocabulary(OtherAuthorities), " ".join(words), text.casefold()
    said = {*line.split()}
    if said & {*topics.urusan_kita}:
        return None
    named = [topic for topic in said & {*topics.urusan_lain} if topic in written]
    elsewhere = named or _other_document().search(line)
    return Certain(intents().role.out_of_scope) if elsewhere else None


@lru_cache(maxsize=1)
def _other_document() -> re.Pattern[str]:
    """A word of making or mending right before the name of another authority's document."""
    topics = vocabulary(OtherAuthorities)
    verbs, documents = map(alternatives, (topics.kata_mengurus, topics.dokumen_lain))
    return re.compile(rf"(?<!\S)(?:{verbs}) (?:{documents})(?!\S)")


def _reference(text: str, words: list[str], entity: Entity) -> Certain | None:
    """A reference that is the whole message, or stands among words that only name it ("nomornya
    …"): digits ask for the status, a code for the booking.
    """
    beside = {word for word in _core(words).split() if word.isalpha()}
    only_names = beside <= {*vocabulary(Asking).menyebut_nomor, *lexicon().filler}
    if not (_is_whole(text, entity) or (only_names and entity.value.isdigit())):
        return None
    role = intents().role
    intent = role.status if entity.value.isdigit() else role.my_bookings
    return Certain(intent, "nomor_permohonan", entity.value)


def _is_whole(text: str, entity: Entity) -> bool:
    return text.strip(" \t\n.#*") == text[entity.start : entity.end]


def _core(words: list[str]) -> str:
    """The words without forms of address and without particles after the first word."""
    plain = [
        w for word in words for w in word.split() if w not in lexicon().address and w not in "?!"
    ]
    return " ".join(w for place, w in enumerate(plain) if not place or w not in lexicon().filler)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Certain]:
    """Normalised phrase → meaning, from kamus/jawaban*.yml and kamus/bahasa.yml."""
    normalizer = Normalizer(repair=False)

    def core(phrase: str) -> str:
        return _core([word.text for word in normalizer.words(phrase)])

    known = {
        core(phrase): Certain(intent)
        for intent, phrases in shortcuts().items()
        for phrase in phrases
    }
    known |= {
        core(phrase): Certain(intents().role.greeting)
        for phrase in vocabulary(Languages).salam_asing
    }
    for language in ("en", "id"):
        for phrase in vocabulary(Languages).group(f"minta_{language}"):
            known[core(phrase)] = Certain(intents().role.change_language, "bahasa", language)
    return known
