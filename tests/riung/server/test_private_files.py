"""Nobody else on the machine reads what citizens wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from riung.server.private_files import keep_private


@pytest.fixture(autouse=True)
def _usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_is_there_and_what_comes_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    (folder / "media").mkdir(parents=True)
    (folder / "riung.db").touch()

    keep_private(folder)
    (folder / "log").mkdir()
    (folder / "log" / "rasa.log").touch()

    assert [mode(path) for path in (folder, folder / "media", folder / "log")] == [0o700] * 3
    assert [mode(folder / name) for name in ("riung.db", "log/rasa.log")] == [0o600] * 2


def test_a_link_out_of_the_folder_changes_nothing_there(tmp_path: Path) -> None:
    elsewhere = tmp_path / "lain"
    elsewhere.touch(0o644)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "tautan").symlink_to(elsewhere)

    keep_private(tmp_path / "var")

    assert mode(elsewhere) == 0o644
