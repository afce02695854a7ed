"""What the programs name in the files that trainers edit: answers, actions, values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
    """A module of `actions/`: what it names, and which others it imports."""

    responses: frozenset[str]
    actions: frozenset[str]
    values: frozenset[str]
    imports: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Module:
        """What a module's text names."""
        forms = {f"validate_{form}" for form in _FORM.findall(text)}
        return cls(
            responses=frozenset(_RESPONSE.findall(text)),
            actions=frozenset(_ACTION.findall(text)) | forms,
            values=frozenset(one or other for one, other in _VALUE.findall(text)),
            imports=frozenset(_IMPORT.findall(text)),
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
        )


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
