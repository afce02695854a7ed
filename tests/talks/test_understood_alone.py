"""First lines that were surely understood: words for a part of a question do not bend them."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    "said", ["ambil nomor antrian", "mau ambil tiket antri dong", "cara ambil nomor antrean"]
)
async def test_who_takes_a_number_books(citizen: Talk, said: str) -> None:
    answer = await citizen.say(said)

    assert "M-Paspor" in answer
    assert "30 hari kalender" not in answer


@pytest.mark.parametrize("said", ["wilujeng enjing", "selamat tahun baru min", "sugeng enjing bu"])
async def test_a_greeting_is_greeted(citizen: Talk, said: str) -> None:
    assert "asisten otomatis" in await citizen.say(said)


@pytest.mark.parametrize(
    "said", ["udah bayar tapi ga bisa dateng", "pembayaran beres tp hari h berhalangan hadir"]
)
async def test_who_paid_and_cannot_come_hears_of_another_day(citizen: Talk, said: str) -> None:
    assert "H-1" in await citizen.say(said)


@pytest.mark.parametrize("said", ["e paspor bisa di bandung?", "di kantor bandung ada epaspor ga"])
async def test_a_kind_at_an_office_is_no_address(citizen: Talk, said: str) -> None:
    assert "e-paspor" in (await citizen.say(said)).casefold()


@pytest.mark.parametrize(
    "said", ["sabtu minggu buka?", "weekend buka ga", "sabtu sama minggu buka ga min"]
)
async def test_both_days_on_which_a_week_ends_are_told(citizen: Talk, said: str) -> None:
    answer = await citizen.say(said)

    assert "Sabtu 21 November: *tutup*" in answer
    assert "Minggu 22 November: *tutup*" in answer


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("mau ngasih kritik", "boleh tanpa nama"),
        ("pengen nyampein masukan buat kantornya", "boleh tanpa nama"),
        ("mpp bisa bikin paspor?", "datang langsung"),
        ("bisa ga bikin paspor tanpa mpaspor", "datang langsung"),
        ("magang ke korea", "bekerja"),
        ("lapor tamu asing", "apoa.imigrasi.go.id"),
        ("saya dicekal ga ya", "daftar pencegahan"),
        ("bisa bahasa sunda?", "bahasa Indonesia dan bahasa Inggris"),
        ("email salah ketik di mpaspor", "belum kami temukan"),
        ("wawancara bahasa inggris ga", "Jawab dengan jujur"),
    ],
)
async def test_a_short_first_line_is_answered(citizen: Talk, said: str, answered: str) -> None:
    assert answered in await citizen.say(said)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("golden visa itu apa", "biaya paspor berapa"),
        ("gci itu apa", "biaya paspor 10 tahun berapa"),
        ("all indonesia itu apa", "bikin paspor bayar berapa"),
    ],
)
async def test_a_passports_price_is_not_that_of_the_visa_before(
    citizen: Talk, before: str, said: str
) -> None:
    await citizen.say(before)

    assert "950.000" in await citizen.say(said)
