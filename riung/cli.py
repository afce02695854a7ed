"""Riung's commands: `python -m riung.cli <command>`; the Makefile gives them short names."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riung import clock
from riung.server import env_file
from riung.settings import GRAPH_URL, ROOT, SettingsError, settings
from riung.yaml_files import YamlError

if TYPE_CHECKING:
    from riung.backend.db import Database


MOST_ADVICE = 10
"""Pieces of advice that are shown unless all are asked for: more would hide the first."""


_BY: dict[str, Any] = {"--oleh": {"default": "", "help": "siapa yang melakukannya"}}

OPTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "latih": {**_BY, "--alasan": {"default": "", "help": "apa yang diubah, dan mengapa"}},
    "terbitkan": {**_BY, "versi": {"type": int, "help": "nomor versi, lihat `make versi`"}},
    "kembali": _BY,
    "kenapa": {"pesan": {"help": "pesan warga"}},
    "admin": {"name": {"help": "login name of the first administrator"}},
    "check": {"--all": {"action": "store_true", "help": "semua saran"}},
    "uji": {"files": {"nargs": "*", "help": "berkas; semua bila tidak disebut"}},
    "rekam": {
        "name": {"help": "nama percakapannya"},
        "--kantor": {"default": "", "help": "id kantor"},
    },
    "baru": {
        "folder": {"type": Path, "help": "folder asisten yang baru"},
        "--nama": {"default": "Kantor Layanan Contoh", "help": "nama kantornya"},
    },
    "gambar": {"--ke": {"type": Path, "default": ROOT / "reports" / "dialog.html"}},
    "cadangkan": {"folder": {"type": Path, "help": "where backups lie"}},
    "pulihkan": {"folder": {"type": Path, "help": "the backup"}},
    "start": {"program": {"help": "backend, actions, rasa or worker"}},
}
"""Command → its arguments, as argparse takes them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every known failure is one plain line on standard error.

    Returns:
        The exit status: 0, or 1 when something has to be mended first.
    """
    parser = argparse.ArgumentParser(prog="riung", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, words) in COMMANDS.items():
        command = commands.add_parser(name, help=words)
        for argument, more in OPTIONS.get(name, {}).items():
            command.add_argument(argument, **more)
    chosen = parser.parse_args(arguments)
    with warnings.catch_warnings():
        warnings.showwarning = _unsaid
        return _run_command(chosen)


def _unsaid(*_: Any, **__: Any) -> None:
    """What libraries warn their programmers of is nothing for the people who type our commands."""


def _run_command(chosen: argparse.Namespace) -> int:
    """Run it, and say a known failure in a line."""
    from sqlalchemy.exc import OperationalError

    from riung.dialogue.model import TrainingError
    from riung.server.processes import RunError
    from riung.server.service_checks import ServiceError
    from riung.server.state import StateError

    try:
        return COMMANDS[chosen.command][0](chosen)
    except (YamlError, SettingsError, RunError, ServiceError, StateError, TrainingError) as error:
        print(error, file=sys.stderr)
        return 1
    except OperationalError as error:  # a disk that fills, a database that goes away, meanwhile
        print(f"The database refused: {error.orig}".splitlines()[0], file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # "make check | head": whoever read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _prepare_environment(*, demo: bool = False) -> None:
    """Secrets from `.env`; in demo mode a stand-in answers for the Graph API.

    Args:
        demo: whether it is a demo as long as nobody says otherwise: for somebody who tries Riung
            out (`make run`), never for a service.
    """
    from riung.server.state import require_usable_state

    if not all(os.environ.get(name) for name in env_file.SECRETS):
        env_file.complete(ROOT / ".env")
    env_file.load(ROOT / ".env", os.environ)
    if demo:
        os.environ.setdefault("RIUNG_DEMO", "1")
    settings.cache_clear()
    chosen = settings()
    if os.environ.get("RIUNG_NOW") and not chosen.demo:
        raise SettingsError(
            "RIUNG_NOW is for demos: real citizens' messages would seem to be of another day. "
            "Take it out of the environment, or set RIUNG_DEMO=1."
        )
    require_usable_state(chosen)
    if chosen.demo and chosen.whatsapp_graph_url == GRAPH_URL:
        version = GRAPH_URL.rsplit("/", 1)[1]
        os.environ["WHATSAPP_GRAPH_URL"] = f"{chosen.backend_url}/simulator/graph/{version}"
        settings.cache_clear()


def _run(_: argparse.Namespace) -> int:
    from riung.office.offices import default_office
    from riung.server import processes
    from riung.server.service_checks import require_services
    from riung.training.release import ready_version

    _prepare_environment(demo=True)
    clock.now()
    processes.require_free_ports(settings())
    require_services(settings())
    default_office()
    ready_version()
    return processes.run(logins=_demo_logins() if settings().demo else [])


def _start(chosen: argparse.Namespace) -> int:
    from riung.dialogue.model import require_model
    from riung.server import processes
    from riung.server.service_checks import require_services
    from riung.workshop.versions import Versions

    _prepare_environment()
    require_services(settings())
    if chosen.program == "rasa":
        require_model(Versions.of(settings()).live_model())
    processes.become(chosen.program, settings())


def _demo_logins() -> list[tuple[str, str, str]]:
    """Invented people with passwords that are new at each start."""
    from riung.desk.accounts import ensure_demo_accounts

    return ensure_demo_accounts(_database())


def _database() -> Database:
    """The backend's database with its tables up to date."""
    from riung.backend.db import Database

    chosen = settings()
    chosen.var_dir.mkdir(parents=True, exist_ok=True)
    database = Database(chosen.database_url, chosen.hash_key)
    database.migrate()
    return database


def _train(_: argparse.Namespace) -> int:
    from riung.dialogue.model import train_if_needed
    from riung.training import played
    from riung.training.release import publish_with_programs

    if _mended():
        return 1
    trained = train_if_needed()
    if not trained:
        print("Model sudah yang terbaru.")
    if trained or not played.since_last_change():
        _uji(argparse.Namespace(files=[]))  # what it says is told; the model is kept all the same
    publish_with_programs()
    return 0


def _check(chosen: argparse.Namespace) -> int:
    if _mended():
        return 1
    from riung.training import conversation_files, played
    from riung.training.advice import advice

    tests = sum(1 for path in _conversation_files() for _ in conversation_files.conversations(path))
    if words := played.waiting(tests):
        print(words)
    pieces = advice(ROOT, clock.today())
    shown = pieces if chosen.all else pieces[:MOST_ADVICE]
    if shown:
        print("\nSaran; bot tetap jalan tanpanya:")
        print("\n".join(shown))
    if len(shown) < len(pieces):
        print(f"… dan {len(pieces) - len(shown)} saran lain: make check SEMUA=1")
    return 0


def _mended() -> int:
    """How many mistakes the edited files have; each is printed."""
    from riung.training.verdict import verdict

    found = verdict()
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"{len(found)} hal perlu diperbaiki." if found else "Semua berkas baik.")
    return len(found)


def _uji(chosen: argparse.Namespace) -> int:
    from riung.dialogue import model

    files = [Path(name) for name in chosen.files] or _conversation_files()
    if files and not model.is_fresh():
        print("Model belum sesuai dengan berkasnya. Jalankan make train, lalu make uji.")
        return 1
    _load_dialogue()
    from riung.training import conversation_tests, played

    failed = conversation_tests.run(files)
    if files == _conversation_files():
        played.remember(not failed)
    return min(failed, 1)


def _conversation_files() -> list[Path]:
    from riung.training.conversation_files import files

    return files(ROOT)


def _rekam(chosen: argparse.Namespace) -> int:
    _load_dialogue()
    from riung.training import conversation_files, conversation_tests

    office = chosen.kantor
    path = conversation_tests.record(chosen.name, office, ROOT / conversation_files.FOLDER)
    print(f"Tersimpan di {path}; periksa isinya, lalu make uji." if path else "Tidak ada isinya.")
    return 0


def _baru(chosen: argparse.Namespace) -> int:
    from riung.training.new_assistant import NewAssistantError, create

    try:
        create(chosen.folder, chosen.nama)
    except NewAssistantError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{chosen.folder} sudah dibuat; mulai dari {chosen.folder / 'BACA_DULU.md'}.")
    return 0


def _gambar(chosen: argparse.Namespace) -> int:
    from riung.training.dialogue_picture import write

    count, lost = write(ROOT, chosen.ke)
    print(f"{chosen.ke}: {count} bagian percakapan, {lost} tidak terjangkau.")
    return 0


def _load_dialogue() -> None:
    """Rasa without what we don't need, quick and silent, as the server has it."""
    from riung.dialogue.unused import leave_out

    leave_out()
    from riung import logs
    from riung.dialogue import speed

    logs.configure()
    speed.apply()


def _workshop(name: str, talks: bool = False) -> Callable[[argparse.Namespace], int]:
    def run(chosen: argparse.Namespace) -> int:
        if talks:
            _load_dialogue()
        from riung.training import draft_commands

        _prepare_environment()
        return int(getattr(draft_commands, name)(chosen))

    return run


def _schemas(_: argparse.Namespace) -> int:
    from riung.training import schemas

    print(f"{len(schemas.write())} skema di {schemas.FOLDER}/.")
    return 0


def _facts(_: argparse.Namespace) -> int:
    from riung import clock
    from riung.office.facts import outdated
    from riung.office.offices import default_office

    today, months = clock.today(), default_office().umur_fakta_bulan
    old = list(outdated(today, months))
    for fact_id, fact in old:
        print(f"{fact.age(today)} bulan  {fact_id} ({fact.confidence}; {fact.sources[0]})")
        print(f"    {fact.text}")
    print(f"{len(old)} fakta lebih tua dari {months} bulan.")
    return 0


def _admin(chosen: argparse.Namespace) -> int:
    from riung.desk.accounts import AccountError, create_admin

    _prepare_environment()
    try:
        password = create_admin(_database(), chosen.name)
    except AccountError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Administrator {chosen.name}, password {password} (change it after the first login).")
    return 0


def _migrate(_: argparse.Namespace) -> int:
    from riung.backend.db import newest_revision
    from riung.server.service_checks import require_services
    from riung.whatsapp.store import Store

    _prepare_environment()
    require_services(settings())
    _database().dispose()
    Store(settings().channel_database_url).open()
    print(f"The tables are those of {newest_revision()}.")
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    from riung.server import backup

    _prepare_environment()
    print(f"Backup made and read again: {backup.make(settings(), chosen.folder)}")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    from riung.server import backup

    env_file.load(ROOT / ".env", os.environ)
    settings.cache_clear()
    for line in backup.restore(settings(), chosen.folder, ROOT):
        print(line)
    print(f"Restored into {settings().var_dir}.")
    return 0


def _move(_: argparse.Namespace) -> int:
    from riung.server import processes
    from riung.server.move import move
    from riung.server.service_checks import require_services

    _prepare_environment()
    processes.require_free_ports(settings())  # nobody may write to the files any more
    require_services(settings())
    for store, rows in move(settings()).items():
        print(f"{store}: {rows} rows")
    print("Moved. The SQLite files were left as they are.")
    return 0


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "run": (_run, "jalankan semuanya di 127.0.0.1"),
    "start": (_start, "become one program of it, for a service manager"),
    "train": (_train, "latih model bila ada yang berubah"),
    "check": (_check, "periksa semua yang disunting pelatih"),
    "uji": (_uji, "mainkan tes percakapan di tests/percakapan/"),
    "rekam": (_rekam, "rekam percakapan baru menjadi tes"),
    "gambar": (_gambar, "gambar percakapan dari YAML, satu halaman HTML"),
    "baru": (_baru, "buat asisten untuk instansi lain di folder baru"),
    "latih": (_workshop("train"), "latih draf di samping bot yang jalan"),
    "versi": (_workshop("versions"), "daftar versi"),
    "terbitkan": (_workshop("publish"), "terbitkan sebuah versi"),
    "kembali": (_workshop("back"), "kembali ke versi sebelumnya"),
    "kenapa": (_workshop("why", talks=True), "kenapa sebuah pesan dijawab begitu"),
    "schemas": (_schemas, "tulis ulang skema/ untuk penyunting YAML"),
    "facts": (_facts, "daftar fakta yang lebih tua dari batas kantor"),
    "migrate": (_migrate, "bring the tables to this version, before its programs start"),
    "cadangkan": (_backup, "back up all stores and files while everything runs"),
    "pulihkan": (_restore, "restore a backup into an installation that keeps nothing yet"),
    "pindahkan": (_move, "move the SQLite files into the database of RIUNG_DATABASE_URL"),
    "admin": (_admin, "create the first administrator of the desk"),
}

if __name__ == "__main__":
    sys.exit(main())
