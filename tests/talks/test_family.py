"""A family on one phone, where a number may book for several people and where it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.backend_client import backend as client
from tests.actions.makers import nik
from tests.edits import allow_people
from tests.running_backend import Backend
from tests.talks.talk import Talk

TUESDAY = "2026-11-24"
CHILDS_NIK = "332501050122"
"""Region and birth date of somebody born on 5 January 2022."""


@pytest.fixture
def family(office_folder: Path, applicant: Talk, backend: Backend) -> Talk:
    """Somebody at an office where one number may book for two, on a day with room for them."""
    allow_people(office_folder, 2)
    opened = "2026-11-20T08:00:00+07:00"
    backend.quota(TUESDAY, capacity=50, booked_elsewhere=0, opens_at=opened)
    return applicant


async def book_first(applicant: Talk, number: int, name: str = "Siti Aminah") -> None:
    await applicant.say("daftar antrean mpp batang", "1", "1", name, nik(number))
    assert "Nomor antrean" in await applicant.say("ya")


async def book_child(family: Talk, number: int) -> str:
    await family.say("daftarkan anak saya juga di mpp batang")
    await family.tap("Ya, daftarkan")
    await family.say("1", "1", "Putri Ayu", f"{CHILDS_NIK}{number:04d}")
    return await family.say("ya")


@pytest.mark.parametrize(
    "wish", ["daftar antrean mpp batang", "daftarkan istri saya juga di mpp batang"]
)
async def test_where_two_are_allowed_the_booking_is_told_and_the_second_offered(
    family: Talk, wish: str
) -> None:
    await book_first(family, 401 + len(wish))

    told = await family.say(wish)
    assert "Siti Aminah" in told
    assert "*1* orang lagi" in told
    assert "NIK" not in told

    assert "Untuk keperluan apa" in await family.say("ya")


async def test_a_childs_place_brings_the_childs_documents_also_afterwards(family: Talk) -> None:
    await book_first(family, 460)
    assert "Akta kelahiran anak" in await book_child(family, 4601)

    asked = await family.say("antrean saya")
    assert "Yang mana?" in asked
    assert [title.split()[0] for title in titles(family)] == ["Siti", "Putri"]

    assert "Akta kelahiran anak" in await family.say("2")


async def test_the_third_hears_the_way_before_anything_is_asked(family: Talk) -> None:
    await book_first(family, 470)
    await book_child(family, 4701)

    told = await family.say("daftar antrean mpp batang")
    assert "paling banyak 2 orang" in told
    assert "nomor WhatsApp orangnya sendiri" in told
    assert not (await family.tracker()).active_loop_name


async def test_cancelling_asks_whose_place_it_is(family: Talk) -> None:
    await book_first(family, 480)
    await book_child(family, 4801)

    assert "Yang mana?" in await family.say("batalkan antrean")
    assert "Batalkan antrean nomor" in await family.say("2")
    assert "sudah dibatalkan" in await family.say("ya batalkan")
    (kept,) = client().bookings(family.number)
    assert kept["name"] == "Siti Aminah"


async def test_moving_asks_whose_day_it_is(family: Talk, backend: Backend) -> None:
    backend.quota("2026-12-01", capacity=50, opens_at="2026-11-20T08:00:00+07:00")
    await book_first(family, 490)
    await book_child(family, 4901)

    assert "Yang mana?" in await family.say("ubah jadwal antrean")
    assert "Pindah ke hari apa" in await family.tap(titles(family)[1])
    await family.say("1")
    days = {one["name"]: one["date"] for one in client().bookings(family.number)}
    assert days == {"Siti Aminah": TUESDAY, "Putri Ayu": "2026-12-01"}


async def test_a_nik_that_is_booked_already_is_said_to_be(family: Talk) -> None:
    await book_first(family, 500)
    await family.say("daftar antrean mpp batang", "ya", "1", "1", "Siti Aminah", nik(500))

    assert "NIK itu *sudah terdaftar*" in await family.say("ya")


async def test_where_one_is_allowed_the_way_for_the_family_is_told_first(applicant: Talk) -> None:
    await book_first(applicant, 510)

    told = await applicant.say("daftarkan anak saya juga di mpp batang")
    assert "Satu nomor WhatsApp satu tempat" in told
    assert "nomor WhatsApp orangnya sendiri" in told
    assert not (await applicant.tracker()).active_loop_name


def titles(talk: Talk) -> list[str]:
    return [choice.title for choice in talk.last.choices]


@pytest.mark.parametrize(
    ("first", "then", "total"),
    [
        (
            "itungin biaya 2 dewasa epaspor 10th sama 1 anak biasa",
            "kalo pake percepatan",
            "Rp5.550.000",
        ),
        ("2 dewasa 1 anak berapa totalnya", "kalo dipercepat jadi berapa", "Rp4.950.000"),
        ("kami berempat, 2 dewasa 2 anak, dokumennya apa aja", "totalnya?", "Rp2.600.000"),
        ("saya sama anak, syaratnya apa", "biayanya berapa semuanya?", "Rp1.300.000"),
        ("2 dewasa 2 anak berapa totalnya", "kalau 10 tahun?", "Rp3.200.000"),
        (
            "me and my wife and 2 kids need passports, how much in total",
            "and same day?",
            "Rp6.600.000",
        ),
    ],
)
async def test_who_was_counted_is_counted_in_the_next_question(
    citizen: Talk, first: str, then: str, total: str
) -> None:
    await citizen.say(first)
    assert total in await citizen.say(then)


async def test_a_price_asked_at_large_is_not_that_of_the_family(citizen: Talk) -> None:
    await citizen.say("2 dewasa 2 anak berapa totalnya")
    assert "Hitungan" not in await citizen.say("biaya paspor berapa")
