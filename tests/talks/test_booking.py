"""The booking form lets people be people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.actions.makers import nik
from tests.running_backend import FRIDAY, Backend
from tests.talks.talk import Talk


async def until_name(applicant: Talk) -> str:
    return await applicant.say("daftar antrean mpp batang", "1", "1")


async def until_nik(applicant: Talk) -> str:
    await until_name(applicant)
    return await applicant.say("Rahmat Hidayat")


@pytest.mark.parametrize("question", ["biayanya berapa", "harganya berapa min?"])
async def test_a_question_for_the_name_is_answered_and_the_name_asked_again(
    applicant: Talk, question: str
) -> None:
    await until_name(applicant)
    answer = await applicant.say(question)

    assert "Rp650.000" in answer
    assert "nama lengkap" in answer


@pytest.mark.parametrize("word", ["iya", "ok"])
async def test_a_yes_is_no_name(applicant: Talk, word: str) -> None:
    await until_name(applicant)

    assert "nama lengkap" in await applicant.say(word)


async def test_the_name_alone_is_taken_out_of_a_sentence(applicant: Talk) -> None:
    await until_name(applicant)
    await applicant.say("nama anak saya Putri Ayu", nik(301))

    assert "Nama: Putri Ayu\n" in applicant.last.text


@pytest.mark.parametrize(
    "words", ["eh salah namanya, Rahmat Hidayatullah", "maaf, harusnya Rahmat Hidayatullah"]
)
async def test_the_name_can_be_corrected_afterwards(applicant: Talk, words: str) -> None:
    await until_nik(applicant)
    assert "NIK" in await applicant.say(words)

    assert "Nama: Rahmat Hidayatullah" in await applicant.say(nik(302))


async def test_one_field_can_be_corrected_at_the_end(applicant: Talk) -> None:
    await until_nik(applicant)
    await applicant.say(nik(303))
    assert "nama lengkap" in await applicant.say("namanya salah")
    assert "Nama: Budi" in await applicant.say("Budi")


@pytest.mark.parametrize("said", ["rabu", "1", "ya", "hari selasa"])
async def test_nothing_is_thrown_away_while_the_nik_is_asked(applicant: Talk, said: str) -> None:
    await until_nik(applicant)
    await applicant.say(said)
    for _ in range(2):
        if "Hari apa" in applicant.last.text:
            await applicant.say("1")

    assert "Nama: Rahmat Hidayat" in await applicant.say(nik(304))


async def test_the_menu_lets_the_form_rest_and_its_digits_are_the_menus(applicant: Talk) -> None:
    await until_name(applicant)
    shown = await applicant.say("menu")
    assert "saya simpan dulu" in shown
    assert "1. Informasi paspor" in shown
    assert "Syarat paspor" in await applicant.say("1")

    assert "nama lengkap" in await applicant.say("lanjutkan isian")


async def test_whoever_has_a_place_hears_it_before_anything_is_asked(applicant: Talk) -> None:
    await until_nik(applicant)
    await applicant.say(nik(305))
    assert "Nomor antrean" in await applicant.say("ya sudah benar")

    told = await applicant.say("daftarkan istri saya juga di mpp batang")
    assert "sudah punya antrean" in told
    assert "keluarga" in told
    assert "NIK" not in told


@pytest.mark.parametrize("words", ["iya batalkan aja", "lanjut batalkan", "ya batalin aja deh"])
async def test_a_cancelling_is_confirmed_in_any_words(applicant: Talk, words: str) -> None:
    await until_nik(applicant)
    await applicant.say(nik(330 + len(words)), "ya")

    assert "Batalkan antrean" in await applicant.say("batalkan antrean")
    assert "sudah dibatalkan" in await applicant.say(words)


@pytest.mark.parametrize("words", ["gak jadi batal", "tidak", "ga jadi", "jangan dibatalin dulu"])
async def test_a_cancelling_can_be_taken_back(applicant: Talk, words: str) -> None:
    await until_nik(applicant)
    number = 310 + len(words)
    await applicant.say(nik(number), "ya", "batalkan antrean")

    assert "tidak ada yang dibatalkan" in await applicant.say(words)
    assert "Antrean Anda" in await applicant.say("antrean saya")
    await applicant.say("batalkan antrean", "batal")
    assert "sudah dibatalkan" in applicant.last.text


async def test_the_old_format_needs_no_sign_in_front(applicant: Talk) -> None:
    tuesday = date.fromisoformat(FRIDAY[:10]) + timedelta(days=4)
    await applicant.say(f"Budi Santoso#25011987#{tuesday:%d%m%Y}", "1")

    assert "NIK" in applicant.last.text


@pytest.mark.parametrize(
    ("birth", "document"),
    [("050122", "Akta kelahiran anak"), ("450119", "e-KTP ayah dan ibu"), ("050190", "ijazah")],
)
async def test_a_childs_nik_brings_the_childs_documents(
    applicant: Talk, birth: str, document: str
) -> None:
    await until_nik(applicant)
    await applicant.say(f"332501{birth}0{len(document):03d}")

    assert document in await applicant.say("ya")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("selasa depannya lagi", "Selasa 1 Desember"),
        ("selasa depan lagi aja", "Selasa 1 Desember"),
        ("tuesday after next", "Tuesday 1 December"),
        ("selasa depan", "Selasa 24 November"),
    ],
)
async def test_the_one_after_the_next_is_not_the_next(
    applicant: Talk, backend: Backend, words: str, day: str
) -> None:
    for opened in ("2026-11-24", "2026-12-01"):
        backend.quota(opened, capacity=50, opens_at="2026-11-20T08:00:00+07:00")
    await applicant.say("daftar antrean mpp batang", "1", words, "Rahmat Hidayat")

    assert day in await applicant.say(nik(330))


@pytest.mark.parametrize(
    "words", ["eh salah namanya, Rahmad Hidayat", "namanya keliru, Rahmad Hidayat"]
)
async def test_a_correction_is_repeated(applicant: Talk, words: str) -> None:
    await until_nik(applicant)

    assert "namanya *Rahmad Hidayat*" in await applicant.say(words)


@pytest.mark.parametrize(
    "text", ["jam berapa dateng", "bawa apa aja", "alamatnya mana", "di mana?"]
)
async def test_questions_after_the_ticket_are_about_it(applicant: Talk, text: str) -> None:
    await until_nik(applicant)
    assert "Nomor antrean" in await applicant.say(nik(340 + len(text)), "ya")

    answer = await applicant.say(text)
    for part in ("Antrean Anda", "datang pukul 07.30", "Sambongpos", "e-KTP"):
        assert part in answer


@pytest.mark.parametrize("said", ["besok", "hari senin", "rabu aja"])
async def test_a_day_that_cannot_be_takes_none_away(applicant: Talk, said: str) -> None:
    await until_nik(applicant)
    answer = await applicant.say(said)

    assert "harinya tetap *Selasa" in answer
    assert "NIK pemohon" in answer


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("buat anak saya Putri Ayu umur 4 thn", "Putri Ayu"),
        ("namanya Putri Ayu, 4 tahun", "Putri Ayu"),
        ("an. Joko Susilo min", "Joko Susilo"),
    ],
)
async def test_an_age_is_no_part_of_a_name(applicant: Talk, said: str, name: str) -> None:
    await until_name(applicant)
    assert "NIK" in await applicant.say(said)

    assert f"Nama: {name}\n" in await applicant.say(nik(360 + len(said)))


async def test_a_nik_that_comes_too_early_is_kept(applicant: Talk) -> None:
    await until_name(applicant)
    answer = await applicant.say(nik(399))

    assert f"NIK-nya berakhir {nik(399)[-4:]}" in answer
    assert "nama lengkap" in answer
    assert "Mohon periksa" in await applicant.say("Budi Hartono")


async def test_at_the_end_a_digit_is_the_place_of_a_button(applicant: Talk) -> None:
    await until_nik(applicant)
    assert "Mohon periksa" in await applicant.say(nik(412))
    assert "keliru" in await applicant.say("2")
    assert "Nomor antrean" in await applicant.say("1")


@pytest.mark.parametrize("said", ["Siti Rohmah", "ibu saya namanya Siti Rohmah"])
async def test_a_name_before_its_turn_is_kept(applicant: Talk, said: str) -> None:
    answer = await applicant.say("daftar antrean mpp batang", said)

    assert "Siti Rohmah" in answer
    assert "Untuk keperluan apa?" in answer
    assert "nama lengkap" not in await applicant.say("1", "1")


@pytest.mark.parametrize(
    "words",
    [
        "eh gak jadi deh mau di kantor pemalang aja",
        "gajadi min, mau tanya suami dulu",
        "ga usah deh, kejauhan",
        "never mind, i will ask my wife first",
    ],
)
async def test_who_changes_their_mind_in_their_own_words_leaves(
    applicant: Talk, words: str
) -> None:
    answer = await applicant.say("daftar antrean mpp batang", words)

    assert "keperluan apa" not in answer
    assert "Di luar" not in answer


@pytest.mark.parametrize(
    "words", ["gak jadi yang baru, perpanjang aja", "ga jadi paspor baru, perpanjang paspor"]
)
async def test_another_purpose_is_no_leaving(applicant: Talk, words: str) -> None:
    await applicant.say("daftar antrean mpp batang", words)

    assert (await applicant.tracker()).active_loop_name == "antrean_form"
