"""This build beside another commit, in turns on the same machine: `BASE=<commit> make bench`.

The commit is checked out into a folder that is gone afterwards, with the packages of its own lock
and a model of its own. Figures of a shared or a slow machine say little by themselves, their
ratios do: each figure is the median of the turns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks import _one_build
from riung.settings import ROOT

TURNS, SECONDS, MESSAGES = 3, 20.0, 1000
"""Turns of each build, seconds of each load, length of the long conversation."""

Figures = dict[str, float]


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """A folder with that commit, ready to run."""
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above, "build")
        _git("worktree", "add", "--detach", str(folder), commit)
        try:
            subprocess.run(["make", ".venv/ready"], cwd=folder, check=True, stdout=sys.stderr)
            _run(folder, "-m", "riung.cli", "train")
            yield folder
        finally:
            _git("worktree", "remove", "--force", str(folder))


def measured(folder: Path, seconds: float, messages: int) -> Figures:
    """The figures of the build in that folder."""
    printed = _run(folder, str(_one_build.__file__), str(seconds), str(messages))
    figures: Figures = json.loads(printed.strip().splitlines()[-1])
    return figures


def main() -> None:
    """Print each figure of both builds and this one's share of the other."""
    commit = os.environ.get("BASE", "")
    if not commit:
        print("BASE=<commit> measures this build beside that one")
        return
    turns = int(os.environ.get("TURNS", TURNS))
    seconds = float(os.environ.get("SECONDS", SECONDS))
    messages = int(os.environ.get("MESSAGES", MESSAGES))
    with checked_out(commit) as other:
        rounds = [
            [measured(folder, seconds, messages) for folder in (other, ROOT)] for _ in range(turns)
        ]
    print(f"{'':36}{commit[:10]:>12}{'here':>10}{'share':>8}")
    for name in rounds[0][1]:
        before, now = (median(pair[build][name] for pair in rounds) for build in (0, 1))
        print(f"{name:36}{before:12.2f}{now:10.2f}{now / before:8.2f}")


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True)


def _run(folder: Path, *arguments: str) -> str:
    """What the Python of the build in that folder prints, run there."""
    run = subprocess.run(
        [folder / ".venv" / "bin" / "python", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return run.stdout


if __name__ == "__main__":
    main()
