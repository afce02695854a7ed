"""What was said before counts while a form asks, too; the form goes on afterwards."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize("text", ["kalau anak?", "yang anak gimana?", "kalo utk anak kecil?"])
async def test_part_of_a_question_is_completed(applicant: Talk, text: str) -> None:
    answer = await applicant.say("daftar antrean mpp batang", "syaratnya apa aja?", text)

    assert "Akta kelahiran anak" in answer
    assert "Untuk keperluan apa?" in answer


@pytest.mark.parametrize("text", ["kena denda berapa", "biayanya jadi berapa?", "totalnya brp"])
async def test_the_topic_before_the_form_is_remembered(applicant: Talk, text: str) -> None:
    answer = await applicant.say("paspor saya hilang", "daftar antrean mpp batang", text)

    assert "Rp1.650.000" in answer
    assert answer.rstrip().endswith("Ketik *batal* untuk berhenti.")


async def test_it_goes_on_from_question_to_question(applicant: Talk) -> None:
    await applicant.say("daftar antrean mpp batang", "1", "1", "syarat paspor anak?")

    assert "paling lama 5 tahun" in await applicant.say("berlaku berapa lama")
    assert "nama lengkap" in applicant.last.text
    assert "NIK" in await applicant.say("Budi Santoso")


@pytest.mark.parametrize("text", ["biayanya berapa?", "jam bukanya?", "alamatnya di mana"])
async def test_a_short_question_is_no_story(citizen: Talk, text: str) -> None:
    answer = await citizen.say("mau lapor pungli", "3", text)

    assert "apa, kapan, dan di mana" in answer
    assert len(answer) > 200


async def test_there_is_one_answer_where_no_form_is_open(citizen: Talk) -> None:
    assert "Tidak ada isian yang terbuka" in await citizen.say("halo", "lanjutkan isian")
