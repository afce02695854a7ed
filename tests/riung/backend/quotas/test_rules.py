from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riung.backend.quotas.rules import day_rule
from riung.office.model import Office
from riung.office.offices import office
from tests.riung.backend.citizens import local


def batang() -> tuple[Office, Any]:
    found = office("pemalang")
    return found, found.place("mpp_batang")


@pytest.mark.parametrize(
    ("day", "regular"),
    [(date(2026, 11, 24), 10), (date(2026, 11, 25), 0), (date(2026, 12, 1), 10)],
)
def test_mpp_batang_takes_ten_on_tuesdays(day: date, regular: int) -> None:
    assert day_rule(*batang(), day).capacity["regular"] == regular


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 11, 24), "2026-11-20T08:00:00"),
        (date(2026, 12, 1), "2026-11-27T08:00:00"),
        (date(2027, 1, 5), "2027-01-01T08:00:00"),  # over the new year
    ],
)
def test_a_tuesday_opens_on_the_friday_before_at_eight(day: date, opens: str) -> None:
    assert day_rule(*batang(), day).opens_at == local(opens)


@pytest.mark.parametrize(
    ("weekday", "weeks", "opens"),
    [
        ("senin", 0, "2026-11-23T08:00:00"),
        ("senin", 1, "2026-11-16T08:00:00"),
        ("jumat", 2, "2026-11-13T08:00:00"),
        ("minggu", 1, "2026-11-22T08:00:00"),
    ],
)
def test_the_opening_is_counted_in_weeks_that_begin_on_monday(
    office_folder: Path, weekday: str, weeks: int, opens: str
) -> None:
    path = office_folder / "pemalang.yml"
    path.write_text(
        path.read_text().replace(
            'dibuka: {hari: jumat, jam: "08:00", minggu_sebelum: 1}',
            f'dibuka: {{hari: {weekday}, jam: "08:00", minggu_sebelum: {weeks}}}',
        )
    )
    assert day_rule(*batang(), date(2026, 11, 24)).opens_at == local(opens)


def test_people_come_earlier_than_the_service_starts() -> None:
    rule = day_rule(*batang(), date(2026, 11, 24))
    assert rule.starts_at == local("2026-11-24T08:00:00")
    assert rule.arrive_at == local("2026-11-24T07:30:00")


def test_times_are_those_of_the_offices_zone(office_folder: Path) -> None:
    path = office_folder / "pemalang.yml"
    path.write_text(path.read_text().replace("Asia/Jakarta", "Asia/Makassar"))
    rule = day_rule(*batang(), date(2026, 11, 24))
    assert rule.opens_at.isoformat() == "2026-11-20T08:00:00+08:00"


def test_holidays_have_a_reason() -> None:
    assert day_rule(*batang(), date(2026, 8, 25)).closed_reason is not None
    assert day_rule(*batang(), date(2026, 11, 24)).closed_reason is None
