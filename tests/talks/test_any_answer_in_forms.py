"""Answers in a form come in any shape, and questions about its own questions at any step."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk

START = "daftar antrean mpp batang"
NIK = "3325014505900001"


@pytest.mark.parametrize("text", ["yg pagi aja bisa ga?", "jam berapa ya", "siang boleh?"])
async def test_the_hour_is_said_not_to_be_chosen(applicant: Talk, text: str) -> None:
    answer = await applicant.say(START, "1", text)

    assert "Jamnya tidak bisa dipilih" in answer
    assert "Hari apa di MPP Batang?" in answer


@pytest.mark.parametrize(
    "text", ["nik itu yg mana ya?", "kenapa nanti pake nik", "nik buat apa sih?"]
)
async def test_a_question_that_comes_later_is_explained_already(applicant: Talk, text: str) -> None:
    answer = await applicant.say(START, "1", text)

    assert "satu orang hanya mendapat satu tempat" in answer
    assert "Hari apa di MPP Batang?" in answer


@pytest.mark.parametrize(
    "text",
    [
        "perpanjang, selasa depan, nama Sri Wahyuni",
        "ganti paspor, nama saya Sri Wahyuni, selasa aja",
        "perpanjangan hari selasa; namanya Sri Wahyuni",
    ],
)
async def test_all_that_one_message_tells_is_kept(applicant: Talk, text: str) -> None:
    answer = await applicant.say(START, text)

    assert "namanya *Sri Wahyuni*" in answer
    assert "NIK pemohon" in answer


@pytest.mark.parametrize(
    "text", ["yaudah tgl 24 aja", "selasa 24 deh ya", "oke hari selasa aja min"]
)
async def test_the_day_told_once_more_is_confirmed(applicant: Talk, text: str) -> None:
    answer = await applicant.say(START, "1", "1", text)

    assert "harinya *Selasa 24 November 2026*" in answer
    assert "nama lengkap" in answer


@pytest.mark.parametrize("text", ["kalo minggu depannya bisa?", "bisa ganti hari ga?"])
async def test_another_day_is_chosen_anew_before_anything_is_booked(
    applicant: Talk, text: str
) -> None:
    answer = await applicant.say(START, "1", "1", "Budi Santoso", text)

    assert "Belum ada antrean" not in answer


@pytest.mark.parametrize(
    ("no", "field", "asked"),
    [
        ("tidak", "nik nya salah", "NIK pemohon"),
        ("bukan", "namanya", "nama lengkap"),
        ("salah", "hari", "Hari apa"),
    ],
)
async def test_no_to_the_summary_loses_nothing(
    applicant: Talk, no: str, field: str, asked: str
) -> None:
    await applicant.say(START, "1", "1", "Budi Santoso", NIK)

    assert "Yang mana yang keliru?" in await applicant.say(no)
    assert "Budi Santoso" in applicant.last.text
    assert asked in await applicant.say(field)


@pytest.mark.parametrize(
    "text", ["ganti bahasa indonesia aja", "pake bahasa indo", "bahasa indonesia aja deh"]
)
async def test_a_language_is_no_name(applicant: Talk, text: str) -> None:
    await applicant.say("i want to book a passport renewal at mpp batang on tuesday")
    answer = await applicant.say("my name is Kevin Pratama", text)

    assert "NIK pemohon" in answer
    assert "bahasa" not in answer.casefold().replace("bahasa indonesia", "")


@pytest.mark.parametrize("text", ["yaudah daftar", "daftarin dong", "ok daftarin aja"])
async def test_the_day_asked_about_needs_no_second_telling(applicant: Talk, text: str) -> None:
    await applicant.say("antrean batang selasa masih ada?", text)

    assert "nama lengkap" in await applicant.say("paspor baru")


@pytest.mark.parametrize("text", ["tanpa nama", "anonim aja ya", "jangan pake nama saya"])
async def test_no_name_may_be_asked_for_early(citizen: Talk, text: str) -> None:
    await citizen.say("mau mengadu", text)
    answer = await citizen.say("3", "tadi pagi di parkiran ada yang minta uang 300 ribu")

    assert "tanpa nama" in answer
    assert "nomor *" in answer


@pytest.mark.parametrize("text", ["kira2 dibales kapan?", "halo? ada orang?", "kok lama ya"])
async def test_who_waits_hears_when_officers_answer(citizen: Talk, text: str) -> None:
    answer = await citizen.say("petugas", "paspor saya belum jadi juga", text)

    assert "belum bisa saya janjikan" in answer
    assert "08.00" in answer


@pytest.mark.parametrize("text", ["yaudah batal", "oke batal aja", "eh batal deng"])
async def test_a_form_is_left_in_one_message_however_it_opens(applicant: Talk, text: str) -> None:
    assert "dihentikan" in await applicant.say(START, "1", text)


@pytest.mark.parametrize(
    "text", ["petugas aja lah ribet", "yaudah petugas aja deh", "petugas aja min"]
)
async def test_a_person_is_reached_with_a_sigh(applicant: Talk, text: str) -> None:
    answer = await applicant.say(START, "1", "1", text)

    assert "Petugas sudah diberi tahu" in answer


@pytest.mark.parametrize("text", ["nanti aja deh", "yah ga hapal. nanti dulu ya", "lain kali aja"])
async def test_later_leaves_the_form(applicant: Talk, text: str) -> None:
    assert "dihentikan" in await applicant.say(START, "1", "1", "Budi Santoso", text)


async def test_going_on_while_it_is_open_asks_once_more(applicant: Talk) -> None:
    answer = await applicant.say(START, "1", "1", "lanjutkan isian")

    assert "sudah ditutup" not in answer
    assert "nama lengkap" in answer


async def test_a_letter_with_a_full_stop_is_part_of_a_name(applicant: Talk) -> None:
    assert "NIK pemohon" in await applicant.say(START, "1", "1", "Bambang P.")


@pytest.mark.parametrize("text", ["2 orang", "ber-2 sama istri"])
async def test_what_is_not_understood_in_a_form_leaves_one_list_of_digits(
    applicant: Talk, text: str
) -> None:
    answer = await applicant.say(START, "1", text)

    assert answer.splitlines().count("Hari apa di MPP Batang?") == 1
    assert answer.count("\n1. ") == 1
    assert "nama lengkap" in await applicant.say("1")
