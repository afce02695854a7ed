"""Whether an answer helped is asked rarely, and a "no" is told to trainers."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.talks.talk import Talk

QUESTION = "Membantu?"
QUESTIONS = [
    *("syarat paspor baru", "biaya paspor berapa", "lama proses paspor", "cara bayar paspor"),
    *("beda e-paspor dan paspor biasa", "cara daftar paspor", "cara ambil paspor"),
    *("syarat paspor anak", "syarat paspor hilang", "layanan prioritas", "syarat paspor rusak"),
    "paspor sehari jadi",
]


async def test_it_is_asked_rarely_and_never_twice_in_a_row(citizen: Talk) -> None:
    asked = [QUESTION in await citizen.say(text) for text in QUESTIONS]

    assert sum(asked) in (1, 2)
    assert not asked[0]
    assert not any(one and other for one, other in pairwise(asked))


@pytest.mark.parametrize("no", ["tidak membantu", "ga membantu", "kurang membantu kak"])
async def test_a_no_is_answered_with_the_way_to_a_person(citizen: Talk, no: str) -> None:
    await citizen.say("biaya paspor berapa")

    assert "*petugas*" in await citizen.say(no)
    assert "tidak_membantu" in citizen.published()


async def test_a_yes_is_thanked_for(citizen: Talk) -> None:
    await citizen.say("biaya paspor berapa")

    assert "Terima kasih" in await citizen.say("membantu banget")
