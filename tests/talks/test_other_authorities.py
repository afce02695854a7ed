"""Matters of other authorities: whose they are, and where to turn to."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("ktp saya belum jadi di disdukcapil gimana", "Dukcapil"),
        ("bikin akta lahir dimana ya", "Dukcapil"),
        ("kk saya mau dipecah", "Dukcapil"),
        ("ktp bisa dicetak di sini?", "Dukcapil"),
        ("akta anak saya belum diperbaiki, kemana", "Dukcapil"),
        ("skck ngurus dimana", "kepolisian"),
        ("perpanjang sim bisa di sini?", "kepolisian"),
        ("visa korea dimana", "kedutaan"),
        ("kalo visa jepang bikinnya ke mana", "kedutaan"),
        ("npwp online gimana caranya", "kantor pajak"),
        ("bpjs saya mati", "BPJS"),
        ("daftar imei hp dari luar negeri", "Bea Cukai"),
    ],
)
async def test_it_is_named(citizen: Talk, said: str, whose: str) -> None:
    assert whose in await citizen.say(said)


@pytest.mark.parametrize(
    "said",
    ["skck perlu ga buat paspor", "nama di ktp sama akta beda", "perpanjang visa on arrival"],
)
async def test_what_is_ours_stays_ours(citizen: Talk, said: str) -> None:
    assert "Itu urusan" not in await citizen.say(said)
