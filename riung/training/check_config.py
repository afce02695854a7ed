"""`make check` of `config.yml`: every component is there, and its settings are of its kind."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from riung.dialogue.unused import leave_out
from riung.training.project import OWN_ACTIONS, Project
from riung.validation import unknown
from riung.yaml_files import YamlError, YamlMapping, line_of

CLASSIFIER = "riung.nlu.classifier.LinearIntentClassifier"

NEEDED = {
    "pipeline": (
        "riung.nlu.tokenizer.IndonesianTokenizer",
        "riung.nlu.extractor.IndonesianEntityExtractor",
        "riung.nlu.shortcuts.ShortcutParser",
        CLASSIFIER,
        "riung.nlu.situation_detector.SituationDetector",
        "riung.nlu.language.LanguageDetector",
        "FallbackClassifier",
    ),
    "policies": (
        "riung.dialogue.topic_policy.TopicPolicy",
        "riung.dialogue.story_policy.StoryPolicy",
        "RulePolicy",
    ),
}
"""What the programs build upon, in its order; others may stand between."""

FIXED = ("priority",)
"""Settings that only the programs choose."""

_Told = Iterator[tuple[tuple["str | int", ...], str]]


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything, with its line."""
    leave_out()
    for part, needed in NEEDED.items():
        names = [_place_of(one["name"]) for one in project.config[part]]
        for where, message in _of_order(names, needed):
            yield _at(project.config, (part, *where), message)
        for place, entry in enumerate(project.config[part]):
            for key, message in _component(project, entry):
                where = (part, place, key) if key else (part, place)
                yield _at(project.config, where, message)
        for at, message in _built_upon([entry["name"] for entry in project.config[part]]):
            yield _at(project.config, (part, at), message)


def _at(config: YamlMapping, where: tuple[str | int, ...], message: str) -> YamlError:
    return YamlError(config.path, line_of(config, where), message)


def _place_of(name: str) -> str:
    """A component's name; for another classifier that of ours, whose place it takes."""
    from rasa.nlu.classifiers.classifier import IntentClassifier

    if any(name in needed for needed in NEEDED.values()):
        return name
    found = _class_of(name)
    return CLASSIFIER if isinstance(found, type) and issubclass(found, IntentClassifier) else name


def _of_order(names: Sequence[str], needed: Sequence[str]) -> _Told:
    """Components that are missing, twice, or before what they build upon."""
    for place, name in enumerate(names):
        if name in names[:place]:
            yield (place,), f"'{name}' sudah ada di atas; hapus salah satu"
    for before, name in zip((None, *needed), needed, strict=False):
        after = f" tepat sesudah '{before}'" if before else " paling atas"
        if name not in names:
            yield (), f"'{name}' dipakai program; tulis lagi '- name: {name}'{after}"
        elif before in names and names.index(name) < names.index(before):
            yield (names.index(name),), f"'{name}' harus di bawah '{before}'; pindahkan"


def _built_upon(names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Components that Rasa gives to none of those before what they need; training would fail."""
    classes = [_class_of(name) for name in names]
    for place, component in enumerate(classes):
        before = [one for one in classes[:place] if one is not None]
        for needed in component.required_components() if component is not None else ():
            if not any(issubclass(one, needed) for one in before):
                usual = _USUAL.get(needed.__name__, needed.__name__)
                words = f"'{names[place]}' butuh {needed.__name__} di atasnya"
                yield place, f"{words}; tulis misalnya '- name: {usual}'"


_USUAL = {"Featurizer": "CountVectorsFeaturizer"}
"""Kind of component → the one that most people take."""


def _component(project: Project, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = _class_of(entry["name"])
    if found is None:
        yield "name", f"komponen '{entry['name']}' tidak ada; periksa ejaannya"
        return
    known = dict(found.get_default_config())
    for key, value in entry.items():
        if key == "name":
            continue
        if key in FIXED:
            yield key, f"'{key}' ditentukan program; hapus baris ini"
        elif key not in known:
            yield key, f"setelan '{key}' {unknown(key, known)}"
        else:
            yield from ((key, words) for words in _setting(project, key, value, known[key]))
    if entry.get("enable_fallback_prediction") is False:
        words = "'enable_fallback_prediction' harus true"
        yield "enable_fallback_prediction", f"{words}; tanpa itu bot diam bila tidak ada aturannya"
    sure, apart = entry.get("threshold", 1), entry.get("ambiguity_threshold", 0)
    if _is_number(sure) and _is_number(apart) and apart >= sure:
        words = "'ambiguity_threshold' harus lebih kecil dari 'threshold', misalnya 0.05"
        yield "ambiguity_threshold", f"{words}; dengan ini bot selalu bertanya balik"


def _setting(project: Project, key: str, value: Any, usual: Any) -> Iterator[str]:
    """What is wrong with a value, judged by the value that the component has by itself."""
    if isinstance(usual, bool):
        if not isinstance(value, bool):
            yield f"'{key}' harus true atau false"
    elif isinstance(usual, (int, float)) or key.endswith("threshold"):
        yield from _number(key, value, usual)
    elif isinstance(usual, list):
        yield from _list(project, key, value, usual)
    elif key.endswith("action_name"):
        said = project.actions - OWN_ACTIONS - project.forms
        if value not in said:
            yield f"'{value}' {unknown(str(value), said)}"
    elif usual in project.intents and value not in project.intents:
        yield f"intent '{value}' {unknown(str(value), project.intents)}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number(key: str, value: Any, usual: Any) -> Iterator[str]:
    if key.endswith("threshold"):
        if not (_is_number(value) and 0 <= value <= 1):
            yield f"'{key}' harus angka dari 0 sampai 1, misalnya 0.6"
    elif not _is_number(value):
        yield f"'{key}' harus angka, misalnya {usual}"
    elif isinstance(usual, int) and not isinstance(value, int):
        yield f"'{key}' harus angka bulat, misalnya {usual}"
    elif value < 0 or (usual > 0 and not value and not key.endswith("weight")):
        yield f"'{key}' harus lebih dari 0, misalnya {usual}"


def _list(project: Project, key: str, value: Any, usual: list[Any]) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"'{key}' harus daftar, misalnya {_shown(usual)}"
    elif {*usual} & project.intents:
        for name in value:
            if name not in project.intents:
                yield f"intent '{name}' {unknown(str(name), project.intents)}"
    elif all(map(_is_number, usual)) and (
        len(value) != len(usual)
        or not all(_is_number(one) and one > 0 for one in value)
        or value != sorted(value)
    ):
        yield f"'{key}' harus {len(usual)} angka, yang kecil dulu, misalnya {_shown(usual)}"


def _shown(values: list[Any]) -> str:
    return f"[{', '.join(map(str, values))}]"


def class_at(name: str) -> Any:
    """What stands under a dotted name; None when there is nothing."""
    module, _, attribute = name.rpartition(".")
    try:
        return getattr(importlib.import_module(module), attribute, None)
    except (ImportError, ValueError):
        return None


def _class_of(name: str) -> Any:
    """The component of that name: by module for ours, from Rasa's list for Rasa's."""
    if "." in name:
        return class_at(name)
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.shared.exceptions import RasaException

    try:
        return DefaultV1Recipe._from_registry(name).clazz
    except RasaException:
        return None
