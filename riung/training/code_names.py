"""What the programs name in the files that trainers edit: answers, actions, values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from riung.settings import ENGINE

_RESPONSE = re.compile(r"""["'](utter_[a-z0-9_]*[a-z0-9])["']""")
_ACTION = re.compile(r"""action_name\s*(?::\s*\w+\s*)?=\s*["'](\w+)["']""")
_FORM = re.compile(r"""^FORM = ["'](\w+)["']""", re.MULTILINE)
_VALUE = re.compile(r"""\b([a-z][a-z0-9_]*)\s*=|["']([a-z][a-z0-9_]*)["']""")
_IMPORT = re.compile(r"^from actions\.(\w+) import", re.MULTILINE)

DIALOGUE = "riung.dialogue"
"""Stands for all modules that every assistant has: what they name is always needed."""


@dataclass(frozen=True)
class Module:
    """A module of `actions/`: what it names, and which others it imports.

    `said` are the answers with the values that they get, None where that is worked out.
    """

    responses: frozenset[str]
    actions: frozenset[str]
    values: frozenset[str]
    imports: frozenset[str]
    said: Mapping[str, frozenset[str] | None]

    @classmethod
    def of(cls, text: str) -> Module:
        """What a module's text names."""
        forms = {f"validate_{form}" for form in _FORM.findall(text)}
        return cls(
            responses=frozenset(_RESPONSE.findall(text)),
            actions=frozenset(_ACTION.findall(text)) | forms,
            values=frozenset(one or other for one, other in _VALUE.findall(text)),
            imports=frozenset(_IMPORT.findall(text)),
            said=_joined(_said(ast.parse(text))),
        )


@dataclass(frozen=True)
class CodeNames:
    """What the modules name that an assistant uses: those with an action of its domain.

    `known` are the actions of all modules: an assistant need not use what it does not offer.
    """

    responses: frozenset[str]
    actions: frozenset[str]
    values: frozenset[str]
    known: frozenset[str]
    said: Mapping[str, frozenset[str] | None]

    @classmethod
    def of(cls, root: Path, domain_actions: Iterable[str]) -> CodeNames:
        """Read the programs' code, and that of the assistant in `root`."""
        modules = {**_engine_modules(), **_own_modules(root)}
        used = [modules[name] for name in _used(modules, {*domain_actions})]
        return cls(
            responses=frozenset().union(*(one.responses for one in used)),
            actions=frozenset().union(*(one.actions for one in used)),
            values=frozenset().union(*(one.values for one in used)),
            known=frozenset().union(*(one.actions for one in modules.values())),
            said=_joined(entry for one in used for entry in one.said.items()),
        )

    def values_of(self, response: str) -> frozenset[str]:
        """The values that an answer may name: those it gets, or where that is worked out any."""
        worked_out = any("*" in name and fnmatchcase(response, name) for name in self.said)
        told = None if worked_out else self.said.get(response)
        return self.values if told is None else told


def _said(tree: ast.AST) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Each answer of a `….say("utter_…", …)` with its values; `utter_x*` for one put together."""
    for call in ast.walk(tree):
        named = call.args[:1] if isinstance(call, ast.Call) else []
        if not (named and isinstance(call, ast.Call) and _is_say(call.func)):
            continue
        values = frozenset(given.arg for given in call.keywords if given.arg)
        worked_out = any(given.arg is None for given in call.keywords)
        yield from ((name, None if worked_out else values) for name in _names(named[0]))


def _is_say(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr == "say"


def _names(named: ast.expr) -> Iterator[str]:
    if isinstance(named, ast.IfExp):
        yield from (*_names(named.body), *_names(named.orelse))
    elif isinstance(named, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "*" for part in named.values)
        yield "".join(map(str, parts))
    elif isinstance(named, ast.Constant):
        yield str(named.value)


def _joined(said: Iterable[tuple[str, frozenset[str] | None]]) -> dict[str, frozenset[str] | None]:
    """Every answer once, with the values of all its calls."""
    found: dict[str, frozenset[str] | None] = {}
    for name, values in said:
        before = found.get(name, frozenset())
        found[name] = None if values is None or before is None else before | values
    return found


def _used(modules: dict[str, Module], listed: set[str]) -> set[str]:
    """The modules with a listed action, what every assistant has, and what helps these.

    A module that they import has actions of its own, or it is their helper. With actions that
    nobody listed it is another service, which they serve only where an assistant offers it.
    """
    used: set[str] = set()
    waiting = [name for name, one in modules.items() if name == DIALOGUE or one.actions & listed]
    while waiting:
        name = waiting.pop()
        if name in modules and name not in used:
            used.add(name)
            waiting += [one for one in modules[name].imports if _serves(modules, one, listed)]
    return used


def _serves(modules: dict[str, Module], name: str, listed: set[str]) -> bool:
    return name in modules and (not modules[name].actions or bool(modules[name].actions & listed))


@lru_cache(maxsize=1)
def _engine_modules() -> dict[str, Module]:
    found = {path.stem: _read(path) for path in sorted((ENGINE / "actions").glob("*.py"))}
    dialogue = sorted((ENGINE / "riung" / "dialogue").glob("*.py"))
    texts = [path.read_text("utf-8") for path in dialogue]
    return {**found, DIALOGUE: Module.of("\n".join(texts))}


def _own_modules(root: Path) -> dict[str, Module]:
    return {path.stem: _read(path) for path in root.glob("own_actions.py")}


def _read(path: Path) -> Module:
    return Module.of(path.read_text("utf-8"))
