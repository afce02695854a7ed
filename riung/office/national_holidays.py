"""National holidays and joint leave: the decree's days (`aturan/libur.yml`), else an estimate.

The ministers' decree names a year's days in September of the year before. A year that the file
lacks is worked out with the library `holidays`, whose lunar feasts may move by a day and which
knows no joint leave of 2026 and later.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from holidays.constants import GOVERNMENT, PUBLIC
from holidays.countries.indonesia import Indonesia  # here, as it takes a second to load
from pydantic import BaseModel, Extra, Field, ValidationError, conlist

from riung.settings import ROOT
from riung.validation import explain
from riung.yaml_files import YamlError, line_of, read_yaml

FILE = ROOT / "aturan" / "libur.yml"

DECREED_BY_MONTH = 11
"""In this month the coming year's decree has been out for weeks, so that the file must have it."""


class Named(BaseModel, extra=Extra.forbid, allow_mutation=False):
    """What a day is called in Indonesian and in English."""

    id: str
    en: str


class Decree(BaseModel, extra=Extra.forbid, allow_mutation=False):
    """One year's holidays and days of joint leave, with the decree and who published it."""

    decree: str = Field(alias="dasar")
    sources: conlist(str, min_items=1) = Field(alias="sumber")  # type: ignore[valid-type]
    checked: date = Field(alias="diperiksa")
    holidays: dict[date, Named] = Field(alias="libur")
    joint_leave: dict[date, Named] = Field(alias="cuti_bersama")


def read_decrees(path: Path = FILE) -> dict[int, Decree]:
    """Year → its decree.

    Raises:
        YamlError: with file and line; also for a day of another year.
    """
    content = read_yaml(path)
    found = {}
    for year, entry in content.items():
        try:
            found[int(year)] = Decree.parse_obj(entry)
        except ValidationError as error:
            where, words = explain(error)
            raise YamlError(path, line_of(content, (year, *where)), words) from error
        for group in ("libur", "cuti_bersama"):
            for day in entry[group]:
                if day.year != year:
                    line = line_of(content, (year, group, day))
                    raise YamlError(path, line, f"{day} bukan hari di tahun {year}")
    return found


def missing_years(today: date, path: Path = FILE) -> list[int]:
    """The years that the file should have by `today` and lacks."""
    due = [today.year, *([today.year + 1] if today.month >= DECREED_BY_MONTH else [])]
    return [year for year in due if year not in read_decrees(path)]


def holiday(day: date, language: str = "id", joint_leave: bool = True) -> str | None:
    """The name of the holiday that `day` is, or None; without `joint_leave` that counts as work."""
    known = _decrees(FILE.stat().st_mtime_ns).get(day.year)
    if known is None:
        return _estimate(day.year, language, joint_leave).get(day)
    named = known.holidays.get(day) or (known.joint_leave.get(day) if joint_leave else None)
    return getattr(named, "en" if language == "en" else "id") if named else None


@lru_cache(maxsize=1)
def _decrees(_: int) -> dict[int, Decree]:
    """The decrees, read again when the file has changed."""
    return read_decrees()


@lru_cache(maxsize=8)
def _estimate(year: int, language: str, joint_leave: bool) -> dict[date, str]:
    kinds = (PUBLIC, GOVERNMENT) if joint_leave else (PUBLIC,)
    return dict(Indonesia(years=year, categories=kinds, language=_LIBRARYS[language]))


_LIBRARYS = {"id": "id", "en": "en_US"}
"""Our language → the library's."""
