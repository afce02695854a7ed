from datetime import date
from pathlib import Path

import pytest

from riung.office.message_hours import MessageHours
from riung.office.offices import office
from tests.riung.backend.citizens import local


def hours() -> MessageHours:
    return MessageHours.of(office("pemalang"))


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-23T10:00:00", "2026-11-23T10:00:00"),
        ("2026-11-23T06:00:00", "2026-11-23T08:00:00"),
        ("2026-11-23T16:00:00", "2026-11-24T08:00:00"),
        ("2026-11-20T20:00:00", "2026-11-23T08:00:00"),  # Friday evening
        ("2026-12-24T20:00:00", "2026-12-28T08:00:00"),  # Christmas, then a weekend
    ],
)
def test_an_office_writes_in_its_hours_only(moment: str, told: str) -> None:
    assert hours().next_moment(local(moment)) == local(told)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 12, 28), date(2026, 12, 23)),  # Christmas and its joint leave
        (date(2025, 12, 29), date(2025, 12, 24)),  # Christmas and its joint leave
        (date(2027, 1, 4), date(2026, 12, 31)),
    ],
)
def test_the_last_day_before_skips_weekends_and_holidays(day: date, before: date) -> None:
    assert hours().last_day_before(day) == before


def test_an_offices_own_closed_days_count(office_folder: Path) -> None:
    path = office_folder / "pemalang.yml"
    closed = 'libur:\n  - {tanggal: 2026-11-23, alasan: "Rapat kerja"}\n'
    path.write_text(path.read_text().replace("libur: []\n", closed))
    assert hours().last_day_before(date(2026, 11, 24)) == date(2026, 11, 20)
