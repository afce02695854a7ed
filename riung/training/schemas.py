"""JSON Schemas of the files that people edit (`skema/`), from the models that read them.

An editor that knows YAML (VS Code with its YAML extension, IntelliJ, Neovim) takes a file's schema
from its first line, completes its keys, and underlines what `make check` would refuse.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from riung.office.model import Office
from riung.office.office_facts import OfficeFacts
from riung.settings import ROOT
from riung.training.edited_files import MODELS

FOLDER = "skema"

_OFFICE = "offices/*.yml"
_DEFINITIONS = "definitions"


def schema_name(pattern: str) -> str:
    """The name of a file's schema: its own, or that of the folder whose files are all alike."""
    folders = [part for part in Path(pattern).parts if "*" not in part]
    return folders[-1] if "*" in pattern else Path(pattern).stem


def schemas() -> dict[str, dict[str, Any]]:
    """Name → schema."""
    found = {schema_name(pattern): _of(model) for pattern, model in MODELS.items()}
    return {**found, schema_name(_OFFICE): _of_office()}


def first_lines(root: Path) -> Iterator[tuple[Path, str]]:
    """Each file that people edit, and the first line by which an editor finds its schema."""
    for pattern in (*MODELS, _OFFICE):
        for path in sorted(root.glob(pattern)):
            up = "../" * (len(path.relative_to(root).parts) - 1)
            name = f"{up}{FOLDER}/{schema_name(pattern)}.json"
            yield path, f"# yaml-language-server: $schema={name}"


def write(root: Path = ROOT) -> list[str]:
    """Write all schemas, and each file's first line where it is missing; the names written."""
    (root / FOLDER).mkdir(exist_ok=True)
    found = schemas()
    for name, schema in found.items():
        (root / FOLDER / f"{name}.json").write_text(as_text(schema), "utf-8")
    for path, line in first_lines(root):
        text = path.read_text("utf-8")
        if not text.startswith(f"{line}\n"):
            path.write_text(f"{line}\n{text}", "utf-8")
    return sorted(found)


def as_text(schema: Mapping[str, Any]) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _of(model: type[BaseModel]) -> dict[str, Any]:
    return _plain(model.schema())  # type: ignore[no-any-return]


def _of_office() -> dict[str, Any]:
    """An office takes from the file it builds on what its own lacks, so no key is required."""
    schema, facts = _of(Office), _of(OfficeFacts)
    definitions = {**schema[_DEFINITIONS], **facts.pop(_DEFINITIONS)}
    del schema["properties"]["raw"]
    schema["properties"]["fakta"] = facts
    return {**_without(schema, "required"), _DEFINITIONS: _without(definitions, "required")}


def _plain(node: Any) -> Any:
    """Without pydantic's titles and our docstrings, which speak of the program."""
    if isinstance(node, dict):
        return {
            key: _plain(value)
            for key, value in node.items()
            if not (key in ("title", "description") and isinstance(value, str))
        }
    return [_plain(one) for one in node] if isinstance(node, list) else node


def _without(node: Any, key: str) -> Any:
    if isinstance(node, dict):
        return {
            name: _without(value, key)
            for name, value in node.items()
            if name != key or not isinstance(value, list)
        }
    return [_without(one, key) for one in node] if isinstance(node, list) else node
