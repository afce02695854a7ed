"""Whoever has no booking, or tells more than was asked, is answered for that."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize("said", ["mau ubah jadwal", "reschedule kak", "batalkan antrean saya"])
async def test_without_a_booking_that_is_said_before_the_apps_rule(
    applicant: Talk, said: str
) -> None:
    answer = await applicant.say(said)

    assert answer.startswith("*Belum ada antrean MPP Batang dari nomor WhatsApp ini.*")
    assert "M-Paspor" in answer
    assert "Daftar antrean" in [choice.title for choice in applicant.last.choices]


async def test_where_nothing_is_booked_here_only_the_apps_rule_is_said(citizen: Talk) -> None:
    assert "Belum ada antrean" not in await citizen.say("mau ubah jadwal")


async def test_in_english_too(applicant: Talk) -> None:
    answer = await applicant.say("english", "I want to reschedule my appointment")
    assert answer.startswith("*There is no booking for MPP Batang")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("nama saya slamet riyadi", "slamet riyadi"),
        ("namanya Sri Wahyuni ya", "Sri Wahyuni"),
        ("atas nama, nama anak saya Putri Ayu", "Putri Ayu"),
    ],
)
async def test_a_name_told_before_it_is_asked_for_is_kept(
    applicant: Talk, said: str, name: str
) -> None:
    assert f"*{name}*" in await applicant.say("daftar antrean mpp batang", said)
    assert "NIK" in await applicant.say("1", "1")


async def test_it_can_be_corrected_there(applicant: Talk) -> None:
    await applicant.say("daftar antrean mpp batang", "nama saya slamet riyadi")
    assert "*slamet raharjo*" in await applicant.say("eh salah namanya slamet raharjo")


@pytest.mark.parametrize("said", ["mo daftar tgl 7 bln depan", "daftar antrean buat besok dong"])
async def test_a_day_that_cannot_be_had_is_said_at_once(applicant: Talk, said: str) -> None:
    answer = await applicant.say(said)
    assert "tidak bisa dipilih di MPP Batang" in answer
    assert "Untuk keperluan apa" in answer


async def test_nor_later_where_something_else_is_asked(applicant: Talk) -> None:
    answer = await applicant.say("daftar antrean mpp batang", "eh senin aja")
    assert "tidak bisa dipilih di MPP Batang" in answer


@pytest.mark.parametrize(
    "said", ["kabarin klo ada kosong", "kasih tau dong kalo kuota dibuka, ingatkan ya"]
)
async def test_a_wish_to_hear_of_free_places_is_taken(applicant: Talk, said: str) -> None:
    assert "saya kabari di sini" in await applicant.say("kuota masih ada?", said)
