"""Slips of the hand in a YAML file: one line changed as tired people change it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

Line = str
_NUMBER = re.compile(r"(?<![\w.:])\d+(?:[.:]\d+)*(?![\w.:])")
_CLOCK = re.compile(r"\d\d[:.]\d\d")
_KEY = re.compile(r"^(\s*(?:- )?(?:\{)?)([\w./]+)(:)")
_WORD = re.compile(r"[A-Za-z_]{3,}")


@dataclass(frozen=True)
class Slip:
    """What happened: to which line of which file, and the file's text before and after."""

    path: Path
    line: int
    kind: str
    before: str
    after: str

    def __str__(self) -> str:
        old = self.before.splitlines()[self.line - 1]
        new = [*self.after.splitlines(), "", ""][self.line - 1]
        return f"{self.kind} {self.path.parent.name}/{self.path.name}:{self.line}: {old} → {new}"

    def make(self) -> None:
        """Write the changed file."""
        self.path.write_text(self.after, "utf-8")

    def undo(self) -> None:
        """Write the file as it was."""
        self.path.write_text(self.before, "utf-8")


def _swapped(pattern: re.Pattern[str], line: Line, dice: Random) -> Line:
    found = list(pattern.finditer(line))
    if len(found) < 2:
        return line
    at = dice.randrange(len(found) - 1)
    one, two = found[at], found[at + 1]
    between = line[one.end() : two.start()]
    return line[: one.start()] + two.group() + between + one.group() + line[two.end() :]


def _number(change: Callable[[str], str]) -> Callable[[Line, Random], Line]:
    def slip(line: Line, dice: Random) -> Line:
        found = list(_NUMBER.finditer(line))
        if not found:
            return line
        one = dice.choice(found)
        return line[: one.start()] + change(one.group()) + line[one.end() :]

    return slip


def _at_random(change: Callable[[str], str]) -> Callable[[Line, Random], Line]:
    def slip(line: Line, dice: Random) -> Line:
        places = [place for place, letter in enumerate(line) if not letter.isspace()]
        if not places:
            return line
        place = dice.choice(places)
        return line[:place] + change(line[place]) + line[place + 1 :]

    return slip


def _key(change: Callable[[str], str]) -> Callable[[Line, Random], Line]:
    def slip(line: Line, _: Random) -> Line:
        return _KEY.sub(lambda match: match[1] + change(match[2]) + match[3], line, count=1)

    return slip


def _value(new: str) -> Callable[[Line, Random], Line]:
    return lambda line, _: re.sub(r"(:\s+)(?!\|)\S.*$", lambda m: m[1] + new, line, count=1)


def _without(letters: str) -> Callable[[Line, Random], Line]:
    def slip(line: Line, dice: Random) -> Line:
        places = [place for place, letter in enumerate(line) if letter in letters]
        if not places:
            return line
        place = dice.choice(places)
        return line[:place] + line[place + 1 :]

    return slip


def _replaced(old: str, new: str) -> Callable[[Line, Random], Line]:
    return lambda line, _: line.replace(old, new, 1)


KINDS: dict[str, Callable[[Line, Random], Line]] = {
    "deleted": lambda line, _: "",
    "twice": lambda line, _: f"{line}\n{line}",
    "indented": lambda line, _: f"  {line}",
    "indented by one": lambda line, _: f" {line}",
    "outdented": lambda line, _: line[2:] if line.startswith("  ") else line,
    "tab": lambda line, _: f"\t{line.lstrip()}",
    "words swapped": lambda line, dice: _swapped(_WORD, line, dice),
    "numbers swapped": lambda line, dice: _swapped(_NUMBER, line, dice),
    "hours swapped": lambda line, dice: _swapped(_CLOCK, line, dice),
    "negative": _number(lambda number: f"-{number}"),
    "nought": _number(lambda number: "0"),
    "huge": _number(lambda number: f"{number}99999"),
    "with a unit": _number(lambda number: f"{number} bulan"),
    "in a word": _number(lambda number: "sepuluh"),
    "with a comma": _number(lambda number: f"{number},5"),
    "letter O": _number(lambda number: number.replace("0", "O")),
    "key misspelt": _key(lambda key: key[:-1] or "x"),
    "key in capitals": _key(str.upper),
    "key in dashes": _key(lambda key: key.replace("_", "-")),
    "key renamed": _key(lambda key: f"{key}_baru"),
    "letter lost": _at_random(lambda letter: ""),
    "letter doubled": _at_random(lambda letter: letter * 2),
    "no value": _value(""),
    "null": _value("null"),
    "list instead": _value("[satu, dua]"),
    "mapping instead": _value("{satu: dua}"),
    "yes instead": _value("ya"),
    "loose anchor": _value("*hilang"),
    "anchor": _value("&a *a"),
    "no quote": _without("\"'"),
    "no colon": _without(":"),
    "no comma": _without(","),
    "no bracket": _without("{}[]"),
    "no dash": _replaced("- ", "  "),
    "dash of Word": _replaced("- ", "– "),
    "curly quote": _replaced('"', "“"),
    "no space": _replaced(": ", ":"),
    "placeholder misspelt": lambda line, _: re.sub(r"\{(\w+)", r"{x\1", line, count=1),
    "commented out": lambda line, _: f"# {line}",
}
"""Name → how the line reads afterwards; the same line where the slip is impossible."""


def slip(files: list[Path], dice: Random) -> Slip:
    """A slip somewhere: a file, a line of it and a kind at random."""
    while True:
        path, kind = dice.choice(files), dice.choice([*KINDS])
        before = path.read_text("utf-8")
        lines = before.splitlines()
        at = dice.randrange(len(lines))
        if lines[at].lstrip().startswith("#") or not lines[at].strip():
            continue
        changed = KINDS[kind](lines[at], dice)
        if changed != lines[at]:
            after = [*lines[:at], *([changed] if changed else []), *lines[at + 1 :]]
            return Slip(path, at + 1, kind, before, "\n".join(after) + "\n")
