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
        ("min mau urus paspor hilang bisa di miko mall ga", "ULP Miko Mall"),
        ("mau perpanjang paspor online aja ga usah ke kantor bisa?", "wawancara tetap di kantor"),
        ("paspor saya disita imigrasi bandara kenapa", "*tidak tercatat di sini*"),
        ("syarat paspor dinas gimana", "*tidak ada di catatan kami*"),
        ("lupa bawa ktp pas mau foto besok gmn", "e-KTP diperlukan"),
        ("kmren saya foto di mpp cimahi kapan jadinya ya", "4 hari kerja"),
        ("anak saya umur 16 mau ikut study tour ke singapur", "Akta kelahiran anak"),
        ("can i choose any office", "any immigration office"),
        ("saya udah daftar di m paspor tp salah pilih tanggal", "Ubah jadwal"),
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
        (("syarat perpanjang paspor", "nanti di kantor diapain aja"), "kode QR"),
        (("syarat perpanjang paspor", "lama ga di sananya"), "belum kami pastikan"),
        (("hari ini buka?", "satpam bilang istirahat"), "istirahat"),
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("gara2 apa", "Alasan pada permohonan"),
        ("sebabnya apa ya", "Alasan pada permohonan"),
        ("bisa dilanjutin ga", "Ditangguhkan"),
    ],
)
async def test_why_an_application_rests_is_about_it(
    citizen: Talk, backend: Backend, text: str, told: str
) -> None:
    backend.application("1179000000001204", "suspended")

    assert told in await citizen.say("1179000000001204", text)


@pytest.mark.parametrize(
    "text",
    ["dokumen apa yang perlu dibawa", "apakah dapat diwakilkan", "dapat diambil pukul berapa"],
)
async def test_a_ready_passport_is_collected(citizen: Talk, backend: Backend, text: str) -> None:
    backend.application("1179000000001203", "ready_for_pickup")

    assert "Keluarga satu KK" in await citizen.say("1179000000001203", text)


@pytest.mark.parametrize("text", ["lah kok ga ada, padahal bener", "nomornya udah bener kok"])
async def test_a_number_that_is_right_may_come_late(citizen: Talk, text: str) -> None:
    assert "terlambat muncul" in await citizen.say("1179000000001299", text)


async def test_a_day_of_service_is_told_of_a_place(applicant: Talk) -> None:
    answer = await applicant.say("jadwal mpp batang", "selasa tgl 1 bisa?")

    assert answer.startswith("Selasa 1 Desember: *hari layanan*")


async def test_how_many_places_a_day_has_is_told_before_it_opens(applicant: Talk) -> None:
    assert "10 tempat" in await applicant.say("kuota batang 12 januari", "brp org sehari")


@pytest.mark.parametrize(
    "text", ["perpanjang paspor atas nama Dewi Lestari tgl 24 november", "a.n. Dewi Lestari, baru"]
)
async def test_a_name_told_with_the_wish_is_kept(applicant: Talk, text: str) -> None:
    await applicant.say(f"daftar antrean mpp batang {text}")

    assert (await applicant.tracker()).get_slot("antrean_nama") == "Dewi Lestari"


@pytest.mark.parametrize("text", ["saya gak hafal nik", "lupa nik nya min"])
async def test_who_does_not_know_the_nik_hears_where_it_stands(applicant: Talk, text: str) -> None:
    await _at_the_name(applicant)

    assert "Kartu Keluarga" in await applicant.say(text)


async def test_a_name_with_titles_corrects_at_the_end(applicant: Talk) -> None:
    await _at_the_name(applicant)
    await applicant.say("M. Rizki Pratama, S.Kom", "3327011212850007")

    assert "NIK: berakhir 0007" in await applicant.say("H. M. Rizki Pratama, S.Kom")
    assert (await applicant.tracker()).get_slot("antrean_nama") == "H. M. Rizki Pratama, S.Kom"


@pytest.mark.parametrize("text", ["paling cepet kapan", "hari apa aja yg ada"])
async def test_the_soonest_day_is_told_at_its_step(applicant: Talk, text: str) -> None:
    assert "Yang bisa dipesan" in await applicant.say("daftar mpp batang", "paspor baru", text)


async def test_whose_place_it_will_be_hands_nothing_over(applicant: Talk) -> None:
    answer = await applicant.say("daftar antrean mpp batang", "buat anak saya 3 taun")

    assert "dialihkan" not in answer
    assert "Untuk keperluan apa?" in answer


async def test_what_the_choice_of_a_name_means_is_told(citizen: Talk) -> None:
    answer = await citizen.say(
        "pengaduan", "antrian", "antrean miko mall kacau tadi pagi", "emang bedanya apa?"
    )

    assert "nomor chat ini" in answer


@pytest.mark.parametrize(
    ("text", "nik"), [("batal aja", "3327011212850011"), ("batalin deh", "3327011212850012")]
)
async def test_to_cancel_under_a_booking_is_to_cancel_it(
    applicant: Talk, text: str, nik: str
) -> None:
    await _at_the_name(applicant)
    await applicant.say("Agus Salim", nik, "ya")

    assert "Batalkan antrean" in await applicant.say("antrean saya", text)
