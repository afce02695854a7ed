"""An installation with versions of a small set of edited files."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.workshop.versions import Version, Versions


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A working folder with one office and one intent."""
    folder = tmp_path / "kerja"
    (folder / "offices").mkdir(parents=True)
    (folder / "offices" / "bandung.yml").write_text("menu: satu\n", "utf-8")
    (folder / "domain.yml").write_text("intents: [salam]\n", "utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "versions")


def ready(store: Versions, work: Path, why: str = "") -> Version:
    """A version that can be published."""
    version = store.take(work, "sari", why).copy(update={"state": "siap"})
    store.write(version)
    return version
