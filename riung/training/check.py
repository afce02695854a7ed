"""`make check`: everything a trainer edits, checked before it is trained or sent.

Each problem is one Indonesian line: file, line, what is wrong, what to write instead. First every
file alone, by the program's own model; then what only the whole project can tell; at last what
Rasa itself would refuse.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from riung.settings import ROOT
from riung.training import (
    check_answers,
    check_config,
    check_connections,
    check_examples,
    check_facts,
    check_office_keys,
    check_offices,
    check_reviewed,
    check_rules,
    check_ways,
    contradictions,
    conversation_files,
    figures,
    stories,
    word_files,
)
from riung.training.edited_files import edited
from riung.training.project import Project, read_project
from riung.validation import read_as
from riung.yaml_faults import of_file
from riung.yaml_files import YamlError

EDITED = (
    "data",
    "fakta",
    "kamus",
    "kalimat",
    "aturan",
    "offices",
    "tests/percakapan",
    "ulasan",
    "config.yml",
    "domain.yml",
)
"""What trainers and operators edit."""

PARTS: tuple[Callable[[Project], Iterator[YamlError]], ...] = (
    check_rules.mistakes,
    check_ways.mistakes,
    check_answers.mistakes,
    check_examples.mistakes,
    check_offices.mistakes,
    check_office_keys.mistakes,
    check_config.mistakes,
    check_connections.mistakes,
    check_facts.mistakes,
    check_reviewed.mistakes,
    word_files.mistakes,
    conversation_files.mistakes,
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
        return [str(_unexpected(root, error))]


def _unexpected(root: Path, error: Exception) -> YamlError:
    """Most likely the file that was saved last made it."""
    (root / "models").mkdir(exist_ok=True)
    log = root / "models" / "check.log"
    log.write_text("".join(traceback.format_exception(error)), "utf-8")
    newest = max(_edited_files(root), key=lambda path: path.stat().st_mtime)
    words = f"pemeriksaan berhenti ({type(error).__name__}); batalkan suntingan terakhir"
    return YamlError(newest, 1, f"{words}, atau laporkan models/{log.name}")


def _edited_files(root: Path) -> list[Path]:
    found = [root / name for name in EDITED if (root / name).is_file()]
    return found + [path for name in EDITED for path in (root / name).rglob("*.yml")]


def _problems(root: Path) -> list[str]:
    unreadable = list(dict.fromkeys(map(str, broken(root))))
    unreadable = unreadable or list(map(str, _half_of_word(root)))
    if unreadable:
        return unreadable
    project, offices = read_project(root)
    found = [error for part in PARTS for error in part(project)]
    office_files = sorted((root / "offices").glob("*.yml"))
    found += stories.contradictions(project.topics)
    found += [*offices, *figures.mistakes(project.facts, project.responses, office_files)]
    if not found:
        found += contradictions.mistakes(project)
    return sorted({str(problem) for problem in found})


def broken(root: Path) -> Iterator[YamlError]:
    """The first mistake of each file that its program could not read."""
    yield from _passed_over(root)
    for path, model in edited(root):
        try:
            read_as(path, model)
        except YamlError as error:
            yield error


def _half_of_word(root: Path) -> Iterator[YamlError]:
    """Values that begin with a quotation mark of Word, which YAML takes for a letter."""
    for path in _edited_files(root):
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if _WORD_QUOTE.match(line):
                words = 'tanda kutip dari Word di awal nilai ini; ketik ulang dengan "'
                yield YamlError(path, number, words)


_WORD_QUOTE = re.compile(r"""\s*(?:- )?[\w.]+:\s*[“”„][^“”„]*"$""")


def _passed_over(root: Path) -> Iterator[YamlError]:
    """Files that somebody meant to be read, with an ending that no program looks for."""
    for folder in map(root.joinpath, EDITED):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            meant = _MEANT.match(path.name)
            if path.is_dir() and path.suffix == ".yml":
                yield YamlError(path, *of_file(path))
            elif meant and not path.name.endswith(".yml"):
                words = f"berkas ini tidak dibaca; ganti namanya menjadi {meant[1]}.yml, atau hapus"
                yield YamlError(path, 1, words)


_MEANT = re.compile(r"(.+?)\.ya?ml(\.txt|\.yml)?$", re.IGNORECASE)
"""What a text editor makes of a name."""
