"""What the documents name exists, and what exists is named where people look for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

from riung.cli import COMMANDS
from riung.office.facts import facts
from riung.settings import ROOT
from riung.yaml_files import read_yaml

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OPERATION, DEVELOPMENT, TRAINING = (
    ROOT / "docs" / f"{name}.md" for name in ("operations", "developers", "pelatih")
)
MADE_WHILE_RUNNING = ("var/", "models/", "reports/", ".venv", ".env")
"""Paths that a checkout does not hold but documents may name."""

VARIABLE = re.compile(r"\b(?:RIUNG|WHATSAPP)_[A-Z_]*[A-Z]\b")
TARGETS = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M)
KNOWN_VARIABLES = {
    name
    for place in ("riung/**/*.py", "tests/**/*.py", "scripts/*", "benchmarks/**/*.py", "Makefile")
    for path in ROOT.glob(place)
    if path.is_file() and path.name != "test_docs.py"
    for name in VARIABLE.findall(path.read_text("utf-8", "replace"))
}


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def code_of(path: Path) -> list[str]:
    """What stands in backticks or in indented blocks."""
    text = text_of(path)
    return [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^(?: {4}|\t)(.+)$", text, re.M)]


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.name))
def document(request: pytest.FixtureRequest) -> Path:
    """Each document in turn."""
    path: Path = request.param
    return path


def test_every_make_command_exists(document: Path) -> None:
    named = {
        target for code in code_of(document) for target in re.findall(r"\bmake ([a-z-]+)", code)
    }

    assert named - set(TARGETS) == set()


def test_every_riung_command_exists(document: Path) -> None:
    named = set(re.findall(r"riung\.cli (\w+)", text_of(document)))

    assert named - set(COMMANDS) == set()


def test_every_variable_exists(document: Path) -> None:
    assert set(VARIABLE.findall(text_of(document))) - KNOWN_VARIABLES == set()


def test_every_path_exists(document: Path) -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    candidates = {
        word.strip("()'\"").rstrip(".,:;")
        for code in code_of(document)
        for word in code.split()
        if "/" in word and word.split("/")[0] in folders | {"tests", "docs"}
    }
    named = {
        path
        for path in candidates
        if not path.startswith(MADE_WHILE_RUNNING) and not re.search(r"[<>…*=]|\.\.", path)
    }

    assert [path for path in sorted(named) if not (ROOT / path.split(":")[0]).exists()] == []


def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text_of(document))

    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_every_variable_of_the_settings_is_explained_to_operators() -> None:
    read = VARIABLE.findall(text_of(ROOT / "riung" / "settings.py"))
    read += VARIABLE.findall(text_of(ROOT / "riung" / "clock.py"))
    table = "\n".join(line for line in text_of(OPERATION).splitlines() if line.startswith("| `"))

    assert [name for name in sorted(set(read)) if f"`{name}`" not in table] == []


def test_every_dependency_is_explained_to_developers() -> None:
    project = tomli.loads(text_of(ROOT / "pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[=<>\[]", requirement)[0] for requirement in wanted]

    assert [name for name in names if f"`{name}`" not in text_of(DEVELOPMENT)] == []


def test_no_dependency_is_explained_that_is_gone() -> None:
    section = text_of(DEVELOPMENT).split("## Dependencies")[1]
    project = tomli.loads(text_of(ROOT / "pyproject.toml"))["project"]
    names = {re.split(r"[=<>\[]", requirement)[0] for requirement in project["dependencies"]}

    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", section, re.M)) == names


def test_every_file_for_trainers_is_explained_to_them() -> None:
    text = text_of(TRAINING)
    files = [
        path for name in ("kamus", "kalimat", "aturan") for path in (ROOT / name).glob("*.yml")
    ]
    named = [str(path.relative_to(ROOT)) for path in sorted(files)]

    assert [name for name in named if f"`{name}`" not in text] == []


def test_the_price_in_the_trainers_example_is_the_price() -> None:
    price = read_yaml(ROOT / "offices" / "nasional.yml")["fakta"]["tarif"]["epaspor_5"]

    assert f"epaspor_5: {price}" in text_of(TRAINING)


def test_the_limits_in_the_trainers_guide_are_whatsapps() -> None:
    from riung import limits

    text = text_of(TRAINING)
    assert f"`label` {limits.ROW_TITLE} huruf" in text
    assert f"`keterangan` {limits.ROW_DESCRIPTION} huruf" in text
    assert f"Judul tombol paling banyak {limits.BUTTON_TITLE} huruf" in text


CITED = re.compile(r"Meta\s+§(\d+)(?:\.(\d+))?(?: to §(\d+)\.(\d+))?")
NOT_HERE = re.compile(r"\bissues? (?:\d|\")|\bSPEC\b|\bDESIGN\b|\bspec/|\bcontract\b")


def test_code_cites_what_stands_in_the_repository() -> None:
    """ "Meta §8" is a section of docs/whatsapp.md, "§10.4" the fourth point of its section 10."""
    page = text_of(ROOT / "docs" / "whatsapp.md")
    parts = dict(re.findall(r"(?ms)^### §(\d+) (.*?)(?=^##|\Z)", page))
    code = [
        path for place in ("riung", "actions", "tests") for path in (ROOT / place).rglob("*.py")
    ]
    wrong, known_facts = [], facts()
    for path in code:
        for section, point, last, last_point in CITED.findall(text_of(path)):
            for part, number in ((section, point), (last, last_point)):
                if part and (part not in parts or (number and f"{number}. " not in parts[part])):
                    wrong.append(f"{path.relative_to(ROOT)}: §{part}.{number}")
        for fact in re.findall(r"\(facts? ([a-z]+_\w+)", text_of(path)):
            if fact not in known_facts:
                wrong.append(f"{path.relative_to(ROOT)}: {fact}")
        if path != Path(__file__) and (found := NOT_HERE.search(text_of(path))):
            wrong.append(f"{path.relative_to(ROOT)}: {found[0]}")

    assert wrong == []
