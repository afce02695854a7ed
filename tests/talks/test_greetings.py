"""A greeting alone: in whose language, and that a call is no matter of others."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize("said", ["hi", "Hello!", "good morning", "bonjour", "Hola", "こんにちは"])
async def test_a_foreign_greeting_is_answered_in_english_with_the_way_back(
    citizen: Talk, said: str
) -> None:
    assert (await citizen.say(said)).startswith("Hello.")
    assert "Bahasa Indonesia" in [choice.title for choice in citizen.last.choices]
    assert "Biaya paspor" in await citizen.say("biaya paspor berapa ya")


@pytest.mark.parametrize("said", ["halo", "hi kak", "hello min", "p", "tes", "punten"])
async def test_an_indonesian_call_is_answered_by_the_menu(citizen: Talk, said: str) -> None:
    assert "asisten otomatis" in await citizen.say(said)
    assert "1. Informasi paspor" in citizen.last.text
