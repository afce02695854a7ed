"""Plain wants of a hurried citizen that had no answer of their own, and what is asked on after."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.actions.makers import nik
from tests.talks.talk import Talk

BOOKING = ("daftar antrean mpp batang", "baru", "selasa", "Sri Wahyuni")


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("salah transfer nominal", "terus duit saya gimana", "tidak bisa saya lacak"),
        ("kurang transfer 50rb buat paspor", "trus uangnya?", "tidak bisa saya lacak"),
        ("tanda terima pengambilan hilang", "pake ktp aja bisa?", "identitas asli dan bukti bayar"),
        ("umur 16 tapi udah nikah, bikin paspor", "berlaku brp taun", "*5 atau 10 tahun*"),
        ("biaya paspor 350 ribu kan?", "kok naik", "*PP 45 Tahun 2024*"),
        ("paspor saya kena banjir", "bawa apa?", "Keterangan kelurahan"),
        ("kuota kapan dibuka", "jam berapa biasanya", "membuka kuotanya sendiri"),
        ("kuota bulan depan", "kok selalu penuh", "daftar tunggu"),
        ("toilet dimana ya", "kalo parkir", "Parkir dan fasilitas"),
        ("ubah jadwal gimana", "bayar lagi ga", "*Tidak bayar lagi*"),
        ("kurang bayar 5rb pas transfer kode billing", "nambahnya gimana", "tidak bisa saya lacak"),
        ("kertas buat ngambil paspor ilang", "trs ktp doang cukup?", "identitas asli dan bukti"),
        ("kuota bulan depan ada?", "biasanya dibuka hari apa", "membuka kuotanya sendiri"),
        ("mau bikinin paspor anak 3 th", "klo bapaknya udah ga ada?", "orang tua yang masih hidup"),
        ("paspor bayi 4 bulan", "suami tentara lg tugas di papua", "surat kuasa bermeterai"),
        ("syarat paspor anak", "bukan anak, buat saya sendiri", "*paspor baru dewasa*"),
        ("syarat paspor anak", "bukan anak, ibu saya", "*paspor baru dewasa*"),
        ("mantan suami mau bawa anak saya ke luar negeri diem2", "bs diblokir ga", "(cekal)"),
        ("natal buka?", "taun baru?", "Tahun Baru"),
        ("mau perpanjang paspor", "brp lama berlaku", "*5 atau 10 tahun*"),
        ("percepatan ada ga", "tambahnya brp", "*Rp1.650.000*"),
        ("kuota selasa depan", "depannya lagi", "Selasa 1 Desember"),
        ("kuota tanggal dua puluh dua november", "kalo tanggal dua tiga", "Senin 23 November"),
        ("syarat paspor hilang", "surat apa yg dibutuhin", "Surat kehilangan"),
    ],
)
async def test_what_is_asked_on_is_answered(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        (
            "paspor ketinggalan di grab ga balik, besok pagi flight ke sg",
            "*tidak bisa selesai hari itu*",
        ),
        ("paspor sy jatoh di bus td pagi, lusa terbang ke taiwan", "*tidak bisa selesai hari itu*"),
        ("paspor dimaling pdhal ntar malem flight", "*tidak bisa selesai hari itu*"),
        ("m-banking sukses tp di app tulisannya kedaluwarsa", "*Jangan bayar dua kali.*"),
        ("majikan ga kasih paspor sy", "*tidak boleh ditahan*"),
        ("agen ga mau kasih paspor sy sblm bayar 3jt", "*tidak boleh ditahan*"),
        ("temen sy kmrn 350 doang kok", "Bukan lagi."),
        ("kok mahal bgt sih paspor skrg", "*PP 45 Tahun 2024*"),
        ("kmrn saya lapor, udah ada jawaban?", "nomor pengaduan"),
        ("udah didepan kantor kok pintunya dikunci", "meja informasi *buka*"),
        ("istri kabur bawa anak kami katanya mau ke sg", "Segera lapor *polisi*"),
    ],
)
async def test_a_first_line_is_heard_in_any_words(citizen: Talk, said: str, answered: str) -> None:
    assert answered in await citizen.say(said)


@pytest.mark.parametrize(
    "then", ["yg selasa sebelumnya", "selasa sebelumnya aja", "kalau selasa sebelumnya"]
)
async def test_the_weekday_before_is_counted_back(applicant: Talk, then: str) -> None:
    assert "Selasa 8 Desember" in await applicant.say("kuota mpp batang tgl 15 desember", then)


async def test_the_week_is_told_above_only_where_it_was(citizen: Talk) -> None:
    answer = await citizen.say("udah didepan kantor kok pintunya dikunci", "jam buka brp")
    assert "Jam layanan Imigrasi Bandung:" in answer


async def test_a_digit_among_small_words_chooses(applicant: Talk) -> None:
    assert "Hari apa di MPP Batang?" in await applicant.say("daftar antrean mpp batang", "yaudah 2")


async def test_what_is_not_ours_is_not_said_to_be_as_before(citizen: Talk) -> None:
    assert "Seperti tadi" not in await citizen.say("resep rendang", "resep opor", "resep rendang")


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("kuota selasa", "jangan yg selasa ini, yg depannya", "Selasa 1 Desember"),
    ],
)
async def test_and_the_next_week_is_that_of_any_office(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)


@pytest.mark.parametrize(
    ("then", "answered"),
    [
        ("selesai kapan", "Harinya tidak bisa saya janjikan"),
        ("syaratnya apa", "Rekam medis"),
        ("brp lama jadinya", "Harinya tidak bisa saya janjikan"),
    ],
)
async def test_where_no_visits_are_sure_each_question_has_its_own_answer(
    citizen: Talk, then: str, answered: str
) -> None:
    await citizen.say("bapak saya sakit parah ga bisa ke kantor, petugas bs dateng ga")
    assert answered in await citizen.say(then)


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("paspor ditahan agen", "alamat kantor"),
        ("majikan saya nahan paspor saya", "kantornya dimana"),
        ("paspor ditahan agen", "lokasi kantor imigrasi"),
    ],
)
async def test_an_address_is_an_address_whatever_was_talked_about(
    citizen: Talk, said: str, then: str
) -> None:
    assert "Jl. Surapati" in await citizen.say(said, then)


async def test_the_address_is_not_of_the_lost_passport(citizen: Talk) -> None:
    await citizen.say("english", "my passport was stolen here, i am from australia")
    assert not (await citizen.say("where is your office")).startswith("For *a foreign passport")


@pytest.mark.parametrize("then", ["terus bukanya kapan", "jam buka nya brp", "trus buka kapan"])
async def test_the_same_part_asked_on_stays_with_it(citizen: Talk, then: str) -> None:
    await citizen.say("kantornya buka ga hari ni")
    assert "meja informasi *buka*" in await citizen.say(then)


@pytest.mark.parametrize("then", ["akhir tahun?", "kalo akhir tahun", "akhir tahun buka ga"])
async def test_of_a_longer_stretch_the_holidays_are_told(citizen: Talk, then: str) -> None:
    assert "Hari Raya Natal" in await citizen.say("jam buka", then)


@pytest.mark.parametrize(
    "then",
    [
        "jangan yg selasa ini, yg depannya",
        "bukan selasa ini, yg berikutnya",
        "jgn selasa ini, yg setelahnya",
    ],
)
async def test_not_this_week_is_the_next(applicant: Talk, then: str) -> None:
    assert "Selasa 1 Desember" in await applicant.say("kuota mpp batang selasa", then)


@pytest.mark.parametrize("asked", ["kuota mpp kajen", "kuota surabaya ada ga", "kuota di semarang"])
async def test_places_of_elsewhere_are_not_told_as_ours(applicant: Talk, asked: str) -> None:
    assert "sisa" not in await applicant.say(asked)


@pytest.fixture
async def booked(applicant: Talk) -> AsyncIterator[Talk]:
    """Somebody with a place, who gives it back in the end."""
    assert "Nomor antrean" in await applicant.say(*BOOKING, nik(841), "iya")
    yield applicant
    assert "*sudah dibatalkan*" in await applicant.say("batalkan antrean", "ya")


@pytest.mark.parametrize(
    ("wish", "answered"),
    [
        ("bisa tambah buat bapak saya ga", "Satu nomor WhatsApp satu tempat"),
        ("nambah buat istri boleh?", "Satu nomor WhatsApp satu tempat"),
        ("mau sekalian anak saya bs?", "Satu nomor WhatsApp satu tempat"),
        ("kalo mau ganti nama yg dateng bisa?", "*Tidak bisa dialihkan"),
        ("bisa dipake adek saya ga antreannya", "*Tidak bisa dialihkan"),
        ("ingetin h-1 ya", "*Diingatkan sendiri*"),
        ("kabarin sehari sebelumnya dong", "*Diingatkan sendiri*"),
    ],
)
async def test_after_a_booking_family_and_reminders_are_of_it(
    booked: Talk, wish: str, answered: str
) -> None:
    assert answered in await booked.say(wish)


@pytest.mark.parametrize(
    "asked",
    [
        "kok cuma dua pilihan? saya mau ganti karena hilang",
        "pilihannya cuma itu?",
        "kalo anak pilih yg mana",
    ],
)
async def test_the_choices_of_a_booking_are_explained(applicant: Talk, asked: str) -> None:
    await applicant.say("daftar antrean mpp batang")
    answer = await applicant.say(asked)
    assert "*Ganti paspor habis*: habis" in answer
    assert "Untuk keperluan apa?" in answer


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("buat suami sy namanya Agus Priyanto", "Agus Priyanto"),
        ("utk anak gw nmnya Rara Ayu", "Rara Ayu"),
        ("untuk ibu saya, Siti Rohmah", "Siti Rohmah"),
        ("istri aku Dewi Lestari", "Dewi Lestari"),
    ],
)
async def test_a_name_is_found_behind_whose_it_is(applicant: Talk, told: str, name: str) -> None:
    answer = await applicant.say(*BOOKING[:3], told, nik(843))
    assert f"Nama: {name}\n" in answer


@pytest.mark.parametrize(
    "told", ["ralat, Sri Wahyuningsih yg bener", "salah, Sri Wahyuningsih maksudnya"]
)
async def test_a_name_is_mended_in_any_order(applicant: Talk, told: str) -> None:
    assert "*Sri Wahyuningsih*" in await applicant.say(*BOOKING, told)


async def test_the_warning_about_documents_comes_with_every_file(citizen: Talk) -> None:
    await citizen.send_media("ktp saya")
    again = await citizen.send_media("paspor", kind="document", mime="application/pdf")
    assert "*Jangan kirim foto atau PDF" in again
