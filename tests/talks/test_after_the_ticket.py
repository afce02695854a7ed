"""After the ticket: its code once more, somebody else of the family, and another day."""

from __future__ import annotations

import pytest

from riung.backend_client import backend as client
from riung.clock import now
from tests.actions.makers import nik
from tests.running_backend import Backend
from tests.talks.talk import Talk

OPENED = "2026-11-20T08:00:00+07:00"


async def say_after_booking(applicant: Talk, backend: Backend, number: int, text: str) -> str:
    """Book the first day there is, write, and give the place back."""
    backend.quota("2026-11-24", capacity=50, opens_at=OPENED)
    await applicant.say("daftar antrean mpp batang", "1", "1", "Siti Aminah", nik(number))
    assert "Nomor antrean" in await applicant.say("ya")
    answer = await applicant.say(text)
    for booking in client().bookings(applicant.number):
        client().cancel(booking["code"], applicant.number, now())
    return answer


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (7301, "kode bookingnya apa tadi"),
        (7302, "lupa kodenya"),
        (7303, "nomor antreannya berapa tadi"),
        (7304, "what was the code"),
    ],
)
async def test_the_code_is_told_again(
    applicant: Talk, backend: Backend, number: int, text: str
) -> None:
    answer = await say_after_booking(applicant, backend, number, text)
    assert "(kode " in answer or "(code " in answer


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (7311, "suami saya mau didaftarin juga"),
        (7312, "sekalian adik saya didaftarkan bisa?"),
        (7313, "tolong daftarin ibu saya juga"),
    ],
)
async def test_whoever_wants_another_booked_hears_the_way(
    applicant: Talk, backend: Backend, number: int, text: str
) -> None:
    answer = await say_after_booking(applicant, backend, number, text)
    assert "nomor WhatsApp orangnya sendiri" in answer


async def test_a_booking_from_another_number_is_still_looked_for_there(applicant: Talk) -> None:
    await applicant.say("antrean saya")
    assert "nomor WhatsApp ini" in await applicant.say("kemarin udah daftar kok")


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("mpp batang buka hari apa aja", "selasa depan masih ada?"), "MPP Batang, Selasa 24"),
        (("mpp batang jam berapa", "selasa depan penuh ga"), "MPP Batang, Selasa 24"),
        (("jam buka mpp batang", "tgl 24 ada ga"), "MPP Batang, Selasa 24"),
    ],
)
async def test_a_day_is_asked_for_places_and_not_for_hours(
    applicant: Talk, texts: tuple[str, ...], answered: str
) -> None:
    assert answered in await applicant.say(*texts)
    assert "tempat" in applicant.last.text or "dibuka" in applicant.last.text


async def test_what_is_still_there_without_a_day_is_no_question_of_places(citizen: Talk) -> None:
    answer = await citizen.say("bedanya e paspor sama biasa", "yg biasa masih ada?")
    assert "belum kami pastikan" in answer
