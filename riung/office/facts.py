"""The facts that answers rest on (`fakta/*.yml`): what is true, who says so, and as of when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, conlist, validator

from riung.settings import EDITED
from riung.validation import Edited, EditError, read_as
from riung.yaml_files import YamlError, line_of, read_yaml

Confidence = Literal["verified", "seed", "likely", "unverified"]
"""An official page or two sources; a paper on the office; one source; none, or in conflict."""

_MONTHS_OF_A_YEAR = 12
_MONTH_OR_YEAR = r"^20\d\d(-(0[1-9]|1[0-2]))?$"


class Fact(Edited):
    """One fact.

    `as_of` is the month or year that the sources speak of ("2026-08", "2022"), None when they bear
    no date; `checked` the day on which somebody compared it with them.
    """

    text: str = Field(alias="teks", min_length=1)
    value: Any = Field(None, alias="nilai")
    sources: conlist(str, min_items=1) = Field(alias="sumber")  # type: ignore[valid-type]
    as_of: str | None = Field(None, alias="per", regex=_MONTH_OR_YEAR)
    checked: date = Field(alias="diperiksa")
    confidence: Confidence = Field(alias="keyakinan")

    def age(self, today: date) -> int:
        """Full months since the time that the sources speak of; since the check if they don't say.

        A year without a month counts from its last month.
        """
        year, month = self.checked.year, self.checked.month
        if self.as_of:
            named = [int(part) for part in self.as_of.split("-")]
            year, month = named[0], named[1] if len(named) > 1 else _MONTHS_OF_A_YEAR
        return max(0, (today.year - year) * _MONTHS_OF_A_YEAR + today.month - month)


class Support(Edited):
    """The facts that bear out a value of an office's file, if any, and how sure they are."""

    facts: tuple[str, ...] = Field(alias="fakta")
    confidence: Confidence = Field(alias="keyakinan")
    as_of: str | None = Field(None, alias="per", regex=_MONTH_OR_YEAR)


class FactFile(BaseModel):
    """A file of facts: id → fact."""

    __root__: dict[str, Fact]

    @validator("__root__")
    def _are_ids(cls, found: dict[str, Fact]) -> dict[str, Fact]:
        for name in found:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                words = f"'{name}': id fakta hanya huruf kecil, angka, dan garis bawah"
                raise EditError(words, name)
        return found


def facts(root: Path = EDITED) -> dict[str, Fact]:
    """Fact id → fact, over all files.

    Raises:
        YamlError: a file is not readable, a fact lacks something, or an id stands twice.
    """
    found: dict[str, Fact] = {}
    for path in fact_files(root):
        for fact_id, fact in read_facts(path).items():
            if fact_id in found:
                line = line_of(read_yaml(path), (fact_id,))
                raise YamlError(path, line, f"fakta '{fact_id}' sudah ada di berkas lain")
            found[fact_id] = fact
    return found


def fact_files(root: Path = EDITED) -> list[Path]:
    """The files of facts, in order."""
    return sorted((root / "fakta").glob("*.yml"))


def read_facts(path: Path) -> dict[str, Fact]:
    """The facts of one file.

    Raises:
        YamlError: with file and line.
    """
    return read_as(path, FactFile).__root__


def outdated(today: date, months: int, root: Path = EDITED) -> Iterator[tuple[str, Fact]]:
    """The facts older than `months`, the oldest first."""
    old = [entry for entry in facts(root).items() if entry[1].age(today) > months]
    yield from sorted(old, key=lambda entry: (-entry[1].age(today), entry[0]))
