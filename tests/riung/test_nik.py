"""A NIK is told by its region and its birth date, whatever province it is from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.nik import REGIONS_FILE, WOMAN, fault_of, is_childs, read_regions
from riung.privacy import looks_like_nik, mask, mask_nik

REGIONS = read_regions(REGIONS_FILE)


def codes() -> Iterator[str]:
    for province, content in REGIONS.provinsi.items():
        yield from (province + regency for regency in (*content.kini, *content.dulu))


birth_dates = st.builds(
    lambda born, woman: f"{born.day + WOMAN * woman:02}{born:%m%y}", st.dates(), st.booleans()
)
niks = st.builds(
    lambda region, district, born, serial: f"{region}{district:02}{born}{serial:04}",
    st.sampled_from(sorted(codes())),
    st.integers(1, 99),
    birth_dates,
    st.integers(1, 9999),
)


def test_all_provinces_and_regencies_are_listed() -> None:
    assert len(REGIONS.provinsi) == 38
    assert sum(len(province.kini) for province in REGIONS.provinsi.values()) == 514


def test_no_code_is_both_todays_and_an_earlier_one() -> None:
    assert len(list(codes())) == len(set(codes()))


@given(niks)
def test_a_person_of_any_region_has_a_nik(nik: str) -> None:
    assert fault_of(nik) is None
    assert looks_like_nik(nik)
    assert nik not in mask(f"nik saya {nik} ya")
    assert nik not in mask_nik(f"nik saya {nik} ya")


@pytest.mark.parametrize(
    "number",
    ["6501015507900012", "9271015507900012", "9201015507900012"]
    + [f"{province}01015507900012" for province in range(93, 97)],
)
def test_young_provinces_and_codes_from_before_a_split_count(number: str) -> None:
    assert fault_of(number) is None


@pytest.mark.parametrize("province", ["00", "10", "20", "54", "66", "97", "99"])
def test_there_is_no_such_province(province: str) -> None:
    assert fault_of(f"{province}01015507900012") == "region"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("3273-0145-0590-0001", None),
        ("３２７３０１４５０５９００００１", None),
        ("٣٢٧٣٠١٤٥٠٥٩٠٠٠٠١", None),
        ("3273012902000001", None),  # 29 February 2000
        ("3273012902010001", "birth_date"),
        ("327301450590000", "length"),
        ("3273O14505900001", "format"),
        ("", "format"),
    ],
)
def test_what_is_wrong_is_told(typed: str, fault: str | None) -> None:
    assert fault_of(typed) == fault


@pytest.mark.parametrize(
    ("birth", "is_child"),
    [
        ("050122", True),
        ("450119", True),
        ("211109", True),
        ("201109", False),
        ("050190", False),
        ("311299", False),
        ("011227", False),
    ],
)
def test_a_child_is_told_by_the_birth_date(birth: str, is_child: bool) -> None:
    assert is_childs(f"33 2501 {birth} 0001", date(2026, 11, 20)) is is_child
