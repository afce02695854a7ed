"""Everything that a citizen reads has its English: answers, buttons, phrases, labels, notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from riung.localized import Localized
from riung.office.offices import offices
from riung.settings import ROOT
from riung.training.edited_files import MODELS
from riung.validation import read_as

ANSWERS: dict[str, list[dict[str, Any]]] = {
    name: variations
    for path in sorted((ROOT / "data").glob("*/responses.yml"))
    for name, variations in yaml.safe_load(path.read_text("utf-8"))["responses"].items()
}
INDONESIAN = sorted(name for name in ANSWERS if not name.endswith("_en"))
WORDS = sorted(name for name in MODELS if name.startswith("kalimat/"))
OF_ONE_LANGUAGE = {"kalimat/balas_salam.yml", "kalimat/simulasi.yml"}
"""Greetings returned in their own language, and what the simulator's people write."""


def localized(node: Any) -> Iterator[Localized]:
    """Every piece of words in a file."""
    if isinstance(node, Localized):
        yield node
    elif isinstance(node, BaseModel):
        for _, value in node:
            yield from localized(value)
    elif isinstance(node, dict):
        for value in node.values():
            yield from localized(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from localized(value)


SAME_WORD = {"Menu", "All Indonesia", "Overstay"}
"""Titles that read alike in both languages."""


def titles(name: str) -> dict[str, str]:
    """What an answer's buttons ask → what they say."""
    return {button["payload"]: button["title"] for button in ANSWERS[name][0].get("buttons", [])}


@pytest.mark.parametrize("name", INDONESIAN)
def test_an_answer_and_its_buttons_have_their_english(name: str) -> None:
    """Where both offer the same; an answer to foreigners may lead elsewhere."""
    ours, english = titles(name), titles(f"{name}_en")
    shared = ours.keys() & english.keys()
    alike = {ours[one] for one in shared if ours[one] == english[one]}

    assert ANSWERS[f"{name}_en"][0]["text"] != ANSWERS[name][0]["text"] or "{" in str(ANSWERS[name])
    assert alike <= SAME_WORD


@pytest.mark.parametrize("name", [one for one in WORDS if one not in OF_ONE_LANGUAGE])
def test_a_file_of_words_has_both_languages_with_the_same_values(name: str) -> None:
    found = list(localized(read_as(ROOT / name, MODELS[name])))

    assert found
    for words in found:
        assert words.id.strip()
        assert words.en.strip()


@pytest.mark.parametrize("office", sorted(offices()))
def test_an_office_has_an_english_menu(office: str) -> None:
    assert offices()[office].menu.en is not None
