"""A greeting alone: in whose language, and that a call is no matter of others."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize("said", ["hi", "Hello!", "good morning", "bonjour", "Hola", "こんにちは"])
async def test_a_foreign_greeting_is_answered_in_english_with_the_way_back(
    citizen: Talk, said: str
) -> None:
    assert (await citizen.say(said)).startswith("Hello.")
    assert "Bahasa Indonesia" in [choice.title for choice in citizen.last.choices]
    assert "Biaya paspor" in await citizen.say("biaya paspor berapa ya")


@pytest.mark.parametrize("said", ["halo", "hi kak", "hello min", "p", "tes", "punten"])
async def test_an_indonesian_call_is_answered_by_the_menu(citizen: Talk, said: str) -> None:
    assert "asisten otomatis" in await citizen.say(said)
    assert "1. Informasi paspor" in citizen.last.text


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("halo mau tanya umroh", "umrah dan haji"),
        ("permisi mau tanya kuota", "Kuota Imigrasi Bandung"),
        ("pagi mau tanya soal paspor hilang", "lapor polisi dulu"),
        ("halo kak mau nanya jam buka", "Jam layanan"),
        ("assalamualaikum mau tanya alamat", "Jl. Surapati"),
        ("selamat siang mau tanya reschedule", "Ubah jadwal"),
        ("izin bertanya soal lansia", "lansia"),
    ],
)
async def test_what_is_named_after_a_greeting_is_answered(
    citizen: Talk, text: str, answered: str
) -> None:
    assert answered in await citizen.say(text)


@pytest.mark.parametrize("text", ["halo mau tanya dong kak", "mau tanya dulu", "permisi, nanya ya"])
async def test_a_wish_to_ask_that_names_nothing_gets_the_menu(citizen: Talk, text: str) -> None:
    assert "1. Informasi paspor" in await citizen.say(text)
