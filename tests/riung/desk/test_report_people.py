"""The month by officer and by counter, from what was noted of talks and of the queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from riung import clock
from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from riung.desk import event_intake, handover, report_people, reports, surveys
from riung.desk.access import Role
from riung.desk.handover import Actor
from riung.desk.ownership import Event
from riung.desk.tables import Conversation, User
from riung.office.offices import office
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import LogIn

MORNING = datetime.fromisoformat("2026-11-20T09:00:00+07:00")


@pytest.fixture(autouse=True)
def _friday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIUNG_NOW", MORNING.isoformat())


def served(session: Any, number: int, status: str, minutes: tuple[int, int, int]) -> None:
    """Somebody who came, was called and ended so many minutes after nine, at counter 2."""
    arrived, called, ended = (MORNING + timedelta(minutes=one) for one in minutes)
    booking = {"office": "bandung", "place": "ulp", "date": MORNING.date(), "moves": 0}
    booking |= {"service_class": "regular", "kind": "baru", "status": status, "counter": 2}
    moments = {"arrived_at": arrived, "called_at": called, "ended_at": ended}
    moments |= {"sent_at": arrived, "created_at": arrived}
    session.add(Booking(code=f"AAAAA{number}", queue_number=number, **booking, **moments))


def test_a_counter_tells_how_long_people_waited_and_were_served(database: Database) -> None:
    with database.writing() as session:
        served(session, 1, "served", (0, 10, 15))
        served(session, 2, "served", (0, 20, 35))
        served(session, 3, "no_show", (0, 30, 90))
        (row,) = report_people.by_counter(session, "bandung", date(2026, 11, 1), date(2026, 12, 1))
        assert row == report_people.CounterRow("ulp", 2, 2, 1, 20.0, 10.0)
        assert report_people.by_counter(session, "pemalang", date(2026, 11, 1), date.max) == []


def test_an_officer_stands_with_talks_times_and_scores(
    database: Database, person: Callable[..., int], log_in_as: LogIn
) -> None:
    rina = Actor(person("rina"), "Rina")
    event_intake.consume(database, [makers.started(), makers.user()])
    chat = stage.ask(database, makers.CITIZEN)
    with database.writing() as session:
        found = session.get(Conversation, chat)
        for event, minute in ((Event.TAKE, 2), (Event.OFFICER_WROTE, 5), (Event.CLOSE, 12)):
            moment = clock.now() + timedelta(minutes=minute)
            handover.apply(session, found, event, moment=moment, actor=rina)
        surveys.record(session, found, 4, clock.now())
    with database.reading() as session:
        made = reports.report(session, [office("bandung")], date(2026, 11, 1))
    assert made.officers == [report_people.OfficerRow("Rina", 1, 3.0, 10.0, 4.0, 1)]
    assert made.answers == 1
    page = log_in_as("sari", Role.SUPERVISOR).see("/desk/reports?office=bandung")
    assert "Menurut petugas" in page
    assert "1 jawaban" in page


def test_a_talk_of_several_hands_and_its_score_is_everybodys_who_answered(
    database: Database, log_in_as: LogIn
) -> None:
    """Who only closed it did not help; who answered and handed it on did."""
    event_intake.consume(database, [makers.started(), makers.user()])
    chat = stage.ask(database, makers.CITIZEN)
    rina, budi, sari = (log_in_as(login) for login in ("rina", "budi", "sari"))
    with database.reading() as session:
        ids = {user.login: user.id for user in session.query(User)}
    for officer, words, heir in ((rina, "Selamat pagi", "budi"), (budi, "Silakan", "sari")):
        if officer is rina:
            rina.send(f"/desk/conversations/{chat}/take")
        officer.send(f"/desk/conversations/{chat}/reply", text=words)
        officer.send(f"/desk/conversations/{chat}/hand-on", to=ids[heir])
    sari.send(f"/desk/conversations/{chat}/close")
    with database.writing() as session:
        surveys.record(session, session.get(Conversation, chat), 5, clock.now())

    with database.reading() as session:
        made = reports.report(session, [office("bandung")], date(2026, 11, 1))

    assert {(one.name.lower(), one.score, one.scores) for one in made.officers} == {
        ("rina", 5.0, 1),
        ("budi", 5.0, 1),
    }
    boss = log_in_as("kepala", Role.SUPERVISOR)
    assert "dihitung untuk masing-masing" in boss.see("/desk/reports?office=bandung")


def test_empty_months_are_left_out_and_the_month_itself_is_not(database: Database) -> None:
    with database.reading() as session:
        rows = reports.recapitulation(session, office("bandung"), date(2026, 11, 1), 6)
    assert [row.month for row in rows] == [date(2026, 11, 1)]
