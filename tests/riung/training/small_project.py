"""A copy of the project that may be broken: our files, with a few examples of each intent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from riung.settings import ENGINE

FEW = 12
"""Examples kept of each block: enough for the check, and quick to read."""

COPIED = (
    *("data", "fakta", "kamus", "kalimat", "aturan", "offices", "tests/percakapan"),
    *("config.yml", "domain.yml", "credentials.yml", "endpoints.yml", "own_actions.py"),
)


def make_small_project(folder: Path) -> Path:
    """Make the copy."""
    folder.mkdir(exist_ok=True)
    for name in COPIED:
        path = ENGINE / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("nlu_*.yml"))
        else:
            shutil.copy(path, folder / name)
    for path in (folder / "data").glob("*/nlu.yml"):
        path.write_text("\n".join(_few(path.read_text("utf-8"))) + "\n", "utf-8")
    return folder


def _few(text: str) -> Iterator[str]:
    kept = 0
    for line in text.splitlines():
        kept = kept + 1 if line.startswith("    - ") else 0 if "examples:" in line else kept
        if kept <= FEW:
            yield line
