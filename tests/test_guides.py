"""The trainers' guides: every step that stands there is done, and comes out as it is told."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from riung.settings import ENGINE
from riung.training.check import problems
from tests.project_copy import edit
from tests.riung.training.small_project import make_small_project

GUIDES = sorted((ENGINE / "docs" / "panduan").glob("*.md"))
STEP = re.compile(r"^```(\w+) ?(.*)\n([\s\S]*?)^```$", re.MULTILINE)

Step = tuple[str, str, str]


def steps(guide: Path) -> list[Step]:
    """Kind, argument and body of each fenced block."""
    return [(kind, more, body) for kind, more, body in STEP.findall(guide.read_text("utf-8"))]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_small_project(tmp_path / "riung")


def change(path: Path, body: str) -> None:
    """Make the change that a `diff` block shows; its last line may be the beginning of one."""
    lines = body.splitlines()
    old, new = (
        "\n".join(line[1:] for line in lines if line[:1] in (" ", sign)) for sign in ("-", "+")
    )
    edit(path, old, new)


def do(project: Path, step: Step) -> None:
    kind, more, body = step
    if kind == "diff" and more != "contoh":
        change(project / more, body)
    elif kind == "yaml":
        (project / more).parent.mkdir(parents=True, exist_ok=True)
        (project / more).write_text(body, "utf-8")
    elif kind == "salin":
        source, target = more.split()
        shutil.copy(project / source, project / target)
    elif kind == "text":
        found = "\n".join(problems(project))
        assert [line for line in body.splitlines() if line not in found] == [], found


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_leads_where_it_says(project: Path, guide: Path) -> None:
    done = [step for step in steps(guide) if step[0] in ("diff", "yaml", "salin", "text")]
    for step in done:
        do(project, step)

    assert not done or problems(project) == []


def test_the_guide_to_going_back_goes_back(project: Path) -> None:
    office = project / "offices/pemalang.yml"
    before = office.read_text("utf-8")
    run(project, "git init -q .")
    run(project, "git add . && git commit -qm awal")
    wrong = before.replace("08:00", "09:00")
    for _, _, command in (
        step for step in steps(guide("membatalkan-perubahan")) if step[0] == "sh"
    ):
        if "revert" not in command:
            office.write_text(wrong, "utf-8")
        run(project, command)
        kept = wrong if command.startswith(("git diff", "git add")) else before
        assert office.read_text("utf-8") == kept, command


def guide(name: str) -> Path:
    return next(path for path in GUIDES if path.stem == name)


def run(folder: Path, command: str) -> None:
    who = "git -c user.name=pelatih -c user.email=pelatih@contoh.invalid"
    subprocess.run(command.replace("git", who), shell=True, cwd=folder, check=True, text=True)


def test_every_task_of_a_trainer_has_its_guide() -> None:
    listed = (ENGINE / "docs/panduan/README.md").read_text("utf-8")

    assert [path.name for path in GUIDES if path.name not in listed] in ([], ["README.md"])
    assert len(GUIDES) == 9
