"""The price for a family, told over several messages."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("told", "total"),
    [
        (("brp biaya paspor buat 3 orang", "istri sama anak 2 thn"), "Rp1.950.000"),
        (("biaya buat 3 orang", "istri sama anak 2 thn", "yg dewasa 10 tahun"), "Rp2.550.000"),
        (
            ("biaya buat 3 org", "istri sama anak 2 thn", "dewasa yg 10 taun", "klo sehari jadi"),
            "Rp5.550.000",
        ),
        (("biaya paspor brp", "buat istri", "anak 2 thn", "total brp"), "Rp1.300.000"),
        (("bisa sehari jadi ga", "buat 3 orang"), "Rp4.950.000"),
        (("bisa sehari jadi ga", "brp", "buat 2 orang", "yg 10 taun"), "Rp3.900.000"),
        (("how much for a passport", "for me and my wife", "and one kid"), "Rp1.950.000"),
    ],
)
async def test_the_sum_is_that_of_all_who_were_told(
    citizen: Talk, told: tuple[str, ...], total: str
) -> None:
    answer = await citizen.say(*told)
    assert f"{total}*" in answer


async def test_a_sum_is_confirmed(citizen: Talk) -> None:
    answer = await citizen.say("biaya paspor buat 2 orang", "jadi 1.300 ya?")
    assert answer.startswith("*Ya.*")
    assert "Rp1.300.000" in answer


@pytest.mark.parametrize(
    ("told", "total"),
    [
        (("biaya paspor anak", "saya sama suami sama 2 anak totalnya"), "Rp2.600.000"),
        (("biaya buat 2 orang", "saya sama istri sama 1 anak brp"), "Rp1.950.000"),
        (("saya dewasa sama anak saya 5 tahun total brp",), "Rp1.300.000"),
    ],
)
async def test_who_counts_themselves_counts_all(
    citizen: Talk, told: tuple[str, ...], total: str
) -> None:
    assert f"*Jumlah: {total}*" in await citizen.say(*told)


@pytest.mark.parametrize("asked", ["ada yg sehari jadi ga", "yg sehari bisa?", "bisa dipercepat"])
async def test_whether_there_is_one_is_no_sum(citizen: Talk, asked: str) -> None:
    answer = await citizen.say("biaya paspor saya suami istri sama 2 anak", asked)
    assert "Jumlah" not in answer
    assert "selesai pada hari yang sama" in answer


async def test_the_divorced_are_not_counted_together(citizen: Talk) -> None:
    answer = await citizen.say("syarat paspor anak", "saya sama istri udah cerai", "totalnya brp")
    assert "*Rp650.000*" in answer
    assert "dewasa" not in answer
