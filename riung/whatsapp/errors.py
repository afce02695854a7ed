"""What to do about each error code of the Cloud API, read from `aturan/galat_whatsapp.yml`.

The code decides, never the HTTP status or the title (Meta §8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Extra, ValidationError

from riung.settings import ROOT
from riung.yaml_files import YamlError, line_of, read_yaml

PATH = ROOT / "aturan" / "galat_whatsapp.yml"

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


class Rule(BaseModel, extra=Extra.forbid, allow_mutation=False):
    """One line of the table; see the head of the file for the fields."""

    codes: tuple[str, ...]
    scope: Literal["message", "recipient", "number", "all"]
    pauses: tuple[int, ...] = ()
    then: Literal["failed", "hold", "stop", "template", "link"]
    officer: str

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


def read_error_table(path: Path = PATH) -> ErrorTable:
    """The table, checked.

    Raises:
        YamlError: a rule is malformed, a code stands twice, or one that must be there is missing.
    """
    content = read_yaml(path)
    table: dict[str, Rule] = {}
    for place, entry in enumerate(content.get("errors") or ()):
        line = line_of(content, ("errors", place))
        try:
            rule = Rule(**entry)
        except (TypeError, ValidationError) as error:
            raise YamlError(path, line, f"aturan galat tidak bisa dipakai: {error}") from error
        for code in _expanded(rule.codes):
            if code in table:
                raise YamlError(path, line, f"kode {code} ada dua kali")
            table[code] = rule
    for code in (UNREACHABLE, *DOUBTS, EXPIRED, OTHER, PASSING_FAULT):
        if code not in table:
            raise YamlError(path, 1, f"kode '{code}' wajib ada")
    return ErrorTable(table)


def _expanded(codes: tuple[str, ...]) -> Iterator[str]:
    for code in codes:
        first, dash, last = code.partition("-")
        if dash:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield code
