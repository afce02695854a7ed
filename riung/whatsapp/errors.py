"""What to do about each error code of the Cloud API, read from `aturan/galat_whatsapp.yml`.

The code decides, never the HTTP status or the title (Meta §8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ConstrainedStr, conlist, validator

from riung.validation import Edited, EditError, edited_file, read_as

PATH = edited_file("aturan/galat_whatsapp.yml")

UNREACHABLE, UNKNOWN, INTERRUPTED, EXPIRED, OTHER = (
    "unreachable",
    "unknown",
    "interrupted",
    "expired",
    "other",
)
"""Causes of our own, named in the table beside Meta's codes."""

DOUBTS = (UNKNOWN, INTERRUPTED)
"""Causes after which the message may have gone out all the same."""

PASSING_FAULT = "131000"
"""What a 5xx without a readable code counts as."""


class Code(ConstrainedStr):
    """A code of Meta's, a range of them, or a cause of our own."""

    regex = r"^(\d+(-\d+)?|[a-z]+)$"
    takes_numbers = True

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.update(type=["string", "integer"], pattern=cls.regex)


_A_DAY = 24 * 3600


class Rule(Edited):
    """One line of the table; see the head of the file for the fields."""

    codes: conlist(Code, min_items=1)  # type: ignore[valid-type]
    scope: Literal["message", "recipient", "number", "all"]
    pauses: tuple[int, ...] = ()
    then: Literal["failed", "hold", "stop", "template", "link"]
    officer: str

    @validator("pauses", each_item=True)
    def _is_a_while(cls, seconds: int) -> int:
        if not 0 <= seconds <= _A_DAY:
            raise ValueError(f"detik, paling kecil 0 dan paling besar {_A_DAY}")
        return seconds

    def pause(self, attempts: int) -> int | None:
        """Seconds to wait after that many tries; None when there is no further one."""
        if attempts <= len(self.pauses):
            return self.pauses[attempts - 1]
        return self.pauses[-1] if self.pauses and self.scope == "number" else None


@dataclass(frozen=True)
class ErrorTable:
    """Looks rules up by code."""

    rules: dict[str, Rule]

    def __getitem__(self, code: str) -> Rule:
        return self.rules.get(code, self.rules[OTHER])


class Rules(Edited):
    """The file: every code once, and none left out that the programs need."""

    errors: tuple[Rule, ...]

    @validator("errors")
    def _codes_stand_once(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        seen: set[str] = set()
        for place, rule in enumerate(rules):
            for code in _expanded(rule.codes):
                if code in seen:
                    raise EditError(f"kode {code} ada dua kali", place)
                seen.add(code)
        for code in (UNREACHABLE, *DOUBTS, EXPIRED, OTHER, PASSING_FAULT):
            if code not in seen:
                raise ValueError(f"kode '{code}' wajib ada")
        return rules


def read_error_table(path: Path = PATH) -> ErrorTable:
    """The table, checked.

    Raises:
        YamlError: a rule is malformed, a code stands twice, or one that must be there is missing.
    """
    rules = read_as(path, Rules).errors
    return ErrorTable({code: rule for rule in rules for code in _expanded(rule.codes)})


def _expanded(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        first, dash, last = code.partition("-")
        if dash:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield code
