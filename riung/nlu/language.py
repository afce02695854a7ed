"""Which language to answer in: Indonesian or English, told only when the message is clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from riung.nlu.cleaning import clean
from riung.nlu.component import MessageComponent
from riung.nlu.entities import Entity
from riung.nlu.messages import add_entities, entities_of, text_of
from riung.nlu.vocabulary import Languages, vocabulary

_FEWEST_MARKS = 2
"""Words of one language a message must have; a single "visa" or "ok" tells nothing."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(MessageComponent, EntityExtractorMixin):
    """Adds the entity `bahasa` (id or en) to messages whose language is clear."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings with their defaults."""
        return {
            # Share of the words that mark a language which must be of the same one.
            "purity": 0.8,
        }

    def understand(self, message: Message) -> None:
        """Add the language of one message, unless it asked for one by itself."""
        if any(entity.name == "bahasa" for entity in entities_of(message)):
            return
        text = text_of(message)
        if language := language_of(text, self.config["purity"]):
            add_entities(message, [Entity("bahasa", language, 0, len(text))], self.name)


def language_of(text: str, purity: float = 0.8) -> str | None:
    """`"en"`, `"id"`, or None when there is too little to go by."""
    words = clean(text).text.replace("?", " ").replace(",", " ").replace(".", " ").split()
    marks = {language: _count(words, language) for language in ("en", "id")}
    language = max(marks, key=lambda name: marks[name])
    enough = marks[language] >= _FEWEST_MARKS and marks[language] >= purity * sum(marks.values())
    return language if enough else _english_alone(words) or _indonesian_among_others(words)


def _english_alone(words: Sequence[str]) -> str | None:
    """English where a short opener has nothing else: "extend visa"."""
    known = vocabulary(Languages)
    stripped = [word.strip("!;:'\"()") for word in words]
    if " ".join(filter(None, stripped)) in known.salam_asing:
        return "en"
    written = {*stripped} - {""}
    is_english = written <= {*known.en, *known.en_sendiri, *known.dua_bahasa}
    return "en" if is_english and not written.isdisjoint(known.en_sendiri) else None


def _indonesian_among_others(words: Sequence[str]) -> str | None:
    """Indonesian where one of several words is surely so and none is English: "selasa besok bisa?",
    which goes back from an English "price?".
    """
    is_told = len(words) > 1 and not _surely_indonesian().isdisjoint(words)
    return "id" if is_told and not _count(words, "en") else None


@lru_cache(maxsize=1)
def _surely_indonesian() -> frozenset[str]:
    known = vocabulary(Languages)
    return frozenset(known.id) - {*known.id_lemah}


def _count(words: Iterable[str], language: str) -> int:
    return sum(word in _marking_words(language) for word in words)


@lru_cache(maxsize=2)
def _marking_words(language: str) -> frozenset[str]:
    return frozenset(vocabulary(Languages).group(language))
