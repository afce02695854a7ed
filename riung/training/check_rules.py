"""`make check` of rules, stories, slots and forms: what they name is there and can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import actions
from actions.isian import FormCheck
from riung.training.check_conditions import in_answers, mistaken
from riung.training.check_ways import answers_always
from riung.training.project import Project
from riung.validation import nearest, unknown
from riung.yaml_files import YamlError, line_of

_Location = tuple["str | int", ...]

FALLBACK = "nlu_fallback"

ENGLISH = "_en"
"""Ends the name of an answer in English."""


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything, with file and line."""
    yield from _same_names(project)
    answered: set[str] = set()
    sometimes: set[str] = set()
    for path, content in project.topics.items():
        for where, rule in _ways(content):
            for at, message in _of_way(project, where, rule):
                yield YamlError(path, line_of(content, at), message)
            if where[0] == "rules":
                (answered if answers_always(rule) else sometimes).update(_intents(rule))
    for place, entry in enumerate(project.domain["intents"]):
        intent = str(next(iter(entry), "")) if isinstance(entry, dict) else str(entry)
        if intent not in answered:
            words = f"intent '{intent}' belum punya aturan di data/*/rules.yml; tulis aturannya"
            if intent in sometimes:
                only = f"aturan intent '{intent}' bersyarat"
                words = f"{only}; tulis juga aturannya tanpa 'condition' dan 'entities'"
            yield project.of_domain(("intents", place), words)
    yield from in_answers(project)
    yield from _forms(project)
    yield from _actions(project)


def _same_names(project: Project) -> Iterator[YamlError]:
    """Rules and stories of one name: who is told of one by its name looks at the other."""
    first: dict[tuple[str, str], YamlError] = {}
    for path, content in project.topics.items():
        for where, way in _ways(content):
            kind, key = ("aturan", "rule") if where[0] == "rules" else ("cerita", "story")
            name = str(way.get(key) or "")
            here = YamlError(path, line_of(content, (*where, key)), "")
            other = first.setdefault((kind, name.casefold().strip()), here)
            if name and other is not here:
                words = f"{kind} '{name}' sudah ada di {other.shown}:{other.line}"
                yield YamlError(path, here.line, f"{words}; beri nama lain, atau hapus salah satu")


def _ways(content: Mapping[str, Any]) -> Iterator[tuple[_Location, Any]]:
    for kind in ("rules", "stories"):
        for place, rule in enumerate(content.get(kind) or ()):
            yield (kind, place), rule


def _intents(rule: Mapping[str, Any]) -> set[str]:
    alternatives = [one for step in rule["steps"] for one in step.get("or") or ()]
    return {str(step.get("intent", "")) for step in (*rule["steps"], *alternatives)}


def _of_way(project: Project, where: _Location, rule: Any) -> Iterator[tuple[_Location, str]]:
    kind = "aturan" if where[0] == "rules" else "cerita"
    name = rule.get("rule" if where[0] == "rules" else "story")
    if not name:
        yield where, f"{kind} butuh nama; tulis '- {'rule' if kind == 'aturan' else 'story'}: …'"
    steps = rule["steps"]
    if not any(step.get("action") or step.get("bot") or "active_loop" in step for step in steps):
        yield where, f"{kind} '{name}' tidak melakukan apa-apa; tambahkan '- action: utter_…'"
    for part, entries in (("condition", rule.get("condition") or ()), ("steps", steps)):
        for place, step in enumerate(entries):
            for one in (step, *(step.get("or") or ())):
                for message in mistaken(project, kind, one):
                    yield (*where, part, place), message
                for within, message in _of_step(project, one):
                    yield (*where, part, place, *(within if one is step else ())), message


def _of_step(project: Project, step: Mapping[str, Any]) -> Iterator[tuple[_Location, str]]:
    intent, action = str(step.get("intent") or ""), str(step.get("action") or "")
    if intent and intent not in project.intents | {FALLBACK}:
        yield (
            ("intent",),
            f"intent '{intent}' tidak ada di domain.yml{nearest(intent, project.intents)}",
        )
    if action and action not in project.actions:
        hint = "tulis responsnya di responses.yml atau periksa ejaannya"
        yield ("action",), f"'{action}' {unknown(action, project.actions)}; {hint}"
    if action.endswith(ENGLISH) and action.removesuffix(ENGLISH) in project.actions:
        said = f"'{action}' hanya untuk percakapan berbahasa Inggris, dan dipilih sendiri"
        yield ("action",), f"{said}; tulis '{action.removesuffix(ENGLISH)}'"
    loop = step.get("active_loop")
    if loop and loop not in project.forms:
        words = f"isian '{loop}' tidak ada di bagian forms domain.yml{nearest(loop, project.forms)}"
        yield ("active_loop",), words
    for place, name in enumerate(_names(step.get("slot_was_set"))):
        if name not in project.slots:
            words = f"slot '{name}' tidak ada di domain.yml{nearest(name, project.slots)}"
            yield ("slot_was_set", place), words
    for place, name in enumerate(_names(step.get("entities"))):
        if name not in project.entities | {"role", "group", "value"}:
            words = f"entitas '{name}' tidak ada di domain.yml{nearest(name, project.entities)}"
            yield ("entities", place), words


def _names(entries: Any) -> Iterator[str]:
    for entry in entries or ():
        yield str(next(iter(entry), "")) if isinstance(entry, Mapping) else str(entry)


def _forms(project: Project) -> Iterator[YamlError]:
    checked = _checked_slots()
    for form, entry in (project.domain.get("forms") or {}).items():
        for slot in sorted(checked.get(form, frozenset()) - {*entry["required_slots"]}):
            words = f"isian {form} butuh '{slot}' untuk program; tulis lagi '- {slot}'"
            yield project.of_domain(("forms", form, "required_slots"), words)
        for place, slot in enumerate(entry["required_slots"]):
            where: _Location = ("forms", form, "required_slots", place)
            if slot not in project.slots:
                words = f"slot '{slot}' tidak ada di bagian slots{nearest(slot, project.slots)}"
                yield project.of_domain(where, words)
            elif not {f"utter_ask_{slot}", f"action_ask_{slot}"} & project.actions:
                words = f"slot '{slot}' belum punya pertanyaan; tulis respons utter_ask_{slot}"
                yield project.of_domain(where, words)
        ignored = entry.get("ignored_intents") or ()
        for intent in (ignored,) if isinstance(ignored, str) else ignored:
            if intent not in project.intents:
                words = f"intent '{intent}' {unknown(intent, project.intents)}"
                yield project.of_domain(("forms", form, "ignored_intents"), words)
        yield from _filled_by_its_beginning(project, form, entry["required_slots"])
    yield from _mappings(project)


def _filled_by_its_beginning(
    project: Project, form: str, required: Iterable[str]
) -> Iterator[YamlError]:
    """Slots that the message which begins the form fills, so that their questions are not asked."""
    first: dict[tuple[Any, ...], str] = {}
    slots = project.domain.get("slots") or {}
    for slot in (one for one in required if one in slots):
        for place, mapping in enumerate(slots[slot]["mappings"]):
            conditions, words = mapping.get("conditions") or (), ""
            if mapping["type"] in ("from_text", "from_intent"):
                if not (conditions and all(one.get("requested_slot") for one in conditions)):
                    asked = f"conditions: [{{active_loop: {form}, requested_slot: {slot}}}]"
                    words = f"slot '{slot}' terisi oleh setiap pesan, juga yang memulai isian"
                    words = f"{words}; tambahkan '{asked}'"
            elif mapping["type"] == "from_entity" and not conditions:
                entity = tuple(mapping.get(key) for key in ("entity", "role", "group"))
                other = first.setdefault(entity, slot)
                if other != slot:
                    words = f"slot '{slot}' terisi bersama '{other}' oleh pesan yang memulai isian"
                    words = f"{words}; tambahkan 'conditions: [{{active_loop: {form}}}]'"
            if words:
                yield project.of_domain(("slots", slot, "mappings", place), words)


def _mappings(project: Project) -> Iterator[YamlError]:
    """What the mappings of slots name, and nobody knows."""
    known = {
        "entity": ("entitas", project.entities),
        "action": ("action", project.actions),
        "intent": ("intent", project.intents),
        "not_intent": ("intent", project.intents),
    }
    asked = {slot for form in project.forms for slot in _checked_slots().get(form, ())}
    for slot, entry in (project.domain.get("slots") or {}).items():
        for place, mapping in enumerate(entry["mappings"]):
            where = ("slots", slot, "mappings", place)
            if slot in asked and mapping["type"] != "custom":
                words = (
                    f"slot '{slot}' diisi program, jadi tidak ditanyakan lagi bila diisi di sini"
                )
                yield project.of_domain(where, f"{words}; tulis '- type: custom'")
            for key, (kind, names) in known.items():
                named = mapping.get(key) or ()
                for name in (named,) if isinstance(named, str) else named:
                    if name not in names:
                        words = f"{kind} '{name}' {unknown(name, names)}"
                        yield project.of_domain((*where, key), words)
            yield from _of_conditions(project, where, mapping)


def _of_conditions(
    project: Project, where: _Location, mapping: Mapping[str, Any]
) -> Iterator[YamlError]:
    """A form or slot of a mapping's conditions that is not there: the slot is never filled."""
    for place, condition in enumerate(mapping.get("conditions") or ()):
        for key, known in (("active_loop", project.forms), ("requested_slot", project.slots)):
            name = condition.get(key)
            if name and name not in known:
                words = f"'{key}: {name}' {unknown(name, known)}"
                yield project.of_domain((*where, "conditions", place, key), words)


@lru_cache(maxsize=1)
def _checked_slots() -> dict[str, frozenset[str]]:
    """Form → the slots whose answers the programs need, of all forms that they know."""
    for module in iter_modules(actions.__path__):
        import_module(f"{actions.__name__}.{module.name}")
    forms = (one for one in FormCheck.__subclasses__() if getattr(one, "action_name", ""))
    return {one.action_name.removeprefix("validate_"): frozenset(one.checks) for one in forms}


def _actions(project: Project) -> Iterator[YamlError]:
    """Actions of the domain that no program does, and those of programs that it lacks."""
    listed = project.domain.get("actions") or []
    for place, action in enumerate(listed):
        if action not in project.code.known:
            words = f"'{action}' tidak ada di program{nearest(action, project.code.known)}"
            yield project.of_domain(("actions", place), words)
    for action in sorted(project.code.actions - {*listed}):
        yield project.of_domain(
            ("actions",), f"'{action}' dipakai program; tulis '- {action}' di bagian actions"
        )
