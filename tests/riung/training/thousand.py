"""`python -m tests.riung.training.thousand COUNT [SEED]`: so many slips, each refused or harmless.

First each slip alone goes through the check. What the check lets pass is made in one copy, ten at a
time, and the bot that starts there has to answer; where it does not, the one to blame is found.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from riung.dialogue.unused import leave_out
from tests.paths import ROOT
from tests.riung.training.slips import Slip, slip
from tests.riung.training.small_project import make_small_project

TOGETHER = 10
TOLD = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+): (?P<words>[^\n]{8,})$")


def edited_files(project: Path) -> list[Path]:
    """What trainers edit, of that project."""
    kept = {*project.glob("credentials.yml"), *project.glob("endpoints.yml")}
    return sorted(path for path in {*project.rglob("*.yml")} - kept if "models" not in path.parts)


def problems(project: Path) -> list[str]:
    """What the check finds; Rasa is loaded with its first call."""
    leave_out()
    from riung.training import check

    return check.problems(project)


def untold(found: Sequence[str]) -> list[str]:
    """What the check says without file, line and sentence."""
    return [one for one in found if not TOLD.match(one) or "pemeriksaan berhenti" in one]


def told_there(slip: Slip, found: Sequence[str]) -> bool:
    """Whether a mistake is told on the changed line, or beside it."""
    places = [TOLD.match(one) for one in found]
    return any(
        place and place["file"] == str(slip.path) and abs(int(place["line"]) - slip.line) <= 1
        for place in places
    )


def failures_of_bot(project: Path) -> str:
    """What goes wrong when the bot of the project is trained, started and asked."""
    environment = {**os.environ, "RIUNG_HOME": str(project), "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        [sys.executable, "-m", "tests.riung.training.ten_messages"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    return "" if finished.returncode == 0 else finished.stdout[-3000:] + finished.stderr[-1500:]


def to_blame(project: Path, passed: Sequence[Slip]) -> list[tuple[Slip, str]]:
    """The slips that break the bot although the check let them pass, each with what happened."""
    made = [one for one in passed if one.path.read_text("utf-8") == one.before]
    with_all = _together(project, made)
    if not with_all:
        return []
    if len(made) == 1:
        return [(made[0], with_all)]
    half = len(made) // 2
    return to_blame(project, made[:half]) + to_blame(project, made[half:])


def _together(project: Path, slips: Sequence[Slip]) -> str:
    for one in slips:
        one.make()
    try:
        return "" if problems(project) else failures_of_bot(project)
    finally:
        for one in slips:
            one.undo()


def say(words: str) -> None:
    """Print it at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def remember_contradictions() -> None:
    """Train the rules anew only when they, the stories or the domain have changed."""
    from riung.training import contradictions

    refused, known = contradictions._refused, {}

    def ask(project: Any) -> str:
        told = [{k: v for k, v in one.items() if k != "nlu"} for one in project.topics.values()]
        key = repr((told, project.domain, project.config))
        if key not in known:
            known[key] = refused(project)
        return known[key]

    contradictions._refused = ask


def main() -> int:
    """Try, and say what was found."""
    leave_out()
    remember_contradictions()
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    dice, passed, refused, exact = Random(seed), [], 0, 0
    with TemporaryDirectory() as folder:
        project = make_small_project(Path(folder) / "riung")
        files = edited_files(project)
        for _ in range(count):
            one = slip(files, dice)
            one.make()
            found = problems(project)
            one.undo()
            refused, exact = refused + bool(found), exact + (bool(found) and told_there(one, found))
            if untold(found):
                say(f"UNTOLD {one}\n   {found[:3]}")
            elif found and not told_there(one, found):
                say(f"elsewhere {one}\n   {found[0]}")
            elif not found:
                passed.append(one)
                say(f"passed {one}")
        say(f"{count} slips: {refused} refused, {exact} at their line, {len(passed)} passed")
        bad = []
        while passed:
            batch: dict[Path, Slip] = {}
            for one in passed:
                if one.path not in batch and len(batch) < TOGETHER:
                    batch[one.path] = one
            passed = [one for one in passed if batch.get(one.path) is not one]
            for one, why in to_blame(project, list(batch.values())):
                bad.append(one)
                say(f"BREAKS {one}\n   {why[-1500:]}")
            say(f"… {len(passed)} to go")
        say(f"{len(bad)} break the bot")
    return len(bad)


if __name__ == "__main__":
    sys.exit(main())
