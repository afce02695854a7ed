"""The day of the talk, days that an office closes, and forms that the clock closes."""

from __future__ import annotations

import pytest

from riung.backend_client import backend as client
from tests.actions.makers import nik
from tests.running_backend import Backend
from tests.talks.talk import Talk

TUESDAY, NEXT = "2026-11-24", "2026-12-01"
OPENED = "2026-11-20T08:00:00+07:00"
TUESDAY_MORNING = "2026-12-01T08:25:00+07:00"
MONDAY, CHRISTMAS = "2026-11-23T09:10:00+07:00", "2026-12-25T09:10:00+07:00"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (601, "kok ditutup? terus saya gimana"),
        (602, "antrean saya jadi gimana"),
        (603, "selasa jadi buka gak"),
        (604, "ganti hari dong"),
        (605, "why is it closed"),
    ],
)
async def test_whose_day_was_closed_hears_it_with_other_days(
    applicant: Talk, backend: Backend, number: int, text: str
) -> None:
    for day in (TUESDAY, NEXT):
        backend.quota(day, capacity=50, booked_elsewhere=0, closed=False, opens_at=OPENED)
    await applicant.say("daftar antrean mpp batang", "1", "1", "Siti Aminah", nik(number))
    assert "Nomor antrean" in await applicant.say("ya")
    backend.quota(TUESDAY, closed=True, reason="Listrik padam")
    try:
        answer = await applicant.say(text)
    finally:
        backend.quota(TUESDAY, closed=False)
        for one in client().bookings(applicant.number):
            client().cancel(one["code"], applicant.number)

    assert "tidak melayani" in answer or "does not serve" in answer or "closed" in answer
    assert "Tetap datang" not in answer


@pytest.mark.parametrize(
    "text", ["hari ini buka?", "kantor tutup ya hari ini", "skrg buka ga min", "are you open today"]
)
async def test_a_holiday_is_told_by_its_name_in_any_words(
    citizen: Talk, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("RIUNG_NOW", CHRISTMAS)
    answer = await citizen.say(text)

    assert "Natal" in answer or "Christmas" in answer
    assert "28 Desember" in answer or "28 December" in answer


@pytest.mark.parametrize("text", ["kuota hari ini", "hari ini masih ada kuota?", "slot hari ini?"])
async def test_what_has_closed_for_today_is_said_with_its_hour(
    citizen: Talk, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("RIUNG_NOW", MONDAY)
    answer = await citizen.say(text)

    assert "08.00 WIB" in answer
    assert "tidak ada layanan" not in answer


@pytest.mark.parametrize("answered", ["3325010101901400", "1", "ya", "Rahmat Hidayat"])
async def test_an_answer_after_the_form_was_closed_finds_its_way(
    applicant: Talk, answered: str
) -> None:
    await applicant.say("daftar antrean mpp batang", "1", "1", "Rahmat Hidayat")
    await applicant.be_silent()

    told = await applicant.say(answered)
    assert "sudah ditutup" in told
    assert "NIK, jangan" not in told
    assert "Untuk keperluan apa" in await applicant.say("ya")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("cuti bersama?", "Kamis 24 Desember: *tutup* (Cuti Bersama Hari Raya Natal)"),
        ("cuti bersama kapan", "Kamis 24 Desember: *tutup* (Cuti Bersama Hari Raya Natal)"),
        ("pas cuti bersama buka ga", "Kamis 24 Desember: *tutup* (Cuti Bersama Hari Raya Natal)"),
        ("cuti bersama lebaran buka?", "(Cuti Bersama Hari Raya Idul Fitri)"),
        ("are you open on joint leave", "24 December: *closed* (Christmas Joint Holiday)"),
    ],
)
async def test_joint_leave_is_the_next_such_day(citizen: Talk, said: str, day: str) -> None:
    assert day in await citizen.say(said)


async def test_a_day_that_is_past_its_hour_is_not_silently_another_one(
    applicant: Talk, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIUNG_NOW", TUESDAY_MORNING)

    answer = await applicant.say("daftar antrean paspor baru mpp batang tgl 01/12/2026")
    assert answer.startswith("*Selasa 1 Desember 2026* tidak bisa dipilih")
    assert "Selasa 8 Desember 2026: pendaftaran *belum dibuka*" in answer


async def test_a_day_to_come_is_told_with_its_own_opening(
    applicant: Talk, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIUNG_NOW", TUESDAY_MORNING)

    answer = await applicant.say("daftar antrean paspor baru mpp batang tgl 15/12/2026")
    assert "Selasa 15 Desember 2026: pendaftaran *belum dibuka*" in answer
    assert "11 Desember" in answer


@pytest.mark.parametrize(
    ("first", "number", "answered"),
    [
        ("kantor buka tanggal 25 desember?", "28?", "Senin 28 Desember"),
        ("kantor buka tanggal 25 desember?", "26", "Sabtu 26 Desember: *tutup*"),
        ("kuota 2 desember", "29", "Selasa 29 Desember"),
    ],
)
async def test_a_number_after_a_day_is_a_day_of_that_month(
    citizen: Talk, first: str, number: str, answered: str
) -> None:
    assert answered in await citizen.say(first, number)


async def test_a_number_of_the_menu_stays_its_row(citizen: Talk) -> None:
    assert "Kuota dan jadwal" in await citizen.say("kantor buka tanggal 25 desember?", "3")
    assert "*26* tidak ada" in await citizen.say("menu", "26")


async def test_the_weekday_after_is_a_week_later(citizen: Talk) -> None:
    answer = await citizen.say("next tuesday is there any quota", "and the tuesday after")
    assert "Tuesday 1 December" in answer
