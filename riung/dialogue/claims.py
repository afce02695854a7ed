"""What citizens want to be sure of: `aturan/pernyataan.yml`, which trainers edit, read and checked.

"Berarti tetap daftar online dulu?" claims something. Of a first passport it holds, of a lost one it
does not: the table says so for each subject, and which answer states the fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, conlist, validator

from riung.dialogue.follow_up_table import Ask, follow_ups
from riung.localized import Localized
from riung.nlu.situations import Condition
from riung.validation import Edited, EditError, edited_file, read_as

FILE = edited_file("aturan/pernyataan.yml")

VERDICT, AMOUNTS = "verdict", "amounts"
"""In the metadata of the completed question: how its answer begins; or the amounts claimed, of
which one has to stand in the answer.
"""

YES, NO, RIGHT, WRONG = "yes", "no", "right", "wrong"
"""The verdicts: on a claim, and on one that denies."""

NOTHING = "-"
"""Stands in a case for no subject at all: nothing was talked about."""

LEAST_AMOUNT = 100
"""Smaller bare figures are no money."""

Figure = tuple[float, str]
"""A number and what it counts; money where that is empty."""


class Signs(Edited):
    """Words that tell that something is to be confirmed, denied, or openly asked."""

    opening: tuple[str, ...] = Field((), alias="pembuka")
    closing: tuple[str, ...] = Field((), alias="penutup")
    asking: tuple[str, ...] = Field((), alias="tanya")
    yes_or_no: tuple[str, ...] = Field((), alias="ya_atau_tidak")
    bare: tuple[str, ...] = Field((), alias="sendiri")
    denial: tuple[str, ...] = Field((), alias="bukan")
    change: tuple[str, ...] = Field((), alias="perubahan")


class Units(Edited):
    """What figures count, and the words for thousand and million."""

    counted: Mapping[str, tuple[str, ...]] = Field({}, alias="hitungan")
    times: Mapping[int, tuple[str, ...]] = Field({}, alias="kali")
    amounts: Mapping[int, tuple[str, ...]] = Field({}, alias="jumlah")


class Verdicts(Edited):
    """How an answer to a confirming question begins."""

    yes: Localized = Field(alias="ya")
    no: Localized = Field(alias="tidak")
    right: Localized = Field(alias="betul")
    wrong: Localized = Field(alias="keliru")

    def named(self, name: str) -> Localized:
        """The words of a verdict by its name here."""
        words: Localized = getattr(self, name)
        return words


class Case(Edited):
    """For which subjects a claim holds or fails, and what states the fact.

    Without subjects it is for all others; without `holds` it depends on more than the subject.
    """

    subjects: tuple[str, ...] = Field((), alias="pokok")
    holds: bool | None = Field(None, alias="benar")
    ask: Ask = Field(alias="jawaban")


class Claim(Edited):
    """A claim: in which words it is made, and its cases."""

    conditions: conlist(Condition, min_items=1) = Field(alias="bila")  # type: ignore[valid-type]
    cases: conlist(Case, min_items=1) = Field(alias="kasus")  # type: ignore[valid-type]

    def case(self, subject: str | None) -> Case | None:
        """The first case for what is talked about."""
        told = subject or NOTHING
        fitting = (one for one in self.cases if not one.subjects or told in one.subjects)
        return next(fitting, None)


class Claims(Edited):
    """The whole table."""

    signs: Signs = Field(alias="tanda")
    units: Units = Field(Units.parse_obj({}), alias="satuan")
    verdicts: Verdicts | None = Field(None, alias="putusan")
    by_name: Mapping[str, Claim] = Field({}, alias="pernyataan")

    @validator("by_name")
    def _subjects_are_known(cls, claims: Mapping[str, Claim]) -> Mapping[str, Claim]:
        known = follow_ups().subjects
        for name, claim in claims.items():
            for subject in (one for case in claim.cases for one in case.subjects):
                if subject not in (NOTHING, *known):
                    words = f"pernyataan {name}: pokok '{subject}' tidak ada di aturan/lanjutan.yml"
                    raise EditError(words, name, "kasus")
        return claims

    def found_in(self, line: str) -> Claim | None:
        """The first claim that the normalised words of a message make."""
        made = (
            one
            for one in self.by_name.values()
            if any(condition.shows_in(line) for condition in one.conditions)
        )
        return next(made, None)


def read_claims(path: Path = FILE) -> Claims:
    """The table of a file.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Claims)


@lru_cache(maxsize=1)
def claims() -> Claims:
    """The table of the checkout, read once; an assistant may do without one."""
    nothing: dict[str, Any] = {"tanda": {}}
    return read_claims() if FILE.exists() else Claims.parse_obj(nothing)


_END = re.compile(r"(?<=[a-z)*][.?!;]) |\n")


def sentences(text: str) -> list[str]:
    """The sentences and lines of an answer, without the marks of a list."""
    return [one.strip(" •") for one in _END.split(text) if one.strip(" •")]


_WORD = re.compile(r"[^\W_]+")
_GROUPED = r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,}"
_DECIMAL = r"\d+(?:,\d+|\.\d{1,2}(?!\d))?"
_NUMBER = re.compile(rf"(?<![\w.,:/])(rp\s*)?(?:({_GROUPED})|({_DECIMAL}))\s*([a-z]*)", re.I)


def figures(text: str) -> Iterator[Figure]:
    """The amounts of money and counted figures of a text: "Rp650.000", "1.5jt", "5 taun"."""
    units = claims().units
    counted = {word: unit for unit, words in units.counted.items() for word in words}
    times = {word: factor for factor, words in units.times.items() for word in words}
    line = " ".join(["", *_WORD.findall(text.casefold()), ""])
    for amount, named in units.amounts.items():
        if any(f" {words} " in line for words in named):
            yield float(amount), ""
    for money, grouped, decimal, word in _NUMBER.findall(text.casefold()):
        value = float(re.sub("[.,]", "", grouped) or decimal.replace(",", "."))
        if word in counted:
            yield value, counted[word]
        elif word in times:
            yield value * times[word], ""
        elif money or value >= LEAST_AMOUNT:
            yield value, ""
