"""`make check` of `config.yml`: every component is there, and its settings are of its kind."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

from riung.dialogue.unused import leave_out
from riung.training.project import Project
from riung.validation import unknown
from riung.yaml_files import YamlError, YamlMapping, line_of


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything, with its line."""
    leave_out()
    for part in ("pipeline", "policies"):
        for place, entry in enumerate(project.config[part]):
            for key, message in _component(project, entry):
                where = (part, place, key) if key else (part, place)
                yield _at(project.config, where, message)


def _at(config: YamlMapping, where: tuple[str | int, ...], message: str) -> YamlError:
    return YamlError(config.path, line_of(config, where), message)


def _component(project: Project, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = _class_of(entry["name"])
    if found is None:
        yield "name", f"komponen '{entry['name']}' tidak ada; periksa ejaannya"
        return
    known = dict(found.get_default_config())
    for key, value in entry.items():
        if key == "name":
            continue
        if key not in known:
            yield key, f"setelan '{key}' {unknown(key, known)}"
        else:
            yield from ((key, words) for words in _setting(project, key, value, known[key]))


def _setting(project: Project, key: str, value: Any, usual: Any) -> Iterator[str]:
    """What is wrong with a value, judged by the value that the component has by itself."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(usual, bool) and not isinstance(value, bool):
        yield f"'{key}' harus true atau false"
    elif isinstance(usual, (int, float)) and not isinstance(usual, bool) and not number:
        yield f"'{key}' harus angka, misalnya {usual}"
    elif key.endswith("threshold") and not (number and 0 <= value <= 1):
        yield f"'{key}' harus angka dari 0 sampai 1, misalnya 0.6"
    elif key.endswith("action_name") and value not in project.actions:
        yield f"'{value}' {unknown(str(value), project.actions)}"


def _class_of(name: str) -> Any:
    """The component of that name: by module for ours, from Rasa's list for Rasa's."""
    module, dot, attribute = name.rpartition(".")
    if dot:
        try:
            return getattr(importlib.import_module(module), attribute, None)
        except ImportError:
            return None
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.shared.exceptions import RasaException

    try:
        return DefaultV1Recipe._from_registry(name).clazz
    except RasaException:
        return None
