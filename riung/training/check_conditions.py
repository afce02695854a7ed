"""`make check` of what rules, stories and answers ask of slots: that it can be asked.

A rule compares what a slot says to the policies, which is less than its value, and Rasa trains a
condition that says nothing without a word: it then holds for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from riung.training.project import Project
from riung.validation import unknown
from riung.yaml_files import YamlError, line_of

_ANYTHING = (None, True)
"""Asked of a slot that is only looked at for being set: not set, set."""


def mistaken(project: Project, kind: str, step: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the slots of a step or condition, of a rule ("aturan") or a story."""
    asked = step.get("slot_was_set") or ()
    if asked and kind != "aturan":
        yield "cerita tidak melihat slot; hapus 'slot_was_set', atau tulis aturan"
        return
    for entry in asked:
        for name, value in (entry if isinstance(entry, Mapping) else {str(entry): True}).items():
            if name in project.slots and not (name == "requested_slot" and value is None):
                yield from _of_slot(name, (project.domain.get("slots") or {}).get(name), value)


def in_answers(project: Project) -> Iterator[YamlError]:
    """Conditions of answers that never hold, so that the wording is never said."""
    for path, content in project.topics.items():
        for answer, variations in (content.get("responses") or {}).items():
            for place, variation in enumerate(variations):
                for at, condition in enumerate(variation.get("condition") or ()):
                    where = ("responses", answer, place, "condition", at)
                    for words in _never_said(project, condition["name"], condition["value"]):
                        yield YamlError(path, line_of(content, where), words)


def _never_said(project: Project, name: str, value: Any) -> Iterator[str]:
    """A slot that is not there, or a value not of its kind: `yes` is a word here, no bool."""
    slot = (project.domain.get("slots") or {}).get(name) or {}
    if name not in project.slots:
        yield f"slot '{name}' tidak ada di domain.yml; {unknown(name, project.slots)}"
    elif value is None:
        return
    elif slot.get("type") == "bool" and not isinstance(value, bool):
        yield f"'{name}: {value}' harus true atau false"
    elif slot.get("type") == "float" and type(value) not in (int, float):
        yield f"'{name}: {value}' harus angka, tanpa tanda kutip"
    elif slot.get("type") == "text" and not isinstance(value, str):
        yield f"'{name}: {value}' harus kata dalam tanda kutip"
    elif slot.get("type") == "categorical" and str(value).lower() not in _values(slot):
        yield f"'{value}' bukan nilai slot '{name}'; {unknown(str(value), _values(slot))}"


def _of_slot(name: str, slot: Mapping[str, Any] | None, value: Any) -> Iterator[str]:
    kind = str((slot or {}).get("type"))
    if slot is None or not slot.get("influence_conversation", kind != "any"):
        told = f"slot '{name}' tidak dilihat aturan, jadi aturan ini berlaku untuk semua orang"
        yield f"{told}; beri slot itu 'type: categorical' tanpa 'influence_conversation: false'"
    elif kind in ("text", "list") and value not in _ANYTHING:
        told = f"nilai slot '{name}' tidak dibandingkan, hanya terisi atau tidak"
        yield f"{told}; beri slot itu 'type: categorical' dan daftar 'values'"
    elif value is None:
        return
    elif kind == "bool" and not isinstance(value, bool):
        yield f"'{name}: {value}' harus true atau false"
    elif kind == "float":
        yield from _out_of_range(name, slot, value)
    elif kind == "categorical" and str(value).lower() not in _values(slot):
        yield f"'{value}' bukan nilai slot '{name}'; {unknown(str(value), _values(slot))}"


def _values(slot: Mapping[str, Any]) -> list[str]:
    return [str(value).lower() for value in slot.get("values") or ()]


def _out_of_range(name: str, slot: Mapping[str, Any], value: Any) -> Iterator[str]:
    """A number at the end of the range stands for all beyond it; the range ends at 1 by itself."""
    least, most = slot.get("min_value") or 0.0, slot.get("max_value") or 1.0
    if not isinstance(value, (int, float)):
        yield f"'{name}: {value}' harus angka"
    elif value >= most:
        told = f"'{name}: {value}' juga berlaku untuk angka di atasnya"
        yield f"{told}; tulis 'max_value' lebih dari {value}"
    elif value < least:
        yield f"'{name}: {value}' juga berlaku untuk angka lain; tulis 'min_value' {value}"
