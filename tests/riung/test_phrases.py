"""Short wording from `kalimat/frasa.yml`."""

from __future__ import annotations

from string import Formatter

import pytest

from riung import phrases
from riung.phrases import phrase
from riung.settings import ROOT
from riung.yaml_files import read_yaml

PHRASES = read_yaml(ROOT / "kalimat" / "frasa.yml")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_values_are_filled() -> None:
    assert phrase("sisa", sisa=3, kapasitas=10) == "sisa *3* dari 10"


def test_the_conversations_language_is_spoken() -> None:
    assert phrase("penuh", "en", kapasitas=10) == "*full* (10 of 10)"


def test_a_language_we_do_not_speak_is_answered_in_indonesian() -> None:
    assert phrase("tutup", "zh") == phrase("tutup")


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError, match="tidak_ada"):
        phrase("tidak_ada")


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_has_the_same_blanks_in_every_language(name: str) -> None:
    assert "id" in PHRASES[name]
    assert len({frozenset(blanks(text)) for text in PHRASES[name].values()}) == 1


def test_every_phrase_of_the_file_is_in_the_table_of_what_programs_say() -> None:
    assert sorted(phrases.read_phrases().keys() - phrases.PHRASES.keys()) == []
