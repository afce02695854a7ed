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


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("kok minta nik sih buat apa", "satu orang hanya mendapat satu tempat"),
        ("emang wajib ya pake nik?", "satu orang hanya mendapat satu tempat"),
        ("gak mau kasih nik ah takut", "Tidak mau mengirimnya?"),
        ("lupa nik saya", "Angkanya ada di KTP"),
        ("anak saya belum punya ktp", "Kartu Keluarga"),
        ("berapa angka ya", "Kartu Keluarga"),
        ("why do you need my id number", "each person gets one place"),
    ],
)
async def test_who_asks_what_the_nik_is_for_hears_it_and_the_form_goes_on(
    applicant: Talk, text: str, answered: str
) -> None:
    await applicant.say("daftar antrean mpp batang", "1", "1", "Budi Santoso")
    answer = await applicant.say(text)

    assert answered in answer
    assert "hari setelah hari layanan" in answer or "days after the day of service" in answer
    assert "NIK pemohon" in answer or "applicant's NIK" in answer


@pytest.mark.parametrize(
    "text", ["emang kenapa harus tau?", "buat apa nama saya", "aman gak kalo boleh?", "why"]
)
async def test_who_complains_hears_what_yes_and_no_mean(citizen: Talk, text: str) -> None:
    await citizen.say("mau lapor pungli", "3", "petugas loket 2 minta uang dua ratus ribu")
    answer = await citizen.say(text)

    assert "petugas melihat nomor chat ini" in answer or "officers see the number" in answer
    assert "Tanpa nama" in answer or "anonymous" in answer.casefold()


async def test_a_moment_is_given(applicant: Talk) -> None:
    await applicant.say("daftar antrean mpp batang", "1", "1")
    answer = await applicant.say("bentar ya")

    assert answer.startswith("Baik, saya tunggu.")
    assert "nama lengkap" in answer


async def test_that_a_form_was_closed_is_said_once(citizen: Talk) -> None:
    await citizen.say("mau lapor pungli", "3")
    await citizen.be_silent()
    answer = await citizen.say("kejadiannya kemarin siang, di loket 4 saya diminta 100 ribu")

    assert answer.count("sudah ditutup") == 1
    assert "sudah ditutup" not in await citizen.say("3")
