"""What a start serves: the published version, and the checkout's words with new programs."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from riung.dialogue.model import METADATA
from riung.settings import settings
from riung.training import release
from riung.workshop.versions import Versions
from tests.conftest import SetEnvironment

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def store(
    tmp_path: Path, set_environment: SetEnvironment, monkeypatch: pytest.MonkeyPatch
) -> Versions:
    """A checkout with one office and a trained model; nothing was published yet."""
    set_environment(RIUNG_VAR_DIR=str(tmp_path / "var"))
    root = tmp_path / "checkout"
    (root / "offices").mkdir(parents=True)
    (root / "offices" / "bandung.yml").write_text("menu: satu\n", "utf-8")
    model = tmp_path / "riung.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        archive.add(root / "offices", "offices")
        archive.add(root / "offices" / "bandung.yml", METADATA)
    monkeypatch.setattr(release, "ROOT", root)
    monkeypatch.setattr(release, "TRAINED", model)
    monkeypatch.setattr(release, "ready_model", lambda: True)
    return Versions.of(settings())


def test_the_first_start_publishes_the_checkout(store: Versions) -> None:
    release.ready_version()

    assert store.live() == 1
    model = store.live_model()
    assert model is not None
    assert model.exists()


def test_an_edit_alone_waits_for_somebody_to_publish_it(
    store: Versions, tmp_path: Path, capsys: Printed
) -> None:
    release.ready_version()
    (tmp_path / "checkout/offices/bandung.yml").write_text("menu: dua\n", "utf-8")

    release.ready_version()

    assert store.live() == 1
    assert "Belum terbit: offices/bandung.yml." in capsys.readouterr().out


def test_new_programs_bring_the_checkouts_words_along(
    store: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    release.ready_version()
    monkeypatch.setattr(release, "programs", lambda: "other programs")

    release.ready_version()
    release.ready_version()

    assert store.live() == 2


def test_what_does_not_pass_leaves_the_published_version(
    store: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    release.ready_version()
    monkeypatch.setattr(release, "programs", lambda: "other programs")
    monkeypatch.setattr(release, "ready_model", lambda: False)

    release.ready_version()

    assert store.live() == 1


def test_a_damaged_model_is_made_anew(store: Versions) -> None:
    release.ready_version()
    model = store.live_model()
    assert model is not None
    model.write_bytes(b"half a model")

    release.ready_version()

    assert store.live() == 2
