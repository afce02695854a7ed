"""Tanjung Priok accompanies through M-Paspor: where the citizen is counts, also days later."""

from __future__ import annotations

import pytest

from tests.conftest import SetEnvironment
from tests.running_backend import Backend
from tests.talks.talk import Talk

DAY = 24 * 60


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("udah install, terus?", "Langkah 2"),
        ("sdh download aplikasinya kak trs gmn", "Langkah 2"),
        ("akun udah jadi lanjut apa", "Langkah 2"),
        ("data diri sudah diisi, habis itu apa", "Langkah 3"),
        ("udah upload semua dokumen, terus apa lagi", "Langkah 4"),
        ("sudah pilih jadwal, selanjutnya apa?", "Langkah 5"),
        ("belum bayar", "Langkah 5"),
        ("udah bayar trus?", "Langkah 6"),
        ("sdh bayar min, habis itu ngapain", "Langkah 6"),
        ("sudah foto dan wawancara", "Langkah 7"),
        ("pandu saya", "Langkah 1"),
        ("i have paid, what next", "Step 6"),
    ],
)
async def test_what_is_done_leads_to_the_next_step(guided: Talk, text: str, step: str) -> None:
    assert f"*{step} " in await guided.say(text)


@pytest.mark.parametrize("text", ["terus?", "sudah", "udah kak, lalu apa", "lanjut"])
async def test_a_word_after_a_step_leads_on(guided: Talk, text: str) -> None:
    await guided.say("pandu saya")

    assert "*Langkah 2 " in await guided.say(text)


@pytest.mark.parametrize(
    "text", ["tadi sampai mana", "kemarin sampai mana ya?", "lanjutin panduan"]
)
async def test_the_step_is_remembered_over_a_session_and_days(guided: Talk, text: str) -> None:
    await guided.say("udah upload berkas terus?")
    await guided.be_silent(3 * DAY)

    assert "*Langkah 4 " in await guided.say("halo", text)


async def test_after_its_days_the_step_is_forgotten_and_asked(
    guided: Talk, set_environment: SetEnvironment
) -> None:
    await guided.say("udah bayar trus?")
    set_environment(RIUNG_NOW="2026-12-20T10:00:00")

    assert "sampai di mana" in await guided.say("tadi sampai mana")


async def test_where_nothing_is_known_the_step_is_chosen(guided: Talk) -> None:
    answer = await guided.say("tadi sampai mana")
    assert "Langkah mana" in answer

    assert "*Langkah 5 " in await guided.tap("Bayar")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kode otp ga masuk masuk", "folder spam"),
        ("otp mpaspor belum masuk dari tadi", "folder spam"),
        ("gagal upload ktp di mpaspor", "tegak lurus"),
        ("upload dokumen error terus", "tegak lurus"),
        ("kode billing saya expired", "tidak ada uang yang hilang"),
        ("kode bayar kadaluarsa gimana", "tidak ada uang yang hilang"),
        ("salah upload dokumen di m-paspor", "mengunggah ulang"),
        ("tanggal di aplikasi tidak bisa dipilih", "buku jenis itu"),
    ],
)
async def test_each_known_failure_has_its_way_out(guided: Talk, text: str, words: str) -> None:
    assert words in await guided.say(text)


@pytest.mark.parametrize(
    "text", ["biaya paspor berapa", "sudah bayar tapi status belum berubah", "syarat paspor anak"]
)
async def test_a_question_in_between_is_answered_and_the_step_kept(guided: Talk, text: str) -> None:
    await guided.say("sudah pilih jadwal, selanjutnya apa?")

    assert "*Langkah" not in await guided.say(text)
    assert "*Langkah 5 " in await guided.say("tadi sampai mana")


async def test_another_office_is_not_accompanied(citizen: Talk) -> None:
    assert "*Langkah" not in await citizen.say("udah bayar trus?")
    assert "belum ada di chat" in await citizen.say("/pendamping")


@pytest.mark.parametrize(
    "said",
    [
        "tolong bantu langkah2 mpaspor dari awal dong saya gaptek",
        "bimbing saya daftar mpaspor dari awal",
        "tuntun saya pakai m-paspor ya",
    ],
)
async def test_who_asks_for_help_from_the_start_is_guided(guided: Talk, said: str) -> None:
    assert "*Langkah 1 " in await guided.say(said)


@pytest.mark.parametrize("text", ["sekarang tinggal apa", "tinggal apa lagi ya min"])
async def test_what_is_left_is_the_step_that_was_told(guided: Talk, text: str) -> None:
    await guided.say("udah bayar, terus?")

    assert "langkah 6" in (await guided.say(text)).lower()


async def test_what_was_begun_goes_on_after_a_pause(guided: Talk) -> None:
    await guided.say("udah bayar, terus?")
    await guided.be_silent(2 * DAY)

    assert "langkah 6" in (await guided.say("lanjut yg tadi")).lower()


async def test_a_day_that_is_over_is_no_step_done(guided: Talk) -> None:
    await guided.say("udah bayar, terus?", "kalo mau ganti tgl gimana")

    assert "sudah terlewat" in await guided.say("udah lewat gimana")


async def test_it_guides_in_english_from_the_first_line(guided: Talk) -> None:
    assert "Step 2" in await guided.say("i installed m-paspor, what's next")


async def test_the_limit_of_the_payment_is_two_hours(guided: Talk) -> None:
    await guided.say("kode billing baru keluar, ingetin bayar dong")

    assert "*2 jam*" in await guided.say("brp lama batasnya")


async def test_who_has_paid_is_not_told_how_to_pay(guided: Talk, backend: Backend) -> None:
    backend.application("1179000000001205", "awaiting_payment")
    await guided.say("1179000000001205")

    assert "Jangan bayar dua kali" in await guided.say("padahal udah bayar")
