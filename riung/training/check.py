"""`make check`: everything a trainer edits, checked before it is trained or sent.

Each problem is one Indonesian line: file, line, what is wrong, what to write instead.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riung import limits
from riung.dialogue.follow_up_table import read_follow_ups
from riung.dialogue.responses import PLACEHOLDER, fill
from riung.nlu.situations import read_situations
from riung.office.facts import Fact, facts
from riung.office.model import MenuOption, MenuTree, Office, read_office
from riung.settings import ROOT
from riung.training import figures, word_files
from riung.training.rasa_schema import Domain, Topic, misshapen
from riung.training.stories import contradictions
from riung.yaml_files import YamlError, line_of, read_yaml

EDITED = (
    "data",
    "fakta",
    "kamus",
    "kalimat",
    "aturan",
    "offices",
    "config.yml",
    "domain.yml",
)
"""What trainers and operators edit."""

FEWEST_EXAMPLES = 10
"""An intent with fewer examples is guessed, not learned."""

_COMMAND = re.compile(r"^/(\w+)(\{.*\})?$", re.DOTALL)
_EXAMPLE = re.compile(r"^\s*-\s+(.*)$")
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")

_Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Project:
    """All files, read once: topic files of `data/`, the domain, the offices and the facts."""

    topics: dict[Path, Any]
    domain: Any
    offices: dict[Path, Office]
    facts: dict[str, Fact]

    @property
    def intents(self) -> set[str]:
        """The intents of the domain."""
        return {
            str(next(iter(i), "")) if isinstance(i, dict) else i for i in self.domain["intents"]
        }

    @property
    def responses(self) -> dict[str, tuple[Path, Any]]:
        """Response name → its file and the file's content."""
        return {
            name: (path, content)
            for path, content in self.topics.items()
            for name in content.get("responses", ())
        }

    @property
    def actions(self) -> set[str]:
        """What a rule may do: custom actions, forms and responses."""
        own = {*self.domain.get("actions", ()), *self.domain.get("forms", ())}
        return own | set(self.responses) | {"action_listen", "action_restart", "action_back"}


def problems(root: Path = ROOT) -> list[str]:
    """Every problem found, sorted by file and line; empty when all is well."""
    broken = [*_unreadable(root), *map(str, word_files.broken(root))]
    if broken:
        return list(dict.fromkeys(broken))
    try:
        project = _read(root)
    except YamlError as error:
        return [str(error)]
    found = [*_menus(project), *_responses(project), *_rules(project), *_examples(project)]
    found += _situations(project, root / "kamus" / "keadaan.yml")
    found += [*contradictions(project.topics), *_follow_ups(root, project)]
    office_files = sorted((root / "offices").glob("*.yml"))
    found += figures.mistakes(project.facts, project.responses, office_files)
    found += word_files.mistakes(root, project.intents, project.offices.values())
    return sorted({str(problem) for problem in found})


def _unreadable(root: Path) -> Iterator[str]:
    for name in EDITED:
        path = root / name
        for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
            try:
                read_yaml(file)
            except YamlError as error:
                yield str(error)
                continue
            shape = Domain if file.name == "domain.yml" else Topic
            if name in ("data", "domain.yml"):
                yield from map(str, misshapen(file, shape))


def _read(root: Path) -> Project:
    files = sorted((root / "offices").glob("*.yml"))
    return Project(
        topics={path: read_yaml(path) for path in sorted((root / "data").rglob("*.yml"))},
        domain=read_yaml(root / "domain.yml"),
        offices={path: read_office(path) for path in files if "id" in read_yaml(path)},
        facts=facts(root),
    )


def _follow_ups(root: Path, project: Project) -> Iterator[YamlError]:
    path = root / "aturan" / "lanjutan.yml"
    try:
        table = read_follow_ups(path)
    except YamlError as error:
        yield error
        return
    content = read_yaml(path)
    for where, ask in table.commands():
        for message in _target_problems(project, ask.intent, ask.entities):
            yield YamlError(path, line_of(content, where), message)
    for where, intent in table.intents():
        if intent not in project.intents:
            yield YamlError(
                path, line_of(content, where), f"intent '{intent}' tidak ada di domain.yml"
            )


def _menus(project: Project) -> Iterator[YamlError]:
    for path, office in project.offices.items():
        content = read_yaml(path)
        trees: list[tuple[_Location, MenuTree]] = [(("menu",), office.menu)]
        if office.menu.en:
            trees.append((("menu", "en"), office.menu.en))
        for where, leaf in (found for start, tree in trees for found in _leaves(start, tree)):
            for message in _target_problems(project, leaf.tanya, leaf.isi):
                yield YamlError(path, line_of(content, where), f"menu: {message}")


def _leaves(
    where: _Location, branch: MenuTree | MenuOption
) -> Iterator[tuple[_Location, MenuOption]]:
    for place, option in enumerate(branch.pilihan):
        here = (*where, "pilihan", place)
        if option.tanya:
            yield here, option
        yield from _leaves(here, option)


def _target_problems(project: Project, intent: str, entities: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a button's or menu leaf's target."""
    if intent not in project.intents:
        yield f"intent '{intent}' tidak ada di domain.yml"
    topic = entities.get("topik", "") if intent == "rincian" else ""
    if topic and f"utter_rincian_{topic}" not in project.responses:
        yield f"rincian '{topic}' belum punya respons utter_rincian_{topic}"


def _responses(project: Project) -> Iterator[YamlError]:
    for name, (path, content) in project.responses.items():
        for place, variation in enumerate(content["responses"][name]):
            line = line_of(content, ("responses", name, place, "text"))
            for message in _variation_problems(project, name, variation):
                yield YamlError(path, line, f"{name}: {message}")


def _variation_problems(project: Project, name: str, variation: Any) -> Iterator[str]:
    if not isinstance(variation, Mapping) or not variation.get("text"):
        yield "butuh 'text' berisi kalimat jawaban"
        return
    buttons = variation.get("buttons") or []
    for button in buttons:
        yield from _button_problems(project, button)
    for office in project.offices.values():
        yield from _filled_problems(name, variation, len(buttons), office)


def _button_problems(project: Project, button: Any) -> Iterator[str]:
    title, payload = str(button.get("title", "")), str(button.get("payload", ""))
    if not 0 < limits.length(title) <= limits.BUTTON_TITLE:
        yield f"judul tombol '{title}' harus 1 sampai {limits.BUTTON_TITLE} huruf"
    command = _COMMAND.match(payload)
    if command is None:
        yield f"payload tombol '{title}' harus berbentuk /nama_intent"
        return
    try:
        entities = json.loads(command[2]) if command[2] else {}
    except ValueError:
        yield f"payload tombol '{title}': bagian {{…}} bukan JSON"
        return
    yield from _target_problems(project, command[1], entities)


def _filled_problems(
    name: str, variation: Mapping[str, Any], buttons: int, office: Office
) -> Iterator[str]:
    """Placeholders without a value in that office, and texts too long once they are filled."""
    text = str(variation["text"])
    missing = sorted(set(_missing(text, office)))
    if missing:
        yield f"{{{missing[0]}}} belum diisi di offices/{office.id}.yml"
        return
    with_values = dict.fromkeys(PLACEHOLDER.findall(text), "")
    filled = fill(text, with_values, office, name)
    limit = limits.INTERACTIVE_BODY if 0 < buttons <= limits.BUTTONS else limits.TEXT_BODY
    if limits.length(filled) > limit:
        over = limits.length(filled) - limit
        yield f"{over} huruf terlalu panjang untuk WhatsApp (batas {limit}, kantor {office.id})"
    if buttons > limits.LIST_ROWS:
        yield f"paling banyak {limits.LIST_ROWS} tombol"


def _missing(text: str, office: Office, inside: tuple[str, ...] = ()) -> Iterator[str]:
    """Placeholders without a value, also those inside the office's own texts."""
    for name in PLACEHOLDER.findall(text):
        if not name.startswith("kantor."):
            continue
        try:
            value = office.value(name.removeprefix("kantor."))
        except KeyError:
            yield name
            continue
        if name in inside:  # a text that leads back to itself
            yield name
        else:
            yield from _missing(value, office, (*inside, name))


def _situations(project: Project, path: Path) -> Iterator[YamlError]:
    """Special situations without an answer in both languages, or with an unknown intent."""
    known, content = read_situations(path), read_yaml(path)
    for name, situation in known.by_name.items():
        line = line_of(content, ("keadaan", name))
        for intent in {*situation.intents, *situation.after, *situation.also_from}:
            if intent not in project.intents:
                yield YamlError(path, line, f"{name}: intent '{intent}' tidak ada di domain.yml")
        for response in (known.response(name), f"{known.response(name)}_en"):
            if response not in project.responses:
                yield YamlError(path, line, f"{name}: jawaban '{response}' belum ditulis")


def _rules(project: Project) -> Iterator[YamlError]:
    answered: set[str] = set()
    for path, content in project.topics.items():
        for location, rule in _rules_and_stories(content):
            line = line_of(content, location)
            for step in rule["steps"]:
                intent, action = str(step.get("intent", "")), str(step.get("action", ""))
                answered.add(intent)
                if intent and intent not in project.intents | {"nlu_fallback"}:
                    yield YamlError(path, line, f"intent '{intent}' tidak ada di domain.yml")
                if action and action not in project.actions:
                    hint = "tulis responsnya di responses.yml atau periksa ejaannya"
                    yield YamlError(path, line, f"'{action}' tidak ada; {hint}")
    for intent in sorted(project.intents - answered):
        where = ROOT / "domain.yml"
        yield YamlError(where, 1, f"intent '{intent}' belum punya aturan di data/*/rules.yml")


def _rules_and_stories(content: Mapping[str, Any]) -> Iterator[tuple[_Location, Any]]:
    for kind in ("rules", "stories"):
        for place, rule in enumerate(content.get(kind, ())):
            yield (kind, place), rule


def _examples(project: Project) -> Iterator[YamlError]:
    """Intents that the domain does not know, that have few examples in all, or share one."""
    seen: dict[str, tuple[str, YamlError]] = {}
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Path, int]] = {}
    for path, line, intent, examples in _example_blocks(project):
        if intent not in project.intents:
            yield YamlError(path, line, f"intent '{intent}' tidak ada di domain.yml")
        counts[intent] += len(examples)
        first.setdefault(intent, (path, line))
        yield from _twice(seen, intent, path, line, examples)
    for intent, (path, line) in first.items():
        if counts[intent] < FEWEST_EXAMPLES:
            words = f"'{intent}' butuh paling sedikit {FEWEST_EXAMPLES} contoh"
            yield YamlError(path, line, words)


def _example_blocks(project: Project) -> Iterator[tuple[Path, int, str, list[tuple[int, str]]]]:
    """File, line, intent and examples of each block; an intent may have several."""
    for path, content in project.topics.items():
        for place, block in enumerate(content.get("nlu", ())):
            if intent := block.get("intent"):
                line = line_of(content, ("nlu", place, "examples"))
                yield path, line, str(intent), _example_lines(block["examples"])


def _example_lines(block: str) -> list[tuple[int, str]]:
    """The examples, each with its line below `examples: |`."""
    found = ((offset, _EXAMPLE.match(line)) for offset, line in enumerate(block.splitlines(), 1))
    return [
        (offset, _ANNOTATION.sub(r"\1", match[1]).strip().casefold())
        for offset, match in found
        if match
    ]


def _twice(
    seen: dict[str, tuple[str, YamlError]],
    intent: str,
    path: Path,
    line: int,
    examples: list[tuple[int, str]],
) -> Iterator[YamlError]:
    for offset, example in examples:
        here = YamlError(path, line + offset, f"contoh '{example[:60]}'")
        other, there = seen.setdefault(example, (intent, here))
        if other != intent:
            place = f"{there.shown}:{there.line}"
            yield YamlError(
                path, here.line, f"{here.message} juga ada di {other} ({place}); pilih satu"
            )
