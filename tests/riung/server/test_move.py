"""The move from SQLite files to PostgreSQL loses nothing, and goes on counting after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from riung.backend import demo
from riung.backend.db import Base, Database
from riung.clock import now
from riung.desk import event_intake
from riung.dialogue.tracker_store import EVENTS
from riung.server.move import MoveError, move
from riung.settings import Settings
from riung.whatsapp.store import Store
from riung.whatsapp.tables import contacts, inbox
from tests.riung.desk import makers
from tests.services import new_database

pytestmark = pytest.mark.services


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[Settings]:
    """Settings with PostgreSQL, whose folder holds the files of before."""
    fill(Settings.from_env({"RIUNG_VAR_DIR": str(tmp_path)}))
    with new_database() as url:
        yield Settings.from_env({"RIUNG_VAR_DIR": str(tmp_path), "RIUNG_DATABASE_URL": url})


def fill(files: Settings) -> None:
    """Demo data, a conversation, a message that waits, and a tracker."""
    database = Database(files.database_url, "x")
    database.migrate()
    demo.fill(database, now())
    event_intake.consume(database, [makers.user("halo \U0001f64f"), makers.bot("Selamat datang")])
    database.dispose()
    store = Store(files.channel_database_url)
    store.open()
    with store._engine.begin() as connection:
        connection.execute(contacts.insert(), {"conversation_id": "628991", "phone": "628991"})
        waiting: dict[str, object] = {
            "wamid": "w",
            "conversation_id": "628991",
            "phone_number_id": "1",
        }
        waiting |= {"outcome": "message", "state": "new", "message": {"text": "halo"}}
        connection.execute(
            inbox.insert(), {"id": 41, "timestamp": 1, "received_at": 1.5, **waiting}
        )
    store._engine.dispose()
    engine = sa.create_engine(files.tracker_database_url)
    EVENTS.metadata.create_all(engine, tables=[EVENTS])
    with engine.begin() as connection:
        said = {"sender_id": "628991@1", "type_name": "user", "data": '{"text": "halo"}'}
        connection.execute(EVENTS.insert(), [said] * 3)
    engine.dispose()


def rows(url: str, table: sa.Table) -> list[tuple[object, ...]]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.select(table))]
    engine.dispose()
    return sorted(found, key=repr)


def test_every_row_of_every_table_arrives_as_it_was(grown: Settings) -> None:
    files = Settings.from_env({"RIUNG_VAR_DIR": str(grown.var_dir)})

    moved = move(grown)

    for table in Base.metadata.sorted_tables:
        assert rows(grown.database_url, table) == rows(files.database_url, table), table.name
    for table in (contacts, inbox):
        assert rows(grown.channel_database_url, table) == rows(files.channel_database_url, table)
    assert rows(grown.tracker_database_url, EVENTS) == rows(files.tracker_database_url, EVENTS)
    assert moved["tracker"] == 3
    assert moved["riung"] > 20


def test_what_is_written_afterwards_gets_ids_of_its_own(grown: Settings) -> None:
    move(grown)

    database = Database(grown.database_url, "x")
    assert event_intake.consume(database, [makers.user("lagi"), makers.bot("Ya?")]) == 2
    database.dispose()
    engine = sa.create_engine(grown.channel_database_url)
    with engine.begin() as connection:
        new = {"wamid": "v", "phone_number_id": "1", "outcome": "message", "state": "new"}
        connection.execute(inbox.insert().values(**new, timestamp=1, received_at=2.0))
        newest = connection.execute(sa.select(sa.func.max(inbox.c.id))).scalar()
    engine.dispose()
    assert newest == 42


def test_a_database_with_rows_is_left_alone(grown: Settings) -> None:
    move(grown)

    with pytest.raises(MoveError, match="Nothing was changed"):
        move(grown)


def test_without_files_or_postgres_there_is_nothing_to_move(
    grown: Settings, tmp_path: Path
) -> None:
    with pytest.raises(MoveError, match="to move"):
        move(replace(grown, var_dir=tmp_path / "nothing"))
    with pytest.raises(MoveError, match="Set RIUNG_DATABASE_URL"):
        move(Settings.from_env({"RIUNG_VAR_DIR": str(tmp_path)}))
