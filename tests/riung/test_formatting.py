"""Dates, times, money and numbers, said the Indonesian way."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from riung.formatting import group4, say_date, say_day, say_moment, say_money, say_time, zone_name

WIB, WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
MOMENT = datetime.fromisoformat("2026-11-20T03:12:00+00:00")


def test_a_date_has_weekday_and_year() -> None:
    assert say_date(date(2026, 11, 24), "id") == "Selasa 24 November 2026"
    assert say_date(date(2026, 11, 24), "en") == "Tuesday 24 November 2026"


def test_a_near_day_goes_without_the_year() -> None:
    assert say_day(date(2026, 12, 1), "id") == "Selasa 1 Desember"
    assert say_day(date(2026, 12, 1), "en") == "Tuesday 1 December"


def test_a_language_we_do_not_speak_is_answered_in_indonesian() -> None:
    assert say_date(date(2026, 12, 1), "zh") == "Selasa 1 Desember 2026"


def test_a_time_has_a_point() -> None:
    assert say_time(time(8, 5)) == "08.05"


def test_a_moment_is_told_in_the_offices_zone() -> None:
    assert say_moment(MOMENT, WIB, "id") == "Jumat 20 November 2026, 10.12 WIB"
    assert say_moment(MOMENT, WITA, "id") == "Jumat 20 November 2026, 11.12 WITA"


def test_a_moment_near_midnight_has_the_zones_day() -> None:
    late = datetime.fromisoformat("2026-11-20T16:30:00+00:00")

    assert say_moment(late, WITA, "id").startswith("Sabtu 21 November 2026, 00.30")


@pytest.mark.parametrize(
    ("key", "name"),
    [("Asia/Jakarta", "WIB"), ("Asia/Jayapura", "WIT"), ("Asia/Singapore", "Asia/Singapore")],
)
def test_zones_have_their_short_names(key: str, name: str) -> None:
    assert zone_name(ZoneInfo(key)) == name


@pytest.mark.parametrize(
    ("rupiah", "said"),
    [(0, "Rp0"), (650_000, "Rp650.000"), (1_650_000, "Rp1.650.000"), (25_000_000, "Rp25.000.000")],
)
def test_money_has_points_and_no_cents(rupiah: int, said: str) -> None:
    assert say_money(rupiah) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [("1179000000001234", "1179 0000 0000 1234"), ("117900", "1179 00"), ("", "")],
)
def test_numbers_stand_in_groups_of_four(number: str, said: str) -> None:
    assert group4(number) == said
