"""The draft's example sentences, and those nearest to a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from riung.yaml_files import read_yaml

_EXAMPLE = re.compile(r"^\s*-\s+(.+)$", re.MULTILINE)
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^{}]*\})")

ALIKE = 75
"""From here on (of 100) two messages count as the same question."""


@dataclass(frozen=True)
class Near:
    """An example, how near it is (0 to 100), and what it means."""

    text: str
    intent: str
    score: int


def examples(work: Path) -> dict[str, str]:
    """Sentence → intent, of all topics.

    Raises:
        YamlError: a file cannot be read.
    """
    files = sorted((work / "data").glob("*/nlu*.yml"))
    return _read(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[Path, int], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, _ in files:
        for block in read_yaml(path).get("nlu") or ():
            said = _EXAMPLE.findall(str(block.get("examples") or ""))
            found |= {_ANNOTATION.sub(r"\1", one): str(block.get("intent")) for one in said}
    return found


def nearest(text: str, known: Mapping[str, str], count: int = 5) -> list[Near]:
    """The examples nearest to a message, the nearest first."""
    found = process.extract(
        plain(text), known.keys(), scorer=fuzz.token_sort_ratio, processor=plain, limit=count
    )
    return [Near(said, known[said], round(score)) for said, score, _ in found]


def similar(text: str, others: Iterable[str], least: int = 50) -> list[str]:
    """Other messages that are like one, the nearest first."""
    found = process.extract(
        plain(text), list(others), scorer=fuzz.token_set_ratio, processor=plain, score_cutoff=least
    )
    return [said for said, _, _ in found]


def groups(messages: Iterable[str]) -> list[list[str]]:
    """Messages by likeness, each in one group; the first of a group speaks for it."""
    made: dict[str, list[str]] = {}
    for message in messages:
        heads = list(made)
        near = process.extractOne(
            plain(message), heads, scorer=fuzz.token_set_ratio, processor=plain, score_cutoff=ALIKE
        )
        made.setdefault(near[0] if near else message, []).append(message)
    return list(made.values())


def would_move(
    text: str, intent: str, others: Mapping[str, str], known: Mapping[str, str]
) -> list[str]:
    """Messages that are nearer to the new example than to any example of what they mean now.

    An estimate, to be seen before anything is trained; `riung latih` tells what really moves.

    Args:
        text: the new example.
        intent: its intent.
        others: message → what it is understood as now.
        known: the examples there are.
    """
    candidates = process.extract(
        plain(text), others.keys(), scorer=fuzz.ratio, processor=plain, score_cutoff=ALIKE, limit=50
    )
    return [
        said
        for said, score, _ in candidates
        if others[said] != intent and score > _best(said, others[said], known)
    ]


def _best(message: str, intent: str, known: Mapping[str, str]) -> float:
    own: Sequence[str] = [said for said, meant in known.items() if meant == intent]
    found = process.extractOne(plain(message), own, scorer=fuzz.ratio, processor=plain)
    return float(found[1]) if found else 0.0


def plain(text: str) -> str:
    """A message without capitals and marks."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
