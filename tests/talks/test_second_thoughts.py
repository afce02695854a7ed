"""Second thoughts inside a form: left in any words, rested by the menu's digit, never answered by
digits of a form that is over, and questions that are no answers."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk

BOOKING = ("daftar antrean mpp batang", "1")
COMPLAINT = ("mau lapor", "1")
VISIT = ("minta kunjungan",)
SEAT = ("mau sambang pemohon",)

OFFICE = {BOOKING: "pemalang", COMPLAINT: "bandung", VISIT: "batulicin", SEAT: "blitar"}


def at(helpdesk: Helpdesk, said: tuple[str, ...]) -> Talk:
    return Talk(helpdesk, office=OFFICE[said])


@pytest.mark.parametrize("form", [BOOKING, COMPLAINT, VISIT, SEAT])
@pytest.mark.parametrize("words", ["ga mau ah, gajadi", "eh gak jadi deh", "nanti aja ya kak"])
async def test_a_form_is_left_in_any_words(
    helpdesk: Helpdesk, backend: Backend, form: tuple[str, ...], words: str
) -> None:
    talk = at(helpdesk, form)
    await talk.say(*form, words)
    assert (await talk.tracker()).active_loop_name is None


@pytest.mark.parametrize("form", [BOOKING, COMPLAINT, VISIT, SEAT])
async def test_zero_rests_the_form_and_its_digits_are_the_menus(
    helpdesk: Helpdesk, backend: Backend, form: tuple[str, ...]
) -> None:
    talk = at(helpdesk, form)
    menu = await talk.say(*form, "0")
    assert "saya simpan dulu" in menu
    assert "1. Informasi paspor" in menu
    assert "nomor permohonan" in await talk.say("2")

    await talk.say("lanjutin yang tadi")
    assert (await talk.tracker()).active_loop_name is not None


@pytest.mark.parametrize("form", [BOOKING, COMPLAINT, VISIT, SEAT])
async def test_a_digit_after_the_form_chooses_nothing_of_it(
    helpdesk: Helpdesk, backend: Backend, form: tuple[str, ...]
) -> None:
    talk = at(helpdesk, form)
    await talk.say(*form, "batal")
    assert "nomor permohonan" in await talk.say("2")


@pytest.mark.parametrize(
    "words", ["oh iya bisa batal?", "kalau telat gimana", "bisa dibatalkan nanti?"]
)
async def test_a_question_is_no_consent(helpdesk: Helpdesk, backend: Backend, words: str) -> None:
    talk = Talk(helpdesk, office="pemalang")
    asked = await talk.say(*BOOKING, "1", "Sri Wahyuni", "3325014507880002", words)
    assert "Nomor antrean *" not in asked
    assert asked.endswith("Sudah benar?")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Sri Wahyuni, nik 3325014507880002", "Sri Wahyuni"),
        ("atas nama Budi Hartono NIK: 3325014507880002", "Budi Hartono"),
        ("3325014507880002 a.n. Nur Aini", "Nur Aini"),
    ],
)
async def test_name_and_nik_may_come_together(
    helpdesk: Helpdesk, backend: Backend, words: str, name: str
) -> None:
    asked = await Talk(helpdesk, office="pemalang").say(*BOOKING, "1", words)
    assert f"Nama: {name}" in asked
    assert "NIK: berakhir 0002" in asked


@pytest.mark.parametrize("words", ["gimana kabar kucingmu", "blabla bleble", "besok hujan ga ya"])
async def test_what_a_form_does_not_understand_offers_no_other_digits(
    helpdesk: Helpdesk, backend: Backend, words: str
) -> None:
    talk = Talk(helpdesk, office="pemalang")
    answer = await talk.say(*BOOKING, words)
    assert "petugas" in answer
    assert answer.count("1. ") == 1
    assert "teruskan ke petugas" not in await talk.say("lalala lilili")


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        (("71 tahun",), "sudah saya catat"),
        (("di rumah, jl raya kodeco simpang empat",), "saya catat: *rumah, jl raya kodeco"),
        (("hubungi 081345678900 ya, Rudi",), "saya catat: *081345678900"),
    ],
)
async def test_a_visit_keeps_what_is_told_early(
    helpdesk: Helpdesk, backend: Backend, texts: tuple[str, ...], part: str
) -> None:
    talk = Talk(helpdesk, office="batulicin")
    await talk.say("bapak saya stroke, minta kunjungan petugas")
    assert part in await talk.say(*texts)


@pytest.mark.parametrize(
    "words", ["emak saya 68 thn, lumpuh", "istri saya habis operasi, terbaring", "saya umur 80"]
)
async def test_who_tells_of_the_ill_after_the_offer_begins_the_visit(
    helpdesk: Helpdesk, backend: Backend, words: str
) -> None:
    talk = Talk(helpdesk, office="batulicin")
    await talk.say("minta petugas ke rumah", words)
    assert (await talk.tracker()).active_loop_name == "kunjungan_form"


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("saya udah di ruang tunggu sama ibu 70 th", "lansia"),
        ("kami sudah di ruang tunggu, anak 2 tahun", "balita"),
        ("sudah di ruang tunggu, bapak usia 66", "lansia"),
    ],
)
async def test_an_age_tells_the_group(
    helpdesk: Helpdesk, backend: Backend, words: str, group: str
) -> None:
    talk = Talk(helpdesk, office="blitar")
    assert "nomor antrean" in await talk.say(words)
    assert (await talk.tracker()).get_slot("sambang_golongan") == group


@pytest.mark.parametrize("words", ["umur saya 30 sehat", "bukan semuanya", "ga ada, saya sehat"])
async def test_who_belongs_to_no_group_is_told_so(
    helpdesk: Helpdesk, backend: Backend, words: str
) -> None:
    talk = Talk(helpdesk, office="blitar")
    assert "seperti biasa" in await talk.say("mau sambang pemohon", words)
    assert (await talk.tracker()).active_loop_name is None


async def test_a_number_got_late_is_no_seat(helpdesk: Helpdesk, backend: Backend) -> None:
    talk = Talk(helpdesk, office="blitar")
    said = await talk.say("istri hamil, sudah di ruang tunggu", "belum dapet nomor", "45")
    assert "*45*" in said
    assert "bangku belakang" in await talk.say("bangku belakang")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("masih lama ga", "menurut urutan"),
        ("ibunya pindah ke kursi depan", "kursi depan"),
        ("baris kedua dekat pintu", "baris kedua dekat pintu"),
        ("ga jadi, udah dipanggil", "Batalkan permohonan"),
        ("toiletnya dimana ya", "belum kami pastikan"),
    ],
)
async def test_after_the_seat_is_told_it_goes_on(
    helpdesk: Helpdesk, backend: Backend, words: str, part: str
) -> None:
    talk = Talk(helpdesk, office="blitar")
    await talk.say("ibu lansia sudah di ruang tunggu", "12", "kursi pojok")
    assert part in await talk.say(words)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("kapan ditanggapi", "Dijawab paling lambat"),
        ("berapa lama dijawabnya", "Dijawab paling lambat"),
        ("eh batalin aja laporannya", "tidak bisa ditarik"),
        ("mau cabut pengaduan saya", "tidak bisa ditarik"),
    ],
)
async def test_after_a_complaint_its_questions_are_about_it(
    helpdesk: Helpdesk, backend: Backend, words: str, part: str
) -> None:
    talk = Talk(helpdesk, office="bandung")
    await talk.say("lapor", "1", "petugas loket tiga membentak saya kemarin siang", "boleh")
    assert part in await talk.say(words)


async def test_a_visit_is_told_in_the_familys_own_order(
    helpdesk: Helpdesk, backend: Backend
) -> None:
    talk = Talk(helpdesk, office="batulicin")
    asked = await talk.say("micin", "mau", "buat nenek saya", "umurnya 83", "udah ga bisa jalan")
    assert "foto surat dokter" in asked
    place = await talk.say("belum ada suratnya", "belum ada surat pokoknya")
    assert "Di mana pemohon sekarang" in place
    assert "nomor teleponnya" in await talk.say("Desa Sarigadung RT 5 Kec Simpang Empat")
    summary = await talk.say("no ini aja")
    assert "Lansia" in summary
    assert "Desa Sarigadung" in summary


@pytest.mark.parametrize("words", ["umurnya 83", "saudara saya", "anak pertama saya"])
async def test_what_only_tells_asks_nothing_of_the_topic(
    helpdesk: Helpdesk, backend: Backend, words: str
) -> None:
    talk = Talk(helpdesk, office="batulicin")
    told = await talk.say("ibu sakit, minta kunjungan petugas", words)
    assert "siapkan" not in told
    assert told.endswith("berhenti.")


@pytest.mark.parametrize(
    "words",
    [
        "daftarin anak saya umur 3 tahun dong di mpp batang",
        "tolong antrekan ibu saya di batang ya",
        "daftar baru aja deh",
    ],
)
async def test_a_booking_is_begun_in_any_words(
    helpdesk: Helpdesk, backend: Backend, words: str
) -> None:
    assert "Untuk keperluan apa?" in await Talk(helpdesk, office="pemalang").say(words)


async def test_a_seat_is_announced_for_the_day_that_was_named(
    helpdesk: Helpdesk, backend: Backend
) -> None:
    talk = Talk(helpdesk, office="blitar")
    await talk.say("sambang pemohon itu apa sih", "kalo senin ke sana bisa?", "hamil")
    assert "*Senin 23 November 2026*" in talk.last.text


@pytest.mark.parametrize(
    "words", ["udah ambil nomor 17, bawa anak difabel", "ibu hamil nomor saya 8"]
)
async def test_who_names_number_and_group_is_at_the_office(
    helpdesk: Helpdesk, backend: Backend, words: str
) -> None:
    talk = Talk(helpdesk, office="blitar")
    if "ambil" in words:
        await talk.say(words)
        assert (await talk.tracker()).get_slot("sambang_nomor") == "17"
    else:
        await talk.say("mau sambang pemohon", words)
        assert (await talk.tracker()).get_slot("sambang_nomor") == "8"


async def test_another_seat_corrects_the_one_told(helpdesk: Helpdesk, backend: Backend) -> None:
    talk = Talk(helpdesk, office="blitar")
    await talk.say("ibu lansia sudah di ruang tunggu", "12", "kursi 4")
    assert "kursi 6" in await talk.say("salah, kursi 6")


async def test_where_a_letter_is_from_is_no_place(helpdesk: Helpdesk, backend: Backend) -> None:
    talk = Talk(helpdesk, office="batulicin")
    await talk.say("suami saya sakit, minta kunjungan petugas", "tidak bisa datang")
    await talk.send_media()
    await talk.say("itu surat dari rs")
    assert (await talk.tracker()).get_slot("kunjungan_lokasi") is None
