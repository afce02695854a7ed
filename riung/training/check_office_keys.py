"""`make check` of the keys of an office's file: what nothing reads is most likely misspelt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from riung.office.model import Office
from riung.training.project import Project
from riung.validation import Location, meant, unknown
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

_FREE = ("teks", "kontak", "fakta")
"""Parts whose keys the office chooses, for answers to name."""

_NAMED = re.compile(r"\{kantor\.([a-z0-9_.]+)\}")
_FOLDERS = ("data", "kalimat", "aturan", "offices")
_BY_RULE = re.compile(r"fakta\.(tahap|bawaan|bawaan_anak|jumlah)\b")
"""Read by stage, by service or by sum: other checks know their keys."""


def mistakes(project: Project) -> Iterator[YamlError]:
    """Keys that nothing reads beside one of nearly that name, and sources of no value."""
    read = _read_by_somebody(project)
    for office in project.offices.values():
        for name in filter(None, (office.id, office.dasar)):
            content: YamlMapping = read_yaml(project.office_file(name))
            yield from _misspelt(content, office, read)
            yield from _sources_of_nothing(content, office)


def _misspelt(content: YamlMapping, office: Office, read: frozenset[str]) -> Iterator[YamlError]:
    for where in _leaves(content):
        if _is_read(where, office, read):
            continue
        beside = _node(content, where[:-1])
        group = ".".join(map(str, where[:-1]))
        wanted = {
            one.removeprefix(f"{group}.") for one in read if one.rpartition(".")[0] == group
        } - {*beside}
        if near := difflib.get_close_matches(str(where[-1]), sorted(wanted), n=1, cutoff=0.8):
            words = f"'{'.'.join(map(str, where))}' tidak dibaca jawaban mana pun"
            yield YamlError(content.path, line_of(content, where), f"{words}; {meant(near[0])}")


def _sources_of_nothing(content: YamlMapping, office: Office) -> Iterator[YamlError]:
    values = {*_paths("", office.raw)}
    for value in content.get("sumber") or ():
        if value not in values:
            words = f"sumber: '{value}' {unknown(value, values)}"
            yield YamlError(content.path, line_of(content, ("sumber", value)), words)


def _read_by_somebody(project: Project) -> frozenset[str]:
    """The dotted names of all values of offices that a file of the project names."""
    texts = (
        path.read_text("utf-8", "replace")
        for folder in _FOLDERS
        for path in (project.root / folder).rglob("*.yml")
        if not path.name.startswith("nlu")
    )
    named = {name for text in texts for name in _NAMED.findall(text)}
    return frozenset(named | {f"teks.{name}" for name in project.code.values})


def _is_read(where: Location, office: Office, read: frozenset[str]) -> bool:
    """Whether something names the value, or what holds it, or adds it up."""
    dotted = ".".join(map(str, where))
    held_by = {dotted[: match.start()] for match in re.finditer(r"\.", dotted)} - {*_FREE}
    fee = dotted.removeprefix("fakta.tarif.")
    summed = {part for parts in office.facts.jumlah.values() for part in parts}
    return bool({dotted, *held_by} & read) or fee in summed or bool(_BY_RULE.match(dotted))


def _leaves(content: Mapping[str, Any]) -> Iterator[Location]:
    waiting: list[Location] = [(key,) for key in _FREE if key in content]
    while waiting:
        where = waiting.pop()
        node = _node(content, where)
        if isinstance(node, Mapping):
            waiting += [(*where, key) for key in node]
        else:
            yield where


def _node(content: Any, where: Location) -> Any:
    for part in where:
        content = content[part]
    return content


def _paths(dotted: str, node: Any) -> Iterator[str]:
    """Every value's dotted name, and that of what holds it; a place goes by its id."""
    if dotted:
        yield dotted
    if isinstance(node, Mapping):
        for key, item in node.items():
            yield from _paths(f"{dotted}.{key}".lstrip("."), item)
    elif isinstance(node, list):
        for item in node:
            if isinstance(item, Mapping) and "id" in item:
                yield from _paths(f"{dotted}.{item['id']}", item)
