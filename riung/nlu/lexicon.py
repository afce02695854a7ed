"""The words of `kamus/*.yml`, which trainers edit, in the form the normaliser and parsers need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from riung.nlu.situations import situations
from riung.nlu.vocabulary import (
    FILES,
    Address,
    Kinds,
    Places,
    Protected,
    RightWords,
    Shorthand,
    Spelling,
    Tones,
    shortcuts,
    vocabulary,
)
from riung.validation import edited_file


@dataclass(frozen=True)
class Lexicon:
    """What the bot knows about single words, lower case throughout.

    Attributes:
        shorthand: chat spelling → standard word or words.
        protected: words that nothing may rewrite.
        address: forms of address, meaningless beside a question ("min", "kak").
        filler: particles, meaningless everywhere ("dong", "sih").
        greeting: words of greeting and politeness.
        opening: words that open a short answer and leave its meaning ("yaudah", "oke").
        places: words of place names; right as they are, but never the aim of a spelling repair.
        common: further words that are spelt right.
        rare: more of them, roots and words of tone; right as they are, never the aim of a repair.
        electronic: words before which an "e" is no suffix of the word before it ("bikin e ktp").
    """

    shorthand: Mapping[str, str]
    protected: frozenset[str]
    address: frozenset[str]
    filler: frozenset[str]
    greeting: frozenset[str]
    opening: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]
    rare: frozenset[str]
    electronic: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Every standard word the files contain."""
        written_out = {word for full in self.shorthand.values() for word in full.split()}
        listed = self.protected | self.address | self.filler | self.greeting | self.opening
        return frozenset(written_out | listed | self.common)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of the checkout.

    Raises:
        YamlError: a file is broken; the message names file and line.
    """
    polite, places = vocabulary(Address), _place_words()
    groups = vocabulary(Shorthand).__root__.values()
    return Lexicon(
        shorthand={short: full for group in groups for short, full in group.items()},
        protected=frozenset(_flat(vocabulary(Protected).__root__.values())) | places,
        address=frozenset(polite.sapaan),
        filler=frozenset(polite.basa_basi),
        greeting=frozenset(polite.salam),
        opening=frozenset(polite.pembuka),
        places=places,
        common=_blocks(vocabulary(Spelling).__root__) | _situation_words() | _answer_words(),
        rare=_blocks(vocabulary(RightWords).__root__) | _tone_words(),
        electronic=frozenset(vocabulary(Kinds).sesudah_e),
    )


def fingerprint() -> str:
    """Changes when any file of the lexicon does, so that Rasa trains again."""
    digest = hashlib.sha256()
    names = (*FILES, "keadaan.yml", "pertanyaan.yml", "pilihan.yml")
    for file in filter(Path.exists, (edited_file(f"kamus/{name}") for name in names)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _place_words() -> frozenset[str]:
    return frozenset(word for name in vocabulary(Places).kota for word in name.split())


def _situation_words() -> frozenset[str]:
    """The words by which situations show: right as they are, and an aim of spelling repairs."""
    return frozenset(
        word
        for situation in situations().by_name.values()
        for condition in situation.conditions
        for line in condition.all_of
        for phrase in line
        for word in phrase.split()
        if word.isalpha()
    )


def _answer_words() -> frozenset[str]:
    """The words of short answers; many are regional, near to a frequent word ("indak", "indah")."""
    phrases = _flat(shortcuts().values())
    return frozenset(word for phrase in phrases for word in phrase.split() if word.isalpha())


def _tone_words() -> frozenset[str]:
    """The words of grievance and praise; many are too coarse for a list of good words."""
    tones = vocabulary(Tones)
    words = f"{tones.keluhan} {tones.pujian}".split()
    return frozenset(word for word in words if word.isalpha())


def _blocks(named: Mapping[str, str]) -> frozenset[str]:
    return frozenset(_flat(words.split() for words in named.values()))


def _flat(parts: Iterable[Iterable[str]]) -> list[str]:
    return [word for part in parts for word in part]
