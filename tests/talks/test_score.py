"""A score of the service, in citizens' words."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize("wish", ["mau kasih rating", "saya mau nilai pelayanan kalian"])
async def test_a_wish_to_rate_is_asked_for_the_score(citizen: Talk, wish: str) -> None:
    assert "5. Sangat puas" in await citizen.say(wish)


@pytest.mark.parametrize("score", ["bintang 5", "kasih 5", "nilai lima", "5"])
async def test_a_score_in_words_is_taken_as_one(citizen: Talk, score: str) -> None:
    assert "sepatah kata" in await citizen.say("mau kasih penilaian", score)


@pytest.mark.parametrize("text", ["kasih bintang 5", "nilai 2 dong", "rating 4"])
async def test_a_score_is_no_row_of_the_menu_that_stands_above(citizen: Talk, text: str) -> None:
    assert "sepatah kata" in await citizen.say("menu", text)


async def test_a_chosen_number_is_still_a_row(citizen: Talk) -> None:
    assert "Masalah M-Paspor" in await citizen.say("menu", "pilih 5")
