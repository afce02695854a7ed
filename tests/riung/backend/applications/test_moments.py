from zoneinfo import ZoneInfo

import pytest

from riung.backend.applications.moments import could_be_american, is_american, moment_of
from tests.cases import over

ZONE = ZoneInfo("Asia/Jakarta")

NINE = [
    "24 Nov 2026 09.30",
    "24 November 2026, 09.30 WIB",
    "24 Nopember 2026 pukul 09.30 WIB",
    "Selasa, 24 November 2026 09:30",
    "Sel 24/11/2026 09.30",
    "24-Nov-26 09:30",
    "24 Nov. 2026 9:30 AM",
    "24/11/26 09.30WIB",
    "24/11/2026 - 09.30",
    "24 / 11 / 2026  09.30",
    "24/11/2026\u00a009:30",
    "24-11-2026 09:30:00.000",
    "2026/11/24 9.30",
    "2026-11-24 10:30 WITA",
    "2026-11-24 11.30 wit",
    "2026-11-24T02:30:00Z",
    "2026-11-24 09:30:00 +0700",
    "Nov 24, 2026 9:30 am",
    "20261124 0930",
    "20261124093000",
    "46350.395833333336",
    "Jum'at, 24 November 2026 09.30",
    "Jum’at 24/11/2026 pk. 09.30",
    "Tuesday, November 24, 2026 9:30 AM",
]

NEVER = [
    "24/11/2026 24.00",
    "24/11/2026 09.75",
    "24/11/2026 09.30 lewat",
    "31 November 2026",
    "24 Kembang 2026",
    "11/24/2026",
    "24/11",
    "24/11/226",
    "241126",
    "24112026",
    "20261324",
    "46350 09:30",
    "09.30",
    "kemarin",
    "#VALUE!",
    "-",
    "",
]


@over("written", NINE)
def test_one_moment_is_read_however_it_is_written(written: str) -> None:
    assert moment_of(written, ZONE).astimezone(ZONE).isoformat() == "2026-11-24T09:30:00+07:00"


@over("written", NEVER)
def test_what_is_no_moment_for_sure_is_none(written: str) -> None:
    with pytest.raises(ValueError, match="waktu tidak terbaca"):
        moment_of(written, ZONE)


MONTHS = {"jan": 1, "peb": 2, "maret": 3, "mei": 5, "juni": 6, "juli": 7, "agt": 8, "ags": 8}


@over("name", [*MONTHS.items(), ("september", 9), ("okt", 10), ("nopember", 11), ("des", 12)])
def test_months_are_known_by_their_usual_names(name: tuple[str, int]) -> None:
    assert moment_of(f"3 {name[0]} 2026", ZONE).month == name[1]


def test_two_digits_of_a_year_are_of_this_century() -> None:
    assert moment_of("24-11-26", ZONE).year == 2026
    assert moment_of("0001-01-01", ZONE).year == 1


def test_a_month_that_stands_first_is_seen() -> None:
    assert is_american("11/24/2026")
    assert not is_american("24/11/2026")
    assert could_be_american("11/05/2026 09:30")
    assert not could_be_american("11/11/2026")
