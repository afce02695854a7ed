"""A newcomer's first minutes: a fresh copy, `make run`, one message, Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from riung.server.env_file import read
from riung.settings import Settings
from tests.e2e.citizen import Citizen
from tests.graph_standin import graph_in_thread
from tests.project_copy import copy_tracked_files
from tests.stack import free_ports

SETUP_SECONDS = 900


@contextmanager
def make_run(folder: Path, variables: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """`make run` in its own process group, ended with Ctrl-C's signal."""
    own = ("RIUNG_", "WHATSAPP_", "PYTHON", "VIRTUAL_ENV")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(own)} | variables
    process = subprocess.Popen(
        ["make", "run"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def processes_of(folder: Path) -> list[str]:
    """Command lines of processes that work in `folder`."""
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in found.stdout.splitlines() if str(folder / ".venv") in line]


@pytest.mark.timeout(SETUP_SECONDS)
def test_a_fresh_copy_runs_answers_and_stops_without_orphans(tmp_path: Path) -> None:
    folder = copy_tracked_files(tmp_path)
    rasa, actions, backend = free_ports(3)
    with graph_in_thread() as graph:
        variables = {
            "RIUNG_RASA_PORT": str(rasa),
            "RIUNG_ACTION_PORT": str(actions),
            "RIUNG_BACKEND_PORT": str(backend),
            "WHATSAPP_GRAPH_URL": graph.url,
        }
        with make_run(folder, variables) as process:
            said: list[str] = []
            reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
            reader.start()
            while "Riung siap" not in "".join(said):
                assert process.poll() is None, "".join(said)
                time.sleep(0.2)
            settings = Settings.from_env(variables | read(folder / ".env"))
            assert "1. " in Citizen(settings, graph).say("halo").text
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=60)
            reader.join(timeout=10)
    printed = "".join(said)
    assert f"http://127.0.0.1:{backend}/simulator" in printed
    assert "contoh rekaan" in printed
    assert not re.search("Traceback", printed)
    assert processes_of(folder) == []
    assert (folder / ".env").stat().st_mode & 0o777 == 0o600
