"""What follows an answer that a situation gave, or that held several parts."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "answered"),
    [
        ("paspor kami rusak kebanjiran kmrn", "jadi bayar denda gak", "Tanpa denda"),
        ("paspor hanyut kena banjir bandang", "biayanya jadi berapa", "Tanpa denda"),
        ("paspor kami rusak kebanjiran kmrn", "syarat nya ap", "Surat permohonan"),
        ("saya kebayar 2x gimana", "berapa lama baliknya", "tidak dapat dikembalikan"),
        ("jadwal mpaspor bisa diganti ga", "berapa kali", "hanya bisa satu kali"),
        ("jadwal mpaspor bisa diganti ga", "kalo ga dateng?", "tidak hadir"),
        ("tamu bule nginep di rumah saya harus lapor ga", "caranya?", "apoa"),
        ("suami ga bisa ikut bikin paspor anak", "dia lg di laut, pelaut", "surat kuasa"),
        ("cek status permohonan", "nomornya lupa", "kode batang"),
    ],
)
async def test_the_next_question_is_about_it(
    citizen: Talk, first: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(first, then)


@pytest.mark.parametrize("then", ["how much", "how much is it?", "where do i go"])
async def test_a_foreigners_too(citizen: Talk, then: str) -> None:
    await citizen.say("hello my visa on arrival expires next tuesday can I extend")
    assert "For *a visa on arrival*" in await citizen.say(then)


@pytest.mark.parametrize(
    ("first", "then", "answered"),
    [
        ("extend my tourist visa how", "fee?", "60 days Rp1.000.000"),
        ("can i extend my stay permit", "how much is it?", "60 days Rp1.000.000"),
        ("perpanjang visa kunjungan gimana", "biayanya?", "60 hari Rp1.000.000"),
        ("kitas extension requirements", "fee?", "1 year Rp3.000.000"),
    ],
)
async def test_a_fee_is_that_of_the_permit_talked_about(
    citizen: Talk, first: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(first, then)


@pytest.mark.parametrize(
    ("first", "then", "answered"),
    [
        ("biaya paspor berapa", "yang 10 tahun?", "Rp950.000"),
        ("jangan yg elektronik, yg biasa brp?", "yang 5 tahun", "5 tahun: *Rp350.000*"),
        ("biaya paspor berapa", "klo buat anak umur 4 th?", "paspor anak"),
        ("biaya paspor berapa", "kalau ibu saya?", "Rp950.000"),
        ("syarat paspor anak", "kalau istri saya?", "paspor baru dewasa"),
        ("mau perpanjang paspor", "suami saya juga?", "ganti paspor"),
        ("ambil paspor bisa diwakilin?", "kalo sama anak saya 15 th?", "satu KK"),
        ("paspor saya ilang", "bawa apa aja yg ngambil", "Orang lain: bukti bayar"),
    ],
)
async def test_a_part_or_another_person_is_asked_the_same(
    citizen: Talk, first: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(first, then)


@pytest.mark.parametrize("then", ["klo ibu saya?", "istri saya?", "kalau bapak saya gimana"])
async def test_after_a_refused_second_booking_the_way_for_another_is_told(
    applicant: Talk, then: str
) -> None:
    from tests.actions.makers import nik

    await applicant.say("daftar antrean mpp batang", "1", "1", "Siti Aminah", nik(900 + len(then)))
    assert "Nomor antrean" in await applicant.say("ya")
    await applicant.say("daftarkan adik saya juga di mpp batang")

    assert "nomor WhatsApp orangnya sendiri" in await applicant.say(then)


@pytest.mark.parametrize(
    "said",
    [
        "saya sama istri dan 2 anak mau bikin paspor, syaratnya apa",
        "syarat paspor buat 2 dewasa 1 anak apa aja",
        "me and my daughter need passports, what documents",
    ],
)
async def test_a_family_hears_both_lists(citizen: Talk, said: str) -> None:
    answer = await citizen.say(said)
    assert "paspor baru dewasa" in answer or "first passport" in answer.casefold()
    assert "paspor anak" in answer or "child" in answer


@pytest.mark.parametrize(
    "then", ["td kurang apa ya?", "tadi yang belum apa", "kurang apa lagi min"]
)
async def test_what_was_missing_is_told_again(citizen: Talk, then: str) -> None:
    await citizen.say("syarat paspor baru", "ktp ada kk ada akte belum")
    assert "❌ akta kelahiran" in await citizen.say(then)


@pytest.mark.parametrize(
    "said",
    ["udah punya ktp, kk, ijazah tp akta blm", "ktp kk ijazah ada tapi akta lahir belum ada"],
)
async def test_one_that_stands_for_the_missing_one_is_enough(citizen: Talk, said: str) -> None:
    assert "*Sudah lengkap.*" in await citizen.say(said)
    assert "*Sudah lengkap.*" in await citizen.say("jadi apa lagi yang kurang?")


async def test_documents_ticked_off_unasked_are_those_of_a_first_passport(citizen: Talk) -> None:
    assert "✅ e-KTP" in await citizen.say("ktp udah, kk udah, akta lahir hilang")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("hari ini msh bisa foto?", "Hari ini, Jumat 20 November"),
        ("lusa bisa dilayani ga?", "Minggu 22 November"),
        ("besok bisa dtg?", "Sabtu 21 November"),
        ("bisa dtg hari rabu tgl 3 desember ga?", "*Kamis 3 Desember 2026*"),
    ],
)
async def test_a_day_alone_asks_for_its_hours(citizen: Talk, said: str, answered: str) -> None:
    assert answered in await citizen.say(said)


@pytest.mark.parametrize(
    ("said", "first", "also"),
    [
        (
            "agen minta 2 juta, kalau ngurus sendiri cara daftarnya gimana?",
            "Biaya resmi",
            "M-Paspor",
        ),
        ("katanya paspor 355rb, terus syarat perpanjang apa aja?", "Bukan lagi", "paspor lama"),
        ("saya kebayar dua kali, terus jadwal saya bisa diubah?", "Jangan bayar lagi", "H-1"),
    ],
)
async def test_what_is_asked_beside_a_situation_is_answered_too(
    citizen: Talk, said: str, first: str, also: str
) -> None:
    answer = await citizen.say(said)
    assert first in answer
    assert also in answer.split(first, 1)[1]


@pytest.mark.parametrize("said", ["tutup jam brp hr ini", "hari ini tutup jam berapa"])
async def test_a_situation_that_does_not_show_stops_no_completion(citizen: Talk, said: str) -> None:
    assert "Senin 23 November" in await citizen.say(said, "kalau senin?")


@pytest.mark.parametrize("then", ["oh kamis maksudnya", "eh kamis ding", "kamis maksud saya"])
async def test_a_corrected_weekday_keeps_the_date_that_it_fits(citizen: Talk, then: str) -> None:
    await citizen.say("kuota rabu tgl 3 desember")
    assert "3 Desember" in await citizen.say(then)


@pytest.mark.parametrize("then", ["dia juga pegang paspor saya", "paspor saya jg disimpen agennya"])
async def test_who_keeps_the_passport_is_told_of_after_the_money(citizen: Talk, then: str) -> None:
    await citizen.say("agen saya minta 2 juta lagi katanya buat ngurus paspor, bener ga?")
    assert "tidak boleh ditahan" in await citizen.say(then)


@pytest.mark.parametrize(
    "then", ["itu ktp saya, bener ga?", "fotonya kebaca ga", "tadi jelas tidak?"]
)
async def test_what_only_a_situation_explains_is_answered_without_guesses(
    citizen: Talk, then: str
) -> None:
    await citizen.send_media()
    assert "tidak saya buka" in await citizen.say(then)
    assert not [one.title for one in citizen.last.choices]


async def test_three_numbered_questions_are_all_answered(guided: Talk) -> None:
    answer = await guided.say("1. biaya paspor elektronik 2. bs sehari jadi? 3. jam buka sabtu")
    assert "Rp650.000" in answer
    assert "selesai sehari" in answer
    assert "Jam layanan" in answer


@pytest.mark.parametrize(
    "then",
    [
        "bukan, buat anak saya",
        "bukan saya min, anak saya",
        "maksudnya buat anak saya yg SD",
        "bukan, ini untuk anak perempuan saya",
        "oh bukan, anak saya yg mau diperpanjang",
        "salah kak, anakku yang mau perpanjang",
    ],
)
async def test_a_renewal_that_turns_out_to_be_a_childs_gets_the_childs_list(
    citizen: Talk, then: str
) -> None:
    await citizen.say("syarat perpanjang paspor")
    assert "Paspor lama anak, bila penggantian" in await citizen.say(then)


async def test_the_same_for_a_third_person_is_no_answer_that_was_not_looked_for(
    citizen: Talk,
) -> None:
    await citizen.say("biaya e paspor brp", "yg sepuluh thn")
    brother = await citizen.say("klo adik saya?")
    mother = await citizen.say("kalau ibu saya?")
    again = await citizen.say("kalau ibu saya?")

    assert "Rp950.000" in brother
    assert "Rp950.000" in mother
    assert brother != mother
    assert "belum yang Anda cari" in again
