"""Where the office is and when it is open."""

from __future__ import annotations

import pytest

from actions.kantor import NearestOffice, OfficeLocation, OpeningHours
from riung.office.offices import offices
from tests.actions.makers import citizen, reply, responses

BATANG = {"latitude": -6.9089, "longitude": 109.7304}


async def test_hours_are_those_of_the_office_of_the_conversation() -> None:
    answered = await reply(OpeningHours(), citizen("jam buka", office="pemalang"))

    assert answered["nama"] == "Imigrasi Pemalang"
    for hours in offices()["pemalang"].jam.values():
        assert hours.teks in answered["jam"]


async def test_hours_are_those_of_the_office_that_was_named() -> None:
    answered = await reply(OpeningHours(), citizen("jam buka", entities={"kantor": "Pemalang"}))

    assert offices()["pemalang"].jam["layanan"].teks in answered["jam"]


async def test_the_address_of_the_office_and_its_other_places() -> None:
    answered = await reply(OfficeLocation(), citizen("alamat", office="pemalang"))

    assert answered["alamat"] == offices()["pemalang"].alamat.lengkap
    assert "MPP Batang" in answered["tempat_lain"]
    assert "Kantor Imigrasi Pemalang" not in answered["tempat_lain"]


async def test_the_address_of_the_place_that_was_named() -> None:
    message = citizen("alamat", entities={"kantor": "MPP Batang"})

    answered = await reply(OfficeLocation(), message)

    assert answered["nama"] == "MPP Batang"
    assert answered["alamat"].startswith("Sambongpos")
    assert answered["tempat_lain"] == ""


async def test_a_message_without_its_location_gets_the_offices_address() -> None:
    answered = await reply(NearestOffice(), citizen("", "kirim_lokasi", location={}))

    assert answered.response == "utter_lokasi_kantor"
    assert answered["alamat"] == offices()["bandung"].alamat.lengkap


async def test_far_from_every_office_this_offices_address_is_told() -> None:
    tokyo = {"latitude": 35.68, "longitude": 139.69}

    answered = await reply(NearestOffice(), citizen("", "kirim_lokasi", location=tokyo))

    assert answered.response == "utter_lokasi_kantor"


@pytest.mark.parametrize(
    ("location", "nearest", "kilometres"),
    [
        (BATANG, "MPP Batang", 1),
        ({"latitude": -6.95, "longitude": 107.65}, "Kantor Imigrasi Kelas I TPI Bandung", 6),
    ],
)
async def test_a_location_is_answered_with_the_nearest_office(
    location: dict[str, float], nearest: str, kilometres: int
) -> None:
    answered = await reply(NearestOffice(), citizen("", "kirim_lokasi", location=location))

    assert answered.response == "utter_kantor_terdekat"
    assert (answered["nama"], answered["jarak"]) == (nearest, kilometres)


@pytest.mark.parametrize(
    ("language", "name"), [("id", "Kantor Imigrasi Garut"), ("en", "Garut Immigration Office")]
)
async def test_the_nearest_office_may_be_one_that_this_chat_does_not_serve(
    language: str, name: str
) -> None:
    garut = {"latitude": -7.25, "longitude": 107.95}
    message = citizen("", "kirim_lokasi", location=garut)

    answered = await reply(NearestOffice(), message, bahasa=language)

    assert answered.response == "utter_kantor_terdekat_lain"
    assert (answered["nama"], answered["jarak"]) == (name, 6)
    assert (answered["nama_kami"], answered["jarak_kami"]) == ("ULP Miko Mall", 52)


@pytest.mark.parametrize("one", offices())
def test_what_is_read_from_the_office_file_is_plain_text(one: str) -> None:
    office = offices()[one]
    texts = [
        *(hours.teks for hours in office.jam.values()),
        *(place.alamat for place in office.tempat),
        *(place.teks_kuota for place in office.tempat),
        office.teks.get("lokasi_lain", ""),
        office.menu.judul,
        office.menu.petunjuk,
    ]

    assert [text for text in texts if "{" in text] == []


def test_the_address_is_said_before_the_rest() -> None:
    text = responses()["utter_lokasi_kantor"][0]["text"]

    assert text.index("{alamat}") < text.index("{tempat_lain}")
