"""A backup made while it runs, restored elsewhere, holds everything; nothing is overwritten."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from riung.backend.db import Database, migrate, newest_revision
from riung.backend.people import PersonId
from riung.clock import now
from riung.server import backup
from riung.server.backup import BackupError
from riung.server.state import StateError
from riung.settings import Settings
from riung.whatsapp.store import Store
from riung.whatsapp.tables import contacts
from tests.services import new_database

PEOPLE = 300


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.services)])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Of the database to back up, "" for SQLite files."""
    if request.param == "sqlite":
        yield ""
        return
    with new_database() as url:
        yield url


def installation(folder: Path, address: str) -> Settings:
    """The settings of an installation whose state lies in `folder`."""
    return Settings.from_env({"RIUNG_VAR_DIR": str(folder), "RIUNG_DATABASE_URL": address})


@pytest.fixture
def full(tmp_path: Path, address: str) -> Settings:
    """An installation with people, a channel, files and edited offices."""
    chosen = installation(tmp_path / "var", address)
    (chosen.var_dir / "media").mkdir(parents=True)
    (chosen.var_dir / "media" / "a").write_bytes(b"a citizen's file")
    (chosen.var_dir / "desk_files").mkdir()
    (chosen.var_dir / "desk_files" / "b.pdf").write_bytes(b"an officer's file")
    (tmp_path / "offices").mkdir()
    (tmp_path / "offices" / "bandung.yml").write_text("id: bandung\n")
    (tmp_path / ".env").write_text("RIUNG_HASH_KEY=x\n")
    migrate(chosen.database_url)
    write_people(chosen, range(PEOPLE))
    store = Store(chosen.channel_database_url)
    store.open()
    with store._engine.begin() as connection:
        connection.execute(contacts.insert(), {"conversation_id": "628991", "phone": "628991"})
    store._engine.dispose()
    return chosen


def write_people(chosen: Settings, numbers: range) -> None:
    with open_database(chosen) as database, database.writing() as session:
        session.add_all(PersonId(id=f"id{one}", person="p", seen_at=now()) for one in numbers)


@contextmanager
def open_database(chosen: Settings) -> Iterator[Database]:
    database = Database(chosen.database_url)
    yield database
    database.dispose()


def people(chosen: Settings) -> int:
    with open_database(chosen) as database, database.reading() as session:
        return int(session.scalar(select(func.count()).select_from(PersonId)) or 0)


def elsewhere(folder: Path, address: str) -> Iterator[Settings]:
    if not address:
        yield installation(folder, "")
        return
    with new_database() as url:
        yield installation(folder, url)


@pytest.fixture
def empty(tmp_path: Path, address: str) -> Iterator[Settings]:
    """An installation elsewhere that keeps nothing yet."""
    yield from elsewhere(tmp_path / "elsewhere", address)


def test_what_is_restored_is_what_was_there(
    full: Settings, empty: Settings, tmp_path: Path
) -> None:
    made = backup.make(full, tmp_path / "backups", tmp_path)
    other = tmp_path / "checkout"
    other.mkdir()

    left = backup.restore(empty, made, other)

    assert people(empty) == PEOPLE
    assert (empty.var_dir / "media" / "a").read_bytes() == b"a citizen's file"
    assert (empty.var_dir / "desk_files" / "b.pdf").read_bytes() == b"an officer's file"
    assert (other / ".env").read_text() == "RIUNG_HASH_KEY=x\n"
    assert (made / "project" / "offices" / "bandung.yml").exists()
    assert left == [f"What trainers edited is in {made / 'project'}."]
    store = Store(empty.channel_database_url)
    store.open()
    with store._engine.connect() as connection:
        assert connection.execute(select(contacts.c.phone)).scalars().all() == ["628991"]
    store._engine.dispose()


def test_it_is_made_while_others_write(full: Settings, empty: Settings, tmp_path: Path) -> None:
    done, written = threading.Event(), [PEOPLE]

    def write_on() -> None:
        while not done.is_set():
            write_people(full, range(written[0], written[0] + 10))
            written[0] += 10

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        made = backup.make(full, tmp_path / "backups", tmp_path)
    finally:
        done.set()
        writer.join()

    backup.restore(empty, made, tmp_path)
    assert PEOPLE <= people(empty) <= written[0]
    assert people(full) == written[0]


def test_a_backup_is_for_its_owner_alone(full: Settings, tmp_path: Path) -> None:
    made = backup.make(full, tmp_path / "backups", tmp_path)

    assert {path.stat().st_mode & 0o077 for path in [made, *made.rglob("*")]} == {0}


def test_nothing_is_overwritten(full: Settings, tmp_path: Path) -> None:
    made = backup.make(full, tmp_path / "backups", tmp_path)

    with pytest.raises(BackupError, match="Nothing was changed"):
        backup.restore(full, made, tmp_path)
    assert people(full) == PEOPLE


class TestOfSqliteFiles:
    """What no service is needed for."""

    @pytest.fixture
    def address(self) -> str:
        return ""

    def test_a_backup_with_a_damaged_file_is_refused(
        self, full: Settings, empty: Settings, tmp_path: Path
    ) -> None:
        made = backup.make(full, tmp_path / "backups", tmp_path)
        (made / "stores" / "riung.db").write_bytes(b"torn")

        with pytest.raises(BackupError, match=r"riung.db is missing or damaged"):
            backup.restore(empty, made, tmp_path)
        assert not (empty.var_dir / "riung.db").exists()

    def test_a_backup_of_a_newer_program_is_refused(
        self, full: Settings, empty: Settings, tmp_path: Path
    ) -> None:
        made = backup.make(full, tmp_path / "backups", tmp_path)
        told = (made / backup.MANIFEST).read_text()
        (made / backup.MANIFEST).write_text(told.replace(newest_revision(), "9999_later"))

        with pytest.raises(BackupError, match="newer version"):
            backup.restore(empty, made, tmp_path)

    def test_what_is_no_backup_and_where_none_can_be_written_is_one_line(
        self, full: Settings, empty: Settings, tmp_path: Path
    ) -> None:
        with pytest.raises(BackupError, match="is no backup"):
            backup.restore(empty, tmp_path, tmp_path)
        with pytest.raises(BackupError, match="could not be written"):
            backup.make(full, Path("/proc/backups"), tmp_path)

    def test_another_hash_key_is_told(
        self, full: Settings, empty: Settings, tmp_path: Path
    ) -> None:
        made = backup.make(full, tmp_path / "backups", tmp_path)
        (tmp_path / ".env").write_text("RIUNG_HASH_KEY=another\n")

        assert "RIUNG_HASH_KEY" in backup.restore(empty, made, tmp_path)[0]
        assert (tmp_path / ".env").read_text() == "RIUNG_HASH_KEY=another\n"

    def test_a_backup_of_files_is_not_put_into_postgres(
        self, full: Settings, tmp_path: Path
    ) -> None:
        made = backup.make(full, tmp_path / "backups", tmp_path)
        grown = replace(
            installation(tmp_path / "grown", "postgresql://a@127.0.0.1:1/b"), redis_url="redis://x"
        )

        with pytest.raises(StateError, match="set RIUNG_DATABASE_URL"):
            backup.restore(grown, made, tmp_path)

    def test_a_copied_store_needs_no_journal_beside_it(
        self, full: Settings, tmp_path: Path
    ) -> None:
        made = backup.make(full, tmp_path / "backups", tmp_path)

        assert not list((made / "stores").glob("*-wal"))
        with closing(sqlite3.connect(made / "stores" / "riung.db")) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        assert mode == "delete"
