"""The channel's tables are taken along from every earlier version, with what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.schema import VERSION, channel_version
from riung.whatsapp.store import Store
from riung.whatsapp.tables import contacts, inbox, metadata
from tests.riung.whatsapp.postgres import postgres_url

FIRST = """
CREATE TABLE contacts (conversation_id VARCHAR(140) PRIMARY KEY, user_id VARCHAR(140) UNIQUE,
    phone VARCHAR(20) UNIQUE);
CREATE TABLE inbox (id INTEGER PRIMARY KEY AUTOINCREMENT, wamid VARCHAR(512) NOT NULL UNIQUE,
    conversation_id VARCHAR(140), phone_number_id VARCHAR(240) NOT NULL,
    outcome VARCHAR(40) NOT NULL, state VARCHAR(10) NOT NULL, timestamp INTEGER NOT NULL,
    received_at FLOAT NOT NULL, done_at FLOAT, message JSON);
CREATE TABLE claims (conversation_id VARCHAR(140) PRIMARY KEY, owner VARCHAR(32) NOT NULL,
    until FLOAT NOT NULL);
INSERT INTO contacts VALUES ('6289900000001', NULL, '6289900000001');
INSERT INTO inbox VALUES (7, 'wamid.a', '6289900000001', '1', 'message', 'new', 1, 1.0, NULL, '{}');
INSERT INTO claims VALUES ('6289900000001', 'somebody', 1.0);
"""
"""As the first release left it, with a message that waits."""


def made_first(path: Path) -> str:
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for statement in FIRST.split(";"):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return f"sqlite:///{path}"


async def test_the_first_releases_tables_are_brought_along_with_what_waits_there(
    tmp_path: Path,
) -> None:
    store = Store(made_first(tmp_path / "channel.db"))
    store.open()

    waiting = await store.run(lambda c: c.execute(sa.select(inbox.c.id, inbox.c.state)).all())
    people = await store.run(lambda c: c.execute(sa.select(contacts.c.phone)).scalars().all())
    tables = await store.run(lambda c: sa.inspect(c).get_table_names())
    await store.close()

    assert ([*map(tuple, waiting)], people) == ([(7, "new")], ["6289900000001"])
    assert set(tables) - {"sqlite_sequence"} == {*metadata.tables, channel_version.name}


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]
)
async def test_a_new_database_has_todays_version_and_keeps_it(
    database: str, tmp_path: Path
) -> None:
    with postgres_url(database == "postgresql") as variables:
        url = variables.get("RIUNG_DATABASE_URL", f"sqlite:///{tmp_path / 'channel.db'}")
        versions = sa.select(channel_version.c.version)
        for _ in range(2):
            store = Store(url)
            store.open()
            assert await store.run(lambda c: c.execute(versions).scalars().all()) == [VERSION]
            await store.close()


async def test_tables_of_a_newer_program_are_not_touched(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'channel.db'}")
    store.open()
    await store.run(lambda c: c.execute(channel_version.update().values(version=VERSION + 1)))
    await store.close()

    with pytest.raises(StoreError, match="newer version of Riung"):
        Store(f"sqlite:///{tmp_path / 'channel.db'}").open()
