"""Starting everything, and stopping all of it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import requests

from riung.server.processes import (
    START_SECONDS,
    Program,
    RunError,
    become,
    environment,
    programs,
    ready_urls,
    require_free_ports,
    wait_until_ready,
)
from riung.settings import ROOT, Settings
from tests.stack import free_ports


def on_free_ports(folder: Path, **more: str) -> Settings:
    rasa, actions, backend = map(str, free_ports(3))
    ports = {
        "RIUNG_RASA_PORT": rasa,
        "RIUNG_ACTION_PORT": actions,
        "RIUNG_BACKEND_PORT": backend,
    }
    return Settings.from_env({**ports, "RIUNG_VAR_DIR": str(folder), **more})


@contextmanager
def listening(port: int = 0, status: int = 200) -> Iterator[int]:
    """A small web server that answers everything with `status`."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", port), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def until_answered(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(url, timeout=1).ok:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing answered at {url}")


def test_free_ports_are_accepted(tmp_path: Path) -> None:
    require_free_ports(on_free_ports(tmp_path))


def test_a_taken_port_is_named_with_its_variable(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path)

    with listening(chosen.rasa_port), pytest.raises(RunError) as error:
        require_free_ports(chosen)

    assert str(chosen.rasa_port) in str(error.value)
    assert "RIUNG_RASA_PORT=" in str(error.value)


def test_the_action_servers_port_is_needed_only_where_there_is_one(tmp_path: Path) -> None:
    inside = on_free_ports(tmp_path)
    beside = replace(inside, action_server=True)

    with listening(inside.action_port):
        require_free_ports(inside)
        with pytest.raises(RunError, match="RIUNG_ACTION_PORT="):
            require_free_ports(beside)
    assert "actions" not in [program.name for program in programs(inside)]
    assert "actions" in [program.name for program in programs(beside)]


def test_no_secret_stands_on_a_command_line(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path, RIUNG_API_KEY="rahasia-satu", RIUNG_ADMIN_KEY="rahasia-dua")

    assert "rahasia" not in "".join(program.command for program in programs(chosen))


def test_a_service_manager_is_told_which_programs_there_are(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="backend, actions, rasa, worker"):
        become("kasir", on_free_ports(tmp_path))


def test_a_service_manager_may_start_each_program_alone(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", BECOMES.format(name="actions")],
        env={**os.environ, **environment(chosen), "RIUNG_API_KEY": "kunci-uji"},
    )
    try:
        until_answered(f"http://127.0.0.1:{chosen.action_port}/health")
        running = Path(f"/proc/{process.pid}/cmdline").read_text()
    finally:
        process.terminate()
        process.wait(timeout=30)

    assert "riung.dialogue.action_server" in running


@pytest.mark.parametrize("program", ["riung.server.app", "riung.server.worker"])
def test_what_is_needed_now_and_then_is_not_loaded_at_the_start(program: str) -> None:
    """Each takes 5 to 23 MB of every installation's memory."""
    rare = ["alembic", "holidays", "numpy", "openpyxl", "rich"]
    code = f"import sys, {program}; print([name for name in {rare} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_all_programs_see_the_same_decisions(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path, RIUNG_RASA_WORKERS="4")

    seen = environment(chosen)

    assert seen["RIUNG_VAR_DIR"] == str(tmp_path)
    assert seen["RIUNG_BACKEND_PORT"] == str(chosen.backend_port)
    assert seen["SANIC_WORKERS"] == "4"
    assert seen["RASA_TELEMETRY_ENABLED"] == "false"


def test_a_command_survives_spaces_in_its_arguments() -> None:
    program = Program("uji", ("-c", "print('satu  dua')"))

    printed = subprocess.run(program.command, shell=True, capture_output=True, text=True)

    assert printed.stdout == "satu  dua\n"


def test_it_is_ready_when_all_that_serve_answer(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path, RIUNG_ACTION_SERVER="1")

    ports = (chosen.backend_port, chosen.action_port, chosen.rasa_port)
    with listening(ports[0]), listening(ports[1]), listening(ports[2]):
        assert wait_until_ready(chosen, threading.Event())


def test_it_is_not_ready_while_one_of_them_refuses(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path)
    stopped = threading.Event()

    with (
        listening(chosen.backend_port),
        listening(chosen.action_port),
        listening(chosen.rasa_port, status=503),
    ):
        threading.Timer(1, stopped.set).start()
        assert not wait_until_ready(chosen, stopped)


def test_readiness_is_asked_where_the_contract_says(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path, RIUNG_ACTION_SERVER="1")

    assert ready_urls(chosen) == [
        f"http://127.0.0.1:{chosen.backend_port}/readyz",
        f"http://127.0.0.1:{chosen.action_port}/health",
        f"http://127.0.0.1:{chosen.rasa_port}/webhooks/whatsapp/readyz",
    ]


BECOMES = """
from riung.server.processes import become
from riung.settings import settings
become({name!r}, settings())
"""

STARTER = """
import sys
from riung.server import processes
Program = processes.Program
processes.programs = lambda _: [Program(name, ("-c", code)) for name, code in {programs!r}]
try:
    sys.exit(processes.run())
except processes.RunError as error:
    sys.exit(str(error))
"""

LISTENS = """
import os, pathlib, socket, sys, time
pathlib.Path({pids!r}, str(os.getpid())).touch()
time.sleep(60)
"""


def start(folder: Path, *codes: str) -> subprocess.Popen[str]:
    """`make run` with other programs, so that nothing heavy has to start."""
    rasa, actions, backend = map(str, free_ports(3))
    named = [(f"program{place}", code) for place, code in enumerate(codes)]
    return subprocess.Popen(
        [sys.executable, "-c", STARTER.format(programs=named)],
        cwd=ROOT,
        env={
            **os.environ,
            "RIUNG_VAR_DIR": str(folder),
            "RIUNG_RASA_PORT": rasa,
            "RIUNG_ACTION_PORT": actions,
            "RIUNG_BACKEND_PORT": backend,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return status != "Z"


def test_ctrl_c_stops_everything_and_leaves_no_orphan(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    pids.mkdir()
    running = start(tmp_path / "var", *[LISTENS.format(pids=str(pids))] * 3)
    deadline = time.monotonic() + 30
    while len(list(pids.iterdir())) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    started = [int(path.name) for path in pids.iterdir()]

    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)

    assert len(started) == 3
    assert running.returncode == 0, said
    assert "Traceback" not in said
    assert [pid for pid in started if is_alive(pid)] == []


def test_a_program_that_ends_by_itself_is_told_and_stops_the_rest(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    pids.mkdir()
    ends = "import sys, time; time.sleep(1); sys.exit('berkas model rusak')"
    running = start(tmp_path / "var", LISTENS.format(pids=str(pids)), ends)

    _, said = running.communicate(timeout=60)

    assert running.returncode != 0
    assert "program1" in said
    assert "berkas model rusak" in said
    assert "Traceback" not in said
    assert [path for path in pids.iterdir() if is_alive(int(path.name))] == []


def test_a_port_is_free_again_after_a_quick_restart(tmp_path: Path) -> None:
    chosen = on_free_ports(tmp_path)
    with (
        listening(chosen.backend_port),
        socket.create_connection(("127.0.0.1", chosen.backend_port)),
    ):
        pass

    require_free_ports(chosen)
