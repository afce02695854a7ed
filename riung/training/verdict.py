"""One verdict for `make check`, `make train` and `make run`, kept while no file has changed."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from riung import clock
from riung.dialogue import model
from riung.dialogue.unused import leave_out
from riung.settings import ENGINE, ROOT
from riung.workshop.versions import NAMES

KEPT = ROOT / "models" / "check.sha256"
"""What the files were like when the check last had nothing to say."""


def verdict() -> list[str]:
    """What `make check` says of the files as they are."""
    now = fingerprint()
    leave_out()
    if KEPT.exists() and KEPT.read_text("utf-8") == now:
        return []
    from riung.training.check import problems

    found = problems()
    if not found:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(now, "utf-8")
    return found


def ready_model() -> bool:
    """Train what passes the check; whatever fails, the last good model is what starts.

    Returns:
        Whether the model is that of the files as they are.

    Raises:
        TrainingError: there is no model to start with.
    """
    failed = "\n".join(verdict())
    if not failed:
        try:
            model.train_if_needed()
        except model.TrainingError as error:
            failed = str(error)
    if failed and not model.MODEL.exists():
        raise model.TrainingError(failed)
    if failed:
        print(failed, file=sys.stderr)
        print("Model terakhir yang baik tetap dipakai. Perbaiki, lalu `make train`.")
    return not failed


def fingerprint() -> str:
    """SHA-256 over what is checked, the programs that check it, and the day (facts grow old)."""
    digest = hashlib.sha256(clock.today().isoformat().encode())
    for path in _inputs():
        digest.update(f"{path}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _inputs() -> list[Path]:
    written = [path for name in NAMES for path in (ROOT / name).rglob("*.yml")]
    programs = [path for name in ("riung", "actions") for path in (ENGINE / name).rglob("*.py")]
    single = [ROOT / f"{name}.yml" for name in ("config", "domain", "credentials", "endpoints")]
    return [*sorted(written), *single, *sorted(programs)]
