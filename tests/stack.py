"""The whole installation in a test: real Rasa, actions, backend and worker on free ports."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from riung.server.processes import Program, edited_by, environment, programs, wait_until_ready
from riung.settings import ROOT, Settings

SECRETS = {
    "WHATSAPP_VERIFY_TOKEN": "token-uji",
    "WHATSAPP_APP_SECRET": "rahasia-uji",
    "WHATSAPP_ACCESS_TOKEN": "akses-uji",
    "RIUNG_API_KEY": "kunci-api-uji",
    "RIUNG_ADMIN_KEY": "kunci-admin-uji",
    "RIUNG_HASH_KEY": "kunci-sidik-uji",
}


@dataclass
class Stack:
    """Running processes; `settings` tells where they listen."""

    settings: Settings
    environment: dict[str, str]
    log_dir: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        """Start the named programs; without names, all of them."""
        for program in programs(self.settings):
            if not names or program.name in names:
                self._start(program, self.settings, program.name)

    def start_another_backend(self, port: int) -> None:
        """A second backend beside the first, as a second machine has it."""
        self._start_again("backend", replace(self.settings, backend_port=port))

    def start_another_dialogue(self, port: int) -> None:
        """A second dialogue server beside the first, likewise."""
        self._start_again("rasa", replace(self.settings, rasa_port=port))

    def _start_again(self, name: str, chosen: Settings) -> None:
        [program] = [program for program in programs(chosen) if program.name == name]
        self._start(program, chosen, f"{name}2")

    def _start(self, program: Program, chosen: Settings, name: str) -> None:
        log = (self.log_dir / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            program.command,
            shell=True,
            cwd=ROOT,
            env={**self.environment, **_ports(chosen), **edited_by(program.name, chosen)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until everything can serve; fails at once when a program ends meanwhile."""
        waited, died = threading.Event(), threading.Event()

        def watch() -> None:
            while not waited.wait(0.25):
                if any(process.poll() is not None for process in self.processes.values()):
                    died.set()
                    return

        watcher = threading.Thread(target=watch)
        watcher.start()
        is_ready = wait_until_ready(self.settings, died)
        waited.set()
        watcher.join()
        assert is_ready, self.logs()

    def kill(self, name: str, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """End one program at once, as a crash does."""
        process = self.processes.pop(name)
        os.killpg(process.pid, with_signal)
        process.wait(timeout=20)

    def stop(self) -> None:
        """End everything, politely first."""
        for process in self.processes.values():
            with suppress(ProcessLookupError):  # it ended by itself
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self.processes.clear()

    def logs(self) -> str:
        """What all processes printed."""
        return "\n".join(
            f"--- {path.name}\n{path.read_text('utf-8', 'replace')[-4000:]}"
            for path in sorted(self.log_dir.glob("*.log"))
        )


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for opened in sockets:
            opened.bind(("127.0.0.1", 0))
        return [int(opened.getsockname()[1]) for opened in sockets]
    finally:
        for opened in sockets:
            opened.close()


def _ports(chosen: Settings) -> dict[str, str]:
    return {
        "RIUNG_RASA_PORT": str(chosen.rasa_port),
        "RIUNG_BACKEND_PORT": str(chosen.backend_port),
    }


@contextmanager
def running_stack(folder: Path, graph_url: str, **more: str) -> Iterator[Stack]:
    """A started installation whose state lives in `folder`; stopped at the end."""
    stack = new_stack(folder, graph_url, more)
    stack.start()
    try:
        stack.wait()
        yield stack
    finally:
        stack.stop()


def new_stack(folder: Path, graph_url: str, more: Mapping[str, str]) -> Stack:
    """An installation on free ports, not started yet."""
    rasa, actions, backend = free_ports(3)
    variables = {
        **SECRETS,
        "RIUNG_DEMO": "1",
        "RIUNG_VAR_DIR": str(folder / "var"),
        "RIUNG_RASA_PORT": str(rasa),
        "RIUNG_ACTION_PORT": str(actions),
        "RIUNG_BACKEND_PORT": str(backend),
        "WHATSAPP_GRAPH_URL": graph_url,
        **more,
    }
    chosen = Settings.from_env(variables)
    chosen.var_dir.mkdir(parents=True, exist_ok=True)
    return Stack(chosen, {**environment(chosen), **variables}, folder)
