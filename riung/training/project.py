"""All that trainers and operators edit, read once for `make check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from riung.office.facts import Fact, facts
from riung.office.model import Office
from riung.office.offices import read_offices
from riung.training.code_names import CodeNames
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

OWN_ACTIONS = frozenset({"action_listen", "action_restart", "action_back"})
"""What Rasa brings along."""

OWN_SLOTS = frozenset({"requested_slot", "session_started_metadata"})


@dataclass(frozen=True)
class Project:
    """All files, read once: topic files of `data/`, the domain, the offices and the facts."""

    root: Path
    topics: dict[Path, YamlMapping]
    domain: YamlMapping
    config: YamlMapping
    offices: dict[str, Office]
    facts: dict[str, Fact]

    @cached_property
    def intents(self) -> frozenset[str]:
        """The intents of the domain."""
        return frozenset(map(_name, self.domain["intents"]))

    @cached_property
    def asked_in_words(self) -> frozenset[str]:
        """The intents with examples: what citizens ask, and no tap alone means."""
        blocks = (block for topic in self.topics.values() for block in topic.get("nlu") or ())
        return frozenset(str(block["intent"]) for block in blocks if "intent" in block)

    @cached_property
    def entities(self) -> frozenset[str]:
        """The entities of the domain."""
        return frozenset(map(_name, self.domain.get("entities") or ()))

    @cached_property
    def slots(self) -> frozenset[str]:
        """The slots of the domain, and Rasa's own."""
        return OWN_SLOTS | frozenset(self.domain.get("slots") or ())

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms of the domain."""
        return frozenset(self.domain.get("forms") or ())

    @cached_property
    def responses(self) -> dict[str, tuple[Path, YamlMapping]]:
        """Response name → its file and the file's content."""
        return {
            name: (path, content)
            for path, content in self.topics.items()
            for name in content.get("responses") or ()
        }

    @cached_property
    def actions(self) -> frozenset[str]:
        """What a rule may do: custom actions, forms and responses."""
        own = {*(self.domain.get("actions") or ()), *self.forms}
        return OWN_ACTIONS | own | set(self.responses)

    @cached_property
    def places(self) -> frozenset[str]:
        """What offices and their places are called, in small letters."""
        offices = self.offices.values()
        names = [name for one in offices for name in (one.nama, one.nama_singkat, *one.sebutan)]
        places = [place for one in offices for place in one.tempat]
        names += [name for one in places for name in (one.nama, *one.sebutan)]
        return frozenset(map(str.casefold, names))

    @cached_property
    def kinds(self) -> dict[str, Mapping[str, Any]]:
        """Entity of an application's or a document's kind → the kinds that citizens' words name."""
        written = read_yaml(self.root / "kamus" / "entitas.yml")
        documents = str(written.get("entitas_dokumen", "jenis_dokumen"))
        return {
            "jenis_permohonan": written["jenis_permohonan"],
            documents: written["jenis_dokumen"],
        }

    def office_file(self, office_id: str) -> Path:
        """Where an office is written."""
        return self.root / "offices" / f"{office_id}.yml"

    def of_domain(self, where: tuple[str | int, ...], message: str) -> YamlError:
        """A mistake in `domain.yml`."""
        return YamlError(self.domain.path, line_of(self.domain, where), message)

    @cached_property
    def code(self) -> CodeNames:
        """What Python names."""
        return CodeNames.of(self.root, self.domain.get("actions") or ())


def read_project(root: Path) -> tuple[Project, list[YamlError]]:
    """The project of a folder, and what is wrong with the offices that cannot be read.

    Raises:
        YamlError: a file is not readable.
    """
    found, broken = read_offices(root / "offices")
    project = Project(
        root=root,
        topics={path: read_yaml(path) for path in sorted((root / "data").rglob("*.yml"))},
        domain=read_yaml(root / "domain.yml"),
        config=read_yaml(root / "config.yml"),
        offices=found,
        facts=facts(root),
    )
    return project, broken


def _name(entry: Any) -> str:
    return str(next(iter(entry), "")) if isinstance(entry, dict) else str(entry)
