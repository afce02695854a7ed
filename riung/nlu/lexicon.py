"""The words of `kamus/*.yml`, which trainers edit, in the form the normaliser and parsers need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from riung.settings import ROOT
from riung.yaml_files import read_yaml

FOLDER = ROOT / "kamus"


@dataclass(frozen=True)
class Lexicon:
    """What the bot knows about single words, lower case throughout.

    Attributes:
        shorthand: chat spelling → standard word or words.
        protected: words that nothing may rewrite.
        address: forms of address, meaningless beside a question ("min", "kak").
        filler: particles, meaningless everywhere ("dong", "sih").
        greeting: words of greeting and politeness.
        places: words of place names; right as they are, but never the aim of a spelling repair.
        common: further words that are spelt right.
    """

    shorthand: Mapping[str, str]
    protected: frozenset[str]
    address: frozenset[str]
    filler: frozenset[str]
    greeting: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Every standard word the files contain."""
        written_out = {word for full in self.shorthand.values() for word in full.split()}
        listed = self.protected | self.address | self.filler | self.greeting
        return frozenset(written_out | listed | self.common)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of the checkout.

    Raises:
        YamlError: a file is broken; the message names file and line.
    """
    polite, places = section("sapaan"), _place_words()
    return Lexicon(
        shorthand={k: v for part in section("singkatan").values() for k, v in part.items()},
        protected=frozenset(_flat(section("dilindungi").values())) | places,
        address=frozenset(polite["sapaan"]),
        filler=frozenset(polite["basa_basi"]),
        greeting=frozenset(polite["salam"]),
        places=places,
        common=frozenset(_flat(part.split() for part in section("kosakata").values()))
        | _situation_words(),
    )


@lru_cache(maxsize=16)
def section(name: str) -> Mapping[str, Any]:
    """The content of `kamus/<name>.yml` as plain containers."""
    return _plain(read_yaml(FOLDER / f"{name}.yml"))  # type: ignore[no-any-return]


def fingerprint() -> str:
    """Changes when any file of the lexicon does, so that Rasa trains again."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.glob("*.yml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _place_words() -> frozenset[str]:
    return frozenset(word for name in section("kota")["kota"] for word in str(name).split())


def _situation_words() -> frozenset[str]:
    """The words by which situations show: right as they are, and an aim of spelling repairs."""
    return frozenset(
        word
        for situation in section("keadaan")["keadaan"].values()
        for condition in situation["bila"]
        for line in condition["semua"]
        for phrase in line
        for word in str(phrase).split()
        if word.isalpha()
    )


def _flat(parts: Iterable[Iterable[str]]) -> list[str]:
    return [str(word) for part in parts for word in part]


def _plain(content: Any) -> Any:
    """Ruamel's round-trip containers as dict, list and str, which pickle and compare faster."""
    if isinstance(content, Mapping):
        return {_key(key): _plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_plain(value) for value in content]
    return str(content) if isinstance(content, str) else content


def _key(key: Any) -> Any:
    return str(key) if isinstance(key, str) else key
