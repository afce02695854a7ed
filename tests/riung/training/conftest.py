"""A copy of the project that a test may break: our files, with a few examples of each intent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.riung.training.small_project import make_small_project


@pytest.fixture(scope="session")
def whole_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, made once."""
    return make_small_project(tmp_path_factory.mktemp("riung"))


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
