"""Yes and no, with the fact, to whoever only wants to be sure."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "verdict", "fact"),
    [
        ("mau bikin paspor", "brarti tetep daftar online dulu ya?", "*Ya.*", "M-Paspor"),
        ("mau bikin paspor", "jd ga usah daftar dulu kan", "*Tidak begitu.*", "Daftar dulu"),
        ("paspor saya hilang", "berarti ga perlu daftar online?", "*Betul.*", "tanpa M-Paspor"),
        ("paspor ku sobek", "katanya bs cepet?", "*Tidak.*", "tidak bisa dipercepat"),
        ("paspor ku sobek", "harus ke polisi jg ya?", "*Tidak.*", "hanya untuk paspor hilang"),
        ("mau perpanjang paspor", "brarti ga kena denda ya", "*Betul.*", "Tidak ada denda"),
        ("paspor rusak biayanya berapa", "jadi 1.150 ya?", "*Ya.*", "Rp1.150.000"),
        ("biaya paspor", "berarti 950rb yg 10 taun?", "*Ya.*", "Rp950.000"),
        ("mau perpanjang paspor", "jadi 350 rb ya?", "*Tidak.*", "Rp650.000"),
        ("nama di ktp sama akta beda", "jadi hrs ke dukcapil dulu?", "*Ya.*", "Dukcapil"),
        ("syarat paspor anak", "kedua ortunya harus dateng kan?", "*Ya.*", "Kedua orang tua"),
        ("how long does a passport take", "so 4 working days right?", "*Yes.*", "4 working days"),
        ("syarat paspor anak", "dua2nya hrs ikut?", "*Ya.*", "Kedua orang tua"),
        ("paspor saya hilang", "brarti hrs ke pemalang ya", "*Ya.*", "BAP"),
        ("my passport expired", "so i can't just walk in?", "*That is right.*", "Register first"),
        ("i overstayed 3 days", "so 3 million?", "*Yes.*", "Rp3.000.000"),
    ],
)
async def test_it_is_said_before_the_fact(
    citizen: Talk, first: str, then: str, verdict: str, fact: str
) -> None:
    await citizen.say(first)
    answer = await citizen.say(then)
    assert answer.startswith(verdict)
    assert fact in answer


async def test_a_small_child_may_come_directly(citizen: Talk) -> None:
    answer = await citizen.say("mau bikin paspor anak umur 3 thn", "berarti ga usah m-paspor ya")
    assert answer.startswith("Untuk *paspor anak*")
    assert "Di bawah 5 tahun* boleh langsung datang" in answer


async def test_a_claim_that_means_nothing_by_itself_hears_the_answer_again(
    applicant: Talk, backend: Backend
) -> None:
    backend.quota("2026-12-01", opens_at="2026-11-27T08:00:00+07:00")
    answer = await applicant.say("kuota mpp batang tgl 1 des", "brarti blm bs daftar skrg?")
    assert "dibuka Jumat 27 November" in answer


async def test_a_fine_stays_that_of_the_topic_after_the_hours(applicant: Talk) -> None:
    await applicant.say("paspor saya hilang", "di pemalang jam brp bukanya", "sabtu jg buka?")
    answer = await applicant.say("dendanya sejuta ya?")
    assert answer.startswith("*Ya.*")
    assert "Rp1.000.000" in answer


async def test_the_same_to_another_claim_is_no_bare_repetition(citizen: Talk) -> None:
    first = await citizen.say("paspor aku sobek", "katanya bs cepet?")
    again = await citizen.say("bs besok langsung?")
    assert again != first


async def test_what_was_confirmed_stays_the_topic(citizen: Talk) -> None:
    await citizen.say("paspor saya hilang", "berarti ga perlu daftar online?")
    assert "Rp1.650.000" in await citizen.say("biayanya?")


async def test_whoever_does_not_say_what_hears_what_the_answer_comes_to(citizen: Talk) -> None:
    answer = await citizen.say("mau perpanjang paspor", "berarti bisa ya?")
    assert "tetap berlaku" in answer
    assert "e-KTP dan paspor lama" in answer


@pytest.mark.parametrize(
    ("first", "then", "verdict"),
    [
        ("paspor rusak gimana", "jadi gratis?", "*Tidak.*"),
        ("mau bikin paspor", "berarti ga bayar ya", "*Tidak begitu.*"),
        ("mau perpanjang paspor", "tetep bayar ya?", "*Ya.*"),
        ("denda telat perpanjang paspor brp", "serius ga ada denda?", "*Betul.*"),
        ("paspor suami sobek", "hrs suami sendiri yg dtg?", "*Ya.*"),
        ("duit udah dibayar bisa balik ga", "berarti hangus ya", "*Ya.*"),
        ("cara ambil paspor", "berarti bayar lagi klo lewat?", "*Ya.*"),
    ],
)
async def test_what_is_free_is_told_right_way_round(
    citizen: Talk, first: str, then: str, verdict: str
) -> None:
    assert (await citizen.say(first, then)).startswith(verdict)
