"""A backup of everything an installation keeps, made while it runs, and its way back.

A backup is a folder: `stores/` holds each SQLite file copied page by page by SQLite itself, or
PostgreSQL's dump; `files/` what citizens and officers sent; `project/` what trainers edit and the
secrets; `backup.json` what it is and the sum of each file. It is made under another name and only
called a backup when it has been read again whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from riung import clock
from riung.backend.db import newest_revision
from riung.server import postgres, state
from riung.server.private_files import keep_private
from riung.settings import ROOT, Settings

MANIFEST = "backup.json"
DUMP = "postgresql.dump"

FILES = ("media", "desk_files", "desk_imports", "versions")
"""Folders under `RIUNG_VAR_DIR` beside the stores; logs are not kept."""

PROJECT = (".env", "offices", "data", "kamus", "kalimat", "aturan", "fakta", "ulasan")
"""What an installation has of its own in its checkout: secrets and what trainers edit."""

NOT_KEPT = shutil.ignore_patterns("*.part", "live", "draf")
"""Half a file; and of the versions which program reads which, and what was said to the draft."""

PAGES = 200
"""Pages copied at once; between two copies whoever waits may write."""


class BackupError(state.StateError):
    """A backup cannot be made or used; the message says why and that nothing was changed."""


def make(chosen: Settings, folder: Path, root: Path = ROOT) -> Path:
    """Make a backup in a new folder under `folder`, online; gives its path.

    Raises:
        BackupError: it could not be written, or what was written could not be read again.
    """
    name = f"riung-{clock.now():%Y%m%d-%H%M%S}"
    done, begun = folder / name, folder / f"{name}.part"
    if done.exists():
        raise BackupError(f"{done} is there already.")
    try:
        begun.mkdir(parents=True)
        keep_private(begun)
        _copy_stores(chosen, begun / "stores")
        _copy_folders(chosen.var_dir, FILES, begun / "files")
        _copy_folders(root, PROJECT, begun / "project")
        _write_manifest(begun)
        check(begun)
        return begun.rename(done)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"The backup could not be written: {error}") from error
    finally:
        shutil.rmtree(begun, ignore_errors=True)


def check(folder: Path) -> None:
    """Read a backup whole: every file is there, as it was written, and every store is a store.

    Raises:
        BackupError: naming the first file that is not.
    """
    for name, digest in _manifest(folder)["files"].items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise BackupError(f"{folder / name} is missing or damaged; use another backup.")
    for path in (folder / "stores").glob("*.db"):
        with closing(sqlite3.connect(path)) as connection:
            (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if told != "ok":
            raise BackupError(f"{path} is damaged: {told}")
    if (folder / "stores" / DUMP).exists():
        postgres.read_dump(folder / "stores" / DUMP)


def restore(chosen: Settings, folder: Path, root: Path = ROOT) -> list[str]:
    """Put a backup into an installation that keeps nothing yet; gives what is left to do by hand.

    Raises:
        BackupError: the backup is damaged or newer than this program, or something would be
            overwritten.
    """
    manifest = _manifest(folder)
    check(folder)
    if manifest["revision"] not in state.known_revisions():
        raise BackupError(f"The backup ({manifest['revision']}) {state.NEWER}")
    dump = folder / "stores" / DUMP
    _require_empty(chosen, with_dump=dump.exists())
    keep_private(chosen.var_dir)
    for name, path in state.sqlite_files(chosen).items():
        if (kept := folder / "stores" / f"{name}.db").exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(kept, path)
    if dump.exists():
        postgres.load_dump(chosen.database_url, dump)
    for source in (folder / "files").glob("*"):
        shutil.copytree(source, chosen.var_dir / source.name, dirs_exist_ok=True)
    keep_private(chosen.var_dir)
    return [*_secrets(folder, root), f"What trainers edited is in {folder / 'project'}."]


def _secrets(folder: Path, root: Path) -> Iterator[str]:
    """Put `.env` back where there is none; people are recognised by one of its keys."""
    kept, here = folder / "project" / ".env", root / ".env"
    if not kept.exists():
        yield "The backup holds no .env: set RIUNG_HASH_KEY as it was, or nobody is recognised."
    elif not here.exists():
        shutil.copyfile(kept, here)
        here.chmod(0o600)
    elif here.read_bytes() != kept.read_bytes():
        yield f"{here} was left as it is; people are recognised by the RIUNG_HASH_KEY of {kept}."


def _require_empty(chosen: Settings, *, with_dump: bool) -> None:
    there = [path for path in state.sqlite_files(chosen).values() if path.exists()]
    there += [chosen.var_dir / name for name in FILES if any((chosen.var_dir / name).glob("*"))]
    if there:
        raise BackupError(
            f"{there[0]} is there already. Nothing was changed: restore into an empty "
            "RIUNG_VAR_DIR, or move that away first."
        )
    if with_dump != state.is_postgres(chosen):
        wanted = "a PostgreSQL database" if with_dump else "SQLite files"
        raise BackupError(f"The backup is of {wanted}; set RIUNG_DATABASE_URL accordingly.")
    if with_dump and (tables := postgres.tables(chosen.database_url)):
        raise BackupError(f"The database has tables already ({tables[0]}). Nothing was changed.")


def _copy_stores(chosen: Settings, folder: Path) -> None:
    folder.mkdir()
    for name, path in state.sqlite_files(chosen).items():
        if path.exists():
            _copy_sqlite(path, folder / f"{name}.db")
    if state.is_postgres(chosen):
        postgres.dump(chosen.database_url, folder / DUMP)


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that others read and write meanwhile; the copy is whole."""
    with (
        closing(sqlite3.connect(source, timeout=60)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written, pages=PAGES, sleep=0.001)
        written.execute("PRAGMA journal_mode=DELETE")


def _copy_folders(source: Path, names: tuple[str, ...], target: Path) -> None:
    target.mkdir()
    for name in names:
        path = source / name
        if path.is_dir():
            shutil.copytree(path, target / name, ignore=NOT_KEPT)
        elif path.exists():
            shutil.copyfile(path, target / name)


def _write_manifest(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    told = {
        "made_at": clock.now().isoformat(),
        "revision": newest_revision(),
        "files": {str(path.relative_to(folder)): _digest(path) for path in files},
    }
    (folder / MANIFEST).write_text(json.dumps(told, indent=1), "utf-8")
    for path in folder.rglob("*"):
        os.chmod(path, 0o700 if path.is_dir() else 0o600)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} is no backup: {MANIFEST} cannot be read.") from error
    return told


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
