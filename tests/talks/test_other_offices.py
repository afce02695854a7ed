"""Questions about an office that this chat does not serve get its name, never our own figures."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    "text",
    ["jam buka imigrasi surabaya", "alamat imigrasi surabaya dmn", "kuota paspor surabaya selasa"],
)
async def test_another_office_is_named_and_where_to_look(citizen: Talk, text: str) -> None:
    answer = await citizen.say(text)

    assert "Kantor Imigrasi Surabaya" in answer
    assert "M-Paspor" in answer
    assert "Jl. Surapati" not in answer
    assert "08.00" not in answer


async def test_what_a_fact_tells_of_it_is_told(citizen: Talk) -> None:
    assert "90 reguler" in await citizen.say("di garut ada imigrasi ga, kuotanya berapa")
    assert "UNPAD 50" in await citizen.say("mahasiswa unpad bisa bikin paspor deket kampus ga")


@pytest.mark.parametrize("town", ["solo", "jogja", "purworejo", "kulon progo", "jaksel"])
async def test_a_town_is_known_by_whatever_name(citizen: Talk, town: str) -> None:
    assert "tidak dilayani chat ini" in await citizen.say(f"kantor imigrasi di {town} ada?")


async def test_several_offices_of_one_city_are_listed(citizen: Talk) -> None:
    assert "Jakarta Pusat, Kantor Imigrasi Jakarta Barat" in await citizen.say("kantor di jakarta")


async def test_a_town_without_an_office_that_we_know_is_looked_for_by_location(
    citizen: Talk,
) -> None:
    answer = await citizen.say("kantor imigrasi wonogiri dimana")

    assert "untuk *Wonogiri* belum tercatat" in answer
    assert "lokasi" in answer


@pytest.mark.parametrize("text", ["kantor imigrasi terdekat dari sini mana", "nearest office?"])
async def test_the_nearest_office_needs_a_location(citizen: Talk, text: str) -> None:
    assert "okasi" in await citizen.say(text) or "ocation" in citizen.last.text


async def test_the_nearest_office_of_a_named_town_needs_none(citizen: Talk) -> None:
    assert "Kantor Imigrasi Purworejo" in await citizen.say("kantor terdekat dari purworejo")


@pytest.mark.parametrize("text", ["alamat imigrasi bandung", "kalo di subang kantornya dmn"])
async def test_ours_and_its_district_are_answered_by_us(citizen: Talk, text: str) -> None:
    assert "Jl. Surapati" in await citizen.say(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wilayah kerja imigrasi bandung mana aja", "Kota Cimahi"),
        ("sumedang masuk imigrasi mana ya", "tampaknya dilayani Kantor Imigrasi Garut"),
    ],
)
async def test_the_district_is_told(citizen: Talk, text: str, told: str) -> None:
    assert told in await citizen.say(text)


async def test_the_holidays_of_a_year_fit_a_screen(citizen: Talk) -> None:
    answer = await citizen.say("libur tahun 2027 tanggal berapa aja")

    assert "• Maret: 8, 9, 10, 11, 12, 15, 25, 26, 28" in answer
    assert len(answer.splitlines()) < 20


@pytest.mark.parametrize(
    "text", ["katanya mau balik ke 5 tahun lagi bener ga", "kabarnya 10 tahun dihapus ya"]
)
async def test_a_rumour_of_change_is_not_confirmed_by_the_figure_of_today(
    citizen: Talk, text: str
) -> None:
    answer = await citizen.say("paspor 10 tahun buat umur brp", text)

    assert "*Ya.*" not in answer
    assert "aturannya belum kami temukan" in answer
