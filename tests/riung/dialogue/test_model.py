"""Training only when its inputs changed, and telling why it failed."""

from __future__ import annotations

import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from riung.dialogue import model
from riung.dialogue.model import (
    TrainingError,
    fingerprint,
    is_fresh,
    require_model,
    train_if_needed,
)
from riung.yaml_files import YamlError

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a few inputs and no model."""
    inputs = ("config.yml", "domain.yml", "aturan/maksud.yml", "data/umum/nlu.yml")
    for name in (*inputs, "riung/nlu/kata.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1\n")
    (tmp_path / "requirements.lock").write_text("rasa==3.6.21\n")
    (tmp_path / "kamus").mkdir()
    monkeypatch.setattr(model, "ROOT", tmp_path)
    monkeypatch.setattr(model, "ENGINE", tmp_path)
    monkeypatch.setattr(model, "MODEL", tmp_path / "models" / "riung.tar.gz")
    monkeypatch.setattr(model, "_FINGERPRINT", tmp_path / "models" / "riung.sha256")
    return tmp_path


def rasa_that(project: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program in Rasa's place: it says what `script` says and ends as it ends."""
    program = project / "rasa"
    program.write_text(f"#!{sys.executable}\nimport pathlib, sys\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))


TRAINS = """import tarfile
tarfile.open('models/riung.tar.gz', 'w:gz').add('config.yml', 'metadata.json')"""


def damage(root: Path) -> None:
    """Half of the model is on the disk."""
    path = root / "models/riung.tar.gz"
    path.write_bytes(path.read_bytes()[:-20])


def test_an_archive_of_something_else_is_no_model(project: Path) -> None:
    (project / "models").mkdir()
    with tarfile.open(project / "models/riung.tar.gz", "w:gz") as archive:
        archive.add(project / "config.yml")

    with pytest.raises(TrainingError, match="is damaged"):
        require_model()


def test_a_missing_model_is_trained(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rasa_that(project, monkeypatch, TRAINS)

    assert train_if_needed()
    assert is_fresh()


def test_a_fresh_model_is_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rasa_that(project, monkeypatch, TRAINS)
    train_if_needed()

    assert not train_if_needed()


def test_two_that_need_a_model_at_once_train_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa_that(project, monkeypatch, f"import time; time.sleep(0.5)\n{TRAINS}")

    with ThreadPoolExecutor() as both:
        trained = list(both.map(lambda _: train_if_needed(), range(2)))

    assert sorted(trained) == [False, True]
    assert is_fresh()


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "data/umum/nlu.yml").write_text("a: 2\n"),
        lambda root: (root / "riung/nlu/kata.py").write_text("a = 2\n"),
        lambda root: (root / "requirements.lock").write_text("rasa==3.6.20\n"),
        lambda root: (root / "data/umum/nlu.yml").rename(root / "data/umum/lain.yml"),
        lambda root: (root / "data/umum/baru.yml").write_text("a: 1\n"),
        lambda root: (root / "domain.yml").unlink(),
        lambda root: (root / "models/riung.tar.gz").unlink(),
        damage,
    ],
)
def test_what_the_model_is_made_from_makes_it_stale(
    project: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    rasa_that(project, monkeypatch, TRAINS)
    train_if_needed()

    assert callable(change)
    change(project)

    assert not is_fresh()


def test_office_files_and_notes_do_not_make_it_stale(project: Path) -> None:
    before = fingerprint()

    (project / "offices").mkdir()
    (project / "offices" / "bandung.yml").write_text("id: bandung\n")
    (project / "data" / "catatan.txt").write_text("catatan")

    assert fingerprint() == before


def test_a_file_changed_during_training_is_trained_the_next_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = "pathlib.Path('config.yml').write_text('a: 2')"
    rasa_that(project, monkeypatch, f"{TRAINS}\n{change}")

    train_if_needed()

    assert not is_fresh()


def test_broken_yaml_is_told_before_rasa_starts(project: Path) -> None:
    (project / "data" / "umum" / "nlu.yml").write_text("a: [\n")

    with pytest.raises(YamlError, match=r"nlu\.yml:\d"):
        train_if_needed()


def test_a_missing_input_is_told_by_its_name(project: Path) -> None:
    (project / "config.yml").unlink()

    with pytest.raises(YamlError, match=r"config\.yml"):
        train_if_needed()


def test_a_failed_training_says_why_and_where_the_log_is(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "print('Loading'); print('InvalidRule: dua aturan berlawanan'); print('ValueError: x')"
    rasa_that(project, monkeypatch, f"{said}; sys.exit(1)")

    with pytest.raises(TrainingError) as error:
        train_if_needed()

    assert str(error.value) == "ValueError: x\nCatatan lengkap: models/train.log"
    assert not is_fresh()


def test_a_training_that_ends_without_a_word_is_told_too(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa_that(project, monkeypatch, "sys.exit(3)")

    with pytest.raises(TrainingError, match="tanpa pesan"):
        train_if_needed()


def test_progress_is_shown(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    rasa_that(project, monkeypatch, f"import time; time.sleep(1.2); {TRAINS}")

    train_if_needed()

    printed = capsys.readouterr().out
    assert printed.startswith("Melatih model")
    assert "." in printed
    assert "selesai dalam" in printed


@pytest.mark.parametrize(("state", "words"), [("gone", "is missing"), ("half", "is damaged")])
def test_a_server_is_not_started_on_a_model_that_is_gone_or_damaged(
    project: Path, monkeypatch: pytest.MonkeyPatch, state: str, words: str
) -> None:
    rasa_that(project, monkeypatch, TRAINS)
    train_if_needed()
    require_model()
    (project / "models/riung.tar.gz").unlink() if state == "gone" else damage(project)

    with pytest.raises(TrainingError, match=f"{words}. Run: make train"):
        require_model()
