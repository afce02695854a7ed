"""Few words of somebody in a hurry, after an answer: they go on from it."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Talk


@pytest.mark.parametrize("asked", ["uangnya?", "oh gitu. duitnya brp?", "brp tuh", "harganya kak?"])
async def test_money_words_ask_the_price_of_what_was_talked_about(
    citizen: Talk, asked: str
) -> None:
    answer = await citizen.say("perpanjang paspor syaratnya apa", asked)

    assert "ganti paspor habis atau penuh" in answer
    assert "Rp650.000" in answer


@pytest.mark.parametrize("asked", ["uangnya?", "duitnya gmn", "uang saya hilang dong"])
async def test_of_an_appointment_they_ask_for_the_money_paid(citizen: Talk, asked: str) -> None:
    assert "angus" in await citizen.say("mau ubah jadwal mpaspor", asked)


@pytest.mark.parametrize("then", ["terus?", "trus min", "terus gmn dong"])
async def test_go_on_asks_for_the_next_step(citizen: Talk, then: str) -> None:
    answer = await citizen.say("paspor saya hilang", "udah lapor polisi", then)

    assert "pemeriksaan (BAP)" in answer


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("udah 2 hari ini", "belum kami pastikan"),
        ("duit saya ilang dong", "tidak perlu dianggap hilang"),
        ("bayar lg aja apa gmn?", "Jangan bayar lagi dulu"),
        ("hubungin siapa", "petugas kantor ini"),
    ],
)
async def test_after_a_payment_that_is_not_recorded(citizen: Talk, then: str, told: str) -> None:
    first = "saya udah bayar dr kemaren tp di mpaspor blm masuk"

    assert told in await citizen.say(first, then)


@pytest.mark.parametrize("then", ["selasa besok bisa?", "kalau rabu gmn?", "jumat buka kan"])
async def test_one_english_word_does_not_keep_the_talk_english(citizen: Talk, then: str) -> None:
    answer = await citizen.say("jam buka kantor", "price?", then)

    assert "*0* menu" in answer
    assert "Type" not in answer


@pytest.mark.parametrize("said", ["kuota bsk senin msh ada?", "senin besok kuotanya ada?"])
async def test_a_weekday_beside_tomorrow_is_that_weekday(citizen: Talk, said: str) -> None:
    assert "Senin 23 November" in await citizen.say(said)


@pytest.mark.parametrize("then", ["kalo ga kebagian gmn", "kl penuh bs masuk daftar tunggu?"])
async def test_whoever_may_get_no_place_hears_of_the_waiting_list(
    applicant: Talk, citizen: Talk, then: str
) -> None:
    assert "punya daftar tunggu" in await applicant.say("kuota batang ada?", then)
    assert "nobody" not in await applicant.say("nunggunya brp lama")
    assert "Tidak ada daftar tunggu" in await citizen.say("kuota minggu depan ada?", then)


@pytest.mark.parametrize("then", ["itu kena denda?", "jadi bayar brp"])
async def test_a_childs_damaged_passport_costs_a_childs_fee(citizen: Talk, then: str) -> None:
    told = await citizen.say("paspor anak sy kecuci hurufnya luntur", then)

    assert "Paspor anak yang rusak" in told
    assert "Rp950.000" not in told


@pytest.mark.parametrize("then", ["takut ditolak pas di bandara", "udah capek nyoba"])
async def test_whoever_is_only_worried_is_offered_a_person(citizen: Talk, then: str) -> None:
    answer = await citizen.say("paspor saya robek dikit di pojok", then)

    assert "petugas" in answer
    assert "belum bisa membantu" not in answer


@pytest.mark.parametrize("named", ["baru", "yg baru", "bikin baru"])
async def test_an_option_is_named_by_part_of_its_title(applicant: Talk, named: str) -> None:
    assert "Hari apa" in await applicant.say("daftar antrean mpp batang", named)
    assert "nama lengkap" in await applicant.say("selasa besok bisa?")


async def test_a_grievance_told_at_once_is_not_asked_for_again(
    citizen: Talk, backend: Backend
) -> None:
    asked = await citizen.say("td pagi petugas di loket jutek bgt sama ibu saya")

    assert "tentang *Pelayanan petugas*" in asked
    assert "petugas tahu" in await citizen.say("ibu saya udah tua 70an, kasihan")
    assert "petugas tahu" in await citizen.say("mau lapor gmn")  # no yes
    assert "tanpa nama*, nomor" in await citizen.say("ga usah pake nama")
    story = backend.ticket(citizen.ticket_code()).subject
    assert "jutek" in story
    assert "70an" in story


@pytest.mark.parametrize("score", ["5", "4"])
async def test_a_digit_after_praise_is_a_score(citizen: Talk, score: str) -> None:
    assert "sepatah kata" in await citizen.say("pelayanannya cepat, makasih ya", score)


@pytest.mark.parametrize("asked", ["bs dihapus ga", "cara hapusnya gimana"])
async def test_whether_data_can_be_deleted_is_no_repeat(citizen: Talk, asked: str) -> None:
    assert "Bisa" in await citizen.say("nomor saya disimpen ya disini", asked)


@pytest.mark.parametrize("then", ["hrs lapor kmn", "laporinnya ke siapa"])
async def test_a_passport_kept_abroad_begins_no_form(citizen: Talk, then: str) -> None:
    answer = await citizen.say("sy tkw di saudi paspor dipegang majikan", then)

    assert "Tentang apa?" not in answer
    assert "KBRI" in answer or "petugas" in answer
