"""`make check`: where stories and rules stand in each other's way.

The rules answer a conversation's first turn; a story plays from its second turn on
(`riung.dialogue.story_policy`). So a story whose first turn is not what the rule says can never
begin, and two stories that go the same way must go on alike. Two rules of the same intent leave it
to chance which one answers, also where each has a condition and both may hold: Rasa takes the one
with more letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from riung.yaml_files import YamlError, YamlMapping, line_of


@dataclass(frozen=True)
class _Way:
    """A rule or story: its name, where it stands, and its steps as intents and actions."""

    name: str
    path: Path
    content: YamlMapping
    location: tuple[str, int]
    steps: tuple[str, ...]
    asked: frozenset[tuple[str, str]]
    """What a rule's conditions ask: the form or slot, and what it has to be."""

    def mistake(self, words: str) -> YamlError:
        """A mistake in this way; its line is looked up now, as that takes a slow reading."""
        return YamlError(self.path, line_of(self.content, self.location), words)

    @property
    def place(self) -> str:
        """File and line, as a trainer reads it."""
        here = self.mistake("")
        return f"{here.shown}:{here.line}"


def contradictions(topics: Mapping[Path, Any]) -> Iterator[YamlError]:
    """What stands in each other's way, each with the place of both.

    Args:
        topics: file of `data/` → its content.
    """
    rules = list(_ways(topics, "rules", "rule"))
    free = [way for way in rules if not way.asked]
    stories = list(_ways(topics, "stories", "story"))
    yield from _between_rules(free)
    yield from _between_conditions([way for way in rules if way.asked and way.steps])
    yield from _between_stories(stories)
    answers = {rule.steps[0]: rule for rule in free if len(rule.steps) > 1}
    for story in stories:
        yield from _of_story(story, answers)


def _between_rules(rules: list[_Way]) -> Iterator[YamlError]:
    first: dict[str, _Way] = {}
    for rule in rules:
        if len(rule.steps) < 2 or not rule.steps[0].startswith("intent"):
            continue
        other = first.setdefault(rule.steps[0], rule)
        if other.steps[1:] != rule.steps[1:]:
            words = f"aturan '{rule.name}' bertentangan dengan '{other.name}' ({other.place})"
            yield rule.mistake(f"{words}: satu maksud cukup satu aturan")


def _between_conditions(rules: list[_Way]) -> Iterator[YamlError]:
    for other, rule in combinations(rules, 2):
        if rule.steps[0] != other.steps[0] or not rule.steps[0].startswith("intent"):
            continue
        asks_more = rule.asked < other.asked or other.asked < rule.asked
        if rule.steps != other.steps and not asks_more and not _shut_out(rule.asked, other.asked):
            words = f"aturan '{rule.name}' dan '{other.name}' ({other.place})"
            should = (
                "tulis syarat yang saling meniadakan, misalnya '- nama_slot: null' di salah satu"
            )
            yield rule.mistake(f"{words} bisa berlaku bersamaan; {should}")


def _shut_out(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether the two never hold together, as they ask something to be two things."""
    return any(name == same and is_ != must for name, is_ in one for same, must in other)


def _between_stories(stories: list[_Way]) -> Iterator[YamlError]:
    known: dict[tuple[str, ...], tuple[str, _Way]] = {}
    for story in stories:
        for place, step in enumerate(story.steps):
            if step.startswith("intent"):
                continue
            said, other = known.setdefault(story.steps[:place], (step, story))
            if said != step:
                words = f"cerita '{story.name}' bertentangan dengan '{other.name}' ({other.place})"
                found = f"sesudah langkah yang sama, di sana {said}, di sini {step}"
                yield story.mistake(f"{words}: {found}")
                break


def _of_story(story: _Way, answers: Mapping[str, _Way]) -> Iterator[YamlError]:
    turns = sum(step.startswith("intent") for step in story.steps)
    if turns < 2:
        words = "baru bermakna mulai giliran kedua; untuk satu giliran tulis aturan di rules.yml"
        yield story.mistake(f"cerita '{story.name}' {words}")
        return
    rule = answers.get(story.steps[0])
    told = _first_turn(story.steps)
    if rule and told != rule.steps[1:]:
        words = f"cerita '{story.name}' bertentangan dengan aturan '{rule.name}' ({rule.place})"
        should = f"giliran pertamanya harus {', '.join(rule.steps[1:])}"
        yield story.mistake(f"{words}: {should}")


def _first_turn(steps: tuple[str, ...]) -> tuple[str, ...]:
    """The actions up to the second intent."""
    second = next(n for n, step in enumerate(steps) if n and step.startswith("intent"))
    return steps[1:second]


def _ways(topics: Mapping[Path, Any], kind: str, key: str) -> Iterator[_Way]:
    for path, content in topics.items():
        for place, way in enumerate(content.get(kind, ())):
            told = [list(filter(None, map(_step, _either(one)))) for one in way.get("steps", ())]
            asked = frozenset(_asked(way.get("condition") or ()))
            for steps in product(*filter(None, told)):
                yield _Way(str(way.get(key, "")), path, content, (kind, place), steps, asked)


def _either(step: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """What may stand in the place of a step: itself, or what stands under its `or`."""
    return step.get("or") or (step,)


def _asked(conditions: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for condition in conditions:
        if "active_loop" in condition:
            yield "active_loop", str(condition["active_loop"])
        for entry in condition.get("slot_was_set") or ():
            one = entry if isinstance(entry, Mapping) else {entry: True}
            yield from ((f"slot {name}", str(value)) for name, value in one.items())


def _step(step: Mapping[str, Any]) -> str:
    for key in ("intent", "action"):
        if step.get(key):
            return f"{key} {step[key]}"
    return ""
