"""The citizen's number (NIK): sixteen digits of region, birth date and serial number.

Region codes stand in `aturan/wilayah.yml`, with their source. The birth date is DDMMYY, with 40
added to the day for women (Law 23/2006 on civil registration, and its regulations).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, validator

from riung.digits import plain_digits
from riung.validation import Edited, EditError, edited_file, read_as

REGIONS_FILE = edited_file("aturan/wilayah.yml")
LENGTH = 16

WOMAN = 40
"""What is added to a woman's day of birth."""

ADULT = 17
"""Years from which on somebody is an adult for a document (fact syarat_baru_anak)."""

_BETWEEN = re.compile(r"[\s.\-–/]")
"""Marks that people put between the digits."""

Fault = Literal["format", "length", "region", "birth_date"]


Code = Annotated[str, Field(regex=r"^\d\d$")]
"""Two digits, in quotation marks: YAML would take 01 for a number."""


class Province(Edited):
    """A province with the two-digit codes of its regencies and cities, today's and earlier ones."""

    nama: str
    kini: list[Code]
    dulu: list[Code] = []


class Regions(Edited):
    """The whole of `aturan/wilayah.yml`."""

    sumber: list[str]
    per: str
    provinsi: dict[str, Province]

    @validator("provinsi")
    def _are_codes(cls, provinces: dict[str, Province]) -> dict[str, Province]:
        for code in provinces:
            if not re.fullmatch(r"\d\d", code):
                raise EditError(f"'{code}': kode provinsi dua angka dalam tanda kutip", code)
        return provinces


def read_regions(path: Path) -> Regions:
    """The regions of a file.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Regions)


def fault_of(text: str) -> Fault | None:
    """What is wrong with a NIK as somebody typed it; None when nothing is."""
    number = _BETWEEN.sub("", plain_digits(text))
    if not number.isdecimal():
        return "format"
    if len(number) != LENGTH:
        return "length"
    if not _is_birth_date(number[6:12]):
        return "birth_date"
    return None if number[:4] in _regions() else "region"


def begins_like_nik(number: str) -> bool:
    """Whether the first twelve digits are a region and a birth date: so begins a NIK of which a
    digit was left out or typed twice.
    """
    return number[:4] in _regions() and _is_birth_date(number[6:12])


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    """The first four digits that a NIK may have."""
    provinces = read_regions(REGIONS_FILE).provinsi.items()
    return frozenset(
        code + regency
        for code, province in provinces
        for regency in (*province.kini, *province.dulu)
    )


def _is_birth_date(digits: str) -> bool:
    """Whether DDMMYY is a day: 01 to 31, or 41 to 71 for a woman.

    The century is not told; a year divisible by four is a leap year in either, but for 1900.
    """
    day, month, year = (int(digits[place : place + 2]) for place in (0, 2, 4))
    try:
        date(2000 + year, month, day - WOMAN if day > WOMAN else day)
    except ValueError:
        return False
    return True


def is_childs(text: str, today: date) -> bool:
    """Whether a right NIK is that of somebody under `ADULT` years on that day.

    The century is not told: a year that has not come yet in this one is of the last one.
    """
    number = _BETWEEN.sub("", plain_digits(text))
    day, month, year = (int(number[place : place + 2]) for place in (6, 8, 10))
    year += today.year - today.year % 100
    day -= WOMAN if day > WOMAN else 0
    return year <= today.year and (year + ADULT, month, day) > (today.year, today.month, today.day)
