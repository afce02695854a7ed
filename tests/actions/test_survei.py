"""The survey after a talk with an officer."""

from __future__ import annotations

import pytest

from actions.survei import FORM, CheckWord, TakeScore
from tests.actions.makers import Reply, citizen, reply, slots_of


async def word(text: str, intent: str = "nlu_fallback", **entities: str) -> Reply:
    return await reply(CheckWord(), citizen(text, intent, entities), requested_slot="ulasan")


@pytest.mark.parametrize(
    "text", ["beri penilaian", "saya mau ngasih nilai pelayanan", "i want to rate the service"]
)
async def test_a_wish_to_rate_is_answered_with_the_scores(text: str) -> None:
    asked = await reply(TakeScore(), citizen(text, "survei"))

    assert asked.response == "utter_survei_tanya"
    assert [button["angka"] for button in asked.buttons] == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize("text", ["nilai saya 4 dari 5", "pelayanannya ramah dan cepat sekali"])
async def test_a_verdict_in_words_is_thanked_for(text: str) -> None:
    assert (await reply(TakeScore(), citizen(text, "survei"))).response == "utter_survei"


async def test_a_score_is_followed_by_the_question_for_a_word() -> None:
    scored = await reply(TakeScore(), citizen("5", "survei", {"nilai": "5"}))
    assert scored.events[-1]["name"] == FORM


@pytest.mark.parametrize("text", ["cepat dan ramah", "ok", "kurang jelas"])
async def test_any_words_are_taken(text: str) -> None:
    assert slots_of((await word(text)).events) == {"ulasan": text}


async def test_another_score_is_no_word() -> None:
    assert (await word('/survei{"nilai": "4"}', "survei", nilai="4")).events == []


@pytest.mark.parametrize(("intent", "entities"), [("tolak", {}), ("pilihan", {"pilihan": "7"})])
async def test_a_digit_or_no_leaves_the_survey(intent: str, entities: dict[str, str]) -> None:
    assert slots_of((await word("tidak", intent, **entities)).events) == {
        "ulasan": None,
        "requested_slot": None,
    }


@pytest.mark.parametrize(("intent", "entities"), [("menu", {}), ("pilihan", {"pilihan": "0"})])
async def test_the_menu_ends_the_survey_and_is_shown_by_its_rule(
    intent: str, entities: dict[str, str]
) -> None:
    assert slots_of((await word("menu", intent, **entities)).events) == {"requested_slot": None}


async def test_a_question_of_its_own_is_left_to_the_rules() -> None:
    assert (await word("biaya paspor berapa?", "biaya_paspor")).events == []
