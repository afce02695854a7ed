"""The decree's days, and that somebody is told when a year is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from riung.office.national_holidays import FILE, holiday, missing_years, read_decrees
from riung.yaml_files import YamlError


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-12-24", "Cuti Bersama Hari Raya Natal"),
        ("2026-12-25", "Hari Raya Natal"),
        ("2027-01-05", "Isra Mikraj Nabi Muhammad"),
        ("2027-03-09", "Cuti Bersama Hari Raya Idul Fitri"),
        ("2027-05-18", "Cuti Bersama Hari Raya Idul Adha"),
        ("2027-08-17", "Hari Kemerdekaan Republik Indonesia"),
        ("2026-11-24", None),
        ("2027-05-04", None),
    ],
)
def test_days_are_those_of_the_decree(day: str, name: str | None) -> None:
    assert holiday(date.fromisoformat(day), "id") == name


def test_the_name_is_told_in_english_too() -> None:
    assert holiday(date(2026, 12, 25), "en") == "Christmas Day"


def test_an_office_may_work_on_joint_leave_but_not_on_a_holiday() -> None:
    assert holiday(date(2026, 12, 24), "id", joint_leave=False) is None
    assert holiday(date(2026, 12, 25), "id", joint_leave=False) is not None


def test_a_year_counts_as_many_days_as_its_decree() -> None:
    counted = {
        year: (len(one.holidays), len(one.joint_leave)) for year, one in read_decrees().items()
    }

    assert counted[2026] == (17, 8)
    assert counted[2027] == (18, 8)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_year_without_a_decree_is_estimated(language: str) -> None:
    assert holiday(date(2031, 12, 25), language)
    assert holiday(date(2031, 12, 24), language, joint_leave=False) is None


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2026-11-28", []), ("2027-10-31", []), ("2027-11-01", [2028]), ("2028-01-02", [2028])],
)
def test_the_coming_year_is_missed_from_november(today: str, missing: list[int]) -> None:
    assert missing_years(date.fromisoformat(today)) == missing


def test_a_day_of_another_year_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "libur.yml"
    path.write_text(FILE.read_text("utf-8").replace("2027-01-05", "2026-01-06"), "utf-8")

    with pytest.raises(YamlError, match="2026-01-06 bukan hari di tahun 2027"):
        read_decrees(path)
