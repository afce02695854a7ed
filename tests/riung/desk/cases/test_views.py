"""Steps and their time against the office's procedure, counted while the office works."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from riung.clock import now
from riung.desk.cases import views, work
from riung.office.offices import office
from riung.office.working_time import working_day_end, working_minutes
from tests.edits import edit
from tests.riung.backend.citizens import Api, Clock
from tests.riung.desk.cases.test_routes import ask, move


@pytest.fixture(autouse=True)
def _visits_on(office_folder: Path) -> None:
    edit(office_folder / "pemalang.yml", "  kunjungan_rumah: false", "  kunjungan_rumah: true")


def shown(api: Api, code: str) -> views.CaseView:
    with api.client.app.state.database.reading() as session:
        return views.view(session, work.find(session, code), now())


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:07", 7),
        ("2026-11-23T11:50", "2026-11-23T13:10", 20),  # the break is no work
        ("2026-11-23T15:50", "2026-11-24T08:05", 15),  # neither is the night
        ("2026-11-20T20:00", "2026-11-23T08:03", 3),  # nor the weekend
        ("2026-12-24T15:00", "2026-12-28T09:00", 60),  # joint leave and Christmas
    ],
)
def test_minutes_count_while_the_office_works(start: str, end: str, minutes: int) -> None:
    assert working_minutes(office("pemalang"), at(start), at(end)) == minutes


def test_a_working_day_later_is_the_next_days_end() -> None:
    ends = working_day_end(office("pemalang"), at("2026-11-20T10:00"), 1)
    assert ends == at("2026-11-23T16:00")


def test_a_step_in_time_and_a_late_one_are_told_apart(any_api: Api, clock: Clock) -> None:
    clock.at("2026-11-23T10:00:00+07:00")
    code = ask(any_api).json()["code"]
    clock.later(minutes=2)
    move(any_api, code, "checked")
    clock.later(minutes=9)
    move(any_api, code, "entered")
    clock.later(minutes=1)

    received, checked, entered = shown(any_api, code).steps
    assert (received.minutes, received.minutes_allowed, received.late) == (2, 3, False)
    assert (checked.minutes, checked.late, checked.is_now) == (9, True, False)
    assert (entered.minutes, entered.late, entered.is_now) == (1, False, True)
    assert (shown(any_api, code).minutes, shown(any_api, code).minutes_allowed) == (12, 11)


def test_the_present_step_becomes_late_by_itself(api: Api, clock: Clock) -> None:
    clock.at("2026-11-23T10:00:00+07:00")
    code = ask(api).json()["code"]
    assert not shown(api, code).late
    clock.later(minutes=4)
    assert shown(api, code).late


def test_a_journey_has_no_time_in_the_procedure(api: Api, clock: Clock) -> None:
    clock.at("2026-11-23T10:00:00+07:00")
    code = ask(api).json()["code"]
    move(api, code, "on_the_way")
    clock.later(hours=3)
    journey = shown(api, code).steps[-1]
    assert (journey.minutes_allowed, journey.late) == (None, None)


def test_printing_has_a_working_day_from_payment(api: Api, clock: Clock) -> None:
    clock.at("2026-11-20T15:00:00+07:00")  # a Friday
    code = ask(api).json()["code"]
    move(api, code, "printing")
    clock.at("2026-11-23T15:59:00+07:00")
    assert shown(api, code).steps[-1].late is False
    clock.at("2026-11-24T08:01:00+07:00")
    assert shown(api, code).steps[-1].late is True
