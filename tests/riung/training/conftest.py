"""A copy of the project that a test may break: our files, with a few examples of each intent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from riung.settings import ROOT
from riung.training.check import EDITED

FEW = 12
"""Examples kept of each block: enough for the check, and quick to read."""


@pytest.fixture(scope="session")
def whole_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, made once."""
    folder = tmp_path_factory.mktemp("riung")
    for name in EDITED:
        path = ROOT / name
        if path.is_dir():
            skip = shutil.ignore_patterns("nlu_*.yml")
            shutil.copytree(path, folder / name, ignore=skip)
        else:
            shutil.copy(path, folder / name)
    for path in (folder / "data").glob("*/nlu.yml"):
        path.write_text("\n".join(_few(path.read_text("utf-8"))) + "\n", "utf-8")
    for name in ("actions", "riung"):
        os.symlink(ROOT / name, folder / name)
    return folder


def _few(text: str) -> Iterator[str]:
    kept = 0
    for line in text.splitlines():
        kept = kept + 1 if line.startswith("    - ") else 0 if "examples:" in line else kept
        if kept <= FEW:
            yield line


@pytest.fixture
def project(whole_project: Path) -> Iterator[Path]:
    """The copy; what a test changes is put back."""
    before = {path: path.read_bytes() for path in whole_project.rglob("*.yml")}
    yield whole_project
    for path in {*whole_project.rglob("*.yml")} - {*before}:
        path.unlink()
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
