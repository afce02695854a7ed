"""National holidays and joint leave: the decree's days (`aturan/libur.yml`), else an estimate.

The ministers' decree names a year's days in September of the year before. A year that the file
lacks is worked out with the library `holidays`, whose lunar feasts may move by a day and which
knows no joint leave of 2026 and later.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field, conlist, validator

from riung.localized import Plain
from riung.validation import Edited, EditError, edited_file, read_as

FILE = edited_file("aturan/libur.yml")

DECREED_BY_MONTH = 11
"""In this month the coming year's decree has been out for weeks, so that the file must have it."""


class Decree(Edited):
    """One year's holidays and days of joint leave, with the decree and who published it."""

    decree: str = Field(alias="dasar")
    sources: conlist(str, min_items=1) = Field(alias="sumber")  # type: ignore[valid-type]
    checked: date = Field(alias="diperiksa")
    holidays: dict[date, Plain] = Field(alias="libur")
    joint_leave: dict[date, Plain] = Field(alias="cuti_bersama")


class Decrees(BaseModel):
    """The file: year → its decree, each day in its own year."""

    __root__: dict[int, Decree]

    @validator("__root__")
    def _days_are_of_their_year(cls, decrees: dict[int, Decree]) -> dict[int, Decree]:
        for year, decree in decrees.items():
            for group, days in (("libur", decree.holidays), ("cuti_bersama", decree.joint_leave)):
                for day in days:
                    if day.year != year:
                        raise EditError(f"{day} bukan hari di tahun {year}", year, group, day)
        return decrees


def read_decrees(path: Path = FILE) -> dict[int, Decree]:
    """Year → its decree.

    Raises:
        YamlError: with file and line; also for a day of another year.
    """
    return read_as(path, Decrees).__root__


def missing_years(today: date, path: Path = FILE) -> list[int]:
    """The years that the file should have by `today` and lacks."""
    due = [today.year, *([today.year + 1] if today.month >= DECREED_BY_MONTH else [])]
    return [year for year in due if year not in read_decrees(path)]


def holiday(day: date, language: str, joint_leave: bool = True) -> str | None:
    """The name of the holiday that `day` is, or None; without `joint_leave` that counts as work."""
    known = _decrees(FILE.stat().st_mtime_ns).get(day.year)
    if known is None:
        return _estimate(day.year, language, joint_leave).get(day)
    named = known.holidays.get(day) or (known.joint_leave.get(day) if joint_leave else None)
    return named.in_language(language) if named else None


@lru_cache(maxsize=1)
def _decrees(_: int) -> dict[int, Decree]:
    """The decrees, read again when the file has changed."""
    return read_decrees()


@lru_cache(maxsize=8)
def _estimate(year: int, language: str, joint_leave: bool) -> dict[date, str]:
    from holidays.constants import GOVERNMENT, PUBLIC  # 11 MB that a year with a decree spares
    from holidays.countries.indonesia import Indonesia

    kinds = (PUBLIC, GOVERNMENT) if joint_leave else (PUBLIC,)
    return dict(Indonesia(years=year, categories=kinds, language=_LIBRARYS[language]))


_LIBRARYS = {"id": "id", "en": "en_US"}
"""Our language → the library's."""
