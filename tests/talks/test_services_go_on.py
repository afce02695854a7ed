"""The offices' own services go on from what was said, in words that no button has."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk


@pytest.fixture
def ill(helpdesk: Helpdesk, backend: object) -> Talk:
    """Somebody who writes to Batulicin, where officers visit the sick."""
    return Talk(helpdesk, office="batulicin")


@pytest.fixture
def waiting(helpdesk: Helpdesk, backend: object) -> Talk:
    """Somebody who writes to Blitar, where officers come to the seat."""
    return Talk(helpdesk, office="blitar")


@pytest.mark.parametrize("text", ["mau, ibu saya", "iya buat nenek saya", "boleh, untuk mertua"])
async def test_an_offer_is_taken_with_the_person_it_is_for(ill: Talk, text: str) -> None:
    await ill.say("ibu saya cuci darah ga kuat ke kantor, petugas bisa ke rumah?")
    answer = await ill.say(text)

    assert "Saya catat permohonan kunjungan" in answer
    assert "Untuk siapa?" not in answer


@pytest.mark.parametrize("text", ["kira2 kapan petugasnya datang", "hari apa datangnya ya"])
async def test_the_day_of_a_visit_is_not_promised(ill: Talk, text: str) -> None:
    answer = await ill.say("minta kunjungan", "nenek saya", text)

    assert "*ditetapkan petugas*" in answer
    assert "Apa keadaannya?" in answer


@pytest.mark.parametrize(
    "text",
    [
        "saya sudah di ruang tunggu, bawa bayi",
        "udah di ruang tunggu nih sama ibu saya yg lansia",
        "istri hamil, bisa didatengin di kursinya?",
        "udah di ruang tunggu ya, kursi roda dekat pintu",
    ],
)
async def test_who_sits_there_is_no_complaint(waiting: Talk, text: str) -> None:
    assert "*Sambang Pemohon*" in await waiting.say(text)


@pytest.mark.parametrize(
    "text", ["udah disini kak", "baru sampai kantor", "sudah duduk ya", "di kantor udah nih bu"]
)
async def test_arriving_after_asking_about_priority_begins_it(waiting: Talk, text: str) -> None:
    await waiting.say("hamil 7 bulan antri dimana")

    assert "*Sambang Pemohon*" in await waiting.say(text)


async def test_a_seat_told_where_the_number_is_asked_is_kept(waiting: Talk) -> None:
    answer = await waiting.say("saya sudah di ruang tunggu, bawa bayi", "kursi nomor 4 dekat pintu")

    assert "*kursi nomor 4 dekat pintu*" in answer


@pytest.mark.parametrize(
    "text", ["ok udah bisa, lanjut", "udah masuk. trus?", "udah normal, terus apa"]
)
async def test_the_guide_goes_on_after_a_trouble(guided: Talk, text: str) -> None:
    await guided.say("pandu saya", "udah install", "otp ga masuk2")

    assert "Langkah 3 dari 7" in await guided.say(text)


@pytest.mark.parametrize("text", ["klo sama anak 1 jadi?", "tambah 1 anak", "plus anak satu brp"])
async def test_one_more_is_added_to_the_sum(guided: Talk, text: str) -> None:
    assert "Rp1.300.000" in await guided.say("total biaya buat berdua")
    assert "Rp1.950.000" in await guided.say(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what if 61 days", "61 days"),
        ("and for 2 weeks?", "Rp14.000.000"),
        ("mine ended 10 november", "Rp10.000.000"),
    ],
)
async def test_other_days_of_an_overstay_are_worked_out(
    citizen: Talk, text: str, said: str
) -> None:
    assert said in await citizen.say("overstay 5 days, how much", text)


@pytest.mark.parametrize(
    "text", ["lho kemarin udah daftar kok", "daftarnya pake hp istri", "yg daftarin suami saya"]
)
async def test_a_booking_of_another_number_is_explained(applicant: Talk, text: str) -> None:
    assert "*nomor WhatsApp ini*" in await applicant.say("antrean saya", text)


@pytest.mark.parametrize(
    "text", ["nomor permohonan gak tau", "resinya ilang", "nomernya dimana liatnya"]
)
async def test_a_lost_number_is_told_where_it_stands(citizen: Talk, text: str) -> None:
    assert "bukti pengantar" in await citizen.say("cek status", text)


@pytest.mark.parametrize("text", ["pake nama bisa?", "kalo pake nik aja", "nama saja gmn"])
async def test_a_name_opens_no_status(citizen: Talk, text: str) -> None:
    assert "*tidak bisa*" in await citizen.say("cek status", text)


@pytest.mark.parametrize(
    "text", ["kabarin klo siap", "kalo udah jadi kabari ya", "tell me when it is ready"]
)
async def test_news_is_asked_for_and_stopped_in_words(
    citizen: Talk, backend: Backend, text: str
) -> None:
    backend.application("1179000000001208", "printing")
    answer = await citizen.say("1179 0000 0000 1208", text)

    assert "*stop kabar*" in answer
    assert "*stop kabar*" not in await citizen.say("gausah dikabarin deh")


@pytest.mark.parametrize("text", ["gimana laporinnya", "cara lapornya gmn", "mau laporin aja deh"])
async def test_after_the_warning_of_a_tout_a_complaint_begins(citizen: Talk, text: str) -> None:
    await citizen.say("ada calo nawarin 1,5jt di depan kantor")

    assert "Tentang apa?" in await citizen.say(text)


@pytest.mark.parametrize("text", ["sakit", "Sakit", "lagi dirawat", "lansia", "kursi roda"])
async def test_the_state_that_is_asked_for_may_be_typed(ill: Talk, text: str) -> None:
    answer = await ill.say("minta kunjungan", "ibu saya", text)

    assert "bisa dibawa ke kantor" in answer
