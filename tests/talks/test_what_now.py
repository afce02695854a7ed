"""What is to be done now, how long it takes and what comes next, of an application told of; and an
answer that was given a moment ago.
"""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Talk

NUMBER = "1179000000007118"


@pytest.mark.parametrize(
    "then",
    ["terus saya harus ngapain", "solusinya gimana dong", "jadi apa yg hrs dilakukan", "trus gmn"],
)
async def test_a_suspended_one_has_its_way_on_and_not_its_status_again(
    citizen: Talk, backend: Backend, then: str
) -> None:
    backend.application(NUMBER, "suspended")
    await citizen.say(NUMBER)
    answer = await citizen.say(then)
    assert "Hanya petugas yang bisa menjelaskan" in answer
    assert "sejak" not in answer


@pytest.mark.parametrize(
    "then", ["sampe kapan ditangguhkannya", "brp lama ditangguhkannya", "kpn kelar"]
)
async def test_no_days_are_promised_for_what_stands_still(
    citizen: Talk, backend: Backend, then: str
) -> None:
    backend.application(NUMBER, "suspended")
    await citizen.say(NUMBER)
    answer = await citizen.say(then)
    assert "tidak bisa saya perkirakan" in answer
    assert "4 hari kerja" not in answer


@pytest.mark.parametrize("then", ["abis ini apa", "perlu dateng lagi ga", "stelah ini ngapain"])
async def test_the_stages_to_come_are_named(citizen: Talk, backend: Backend, then: str) -> None:
    backend.application(NUMBER, "interview_biometrics")
    await citizen.say(NUMBER)
    answer = await citizen.say(then)
    assert "Simpan tanda terima" in answer
    assert "Verifikasi data → " in answer


@pytest.mark.parametrize("then", ["batasnya kapan", "paling lambat kpn", "deadline nya kapan"])
async def test_the_limit_of_paying_is_that_of_its_stage(
    citizen: Talk, backend: Backend, then: str
) -> None:
    backend.application(NUMBER, "awaiting_payment")
    await citizen.say(NUMBER)
    assert "2 jam sejak kode billing" in await citizen.say(then)


@pytest.mark.parametrize("then", ["what should i do now", "what do i do", "what now"])
async def test_it_is_said_in_english_too(citizen: Talk, backend: Backend, then: str) -> None:
    backend.application(NUMBER, "suspended")
    assert "told in Indonesian" not in await citizen.say("english", NUMBER)
    assert "Only an officer can tell" in await citizen.say(then)


@pytest.mark.parametrize(
    ("asked", "between"),
    [
        ("paspor saya dicuri", "kantor sampe jam brp"),
        ("biaya paspor brp", "syarat?"),
        ("paspor saya ditahan agen", "makasih infonya"),
        ("syarat paspor anak apa aja", "toilet dimana ya"),
    ],
)
async def test_the_same_answer_is_not_said_word_for_word_after_another_one(
    citizen: Talk, asked: str, between: str
) -> None:
    await citizen.say("halo")
    first = await citizen.say(asked)
    await citizen.say(between)
    again = await citizen.say(asked)
    assert again != first
    assert again.startswith("Seperti tadi:")
    assert "*petugas*" in again


@pytest.mark.parametrize(
    "then", ["apa aja yg dibawa", "berkasnya apa aja", "dokumen apa aja yg disiapin"]
)
async def test_what_was_just_told_is_not_said_whole_because_it_is_named_now(
    citizen: Talk, then: str
) -> None:
    first = await citizen.say("mau ganti paspor")
    answer = await citizen.say(then)
    assert "e-KTP dan paspor lama" in answer
    assert len(answer) < len(first)
