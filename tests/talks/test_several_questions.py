"""Two and three questions in one message: all are answered, for the one thing it is about."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "mau bikin paspor anak. bawa apa, bayar brp, berapa hari kelar?",
        "pengen buatin anak paspor nih min, apa aja yg disiapin trs harganya brp, brp lama jadi",
        "paspor buat anak saya yg bontot: syaratnya apa, biayanya berapa, jadinya brp hari ya bun",
    ],
)
async def test_all_of_them_are_about_the_child(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)
    assert "Akta kelahiran anak" in answer
    assert "*Rp650.000*" in answer
    assert "4 hari kerja" in answer
    assert "paspor baru dewasa" not in answer


@pytest.mark.parametrize(
    "text",
    [
        "paspor ku robek dikit di pojokan, itu dendanya berapa, bikin ulang berapa hari",
        "paspornya basah kehujanan, ganti baru kena brp trs jadinya kapan",
        "paspor rusak digigit tikus, berapa lama ngurusnya sama berapa bayarnya",
    ],
)
async def test_the_price_keeps_its_kind_wherever_it_stands(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)
    assert "Rp1.150.000" in answer
    assert "Lebih dari 4 hari kerja" in answer


@pytest.mark.parametrize(
    "text",
    [
        "paspor suami ilang pas mudik, ngurusnya brp lama trus bayar brp ya totalan",
        "paspor istri kecopetan di pasar, brp lama urusnya, total bayar brp",
        "paspor anak saya hilang gimana ngurusnya, biayanya brp, lama ga ya kira2",
    ],
)
async def test_a_lost_one_takes_longer_and_costs_the_fine(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)
    assert "Rp1.650.000" in answer or "Rp1.000.000 ditambah paspor baru Rp650.000" in answer
    assert "Lebih dari 4 hari kerja" in answer


async def test_a_grievance_that_names_a_price_stays_one(citizen: Talk) -> None:
    answer = await citizen.say(
        "kemarin paspor anak saya baru dilayani jam 2 padahal dari jam 8, petugasnya lama banget, "
        "biaya parkir juga mahal, kapan diperbaiki?"
    )
    assert "Maaf atas pengalaman itu" in answer
