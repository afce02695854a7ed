"""Figures of several Rasa workers, added up: whichever is asked for `/metrics` tells those of all.

Otherwise each would tell its own, and Prometheus, which reaches another one each time, would see
counters that go back. `prometheus_client` keeps them in files that all workers of a dialogue server
share, if its variable is set before it is imported.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from riung.settings import settings

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def add_up_workers() -> None:
    """Give the workers a folder for their figures, where there are several; it goes with them."""
    if settings().rasa_workers > 1 and not os.environ.get(VARIABLE):
        folder = os.environ[VARIABLE] = tempfile.mkdtemp(prefix="riung-figures-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def forget_worker(pid: int) -> None:
    """A worker has ended: what it had in hand is nobody's; what it counted stays counted."""
    if os.environ.get(VARIABLE):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]
