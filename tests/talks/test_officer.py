"""After asking for a person, what is written is for that person."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Talk

FOR_THE_OFFICER = [
    "anak saya Dimas 6 tahun di RS kamar 12",
    "saya pakai kursi roda, pintu mana yang landai?",
    "biaya paspor berapa",
    "halo",
    "1179 0000 0000 1208",
    "xyzzy qwop",
]


@pytest.mark.parametrize("said", FOR_THE_OFFICER)
async def test_whatever_is_written_then_is_passed_on_and_confirmed(
    citizen: Talk, backend: Backend, said: str
) -> None:
    await citizen.say("mau bicara petugas")
    code = citizen.ticket_code()

    confirmed = await citizen.say(said)

    assert "diteruskan ke petugas" in confirmed
    assert code in confirmed
    assert len(backend.ticket(code).last_messages) >= 2


async def test_each_message_is_attached_and_none_is_answered_like_the_one_before(
    citizen: Talk, backend: Backend
) -> None:
    await citizen.say("petugas")
    code = citizen.ticket_code()
    first = await citizen.say("berkas saya tertinggal di loket 2")
    second = await citizen.say("map warna biru")

    texts = [line["text"] for line in backend.ticket(code).last_messages]
    assert texts[-2:] == ["berkas saya tertinggal di loket 2", "map warna biru"]
    assert first != second


async def test_a_picture_is_for_the_officer_too(citizen: Talk) -> None:
    await citizen.say("tolong sambungkan ke petugas")

    assert "diteruskan ke petugas" in await citizen.send_media("ini fotonya")


@pytest.mark.parametrize("way", ["0", "menu"])
async def test_the_bot_is_one_message_away(citizen: Talk, way: str) -> None:
    await citizen.say("petugas", "saya mau tanya sesuatu")

    assert "1. Informasi paspor" in await citizen.say(way)
    assert "Syarat paspor" in await citizen.say("1")


async def test_a_running_form_rests_for_the_officer_and_goes_on_later(applicant: Talk) -> None:
    await applicant.say("daftar antrean mpp batang", "1", "1")
    assert "tiket" in await applicant.say("mau bicara petugas")
    assert "diteruskan" in await applicant.say("saya pakai kursi roda, pintu mana yang landai?")
    await applicant.say("menu")

    assert "nama lengkap" in await applicant.say("lanjutkan isian")


async def test_unreadable_words_are_no_case_for_an_officer(citizen: Talk, backend: Backend) -> None:
    before = len(backend.tickets("handover"))
    await citizen.say("halo", "p", "asdfgh", "p")

    assert len(backend.tickets("handover")) == before
