"""Starting and stopping all processes of an installation (`make run`)."""

from __future__ import annotations

import io
import os
import shlex
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from honcho.manager import Manager
from honcho.printer import Printer

from riung.dialogue.model import QUIET
from riung.proxies import is_answered
from riung.settings import ENGINE, ROOT, Settings, settings
from riung.workshop.versions import Versions

START_SECONDS = 300
"""After this long a start has failed. Measured on 2 idle cores: 12 s with a trained model; a busy
machine takes ten times that."""


class RunError(RuntimeError):
    """The installation cannot start; one line says why and what to do."""


@dataclass(frozen=True)
class Program:
    """One process: its name in the log and its command line."""

    name: str
    arguments: tuple[str, ...]

    @property
    def command(self) -> str:
        """The command as a shell reads it."""
        return "exec " + shlex.join((sys.executable, *self.arguments))

    def logged(self, log_dir: Path) -> str:
        """The same with its output in a file of its own; the console stays readable."""
        return f"{self.command} >> {shlex.quote(str(log_dir / self.name))}.log 2>&1"


def programs(chosen: Settings) -> list[Program]:
    """The processes, in the order in which they are started."""
    uvicorn = (
        *("-m", "uvicorn", "--factory", "riung.server.app:serve", "--no-access-log"),
        *("--host", chosen.listen, "--port", str(chosen.backend_port), "--log-level", "warning"),
        *("--ws", "none"),  # uvicorn's WebSockets need a newer websockets than rasa takes
    )
    return [
        Program("backend", uvicorn),
        *([Program("actions", ("-m", "riung.dialogue.action_server"))] * chosen.action_server),
        Program("rasa", ("-m", "riung.dialogue.server")),
        Program("worker", ("-m", "riung.server.worker")),
    ]


def become(name: str, chosen: Settings) -> NoReturn:
    """Turn this process into one of the programs, as a service manager wants it.

    Raises:
        RunError: there is no program of that name.
    """
    known = {program.name: program for program in programs(replace(chosen, action_server=True))}
    if name not in known:
        raise RunError(f"There is no program {name!r}; there are {', '.join(known)}.")
    os.chdir(ROOT)
    arguments = [sys.executable, *known[name].arguments]
    seen = {**environment(chosen), **edited_by(name, chosen)}
    os.execve(sys.executable, arguments, seen)  # noqa: S606 - our own interpreter


def environment(chosen: Settings) -> dict[str, str]:
    """What the processes see: the present environment, and the values that were decided."""
    return {
        **os.environ,
        **QUIET,
        "PYTHONPATH": str(ENGINE),
        "PYTHONUNBUFFERED": "1",
        "SANIC_WORKERS": str(chosen.rasa_workers),
        "RIUNG_ACTION_PORT": str(chosen.action_port),
        "RIUNG_RASA_PORT": str(chosen.rasa_port),
        "RIUNG_BACKEND_PORT": str(chosen.backend_port),
        "RIUNG_VAR_DIR": str(chosen.var_dir),
    }


def edited_by(name: str, chosen: Settings) -> dict[str, str]:
    """Where a program reads the edited files: its link to the published version; nothing
    where none was published, and it reads the working folder.
    """
    store = Versions.of(chosen)
    live = store.live()
    return {"RIUNG_EDITED": str(store.enter(name, live))} if live else {}


def require_free_ports(chosen: Settings) -> None:
    """Fail before anything is started when another program holds one of the ports.

    Raises:
        RunError: naming the port and the variable that moves it.
    """
    wanted = {
        "RIUNG_RASA_PORT": chosen.rasa_port,
        "RIUNG_BACKEND_PORT": chosen.backend_port,
    }
    if chosen.action_server:
        wanted["RIUNG_ACTION_PORT"] = chosen.action_port
    for variable, port in wanted.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise RunError(
                    f"Port {port} dipakai program lain (mungkin Riung sudah berjalan). "
                    f"Hentikan dulu, atau pilih port lain: {variable}=… make run"
                ) from error


def run(chosen: Settings | None = None, logins: Sequence[tuple[str, str, str]] = ()) -> int:
    """Start everything, say when it is ready, and stop it all on Ctrl-C.

    Args:
        chosen: the settings; those of the environment when left out.
        logins: name, password and role of the demo's people, to be printed with the addresses.

    Returns:
        0 when stopped on purpose, else the return code of the process that ended first.
    """
    chosen = chosen or settings()
    require_free_ports(chosen)
    log_dir = chosen.var_dir / "log"
    log_dir.mkdir(parents=True, exist_ok=True)
    print(f"Memulai (catatan program ada di {_short(log_dir)}) …", flush=True)
    manager = Manager(Printer(io.StringIO()))
    for program in programs(chosen):
        command = program.logged(log_dir)
        seen = {**environment(chosen), **edited_by(program.name, chosen)}
        manager.add_process(program.name, command, env=seen, cwd=str(ROOT))
    stopped = threading.Event()
    threading.Thread(target=_announce, args=(chosen, logins, stopped), daemon=True).start()
    try:
        manager.loop()
    finally:
        stopped.set()
    if manager.returncode in (130, 143):
        print("Berhenti.", flush=True)
        return 0
    raise RunError(_why_ended(manager, log_dir))


def _why_ended(manager: Manager, log_dir: Path) -> str:
    """Which program ended by itself, its last line, and where the rest is."""
    codes = {name: state.get("returncode") for name, state in manager._processes.items()}
    name = next((name for name, code in codes.items() if code == manager.returncode), "a program")
    path = log_dir / f"{name}.log"
    said = path.read_text("utf-8", "replace").split("\n") if path.exists() else []
    last = next((line.strip() for line in reversed(said) if line.strip()), "tanpa pesan")
    return f"{name} berhenti sendiri: {last}\nSelengkapnya di {_short(path)}"


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def ready_urls(chosen: Settings) -> list[str]:
    """What answers 200 once everything can serve."""
    return [
        f"{chosen.backend_url}/readyz",
        *([f"http://127.0.0.1:{chosen.action_port}/health"] * chosen.action_server),
        f"{chosen.rasa_url}/webhooks/whatsapp/readyz",
    ]


def wait_until_ready(chosen: Settings, stopped: threading.Event) -> bool:
    """Whether everything became ready in time, looking four times a second."""
    waiting = ready_urls(chosen)
    deadline = time.monotonic() + START_SECONDS
    while waiting and time.monotonic() < deadline and not stopped.wait(0.25):
        waiting = [url for url in waiting if not is_answered(url, 1)]
    return not waiting


def _announce(
    chosen: Settings, logins: Sequence[tuple[str, str, str]], stopped: threading.Event
) -> None:
    if not wait_until_ready(chosen, stopped):
        if not stopped.is_set():
            print(
                f"\n  Belum siap sesudah {START_SECONDS} detik; catatannya menyebut sebabnya.\n",
                flush=True,
            )
        return
    lines = ["", "  Riung siap. Ctrl-C menghentikannya."]
    if chosen.demo:
        lines += [
            f"  Coba sebagai warga    {chosen.backend_url}/simulator",
            "  Semua orang, permohonan, dan kuota yang terlihat adalah contoh rekaan.",
        ]
    lines.append(f"  Meja petugas          {chosen.backend_url}/desk")
    lines += [
        f"      {role}: nama {login}, kata sandi {password}" for login, password, role in logins
    ]
    lines += [
        f"  API untuk integrasi   {chosen.backend_url}/docs",
        "",
    ]
    print("\n".join(lines), flush=True)
