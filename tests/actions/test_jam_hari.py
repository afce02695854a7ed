"""Today is told as today: open until when, a holiday by its name, when it opens again."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from actions.jam_hari import open_or_closed, said_day
from riung.office.offices import offices
from tests.actions.makers import citizen, turn
from tests.conftest import SetEnvironment


@pytest.fixture
def at(set_environment: SetEnvironment) -> SetEnvironment:
    return set_environment


def said(office: str, day: str = "", **slots: str) -> str:
    entities = {"tanggal": day} if day else {}
    asked = turn(citizen("buka?", "jam_layanan", entities, office=office), **slots)
    return open_or_closed(asked, offices()[office], None)


def test_while_it_is_open_it_says_until_when(at: SetEnvironment) -> None:
    at(RIUNG_NOW="2026-11-20T10:00:00+07:00")

    assert said("pemalang") == (
        "Hari ini, Jumat 20 November: kantor *buka* sampai pukul 16.00 WIB."
    )


def test_before_and_after_hours_it_says_when_it_opens(at: SetEnvironment) -> None:
    at(RIUNG_NOW="2026-11-20T07:00:00+07:00")
    assert "*buka* pukul 08.00–16.00 WIB" in said("pemalang")

    at(RIUNG_NOW="2026-11-20T17:00:00+07:00")
    assert "*sudah tutup*" in said("pemalang")
    assert "Buka lagi Senin 23 November, 08.00 WIB" in said("pemalang")


def test_a_holiday_is_told_by_its_name(at: SetEnvironment) -> None:
    at(RIUNG_NOW="2026-12-25T09:10:00+07:00")

    assert "*tutup* (Hari Raya Natal)" in said("bandung")
    assert "closed* (Christmas Day)" in said("bandung", bahasa="en")


@pytest.mark.parametrize("day", ["besok", "sabtu", "21 november"])
def test_a_day_without_service_is_closed(at: SetEnvironment, day: str) -> None:
    at(RIUNG_NOW="2026-11-20T10:00:00+07:00")

    assert said("pemalang", day).startswith("Sabtu 21 November: *tutup*.")


def test_a_working_day_tells_its_hours(at: SetEnvironment) -> None:
    at(RIUNG_NOW="2026-11-20T10:00:00+07:00")

    assert "Senin 23 November: kantor *buka* pukul 08.00–16.00 WIB." in said("pemalang", "senin")


def test_tomorrow_is_the_day_after_it_was_written(at: SetEnvironment) -> None:
    at(RIUNG_NOW="2026-11-24T00:00:10+07:00")
    monday = datetime.fromisoformat("2026-11-23T23:58:00+07:00").timestamp()
    asked = turn(citizen("besok buka?", "jam_layanan", {"tanggal": "besok"}, timestamp=monday))

    assert said_day(asked, offices()["pemalang"]) == date(2026, 11, 24)
