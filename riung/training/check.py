"""`make check`: everything a trainer edits, checked before it is trained or sent.

Each problem is one Indonesian line: file, line, what is wrong, what to write instead. First every
file alone, by the program's own reader; then what only the whole project can tell; at last what
Rasa itself would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from riung.settings import ROOT
from riung.training import (
    check_answers,
    check_config,
    check_examples,
    check_offices,
    check_rules,
    contradictions,
    figures,
    stories,
    word_files,
)
from riung.training.project import Project, read_project
from riung.training.rasa_schema import Domain, Topic, misshapen
from riung.yaml_files import YamlError, read_yaml

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

PARTS: tuple[Callable[[Project], Iterator[YamlError]], ...] = (
    check_rules.mistakes,
    check_answers.mistakes,
    check_examples.mistakes,
    check_offices.mistakes,
    check_config.mistakes,
    word_files.mistakes,
)
"""What needs the whole project; each part says everything it finds."""


def problems(root: Path = ROOT) -> list[str]:
    """Every problem found, sorted by file and line; empty when all is well.

    Whatever happens inside the check is a line too, and never a traceback.
    """
    try:
        return _problems(root)
    except YamlError as error:
        return [str(error)]
    except RecursionError:
        return ["ada nilai yang memuat dirinya sendiri (tanda & dan *); tulis isinya lengkap"]
    except Exception as error:
        return [
            f"pemeriksaan berhenti ({type(error).__name__}: {error}); batalkan suntingan terakhir"
        ]


def _problems(root: Path) -> list[str]:
    broken = [*_unreadable(root), *map(str, word_files.broken(root))]
    if broken:
        return list(dict.fromkeys(broken))
    project, offices = read_project(root)
    found = [error for part in PARTS for error in part(project)]
    office_files = sorted((root / "offices").glob("*.yml"))
    found += stories.contradictions(project.topics)
    found += [*offices, *figures.mistakes(project.facts, project.responses, office_files)]
    if not found:
        found += contradictions.mistakes(project)
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
