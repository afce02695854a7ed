"""Why the bot answered as it did: read from a conversation's events and the files that it follows.

Nothing is run again, so that what is shown is what happened; a value of the answer is found by
laying the answer beside its template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riung.privacy import mask
from riung.settings import ENGINE, ROOT
from riung.yaml_files import line_of, read_yaml, shown

Json = Mapping[str, Any]

RANKED = 5
"""Meanings that are shown, the likeliest first."""

_FOLLOW_UPS = "aturan/lanjutan.yml"
_CALL = re.compile(r"\bbackend(?:\(\))?\.(\w+)\(")
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


@dataclass(frozen=True)
class Place:
    """Where something is written."""

    file: str
    line: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass
class Step:
    """One thing the bot did: who decided it, where that is written, and what was said."""

    action: str
    policy: str = ""
    decided: list[Place] = field(default_factory=list)
    written: list[Place] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    said: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Explanation:
    """What became of one message; all texts are masked."""

    text: str
    intent: str
    ranking: list[tuple[str, float]]
    found: list[tuple[str, str, str]]
    """What parsers found: kind, value, and which one."""
    steps: list[Step]
    remembered: dict[str, str]
    """Slots that the message changed."""


def explain(events: Sequence[Json], message_id: str, root: Path) -> Explanation | None:
    """Why a message was answered so; None when it is not among the events.

    Args:
        events: of its conversation, as Rasa's tracker tells them, oldest first.
        message_id: as its `user` event has it.
        root: the folder with the edited files that were in force.
    """
    users = [place for place, event in enumerate(events) if event.get("event") == "user"]
    mine = [place for place in users if events[place].get("message_id") == message_id]
    if not mine:
        return None
    end = next((place for place in users if place > mine[-1]), len(events))
    message, after = events[mine[-1]], events[mine[-1] + 1 : end]
    parsed = message.get("parse_data") or {}
    intent = str((parsed.get("intent") or {}).get("name") or "")
    return Explanation(
        text=mask(str(message.get("text") or "")),
        intent=intent,
        ranking=[
            (str(one.get("name")), float(one.get("confidence") or 0))
            for one in (parsed.get("intent_ranking") or [parsed.get("intent") or {}])[:RANKED]
        ],
        found=[
            (str(one.get("entity")), mask(str(one.get("value"))), str(one.get("extractor") or ""))
            for one in parsed.get("entities") or ()
        ],
        steps=_steps(after, intent, root),
        remembered={
            str(event["name"]): mask(str(event.get("value")))
            for event in after
            if event.get("event") == "slot" and event.get("value") is not None
        },
    )


def _steps(events: Sequence[Json], intent: str, root: Path) -> list[Step]:
    made: list[Step] = []
    for event in events:
        if event.get("event") == "action" and event.get("name") != "action_listen":
            made.append(_step(str(event["name"]), str(event.get("policy") or ""), intent, root))
        elif event.get("event") == "bot" and event.get("text") and made:
            _say(made[-1], event, root)
    return made


def _step(action: str, policy: str, intent: str, root: Path) -> Step:
    step = Step(action, re.sub(r"^policy_\d+_", "", policy).rpartition(".")[2])
    if "Topic" in step.policy:
        step.decided = [Place(_FOLLOW_UPS, 1)]
    else:
        kind = "stories" if "Story" in step.policy else "rules"
        step.decided = list(decisions(root, kind, intent, action))
    if found := action_place(action):
        step.written, step.calls = [found[0]], found[1]
    return step


def decisions(root: Path, kind: str, intent: str, action: str) -> Iterator[Place]:
    """The rules or stories in which the action follows the intent."""
    key = {"rules": "rule", "stories": "story"}[kind]
    for path in sorted((root / "data").glob(f"*/{kind}.yml")):
        content = read_yaml(path)
        for number, one in enumerate(content.get(kind) or ()):
            steps = [step for step in one.get("steps") or () if isinstance(step, dict)]
            heard = False
            for step in steps:
                heard = heard or intent in _intents(step)
                if heard and step.get("action") == action:
                    where = line_of(content, (kind, number))
                    yield Place(str(_from(path, root)), where, str(one.get(key)))
                    break


def _intents(step: Json) -> set[str]:
    several = step.get("or") or [step]
    return {str(one.get("intent")) for one in several if isinstance(one, dict)}


def action_place(action: str) -> tuple[Place, list[str]] | None:
    """Where an action is programmed, and what it asks the backend for; None for a plain answer."""
    named = re.compile(rf'action_name\s*(?::[^=\n]*)?=\s*"{re.escape(action)}"')
    for path in (ROOT / "own_actions.py", *sorted((ENGINE / "actions").glob("*.py"))):
        text = path.read_text("utf-8") if path.exists() else ""
        if found := named.search(text):
            line = text.count("\n", 0, found.start()) + 1
            own = re.split(r"(?m)^class ", text[found.start() :])[0]
            return Place(str(shown(path)), line), list(dict.fromkeys(_CALL.findall(own)))
    return None


def _say(step: Step, event: Json, root: Path) -> None:
    """Note what was said, where its words are written, and with which values."""
    text = str(event["text"])
    step.said = f"{step.said}\n\n{mask(text)}".strip()
    name = str((event.get("metadata") or {}).get("utter_action") or step.action)
    for path in sorted((root / "data").glob("*/responses.yml")):
        content = read_yaml(path)
        responses = content.get("responses") or {}
        for one in (f"{name}_en", name):
            if one in responses and (values := values_in(text, responses[one])) is not None:
                where = line_of(content, ("responses", one))
                step.written.append(Place(str(_from(path, root)), where, one))
                step.values |= {key: mask(value) for key, value in values.items()}
                return


def values_in(said: str, variations: Sequence[Json]) -> dict[str, str] | None:
    """The values in an answer, by its template; None when it was not made from any of these."""
    for one in variations:
        parts = _PLACEHOLDER.split(str(one.get("text") or "").strip())
        words, names = parts[::2], parts[1::2]
        pattern = "(.*?)".join(map(re.escape, words))
        if found := re.search(rf"{pattern}(?:\n|$)", said, re.DOTALL):
            return dict(zip(names, found.groups(), strict=True))
    return None


def _from(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
