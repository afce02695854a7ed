"""The day at the counter, at MPP Batang on a Tuesday."""

import re
from typing import Any

import pytest

from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from riung.desk.access import Role
from tests.riung.desk.conftest import Browser, LogIn

HERE: dict[str, Any] = {"office": "pemalang", "place": "mpp_batang"}
QUERY = "office=pemalang&place=mpp_batang"


@pytest.fixture(autouse=True)
def _tuesday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIUNG_NOW", "2026-11-24T08:30:00+07:00")


@pytest.fixture
def clerk(log_in_as: LogIn) -> Any:
    return log_in_as("sari", Role.OFFICER, ("pemalang",))


def come(clerk: Browser, name: str, code: int = 200, **more: Any) -> Any:
    return clerk.send("/desk/counter/walk-in", code=code, **{**HERE, "name": name, **more})


def status(database: Database, number: Any) -> Any:
    with database.reading() as session:
        return session.query(Booking).filter_by(queue_number=number).one().status


def code_of(database: Database, number: Any) -> Any:
    with database.reading() as session:
        return session.query(Booking).filter_by(queue_number=number).one().code


def test_somebody_without_a_booking_gets_a_number_within_the_quota(clerk: Browser) -> None:
    page = come(clerk, "Siti Aminah")
    assert "Siti Aminah" in page
    assert "9<small> dari 10" in page


def test_the_eleventh_is_told_that_the_quota_is_used_up(clerk: Browser) -> None:
    for number in range(10):
        come(clerk, f"Warga {'ABCDEFGHIJ'[number]}")
    assert "sudah habis" in come(clerk, "Warga K", code=400)


def test_call_serve_and_no_show(clerk: Browser, database: Database) -> None:
    for name in ("Siti", "Joko", "Wati"):
        come(clerk, name)
    clerk.send("/desk/counter/next", **HERE)
    assert status(database, 1) == "called"
    one, two = code_of(database, 1), code_of(database, 2)
    answer = clerk.client.post(
        "/desk/counter/code", data={"csrf": clerk.csrf, **HERE, "code": one, "event": "served"}
    )
    assert answer.status_code == 200
    clerk.client.post(
        "/desk/counter/code", data={"csrf": clerk.csrf, **HERE, "code": two, "event": "no_show"}
    )
    assert [status(database, number) for number in (1, 2, 3)] == ["served", "no_show", "arrived"]


def test_nobody_left_to_call_is_said(clerk: Browser) -> None:
    assert "sudah dipanggil" in clerk.send("/desk/counter/next", code=400, **HERE)


def test_an_unknown_code_is_said(clerk: Browser) -> None:
    answer = clerk.client.post(
        "/desk/counter/code", data={"csrf": clerk.csrf, **HERE, "code": "ZZZZZZ"}
    )
    assert answer.status_code == 400
    assert "Kode itu tidak ada" in answer.text


def test_a_name_with_digits_is_refused(clerk: Browser) -> None:
    assert "Tulis nama seperti di KTP" in come(clerk, "S1ti", code=400)


def test_the_waiting_room_shows_the_number_and_no_name(clerk: Browser) -> None:
    come(clerk, "Siti Aminah")
    clerk.send("/desk/counter/next", **HERE)
    page = clerk.see(f"/desk/counter/screen?{QUERY}")
    assert re.search(r"<strong>1</strong>", page)
    assert "Siti" not in page


def test_the_day_can_be_taken_as_a_file_and_that_is_noted(
    clerk: Browser, database: Database
) -> None:
    come(clerk, "Siti Aminah")
    assert "Siti Aminah" in clerk.see(f"/desk/counter/file?{QUERY}&form=csv")
    calendar = clerk.see(f"/desk/counter/file?{QUERY}&form=ics")
    assert "BEGIN:VCALENDAR" in calendar
    assert "Siti" not in calendar


def test_a_day_is_closed_with_a_reason_only(clerk: Browser) -> None:
    day: dict[str, Any] = {"day": "2026-12-01"}
    assert "Tulis alasannya" in clerk.send("/desk/counter/close", code=400, **HERE, **day)
    page = clerk.send("/desk/counter/close", **HERE, **day, reason="Listrik padam")
    assert "Hari ini tutup: Listrik padam" in page


def test_another_offices_counter_is_out_of_reach(log_in_as: LogIn) -> None:
    budi = log_in_as("budi")
    budi.see(f"/desk/counter?{QUERY}", code=403)
    come(budi, "Siti", code=403)


def test_an_odd_place_or_day_is_explained(clerk: Browser) -> None:
    assert "tidak ada" in clerk.see("/desk/counter?office=pemalang&place=bulan", code=400)
    clerk.see(f"/desk/counter?{QUERY}&day=kemarin", code=400)
