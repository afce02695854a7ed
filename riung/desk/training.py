"""`riung latih` started from the desk: in a process of its own, beside everything that answers."""

from __future__ import annotations

import shlex
import subprocess
import sys
import threading
import time
from pathlib import Path

from riung.desk.access import ConflictError
from riung.dialogue.model import reading
from riung.settings import ROOT, Settings
from riung.workshop.versions import Versions, working_folder

GIVEN_UP = 3600.0
"""Seconds after which a training without an end counts as dead: the machine was switched off."""

SAID = 20
"""Lines of a failed training that are shown: what has to be mended."""


class Training:
    """The latest training of an installation, as its files tell.

    Args:
        settings: the installation's.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        folder = Versions.of(settings).folder
        self._log, self._end = folder / "latih.log", folder / "latih.selesai"

    def start(self, login: str, why: str) -> None:
        """Begin.

        Raises:
            ConflictError: one is under way.
        """
        if self.is_running:
            raise ConflictError("Draf sedang dilatih. Tunggu sampai selesai.")
        self._log.parent.mkdir(parents=True, exist_ok=True)
        self._end.unlink(missing_ok=True)
        self._log.write_text("", "utf-8")
        arguments = [sys.executable, "-m", "riung.cli", "latih", "--oleh", login, "--alasan", why]
        command = (
            f"{shlex.join(arguments)} > {_quoted(self._log)} 2>&1; echo $? > {_quoted(self._end)}"
        )
        process = subprocess.Popen(  # noqa: S603 - our own interpreter; what people wrote is quoted
            ["/bin/sh", "-c", command],
            cwd=ROOT,
            env={
                **reading(working_folder(self._settings)),
                "RIUNG_VAR_DIR": str(self._settings.var_dir),
                "RIUNG_WORK_DIR": str(self._settings.work_dir),
            },
            start_new_session=True,
        )
        threading.Thread(target=process.wait, daemon=True).start()

    @property
    def is_running(self) -> bool:
        """Whether one is under way."""
        if not self._log.exists() or self._end.exists():
            return False
        return time.time() - self._log.stat().st_mtime < GIVEN_UP

    @property
    def problem(self) -> str:
        """Why the latest one failed; "" when it did not."""
        if not self._end.exists() or self._end.read_text("utf-8").strip() == "0":
            return ""
        lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        return "\n".join(line for line in lines[-SAID:] if ".yml:" in line or "perlu" in line) or (
            lines[-1] if lines else "Latihan berhenti tanpa keterangan."
        )


def check(settings: Settings) -> list[str]:
    """What `make check` says of the draft, in a process of its own, which reads its files anew."""
    made = subprocess.run(
        [sys.executable, "-m", "riung.training.drafts"],
        cwd=ROOT,
        env=reading(working_folder(settings)),
        capture_output=True,
        text=True,
    )
    told = made.stdout.strip().splitlines()
    return told if made.returncode in (0, 1) else ["Pemeriksaan tidak berjalan."]


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
