"""A copy of the project in which a test may edit anything and run what it finds there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT


def copy_tracked_files(folder: Path) -> Path:
    """What a clone would contain: the files git knows, as they are in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first `old`, which has to be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} no longer stands in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def run_tests(folder: Path, *arguments: str) -> None:
    """Run tests of the copy with the copy's programs; a failure shows what they said."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
