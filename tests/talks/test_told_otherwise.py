"""What is asked on after an answer that did not help, and what is asked twice."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Talk


@pytest.mark.parametrize(
    "then", ["kok blm jadi", "udah 2 minggu lho", "kapan bisa diambil", "terus gimana"]
)
async def test_without_a_number_that_is_found_the_way_is_a_person(
    applicant: Talk, then: str
) -> None:
    await applicant.say("paspor saya kok blm jadi ya", "1179 0000 0000 9999")
    answer = await applicant.say(then)
    assert "petugas bisa mencarinya" in answer
    assert "4 hari kerja" in answer


@pytest.mark.parametrize(
    "then",
    [
        "kok masih dicetak terus dari minggu lalu",
        "dari kemaren statusnya dicetak mulu",
        "paspor saya kok masih di tahap itu",
    ],
)
async def test_the_application_just_told_of_is_the_one_complained_of(
    citizen: Talk, backend: Backend, then: str
) -> None:
    backend.application("1179000000007117", "printing")
    await citizen.say("cek paspor dong 1179000000007117")
    answer = await citizen.say(then)
    assert "1179 0000 0000 7117" in answer
    assert "Kirim *nomor permohonan*" not in answer


async def test_a_wish_to_look_up_another_one_asks_for_its_number(
    citizen: Talk, backend: Backend
) -> None:
    backend.application("1179000000007117", "printing")
    await citizen.say("cek paspor dong 1179000000007117")
    assert "nomor permohonan" in await citizen.say("cek punya istri saya juga dong")


async def test_a_sentence_told_again_is_a_whole_one(citizen: Talk) -> None:
    answer = await citizen.say("1179 0000 0000 9999", "kok lama amat sih", "kapan kelarnya")
    assert "setelah wawancara disetujui." in answer


async def test_a_word_of_doubt_names_nobody_in_a_complaint(citizen: Talk) -> None:
    await citizen.say("mau ngadu", "1", "pelayanannya lama bgt, saya nunggu 4 jam")
    answer = await citizen.say("katanya bs cepet")
    assert "tercatat" not in answer
    assert "Bolehkah petugas tahu" in answer


@pytest.mark.parametrize(
    "asked",
    [
        "kuota biasanya buka kapan",
        "kk saya robek separuh gimana",
        "m paspor ga bisa verifikasi wajah",
    ],
)
async def test_a_narrow_question_asked_twice_is_answered_otherwise(
    citizen: Talk, asked: str
) -> None:
    first = await citizen.say(asked)
    again = await citizen.say(asked)
    assert "petugas" in again
    assert first.split("\n")[0] not in again


async def test_a_long_answer_is_not_said_whole_twice(citizen: Talk) -> None:
    first = await citizen.say("syarat paspor baru")
    again = await citizen.say("syarat paspor baru")
    assert "Intinya" in again
    assert len(again) < len(first)


@pytest.mark.parametrize(
    "asked", ["desember libur apa aja", "tgl merah desember kapan aja", "libur desember tgl berapa"]
)
async def test_the_holidays_of_a_month_are_told(applicant: Talk, asked: str) -> None:
    answer = await applicant.say(asked)
    assert "24 Desember: Cuti Bersama" in answer
    assert "25 Desember: Hari Raya Natal" in answer
    assert "Selasa 29 Desember" in await applicant.say("tgl 29 buka?")


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("istri hamil mau perpanjang paspor bisa didahulukan?", "syaratnya apa", "paspor lama"),
        ("nenek mau ganti paspor, ada jalur lansia?", "berkasnya?", "paspor lama"),
        ("ada layanan prioritas buat lansia?", "syaratnya apa", "Kartu Keluarga"),
    ],
)
async def test_priority_brings_the_documents_of_what_is_applied_for(
    citizen: Talk, first: str, then: str, told: str
) -> None:
    answer = await citizen.say(first, then)
    assert told in answer
    assert "layanan prioritas" in answer


async def test_a_child_of_a_foreigner_stays_the_topic(citizen: Talk) -> None:
    await citizen.say("what documents for my daughter 4 yo first passport", "father is foreigner")
    assert (await citizen.say("do both parents have to come?")).startswith("*Yes.*")


@pytest.mark.parametrize(
    ("first", "then", "told", "untold"),
    [
        (("paspor sobek", "kena brp ya kak"), "yg 5 taun aja", "Rp1.150.000", "Rp1.450.000"),
        (("foto paspor boleh pake kerudung?",), "warna putih gpp?", "tidak putih", "Kacamata"),
    ],
)
async def test_of_an_answer_only_the_part_is_said_that_is_asked_for(
    citizen: Talk, first: tuple[str, ...], then: str, told: str, untold: str
) -> None:
    await citizen.say(*first)
    answer = await citizen.say(then)
    assert told in answer
    assert untold not in answer


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (("paspor hilang gmn",), "bayarnya pas kapan", "setelah foto dan wawancara"),
        (("cara ambil paspor",), "kalo telat sebulan lebih?", "30 hari kalender"),
        (("mau perpanjang paspor",), "klo masih 8 bulan?", "kurang dari 6 bulan"),
        (("kok di aplikasi kuota merah semua",), "bukanya kapan sih", "membuka kuotanya sendiri"),
        (("denda telat perpanjang paspor brp",), "pdhl udah mati 3 taun", "tanpa denda"),
        (
            ("paspor anak ilang, umurnya 7 thn", "dua2nya harus ikut? bapaknya kerja jauh"),
            "totalnya jd brp",
            "denda Rp1.000.000",
        ),
    ],
)
async def test_what_was_talked_about_answers_a_few_words(
    citizen: Talk, first: tuple[str, ...], then: str, told: str
) -> None:
    await citizen.say(*first)
    assert told in await citizen.say(then)


async def test_a_question_about_the_day_does_not_begin_the_form_again(applicant: Talk) -> None:
    await applicant.say("mau daftar antrian batang", "2", "1", "Bambang Sutrisno")
    assert "Berapa NIK" in await applicant.say("eh ini yg selasa tgl brp ya")
