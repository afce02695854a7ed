"""Reminders asked for in the chat: the payment's limit and the passport's end."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    "text", ["ingatkan batas bayar saya", "tolong ingetin bayar billing ya", "remind me to pay"]
)
async def test_a_payment_is_reminded_half_an_hour_before(guided: Talk, text: str) -> None:
    answer = await guided.say(text)

    assert "11.30 WIB" in answer
    assert "12.00 WIB" in answer


async def test_a_code_issued_earlier_has_an_earlier_limit(guided: Talk) -> None:
    assert "*11.15 WIB*" in await guided.say("ingatkan bayar, kode terbit 09.15")
    assert "sudah lewat" in await guided.say("ingatkan bayar, kode terbit 07.30")


async def test_the_button_of_the_step_reminds(guided: Talk) -> None:
    await guided.say("sudah pilih jadwal, selanjutnya apa?")

    assert "saya ingatkan pukul" in await guided.tap("Ingatkan batas bayar")


@pytest.mark.parametrize(
    "text",
    [
        "ingatkan saya sebelum paspor habis 12 mei 2028",
        "ingetin dong paspor saya expired 12 mei 2028",
        "kabarin kalau masa berlaku paspor mau habis, tanggal 12 mei 2028",
    ],
)
async def test_a_passports_end_is_told_half_a_year_before(citizen: Talk, text: str) -> None:
    assert "*Jumat 12 November 2027*" in await citizen.say(text)


async def test_a_day_that_was_asked_for_is_taken(citizen: Talk) -> None:
    assert "Tulis tanggalnya" in await citizen.say("ingatkan saya kalau paspor mau habis")

    assert "*Jumat 12 November 2027*" in await citizen.say("12 mei 2028")


async def test_a_passport_that_ends_soon_need_not_wait(citizen: Talk) -> None:
    assert "bisa diganti sekarang" in await citizen.say("ingatkan paspor habis 3 januari 2027")


async def test_another_notice_stays_what_it_was(citizen: Talk) -> None:
    assert "Tulis tanggalnya" not in await citizen.say("kabari kalau paspor sudah jadi")


async def test_it_is_said_of_which_quota_one_is_told(citizen: Talk) -> None:
    assert "kuota *MPP Batang* dibuka" in await citizen.say("ingatkan kalo kuota mpp batang dibuka")
