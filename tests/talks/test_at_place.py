"""Whether something is done at a place: one that is named, or was talked about."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("mpp cimahi hari apa aja", "bisa ganti disana?", "Apakah MPP Cimahi melayani ganti"),
        ("ulp miko mall buka jam brp", "disitu bisa perpanjang paspor?", "*Ya*, ULP Miko Mall"),
        ("alamat miko mall", "klo paspor ilang bisa disana ga", "*tidak termasuk*"),
        ("alamat miko mall", "bisa bikin baru di situ kan?", "*Ya*, ULP Miko Mall"),
    ],
)
async def test_there_is_the_place_just_named(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("perpanjang bisa di mpp batang?", "*Ya*, MPP Batang melayani ganti paspor habis."),
        ("mpp batang nerima yg hilang ga", "hanya untuk paspor baru, ganti paspor habis"),
        ("di batang bisa bikin paspor?", "*Ya*, MPP Batang melayani paspor baru."),
    ],
)
async def test_a_place_is_named(applicant: Talk, asked: str, answered: str) -> None:
    assert answered in await applicant.say(asked)


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("syarat paspor anak", "bisa ganti disana?", "kantor imigrasi mana pun"),
        ("mpp cimahi bisa bikin paspor?", "hari apa aja", "MPP Cimahi"),
    ],
)
async def test_an_office_does_it_all_and_a_place_is_kept(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("mau ganti jadwal wawancara", "bisa ganti disana?", "H-1"),
        ("alamat mpp cimahi", "bisa ganti hari disana?", "H-1"),
        ("alamat mpp cimahi", "di sana bisa bayar tunai?", "*Tidak dibayar tunai"),
        ("halo", "ktp cimahi bisa bikin paspor di bandung?", "kantor imigrasi mana pun"),
    ],
)
async def test_other_questions_of_a_place_keep_their_answers(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)
