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


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("siti maemunah, 3325014506900003", "siti maemunah"),
        ("rudi hartono 3325014506900003", "rudi hartono"),
        ("nik 3325014506900003, wulan sari", "wulan sari"),
    ],
)
async def test_an_uncapitalised_name_beside_a_nik_is_kept(
    applicant: Talk, said: str, name: str
) -> None:
    answer = await applicant.say("daftar antrean mpp batang", said)
    assert f"*{name}*" in answer
    assert "berakhir 0003" in answer


@pytest.mark.parametrize("said", ["ini nik istri saya 3325014506900003", "nih 3325014506900003"])
async def test_words_around_a_nik_are_no_name(applicant: Talk, said: str) -> None:
    assert "namanya" not in await applicant.say("daftar antrean mpp batang", said)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("eh bukan maemunah, maimunah pake i", "Siti Maimunah"),
        ("bukan Maemunah tapi Maymunah", "Siti Maymunah"),
    ],
)
async def test_one_word_of_a_name_is_mended(applicant: Talk, said: str, name: str) -> None:
    answer = await applicant.say("daftar antrean mpp batang", "nama saya Siti Maemunah", said)
    assert name.casefold() in answer.casefold()


@pytest.mark.parametrize(
    "said", ["nik nya buat apa ya mba? aman kan?", "emang nik buat apa? aman ga datanya"]
)
async def test_why_a_nik_is_told_before_it_is_asked(applicant: Talk, said: str) -> None:
    assert "NIK menjaga" in await applicant.say("daftar antrean mpp batang", said)


@pytest.mark.parametrize(
    "said", ["nama anaknya atau nama saya?", "pakai nama siapa nih?", "nama yang ditulis siapa?"]
)
async def test_whose_name_is_told_before_it_is_asked(applicant: Talk, said: str) -> None:
    assert "Nama orang yang akan datang" in await applicant.say("daftar antrean mpp batang", said)


@pytest.mark.parametrize(
    "said", ["klo ga jadi dateng kena denda ga", "kalau tidak datang didenda ga"]
)
async def test_what_not_coming_costs_is_no_name(applicant: Talk, said: str) -> None:
    answer = await applicant.say("daftar antrean mpp batang", "1", "1", said)
    assert "tidak kami temukan" in answer
    assert "seperti nama" not in answer


@pytest.mark.parametrize("said", ["istri sy gimana, daptarnya skrg jg?", "kalau suami saya?"])
async def test_how_the_other_of_a_family_is_booked(applicant: Talk, said: str) -> None:
    assert "*satu orang*" in await applicant.say("daftar antrean mpp batang", said)


@pytest.mark.parametrize(
    "said", ["mau daftar antrean batang 3 orang sekeluarga", "daftar antrean berdua sama istri"]
)
async def test_a_family_hears_for_how_many_it_is(applicant: Talk, said: str) -> None:
    answer = await applicant.say(said)
    assert "*satu orang*" in answer
    assert "Untuk keperluan apa" in answer


async def test_the_hour_of_an_offered_day_is_a_question(applicant: Talk) -> None:
    answer = await applicant.say("daftar antrean mpp batang", "1", "itu selasa jam brp aja ada?")
    assert "Jamnya tidak bisa dipilih" in answer


@pytest.mark.parametrize("said", ["yg baru aja buat adik saya", "daftar yg paspor baru aja"])
async def test_the_purpose_may_be_told_with_for_whom(applicant: Talk, said: str) -> None:
    assert "Hari apa" in await applicant.say("daftar antrean mpp batang", said)
