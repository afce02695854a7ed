"""What people say next, and how: the number of another application, what an answer comes to for
them, words told out of their turn.
"""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Talk

Said = tuple[str, ...]
CHILDS = "paspor anak saya sobek digigit kucing"
AWAY = "bapaknya ikut kerja di arab"


@pytest.mark.parametrize(
    "text",
    [
        "kalo yg 1179000000001203",
        "terus kalau 1179 0000 0000 1203?",
        "bukan, maksudnya 1179000000001203",
        "and 1179000000001203",
        "satu lagi 1179000000001203 gimana",
    ],
)
async def test_another_number_is_another_application(
    citizen: Talk, backend: Backend, text: str
) -> None:
    backend.application("1179000000001201", "adjudication")
    backend.application("1179000000001203", "ready_for_pickup")

    assert "Siap diambil" in await citizen.say("cek 1179000000001201", text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mau ganti paspor yg udah abis masa berlakunya", "e-KTP dan paspor lama"),
        ("masa berlaku paspor sy udah mati gmn ya", "e-KTP dan paspor lama"),
        ("paspor saya lewat masa berlakunya, mau diganti", "e-KTP dan paspor lama"),
        ("mau perpanjang, masa berlakunya brp thn", "5 atau 10 tahun"),
        ("anak bisa 10 thn?", "paling lama 5 tahun"),
        ("mau umroh bulan maret", "Rekomendasi Kementerian Agama"),
        ("rencana umroh tgl 20 desember", "Rekomendasi Kementerian Agama"),
        ("kuota bulan januari udah dibuka?", "Januari"),
        ("my passport is full of stamps", "e-KTP and the old passport"),
        ("berapaan biaya paspor anak saya yg kls 3 sd itu", "Biaya *paspor anak*"),
        ("kids passport for 3 and 7 years old how much", "*child's passport*"),
    ],
)
async def test_the_first_line_is_answered(citizen: Talk, text: str, told: str) -> None:
    assert told in await citizen.say(text)


@pytest.mark.parametrize(
    "text",
    [
        "mohon info persyaratan paspor untuk ibu saya 67 tahun sekaligus apakah ada jalur khusus",
        "pak, mau menanyakan syarat paspor buat bapak saya serta apakah ada layanan prioritas",
    ],
)
async def test_a_formal_question_for_two_things_gets_both(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)

    assert "Kartu Keluarga" in answer
    assert "lansia" in answer


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("paspor istri saya kecuci", "total semua brp jadinya"), "*Rp1.150.000*"),
        ((CHILDS, "perlu bawa anaknya?"), "*Ya.* Untuk *paspor anak yang rusak*"),
        ((CHILDS, "perlu bawa anaknya?", "brp hari jadinya"), "Lebih dari 4 hari kerja"),
        (("syarat paspor anak", "does my baby have to come too?"), "has to come"),
        (("syarat paspor anak", AWAY, "suratnya dari mana"), "lewat KBRI/KJRI"),
        (("syarat paspor anak", AWAY, "itu suratnya minta ke mana"), "lewat KBRI/KJRI"),
        (("syarat paspor anak", "neneknya aja yg nganter boleh?"), "kakek, nenek"),
        (("child passport", "can grandma bring them instead"), "Grandparents"),
        (("mau perpanjang paspor", "paspornya dulu dibuat di kjri jeddah"), "dokumen tambahan"),
        (("ganti paspor", "paspor lama terbitan 2006"), "dokumen tambahan"),
        (("renew my passport", "it was issued by the embassy in tokyo"), "more documents"),
        (("bisa sehari jadi ga?", "syaratnya apa"), "dokumennya menurut permohonan"),
        (("mau ganti paspor", "bisa sehari jadi ga?", "bawa apa aja"), "e-KTP dan paspor lama"),
        (("mau umroh, nama saya satu kata", "biayanya nambah ga"), "*belum kami pastikan*"),
        (("paspor dicopet, lusa berangkat", "kalo bikin baru sempet ga"), "*tidak bisa selesai"),
        (("majikan nahan paspor adik saya", "adiknya ga boleh keluar rumah"), "Keselamatan"),
        (("agen minta 3 juta buat paspor", "dia minta foto ktp, udh sy kirim"), "Jangan kirim apa"),
        (("cara daftar paspor", "klo di mpp cimahi"), "datang langsung tanpa M-Paspor"),
        (("cara daftar paspor", "kalau miko mall?"), "lewat M-Paspor"),
        (("paspor kolektif jamaah umroh", "min brp orang"), "30 sampai 50"),
        (("extend my voa", "how much"), "*Rp500.000*"),
    ],
)
async def test_what_follows_is_answered_by_what_it_asks(
    citizen: Talk, texts: Said, told: str
) -> None:
    answer = await citizen.say(*texts)

    assert told in answer
    assert "masih sama seperti tadi" not in answer or "tidak bisa selesai" in told


async def _at_the_name(applicant: Talk) -> None:
    await applicant.say("daftar antrean mpp batang", "paspor baru", "tgl 24 aja")


@pytest.mark.parametrize("text", ["syarat bawaannya apa aja ya", "bawa apa aja emang"])
async def test_a_question_chooses_no_purpose(applicant: Talk, text: str) -> None:
    answer = await applicant.say("daftar antrean mpp batang", text)

    assert "Kartu Keluarga" in answer
    assert "Untuk keperluan apa?" in answer


@pytest.mark.parametrize("text", ["oke satu dulu, yang baru", "yg baru deh kayaknya"])
async def test_a_word_of_one_purpose_chooses_it(applicant: Talk, text: str) -> None:
    assert "Hari apa" in await applicant.say("daftar antrean mpp batang", text)


@pytest.mark.parametrize(
    "text", ["perpanjang", "eh maksudnya yang perpanjang", "eh ganti paspor habis aja"]
)
async def test_another_purpose_is_no_name(applicant: Talk, text: str) -> None:
    await _at_the_name(applicant)
    answer = await applicant.say(text)

    assert "keperluannya *Ganti paspor habis*" in answer
    assert "nama lengkap pemohon" in answer


@pytest.mark.parametrize(
    "text", ["oke, Bambang Sutejo", "siap Bambang Sutejo", "ok Bambang Sutejo"]
)
async def test_a_yes_before_a_name_is_no_part_of_it(applicant: Talk, text: str) -> None:
    await _at_the_name(applicant)

    assert "NIK pemohon" in await applicant.say(text)
    assert (await applicant.tracker()).get_slot("antrean_nama") == "Bambang Sutejo"


@pytest.mark.parametrize("text", ["tunggu ya", "tunggu dulu", "sek yo", "one sec"])
async def test_a_form_waits(applicant: Talk, text: str) -> None:
    await _at_the_name(applicant)

    assert "saya tunggu" in await applicant.say(text)


@pytest.mark.parametrize("text", ["buat ibu saya bukan saya", "yang daftar istri saya"])
async def test_whose_it_is_is_no_name(applicant: Talk, text: str) -> None:
    await _at_the_name(applicant)

    assert "nama orang itu" in await applicant.say(text)


@pytest.mark.parametrize("text", ["yaudah ga usah dulu", "yaudah nanti aja deh"])
async def test_a_form_is_left_with_a_sigh(applicant: Talk, text: str) -> None:
    await _at_the_name(applicant)

    assert "dihentikan" in await applicant.say(text)


async def test_a_name_once_more_at_the_nik_corrects_it(applicant: Talk) -> None:
    await _at_the_name(applicant)

    assert "*Siti Nurhaliza*" in await applicant.say("siti nurhalizah", "Siti Nurhaliza")


async def test_where_the_nik_is_kept_is_no_wish_to_wait(applicant: Talk) -> None:
    await _at_the_name(applicant)

    assert "diacak" in await applicant.say("Rini Astuti", "nanti nik nya disimpan dimana")


async def test_a_complaint_is_of_the_kind_that_its_wish_named(citizen: Talk) -> None:
    answer = await citizen.say(
        "mau lapor ada calo di depan kantor",
        "tadi pagi ada bapak2 nawarin 800rb buat antrian cepet",
    )

    assert "*Calo atau pungli*" in answer
