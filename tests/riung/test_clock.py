"""The one clock, and how `RIUNG_NOW` moves it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from freezegun import freeze_time

from riung.clock import now, today
from riung.settings import SettingsError
from tests.conftest import SetEnvironment

NOON = "2026-11-20T12:00:00+00:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("setting", "moment"),
    [
        ("", NOON),
        ("2026-11-24T08:00:00+07:00", "2026-11-24T01:00:00+00:00"),
        ("2026-11-24T08:00:00", "2026-11-24T01:00:00+00:00"),
        ("2026-11-24T01:00:00Z", "2026-11-24T01:00:00+00:00"),
        ("+P3D", "2026-11-23T12:00:00+00:00"),
        ("-PT2H", "2026-11-20T10:00:00+00:00"),
    ],
)
def test_the_clock_shows(set_environment: SetEnvironment, setting: str, moment: str) -> None:
    set_environment(RIUNG_NOW=setting)

    with freeze_time(NOON):
        assert now() == at(moment)


def test_the_moment_is_aware_and_in_utc(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_NOW="2026-11-24T08:00:00+08:00")

    assert now().utcoffset() == timedelta(0)


def test_a_shifted_clock_runs(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_NOW="+PT1H")

    with freeze_time(NOON) as clock:
        before = now()
        clock.tick(timedelta(minutes=5))
        assert now() - before == timedelta(minutes=5)


@pytest.mark.parametrize("setting", ["kemarin", "+kemarin", "+", "2026-13-01T00:00:00"])
def test_an_unreadable_setting_is_told_by_its_name(
    set_environment: SetEnvironment, setting: str
) -> None:
    set_environment(RIUNG_NOW=setting)

    with pytest.raises(SettingsError, match="RIUNG_NOW"):
        now()


def test_the_day_is_that_of_the_zone(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_NOW="2026-11-20T16:30:00+00:00")

    assert today() == date(2026, 11, 20)
    assert today(ZoneInfo("Asia/Makassar")) == date(2026, 11, 21)
    assert now().tzinfo is timezone.utc
