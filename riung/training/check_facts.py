"""`make check` of facts: none is ahead of today, and none says one sum and means another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from riung import clock
from riung.training.project import Project
from riung.yaml_files import YamlError, line_of, read_yaml

_Location = tuple["str | int", ...]

FOLDERS = ("fakta", "offices", "aturan")
"""Where sources are told, beside the answers."""


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything, with file and line."""
    yield from _ahead(project)
    for path in sorted((project.root / "fakta").glob("*.yml")):
        content = read_yaml(path)
        for name, fact in content.items():
            value = fact.get("nilai")
            if type(value) is int and value >= _MONEY and not _is_said(value, fact["teks"]):
                words = f"nilai {value} tidak disebut di 'teks'; samakan keduanya"
                yield YamlError(path, line_of(content, (name, "nilai")), words)


def _is_said(value: int, text: str) -> bool:
    return str(value) in text or f"{value:,}".replace(",", ".") in text


_MONEY = 1000
"""Smaller numbers are often written out ("lima pemohon")."""


def _ahead(project: Project) -> Iterator[YamlError]:
    """Months to come where one that is over is meant."""
    files = chain.from_iterable((project.root / name).glob("*.yml") for name in FOLDERS)
    contents = {path: read_yaml(path) for path in sorted(files)}
    answers = {path: topic for path, topic in project.topics.items() if "responses" in topic}
    month = f"{clock.today():%Y-%m}"
    for path, content in {**contents, **answers}.items():
        for where, told in _told(content, ()):
            if told[: len(month)] > month[: len(told)]:
                words = f"'{where[-1]}: {told}' belum terjadi; tulis {_MEANT[where[-1]]}"
                yield YamlError(path, line_of(content, where), words)


_MEANT: dict[str | int, str] = {
    "per": 'bulan keadaan itu menurut sumbernya, misalnya "2026-11"',
    "diperiksa": "tanggal faktanya terakhir dicocokkan dengan sumbernya",
}


def _told(node: Any, where: _Location) -> Iterator[tuple[_Location, str]]:
    """Every moment of these names in a file."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _MEANT and isinstance(value, (str, date)):
                yield (*where, key), str(value)
            else:
                yield from _told(value, (*where, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _told(value, (*where, place))
