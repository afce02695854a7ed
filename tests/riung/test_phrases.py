"""Short wording from `kalimat/`."""

from __future__ import annotations

import pytest

from riung.phrases import PHRASES, intent_labels, phrase


def test_values_are_filled() -> None:
    assert phrase("sisa", "id", sisa=3, kapasitas=10) == "sisa *3* dari 10"


def test_the_conversations_language_is_spoken() -> None:
    assert phrase("penuh", "en", kapasitas=10) == "*full* (10 of 10)"


def test_a_language_we_do_not_speak_is_answered_in_indonesian() -> None:
    assert phrase("tutup", "zh") == phrase("tutup", "id")


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError, match="tidak_ada"):
        phrase("tidak_ada", "id")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_said_with_all_its_values(name: str, language: str) -> None:
    said = phrase(name, language, **{value: f"<{value}>" for value in PHRASES[name].split()})

    assert all(f"<{value}>" in said for value in PHRASES[name].split())
    assert "{" not in said


def test_labels_differ_by_language() -> None:
    assert intent_labels("id")["biaya_paspor"] == "Biaya paspor"
    assert intent_labels("en")["biaya_paspor"] == "Passport fees"
