"""Who collects a passport brings what is asked of them, and not everybody's list."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "paspor saya bisa diambil suami ga",
        "ibu yg ambil boleh? saya kerja",
        "kalo anak saya yg ngambilin paspor bawa apa",
        "can my wife pick up my passport",
    ],
)
async def test_family_brings_the_family_card(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)

    assert "KK" in answer
    assert "Sendiri:" not in answer


@pytest.mark.parametrize(
    "text",
    [
        "klo HRD kantor yg ambil?",
        "sepupu saya aja yg ngambil",
        "kalo beda kk gimana",
        "diambilin temen boleh?",
    ],
)
async def test_anybody_else_brings_a_power_of_attorney(citizen: Talk, text: str) -> None:
    answer = await citizen.say("cara ambil paspor", text)

    assert "*surat kuasa*" in answer
    assert "Rp10.000" in answer


@pytest.mark.parametrize(
    "text", ["surat kuasanya format bebas?", "contoh surat kuasanya ada?", "meterai berapa"]
)
async def test_its_form_is_not_invented(citizen: Talk, text: str) -> None:
    answer = await citizen.say("ambil paspor diwakilkan tetangga gmn", text)

    assert "belum kami temukan" in answer


async def test_a_passport_that_is_kept_stays_a_matter_of_protection(citizen: Talk) -> None:
    assert "tidak boleh ditahan" in await citizen.say("paspor saya diambil majikan")
