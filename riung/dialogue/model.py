"""Training the model, only when something that goes into it has changed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from riung.settings import EDITED, ENGINE, ROOT
from riung.yaml_files import read_yaml

METADATA = "metadata.json"
"""What every archive of Rasa's has, and nothing else does."""

MODEL = ROOT / "models" / "riung.tar.gz"
SERVED = EDITED / "models" / "riung.tar.gz"
"""The model that this process answers from: the published version's, else `MODEL`."""

_FINGERPRINT = ROOT / "models" / "riung.sha256"
_WRITTEN = ("config.yml", "domain.yml", "data", "kamus", "aturan/maksud.yml")
_PROGRAMS = ("requirements.lock", "riung/nlu", "kamus")


class TrainingError(RuntimeError):
    """Training failed; the message says what to mend and where the whole log is."""


def inputs() -> Iterator[Path]:
    """Every file that the model is made from."""
    named = (*(ROOT / name for name in _WRITTEN), *(ENGINE / name for name in _PROGRAMS))
    for path in dict.fromkeys(named):
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix in (".yml", ".py", ".lock"))


def fingerprint() -> str:
    """SHA-256 over names and contents of the inputs."""
    digest = hashlib.sha256()
    for path in inputs():
        base = ROOT if path.is_relative_to(ROOT) else ENGINE
        digest.update(f"{path.relative_to(base)}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether the model on disk is whole, and was made from the inputs as they are now."""
    known = _FINGERPRINT.read_text() if _FINGERPRINT.exists() else ""
    return known == fingerprint() and is_whole()


def is_whole(path: Path | None = None) -> bool:
    """Whether a model (`MODEL`) is Rasa's and can be read to its end; takes tenths of a second."""
    try:
        with tarfile.open(path or MODEL, "r:gz") as archive:
            return METADATA in archive.getnames()
    except (OSError, EOFError, tarfile.TarError, zlib.error):
        return False


def require_model(published: Path | None = None) -> None:
    """Look at the model before a dialogue server is started: Rasa would try for minutes.

    Args:
        published: the live version's; `MODEL` where nothing is published.

    Raises:
        TrainingError: it is missing or damaged.
    """
    path = published or MODEL
    if not is_whole(path):
        state = "is damaged" if path.exists() else "is missing"
        raise TrainingError(f"{path} {state}. Run: make train")


def train_if_needed() -> bool:
    """Train when needed, showing that time passes; while another process does so, wait for it.

    Returns:
        Whether a model was trained.

    Raises:
        YamlError: a file is no valid YAML.
        TrainingError: Rasa could not train.
    """
    if is_fresh():
        return False
    with _one_at_a_time():
        return not is_fresh() and _train()


def _train() -> bool:
    for path in inputs():
        if path.suffix == ".yml":
            read_yaml(path)
    print("Melatih model (beberapa detik) ", end="", flush=True)
    began, wanted = time.monotonic(), fingerprint()
    train_in(ROOT)
    _FINGERPRINT.write_text(wanted)
    print(f" selesai dalam {time.monotonic() - began:.0f} detik.", flush=True)
    return True


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two that write one archive leave half of one."""
    MODEL.parent.mkdir(exist_ok=True)
    with (MODEL.parent / "train.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def train_in(folder: Path) -> None:
    """Train what a folder holds; `models/riung.tar.gz` is written there. Dots show the seconds.

    Raises:
        TrainingError: Rasa could not train.
    """
    log_path = folder / "models" / "train.log"
    log_path.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "riung.dialogue.training_run", MODEL.name.split(".")[0]]
    with log_path.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
            command, cwd=folder, env=reading(folder), stdout=log, stderr=subprocess.STDOUT
        )
        while process.poll() is None:
            time.sleep(1)
            print(".", end="", flush=True)
    if process.returncode != 0:
        print(flush=True)
        raise TrainingError(f"{_last_words(log_path)}\nCatatan lengkap: {_short(log_path)}")


def reading(folder: Path) -> dict[str, str]:
    """The environment of a process that reads the edited files of a folder."""
    own = {"PYTHONPATH": str(ENGINE), "RASA_MAX_CACHE_SIZE": "0", "RIUNG_EDITED": str(folder)}
    return {**os.environ, **QUIET, **own}


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def _last_words(log_path: Path) -> str:
    lines = [line.strip() for line in log_path.read_text("utf-8", "replace").splitlines()]
    telling = [line for line in lines if "Error" in line or "Exception" in line or "ERROR" in line]
    return (telling or lines or ["Rasa berhenti tanpa pesan."])[-1]


QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONDONTWRITEBYTECODE": "",
}
"""Rasa and TensorFlow talk much; none of it is for the person who starts Riung. Their modules are
compiled once: doing it at each start takes ten seconds."""
