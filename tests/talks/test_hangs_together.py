"""What a few words mean after what was answered: days, parts, people, and what nobody knows."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("then", "answered"),
    [
        ("25 nya?", "Jumat 25 Desember: *tutup*"),
        ("kalau yg 28?", "Senin 28 Desember"),
        ("berarti senin buka ya?", "Senin 28 Desember"),
        ("trus senin 28 buka kan", "Senin 28 Desember"),
        ("tgl 30 gimana", "Rabu 30 Desember"),
    ],
)
async def test_a_day_goes_on_from_the_day_that_was_asked(
    citizen: Talk, then: str, answered: str
) -> None:
    assert answered in await citizen.say("tgl 24 desember buka ga", then)


@pytest.mark.parametrize(
    "asked",
    ["tgl 24 sm 25 des libur ga", "24-25 desember buka?", "24 dan 25 desember kantor buka?"],
)
async def test_two_days_are_both_told(citizen: Talk, asked: str) -> None:
    answer = await citizen.say(asked)
    assert "Kamis 24 Desember: *tutup*" in answer
    assert "Jumat 25 Desember: *tutup*" in answer


async def test_a_day_to_collect_is_told_open_or_closed(citizen: Talk) -> None:
    answer = await citizen.say("bisa ambil paspor tgl 25 desember?")
    assert "*tutup*" in answer
    assert "bukti bayar" in answer


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("bayarnya dimana aja", "kalo telat", "Kode billing kedaluwarsa"),
        ("cara bayar paspor", "klo terlambat gmn", "Kode billing kedaluwarsa"),
        ("paspor rusak digigit anjing", "dendanya brp", "Rp1.150.000"),
        ("saya udah bayar tp statusnya belum bayar", "duitnya ilang ga", "*tidak perlu dianggap"),
        ("paspor saya hilang", "jd brp hari", "Lebih dari 4 hari kerja"),
        ("paspor saya hilang", "jadi ga bisa seminggu?", "Lebih dari 4 hari kerja"),
        ("paspor saya hilang", "jgn lapor dulu ya?", "kepolisian"),
        ("nama di ktp sama ijazah beda", "dimana", "Dukcapil"),
        ("jadwal wawancara bisa diundur?", "cara ngundurnya", "M-Paspor"),
        ("permohonan saya ditolak imigrasi", "bisa ngajuin lagi kan", "Boleh mengajukan lagi"),
        ("permohonan saya ditolak imigrasi", "duitnya balik ga", "*tidak dapat dikembalikan*"),
        ("rumah kebanjiran paspor basah", "suratnya minta dimana", "kelurahan"),
        ("mau kerja ke jepang", "syaratnya beda ga", "bekerja di luar negeri"),
    ],
)
async def test_the_same_words_mean_what_was_talked_about(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("ktp luar kota bisa bikin di sini?", "berarti ga usah pulang ya", "*Betul.*"),
        ("mau ganti nama di paspor karena nikah", "emang bisa?", "Yang tadi tetap berlaku"),
        ("anak saya 5 tahun bikin paspor", "cukup ibunya aja?", "surat kuasa"),
        ("paspor biasa masih ada?", "loh berarti wajib e-paspor?", "*Umumnya ya*"),
        ("mau bikin paspor", "gratis kan daftarnya?", "*M-Paspor gratis*"),
    ],
)
async def test_what_wants_to_be_sure_is_told(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)


async def test_one_of_several_has_a_passport_of_ten_years(citizen: Talk) -> None:
    answer = await citizen.say("total 3 orang brp ya", "suami yg 10 thn")
    assert "Rp2.250.000" in answer
    assert "Rp2.250.000" in await citizen.say("anak umur 6")


@pytest.mark.parametrize(
    "then", ["pakai map merah ga", "yang warna hijau gmn", "stempel rt boleh?"]
)
async def test_what_is_not_known_of_the_topic_is_said_and_left_to_an_officer(
    citizen: Talk, then: str
) -> None:
    answer = await citizen.say("syarat paspor anak apa aja", then)
    assert "belum bisa membantu" not in answer
    assert "petugas" in answer


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("paspor saya hilang, dendanya brp", "klo udah lapor trs ketemu gmn"),
        ("paspor rusak", "total sama bikin barunya"),
        ("berapa biaya paspor", "total sama paspor barunya brp"),
    ],
)
async def test_no_complaint_is_begun_for_a_word(citizen: Talk, said: str, then: str) -> None:
    answer = await citizen.say(said, then)
    assert "Tentang apa?" not in answer
    assert "Maaf atas pengalaman" not in answer


@pytest.mark.parametrize("said", ["itu salah petugas", "dari petugasnya"])
async def test_a_complaint_of_a_few_words_is_offered(citizen: Talk, said: str) -> None:
    assert "Tentang apa?" not in await citizen.say(said)


async def test_a_question_does_not_say_no_to_a_name(citizen: Talk) -> None:
    await citizen.say("saya mau mengadu", "3", "diminta uang 500 ribu sama orang di loket kemarin")
    assert "tercatat" not in await citizen.say("itu penipuan bukan")


async def test_three_questions_after_a_greeting_are_all_answered(citizen: Talk) -> None:
    answer = await citizen.say(
        "assalamualaikum min mau tanya bikin paspor baru berapa hari jadi, biaya, sama bisa bayar "
        "di mana?"
    )
    assert "4 hari kerja" in answer
    assert "Rp650.000" in answer
    assert "kode billing" in answer


async def test_places_left_are_taken_in_the_same_words(applicant: Talk) -> None:
    await applicant.say("kuota mpp batang selasa masih ada?")
    assert "Daftar antrean MPP Batang" in await applicant.say("ya udah ambil selasa aja")


async def test_a_yes_takes_a_place_that_is_left(applicant: Talk) -> None:
    await applicant.say("kuota mpp batang selasa masih ada?")
    assert "Daftar antrean MPP Batang" in await applicant.say("mau dong")


async def test_a_yes_after_an_officer_was_named_is_asked_back(citizen: Talk) -> None:
    assert "petugas" in await citizen.say("kantornya ada parkir ga", "iya")
    assert "Petugas sudah diberi tahu" in await citizen.say("iya")


async def test_what_showed_after_nothing_is_not_talked_about(citizen: Talk) -> None:
    answer = await citizen.say("udah bayar tapi ga jadi berangkat", "ga bisa balik ya uangnya?")
    assert "calo" not in answer


async def test_a_child_beside_the_renewal_is_added_up(citizen: Talk) -> None:
    answer = await citizen.say(
        "mau perpanjang paspor saya", "sekalian bikin buat anak 6 thn, totalnya"
    )
    assert "Rp1.300.000" in answer


@pytest.mark.parametrize("then", ["ktp blm punya", "dia belum punya ktp", "emang harus ktp?"])
async def test_a_child_needs_no_id_card_of_its_own(citizen: Talk, then: str) -> None:
    answer = await citizen.say("anak saya 16 tahun mau bikin paspor", then)
    assert "tidak perlu KTP sendiri" in answer
