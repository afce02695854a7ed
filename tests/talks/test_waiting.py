"""The waiting list in words: an offer is taken with a yes, the line is left with a no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from riung.backend_client import backend as client
from riung.clock import now
from tests.actions.makers import nik
from tests.edits import allow_people
from tests.running_backend import Backend
from tests.talks.talk import Talk

TUESDAY, SAID = "2026-12-15", "15 desember"
"""A day that no other talk books."""
OPENED = "2026-11-20T08:00:00+07:00"


@pytest.fixture
def full_day(applicant: Talk, backend: Backend) -> Iterator[Backend]:
    """The Tuesday is taken by others, before and after each talk."""
    backend.quota(TUESDAY, capacity=20, booked_elsewhere=20, opens_at=OPENED)
    yield backend
    for entry in client().waiting(applicant.number):
        client().leave_waiting_list(entry["code"], applicant.number)
    for booking in client().bookings(applicant.number):
        client().cancel(booking["code"], applicant.number, now())
    backend.quota(TUESDAY, capacity=50, booked_elsewhere=0)


async def join(applicant: Talk, name: str, number: int) -> str:
    """Fill the form for the full day and agree to wait."""
    await applicant.say("daftar antrean mpp batang", "1", SAID, name, nik(number))
    return await applicant.say("ya")


def free_places(backend: Backend, count: int) -> None:
    backend.quota(TUESDAY, capacity=20 + count)


@pytest.mark.parametrize("word", ["ya", "mau dong", "iya", "boleh", "yes please"])
async def test_an_offered_place_is_taken_in_words(
    applicant: Talk, full_day: Backend, word: str
) -> None:
    assert "urutan" in await join(applicant, "Siti Aminah", 2001 + len(word))
    free_places(full_day, 1)

    answer = await applicant.say(word)
    assert "Nomor antrean" in answer or "Queue number" in answer
    assert "Siti Aminah" in answer


@pytest.mark.parametrize(
    "words",
    ["gak jadi nunggu", "gak jadi nunggu deh", "batal nunggu aja", "keluar dari daftar tunggu"],
)
async def test_the_line_is_left_in_words_and_that_is_confirmed(
    applicant: Talk, full_day: Backend, words: str
) -> None:
    await join(applicant, "Siti Aminah", 2100 + len(words))

    assert "keluar dari daftar tunggu" in await applicant.say(words)
    assert client().waiting(applicant.number) == []


async def test_an_offer_is_declined_in_words(applicant: Talk, full_day: Backend) -> None:
    await join(applicant, "Siti Aminah", 2200)
    free_places(full_day, 1)

    assert "keluar dari daftar tunggu" in await applicant.say("gak jadi nunggu deh")


async def test_two_of_one_phone_wait_for_the_same_day_and_each_is_named(
    applicant: Talk, full_day: Backend, office_folder: Path
) -> None:
    allow_people(office_folder, 2)
    assert "Siti Aminah di *urutan" in await join(applicant, "Siti Aminah", 2301)
    assert "Putri Ayu di *urutan" in await join(applicant, "Putri Ayu", 2302)
    free_places(full_day, 2)

    assert "Untuk siapa?" in await applicant.say("ya")
    assert "Putri Ayu" in await applicant.say("2")
    assert "Siti Aminah" in await applicant.say("ya")
    assert {one["name"] for one in client().bookings(applicant.number)} == {
        "Siti Aminah",
        "Putri Ayu",
    }


@pytest.mark.parametrize("then", ["gajadi", "gak usah deh", "ga jadi min", "never mind"])
@pytest.mark.parametrize("wish", ["kabarin klo ada kosong", "kabari kalau kuota dibuka"])
async def test_who_changes_their_mind_right_after_asking_for_news_gets_none(
    applicant: Talk, wish: str, then: str
) -> None:
    await applicant.say("kuota tgl 1 desember ada?", wish)
    assert "Kabar otomatis dihentikan" in await applicant.say(then)
