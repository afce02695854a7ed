"""Who answers, what is kept, and how it is erased, said and done in the chat."""

from __future__ import annotations

import pytest

from riung.backend_client import backend as client
from tests.running_backend import Backend
from tests.talks.talk import Talk


@pytest.mark.parametrize("first", ["halo", "biaya paspor berapa", "mau bicara petugas", "p"])
async def test_the_first_answer_says_who_answers_and_what_is_kept(
    citizen: Talk, first: str
) -> None:
    told = await citizen.say(first)

    assert told.count("mesin, bukan orang") == 1
    assert "180 hari" in told
    assert "hapus data saya" in told


@pytest.mark.parametrize("text", ["delete my data", "erase my data please"])
async def test_who_begins_in_english_is_answered_so(citizen: Talk, text: str) -> None:
    told = await citizen.say(text)

    assert "What is kept here" in told
    assert "a machine, not a person" in told


async def test_it_is_said_once_also_after_a_silence(citizen: Talk) -> None:
    await citizen.say("halo")
    assert "bukan orang" not in await citizen.say("biaya paspor")
    await citizen.be_silent()

    assert "bukan orang" not in await citizen.say("halo")


@pytest.mark.parametrize(
    "words", ["data apa yang disimpan", "kalian simpan data saya apa aja?", "data saya aman ga min"]
)
async def test_what_is_kept_is_told_with_its_days(citizen: Talk, words: str) -> None:
    told = await citizen.say(words)

    assert "180 hari" in told
    assert "NIK utuh tidak pernah disimpan" in told


@pytest.mark.parametrize("yes", ["ya", "iya hapus", "Ya, hapus data saya", "ok", "hapus aja iya"])
async def test_a_yes_in_any_words_erases(citizen: Talk, backend: Backend, yes: str) -> None:
    receipt = await citizen.say("tolong hapus semua data saya", yes)

    assert "Permintaan diterima" in receipt
    assert "dihapus dalam beberapa menit" in receipt


@pytest.mark.parametrize("no", ["tidak", "gak jadi", "batal", "0"])
async def test_a_no_erases_nothing(citizen: Talk, no: str) -> None:
    assert "diterima" not in await citizen.say("hapus data saya", no)


async def test_what_has_to_stay_is_said(citizen: Talk, backend: Backend) -> None:
    phone = citizen.number
    client().open_ticket(kind="complaint", office="bandung", conversation_id=phone, phone=phone)

    assert "1 tiket yang belum selesai" in await citizen.say("hapus data saya", "ya")


async def test_it_is_said_in_english(citizen: Talk) -> None:
    assert "180 days" in await citizen.say("english", "what data do you keep about me")
    assert "erased within minutes" in await citizen.say("yes")


@pytest.mark.parametrize("words", ["yes delete", "yes, delete my data", "delete my data"])
async def test_erasing_is_confirmed_in_english_words(citizen: Talk, words: str) -> None:
    await citizen.say("what data do you store about me?")

    assert "Request" in await citizen.say(words)


@pytest.mark.parametrize("said", ["ya hapus aja", "hapusin deh", "oke hapus semua ya"])
async def test_the_offer_to_erase_is_taken_some_turns_later(citizen: Talk, said: str) -> None:
    await citizen.say("hapus data saya", "kalo dihapus antrian saya gimana", "jam buka kantor?")
    assert "Permintaan diterima" in await citizen.say("hapus data saya?", said)


@pytest.mark.parametrize(
    "said", ["jangan dihapus", "dihapus kapan?", "bisa dihapus?", "hapus chatnya aja bisa"]
)
async def test_what_only_speaks_of_erasing_erases_nothing(citizen: Talk, said: str) -> None:
    assert "Permintaan diterima" not in await citizen.say("hapus data saya", said)


@pytest.mark.parametrize(
    "said", ["kalo dihapus antrian saya gimana", "antrian saya ikut ilang ga?", "booking aman?"]
)
async def test_what_becomes_of_a_booking_is_told(citizen: Talk, said: str) -> None:
    assert "tetap ada sampai selesai" in await citizen.say("hapus data saya", said)


async def test_the_receipt_can_be_asked_for_and_the_own_record_once_more(citizen: Talk) -> None:
    await citizen.say("hapus data saya", "ya hapus")

    assert "✅" in await citizen.say("buktinya mana")
    assert "Yang tersimpan dari nomor" in await citizen.say("data saya apa saja yang disimpan")
