"""What the picture of the dialogue shows: menus, rules, stories and forms as trees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from riung.intents import read_intents
from riung.nlu.situations import read_situations
from riung.settings import ENGINE
from riung.training.advice import unused_answers
from riung.training.project import Project
from riung.validation import edited_file
from riung.yaml_files import line_of, read_yaml

Kind = Literal["menu", "rule", "answer", "action"]

_COMMAND = re.compile(r"(?<![\w/:.])/([a-z_]+)")
_ASKED = re.compile(r"""^\s*(?:- \{)?.*?\btanya: (\w+)""", re.MULTILINE)
_ANSWER = re.compile(r"^  (utter_\w+):", re.MULTILINE)
_QUOTED = re.compile(r"""["']/?([a-z_]+)(?:["'{])""")


@dataclass(frozen=True)
class Node:
    """A part of the dialogue: what it is called, where it stands, what follows."""

    title: str
    kind: Kind
    place: str
    children: tuple[Node, ...] = ()
    is_lost: bool = False

    def all(self) -> Iterator[Node]:
        """The node and everything below it."""
        yield self
        for child in self.children:
            yield from child.all()


@dataclass(frozen=True)
class _Answers:
    """Where answers stand, and what nothing leads to."""

    project: Project
    places: Mapping[str, str]
    unused: frozenset[str]
    asked: frozenset[str]
    rules: Mapping[str, tuple[str, str]]
    """Intent → what its rule does, and where the rule stands."""

    def node(self, action: str) -> Node:
        kind: Kind = "answer" if action.startswith("utter_") else "action"
        place = self.places.get(action, "domain.yml")
        return Node(action, kind, place, is_lost=place in self.unused)

    def below(self, intent: str) -> tuple[Node, ...]:
        rule = self.rules.get(intent)
        return (self.node(rule[0]),) if rule else ()


def trees(project: Project) -> list[Node]:
    """A tree for each file with menu rows, and one each for rules, stories, forms and answers."""
    answers = _answers(project)
    menus = list(_menus(answers))
    rules = Node("Aturan", "rule", "data/*/rules.yml", tuple(_ways(answers, "rules", "rule")))
    stories = Node(
        "Cerita", "rule", "data/*/stories.yml", tuple(_ways(answers, "stories", "story"))
    )
    forms = Node("Isian", "rule", "domain.yml", tuple(_forms(answers)))
    lost = [answers.node(name) for name, at in answers.places.items() if at in answers.unused]
    unused = Node("Jawaban yang tidak dipakai", "answer", "data/*/responses.yml", tuple(lost))
    return [*menus, rules, stories, forms, *([unused] if lost else [])]


def _answers(project: Project) -> _Answers:
    places: dict[str, str] = {}
    rules: dict[str, tuple[str, str]] = {}
    for path, content in project.topics.items():
        text = path.read_text("utf-8")
        for found in _ANSWER.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            places[found[1]] = _at(project, path, line)
        for place, rule in enumerate(content.get("rules") or ()):
            intent, action = _first(rule["steps"], "intent"), _first(rule["steps"], "action")
            if intent and action:
                at = _at(project, path, line_of(content, ("rules", place)))
                rules.setdefault(intent, (action, at))
    unused = {_at(project, one.path, one.line) for one in unused_answers(project)}
    return _Answers(project, places, frozenset(unused), frozenset(_asked(project)), rules)


def _asked(project: Project) -> set[str]:
    """Intents that a message, a button, a menu row or a program leads to."""
    found = set(read_intents(edited_file("aturan/maksud.yml", project.root)).named())
    for name in ("jawaban", "jawaban_layanan"):
        found |= {*read_yaml(edited_file(f"kamus/{name}.yml", project.root))}
    files = (edited_file(f"kamus/{name}.yml", project.root) for name in ("keadaan", "pertanyaan"))
    for file in (file for file in files if file.exists()):
        named = read_situations(file).by_name.values()
        found |= {intent for one in named for intent in one.intents}
    for path, content in project.topics.items():
        found |= {str(block.get("intent")) for block in content.get("nlu") or ()}
        if path.name == "responses.yml":
            found |= {*_COMMAND.findall(path.read_text("utf-8"))}
    for folder in ("offices", "aturan", "kalimat"):
        for path in sorted((project.root / folder).glob("*.yml")):
            text = path.read_text("utf-8")
            found |= {*_COMMAND.findall(text), *_ASKED.findall(text)}
    programs = ((ENGINE / folder).glob("*.py") for folder in ("actions", "riung/dialogue"))
    for path in (path for folder in programs for path in folder):
        found |= {*_QUOTED.findall(path.read_text("utf-8"))}
    return found | {"nlu_fallback"}


def _menus(answers: _Answers) -> Iterator[Node]:
    """The menu that offices share, and the rows of their own that offices add to it."""
    for path in sorted((answers.project.root / "offices").glob("*.yml")):
        content = read_yaml(path)
        menu = content.get("menu") or {}
        children = tuple(
            row
            for key in ("pilihan", "tambah")
            for row in _rows(answers, content, ("menu", key), menu.get(key) or ())
        )
        if children:
            yield Node(f"Menu {path.stem}", "menu", _at(answers.project, path, 1), children)


def _rows(
    answers: _Answers, content: Any, where: tuple[str | int, ...], rows: Sequence[Any]
) -> Iterator[Node]:
    for place, row in enumerate(rows):
        here = (*where, place)
        at = _at(answers.project, content.path, line_of(content, here))
        intent = str(row.get("tanya") or "")
        below = tuple(_rows(answers, content, (*here, "pilihan"), row.get("pilihan") or ()))
        title = f"{place + 1}. {row.get('label')}" + (f" → {intent}" if intent else "")
        lost = bool(intent) and intent not in answers.rules
        yield Node(title, "menu", at, below or answers.below(intent), lost)


def _ways(answers: _Answers, kind: str, key: str) -> Iterator[Node]:
    for path, content in answers.project.topics.items():
        for place, way in enumerate(content.get(kind) or ()):
            at = _at(answers.project, path, line_of(content, (kind, place)))
            intent = _first(way["steps"], "intent")
            lost = bool(intent) and intent not in answers.asked
            yield Node(str(way.get(key)), "rule", at, _steps(answers, way["steps"], at), lost)


def _steps(answers: _Answers, steps: Sequence[Mapping[str, Any]], at: str) -> tuple[Node, ...]:
    """The steps, each below the one before."""
    below: tuple[Node, ...] = ()
    for step in reversed(steps):
        if step.get("action"):
            node = answers.node(str(step["action"]))
            below = (Node(node.title, node.kind, node.place, below, node.is_lost),)
        else:
            key, value = next(iter(step.items()))
            below = (Node(f"{key}: {value}", "rule", at, below),)
    return below


def _forms(answers: _Answers) -> Iterator[Node]:
    domain = answers.project.domain
    for form, entry in (domain.get("forms") or {}).items():
        at = _at(answers.project, domain.path, line_of(domain, ("forms", form)))
        asked = tuple(_slot(answers, str(slot), at) for slot in entry["required_slots"])
        yield Node(str(form), "rule", at, asked)


def _slot(answers: _Answers, slot: str, at: str) -> Node:
    asks = f"action_ask_{slot}" if f"action_ask_{slot}" in answers.project.actions else ""
    return Node(slot, "rule", at, (answers.node(asks or f"utter_ask_{slot}"),))


def _first(steps: Sequence[Mapping[str, Any]], key: str) -> str:
    return next((str(step[key]) for step in steps if step.get(key)), "")


def _at(project: Project, path: Path, line: int) -> str:
    shown = path.relative_to(project.root) if path.is_relative_to(project.root) else path
    return f"{shown}:{line}"
