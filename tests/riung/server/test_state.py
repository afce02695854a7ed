"""What an installation keeps is looked at before anything is started."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from riung.backend.db import migrate, newest_revision
from riung.server import state
from riung.server.state import StateError, require_usable_state, sqlite_files
from riung.settings import Settings
from riung.whatsapp.schema import VERSION
from riung.whatsapp.store import Store


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    """An installation with its tables."""
    found = Settings.from_env({"RIUNG_VAR_DIR": str(tmp_path / "var")})
    found.var_dir.mkdir()
    migrate(found.database_url)
    Store(found.channel_database_url).open()
    return found


def run(chosen: Settings, store: str, statement: str) -> None:
    with closing(sqlite3.connect(sqlite_files(chosen)[store])) as connection, connection:
        connection.execute(statement)


def test_what_is_whole_and_of_this_version_is_used(chosen: Settings) -> None:
    require_usable_state(chosen)

    with closing(sqlite3.connect(sqlite_files(chosen)["riung"])) as connection:
        told = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert told == (newest_revision(),)


def test_a_page_damaged_in_the_middle_is_found(chosen: Settings) -> None:
    run(chosen, "channel", "CREATE TABLE filler AS SELECT randomblob(100000) AS bytes")
    path = sqlite_files(chosen)["channel"]
    run(chosen, "channel", "PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(content)

    with pytest.raises(StateError, match=r"channel.db is damaged"):
        require_usable_state(chosen)


@pytest.mark.parametrize(
    ("store", "statement"),
    [
        ("riung", "UPDATE alembic_version SET version_num = '9999_later'"),
        ("channel", f"UPDATE channel_version SET version = {VERSION + 1}"),
    ],
)
def test_tables_of_a_newer_program_are_refused_in_one_line(
    chosen: Settings, store: str, statement: str
) -> None:
    run(chosen, store, statement)

    with pytest.raises(StateError, match="newer version of Riung") as refused:
        require_usable_state(chosen)
    assert len(str(refused.value).splitlines()) == 1


def test_a_store_that_another_program_writes_to_is_no_damage(chosen: Settings) -> None:
    with closing(sqlite3.connect(sqlite_files(chosen)["riung"])) as busy:
        busy.execute("BEGIN EXCLUSIVE")
        require_usable_state(chosen)


def test_a_full_disk_is_told_in_one_line(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "ROOM_TO_START", 2**62)

    with pytest.raises(StateError, match=r"is full \(\d+ MB are free") as refused:
        require_usable_state(chosen)
    assert len(str(refused.value).splitlines()) == 1


def test_files_are_left_to_their_owner(chosen: Settings) -> None:
    (chosen.var_dir / "riung.db").chmod(0o644)

    require_usable_state(chosen)

    assert (chosen.var_dir / "riung.db").stat().st_mode & 0o777 == 0o600
