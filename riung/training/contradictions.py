"""`make check`: Rasa's own search for contradictions, without training anything else.

Every policy of `config.yml` that learns rules is trained on the rules and stories alone, in memory;
what it refuses is said in Indonesian, with the place of each rule and story it names.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from riung.dialogue.unused import leave_out
from riung.training.project import Project
from riung.yaml_files import YamlError, line_of

_NAMED = re.compile(r"'([^']+)'")
_ACTION = re.compile(r"prediction of the action '([^']+)'")


def mistakes(project: Project) -> Iterator[YamlError]:
    """What Rasa's rule policy refuses; nothing when rules and stories agree."""
    leave_out()
    with _quiet():
        told = _refused(project)
    if told:
        yield from _in_our_words(project, told)


@contextmanager
def _quiet() -> Iterator[None]:
    """Rasa draws progress bars unless its level of logging says otherwise, and tells each step."""
    before, log = os.environ.get("LOG_LEVEL"), structlog.get_config()
    os.environ["LOG_LEVEL"] = "ERROR"
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**log)
        os.environ.pop("LOG_LEVEL")
        os.environ.update({"LOG_LEVEL": before} if before is not None else {})


def _refused(project: Project) -> str:
    """Rasa's words about what contradicts itself; empty when nothing does."""
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.core.generator import TrainingDataGenerator
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.core.training_data.structures import StoryGraph
    from rasa.shared.exceptions import RasaException

    try:
        domain = _domain(project)
        steps = []
        for path, content in project.topics.items():
            told = {key: content[key] for key in ("rules", "stories") if content.get(key)}
            steps += YAMLStoryReader(domain, str(path)).read_from_parsed_yaml(told)
        talks = TrainingDataGenerator(StoryGraph(steps), domain, augmentation_factor=0).generate()
        with tempfile.TemporaryDirectory() as folder:
            context = ExecutionContext(GraphSchema({}), "check")
            storage = LocalModelStorage(Path(folder))
            for policy, config in _rule_policies(project):
                settings = {**policy.get_default_config(), **config}
                policy.create(settings, storage, Resource("check"), context).train(talks, domain)
    except RasaException as error:
        return str(error)
    return ""


def _domain(project: Project) -> Any:
    from rasa.shared.core.domain import Domain

    responses = {name: content["responses"][name] for name, (_, content) in _answers(project)}
    return Domain.from_dict({**project.domain, "responses": responses})


def _answers(project: Project) -> list[tuple[str, tuple[Path, Any]]]:
    return list(project.responses.items())


def _rule_policies(project: Project) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Rasa's policy of that kind, or ours that is made from it, as `config.yml` sets them."""
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.shared.utils.common import class_from_module_path

    for entry in project.config.get("policies") or ():
        name = str(entry["name"])
        policy = class_from_module_path(name) if "." in name else RulePolicy
        if (name == "RulePolicy" or "." in name) and issubclass(policy, RulePolicy):
            yield policy, {key: value for key, value in entry.items() if key != "name"}


def _in_our_words(project: Project, told: str) -> Iterator[YamlError]:
    """A line for each of Rasa's sentences that names a rule or story."""
    places = dict(_places(project))
    found = False
    for sentence in re.split(r"\n\s*-\s+|\n\n", told):
        named = [name for name in _NAMED.findall(sentence) if name in places]
        if not named:
            continue
        found = True
        first, others = places[named[0]], {name: places[name] for name in named[1:]}
        action = _ACTION.search(sentence)
        what = f"di sini '{action[1]}'" if action else "langkahnya berbeda"
        at = ", ".join(f"'{name}' ({one.shown}:{one.line})" for name, one in others.items())
        words = f"'{named[0]}' bertentangan dengan {at or 'aturan lain'}: {what}"
        hint = "samakan langkahnya atau hapus salah satu"
        yield YamlError(first.path, first.line, f"{words}; {hint}")
    if not found:
        rules = next((p for p in project.topics if p.name == "rules.yml"), project.domain.path)
        plain = " ".join(told.split())[:200]
        yield YamlError(rules, 1, f"Rasa menolak aturan atau cerita: {plain}; perbaiki langkahnya")


def _places(project: Project) -> Iterator[tuple[str, YamlError]]:
    for path, content in project.topics.items():
        for kind, key in (("rules", "rule"), ("stories", "story")):
            for place, way in enumerate(content.get(kind) or ()):
                yield str(way.get(key)), YamlError(path, line_of(content, (kind, place)), "")
