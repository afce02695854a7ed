"""The day at the counter, at MPP Batang on a Tuesday."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from riung import clock
from riung.backend.bookings.tables import Booking, Flag
from riung.backend.db import Database
from riung.backend.people import sender_hash
from riung.desk import event_intake
from riung.desk.access import Role
from riung.desk.tables import AuditEntry
from tests.riung.desk.conftest import Browser, LogIn
from tests.riung.desk.makers import CITIZEN, started, user

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


def test_a_code_for_another_place_is_said_and_nobody_is_marked_there(
    clerk: Browser, database: Database
) -> None:
    come(clerk, "Siti Aminah")
    with database.writing() as session:
        booking = session.query(Booking).one()
        booking.place, booking.status, code = "kanim_pemalang", "booked", booking.code
    answer = clerk.client.post(
        "/desk/counter/code", data={"csrf": clerk.csrf, **HERE, "code": code}
    )
    assert answer.status_code == 400
    assert "untuk Kantor Imigrasi Pemalang" in answer.text
    assert status(database, 1) == "booked"


def test_another_offices_booking_is_not_touched(
    clerk: Browser, database: Database, log_in_as: LogIn
) -> None:
    come(clerk, "Siti Aminah")
    budi = log_in_as("budi")
    data = {"csrf": budi.csrf, "office": "bandung", "place": "kanim_bandung", "event": "served"}
    answer = budi.client.post("/desk/counter/code", data={**data, "code": code_of(database, 1)})
    assert answer.status_code == 404
    assert status(database, 1) == "arrived"


def test_a_name_with_digits_is_refused(clerk: Browser) -> None:
    assert "Tulis nama seperti di KTP" in come(clerk, "S1ti", code=400)


def test_the_waiting_room_shows_the_number_and_no_name(clerk: Browser) -> None:
    come(clerk, "Siti Aminah")
    clerk.send("/desk/counter/next", **HERE)
    page = clerk.see(f"/desk/counter/screen?{QUERY}")
    assert re.search(r"<strong>1</strong>", page)
    assert "Siti" not in page


def screen(clerk: Browser) -> str:
    """What the display shows: a browser in which nobody ever logged in."""
    address = clerk.client.get(f"/desk/counter/screen?{QUERY}").url
    return TestClient(clerk.client.app).get(str(address)).text


def test_the_display_needs_no_login_and_shows_nothing_else(clerk: Browser) -> None:
    come(clerk, "Siti Aminah")
    clerk.send("/desk/counter/next", **HERE, counter=3)
    page = screen(clerk)
    assert "<strong>1</strong>" in page
    assert 'data-words="Nomor antrean 1, silakan ke loket 3."' in page
    assert "Siti" not in page
    assert "Percakapan" not in page
    assert TestClient(clerk.client.app).get("/desk/screen/ditebak").status_code == 404


def test_who_did_not_come_leaves_the_screen_and_who_is_called_again_is_there_again(
    clerk: Browser, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute, name in ((31, "Siti"), (32, "Joko")):
        monkeypatch.setenv("RIUNG_NOW", f"2026-11-24T08:{minute}:00+07:00")
        come(clerk, name)
        clerk.send("/desk/counter/next", **HERE, counter=minute)
    assert "<strong>2</strong>" in screen(clerk)
    monkeypatch.setenv("RIUNG_NOW", "2026-11-24T08:33:00+07:00")
    mark(clerk, code_of(database, 1), "again")
    assert "<strong>1</strong>" in screen(clerk)
    assert "<b>2</b> (loket 32)" in screen(clerk)
    mark(clerk, code_of(database, 1), "no_show")
    assert "<strong>2</strong>" in screen(clerk)
    assert "<b>1</b> (loket" not in screen(clerk)


def test_a_quick_day_never_takes_no_minutes(
    clerk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for second in range(4):
        monkeypatch.setenv("RIUNG_NOW", f"2026-11-24T08:31:0{second}+07:00")
        come(clerk, f"Warga {'ABCD'[second]}")
        page = clerk.send("/desk/counter/next", **HERE)
    assert "kurang dari 1 menit" in page
    assert re.search(r"\b0 menit", page + screen(clerk)) is None


def test_an_error_stands_beside_its_field_and_what_was_typed_stays(clerk: Browser) -> None:
    wrong = {"csrf": clerk.csrf, **HERE, "code": "ZZZZZZ"}
    page = clerk.client.post("/desk/counter/code", data=wrong).text
    assert 'value="ZZZZZZ"' in page
    assert 'aria-describedby="error-code"' in page
    assert 'id="error-code" role="alert">Kode itu tidak ada' in page
    page = come(clerk, "S1ti", code=400)
    assert 'value="S1ti"' in page
    assert 'id="error-name" role="alert">Tulis nama' in page


def test_whoever_calls_from_a_phone_has_a_page_of_their_own(
    clerk: Browser, database: Database
) -> None:
    come(clerk, "Siti")
    page = clerk.send("/desk/counter/next", **HERE, back="call", counter=4)
    assert "Panggil lagi 1" in page
    assert "loket 4" in page
    assert "sudah dipanggil" in clerk.send("/desk/counter/next", code=400, **HERE, back="call")


def test_who_may_be_a_tout_is_pointed_out_to_the_clerk(clerk: Browser, database: Database) -> None:
    come(clerk, "Siti Aminah")
    with database.writing() as session:
        booking = session.query(Booking).one()
        booking.sender = CITIZEN
        flag = {"office": "pemalang", "reason": "many_identities", "sender_masked": "6281…001"}
        who = sender_hash(session, CITIZEN)
        times = {"first_at": clock.now(), "last_at": clock.now()}
        session.add(Flag(sender_hash=who, count=6, **flag, **times))
    page = clerk.see(f"/desk/counter?{QUERY}")
    assert "Perlu diperiksa: 1 nomor" in page
    assert page.count("6 NIK berbeda dalam seminggu") == 1
    assert "<b>6</b> NIK berbeda dalam seminggu" in page
    event_intake.consume(database, [started(), user(metadata={"office": "pemalang"})])
    assert "6 NIK berbeda dalam seminggu" in clerk.see("/desk/conversations/1")


def test_the_day_can_be_taken_as_a_file_and_that_is_noted(
    clerk: Browser, database: Database
) -> None:
    come(clerk, "Siti Aminah")
    table = clerk.see(f"/desk/counter/file?{QUERY}&form=csv")
    assert "Siti Aminah;Paspor baru;reguler;sudah datang;;datang tanpa antrean" in table
    calendar = clerk.see(f"/desk/counter/file?{QUERY}&form=ics")
    assert "BEGIN:VCALENDAR" in calendar
    assert "(sudah datang)" in calendar.replace("\r\n ", "")
    assert "Siti" not in calendar


def test_a_day_is_closed_with_a_reason_only(clerk: Browser) -> None:
    day: dict[str, Any] = {"day": "2026-12-01"}
    assert "Tulis alasannya" in clerk.send("/desk/counter/close", code=400, **HERE, **day)
    page = clerk.send("/desk/counter/close", **HERE, **day, reason="Listrik padam")
    assert "Hari ini tutup: Listrik padam" in page


def test_a_day_closed_by_mistake_is_opened_again(clerk: Browser) -> None:
    day: dict[str, Any] = {"day": "2026-12-01"}
    clerk.send("/desk/counter/close", **HERE, **day, reason="Listrik padam")
    page = clerk.send("/desk/counter/day", **HERE, **day, reopen="true")
    assert "Hari ini tutup" not in page
    assert "Sisa reguler" in page


def test_numbers_and_end_of_booking_of_one_day_are_changed(
    clerk: Browser, database: Database
) -> None:
    day: dict[str, Any] = {"day": "2026-12-01", "until": "2026-11-30T12:00"}
    page = clerk.send("/desk/counter/day", **HERE, **day, regular="4", priority="1")
    assert "4<small> dari 4" in page
    assert 'value="2026-11-30T12:00"' in page
    with database.reading() as session:
        noted = session.query(AuditEntry).filter_by(action="day_changed").one()
        assert noted.detail == "reguler 4, prioritas 1, pendaftaran sampai 2026-11-30T12:00"
    clerk.send("/desk/counter/day", code=400, **HERE, **day, regular="-1")


def test_another_offices_counter_is_out_of_reach(log_in_as: LogIn) -> None:
    budi = log_in_as("budi")
    budi.see(f"/desk/counter?{QUERY}", code=403)
    come(budi, "Siti", code=403)


def test_an_odd_place_or_day_is_explained(clerk: Browser) -> None:
    assert "tidak ada" in clerk.see("/desk/counter?office=pemalang&place=bulan", code=400)
    clerk.see(f"/desk/counter?{QUERY}&day=kemarin", code=400)


def test_a_slip_is_taken_back(clerk: Browser, database: Database) -> None:
    come(clerk, "Siti")
    code = code_of(database, 1)
    clerk.send("/desk/counter/next", **HERE)
    for slip in ("served", "no_show"):
        assert "Urungkan" in mark(clerk, code, slip)
        mark(clerk, code, "undo")
        assert status(database, 1) == "called"


def mark(clerk: Browser, code: str, event: str) -> str:
    form = {"csrf": clerk.csrf, **HERE, "code": code, "event": event}
    return clerk.client.post("/desk/counter/code", data=form).text
