"""The versions of the channel's tables: each change of them takes along what is there already.

The table `channel_version` holds how many of `STEPS` were done. A new database gets today's tables
at once; one from before there was a version counts as version 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from riung.whatsapp.tables import metadata

if TYPE_CHECKING:
    from alembic.operations import Operations

_versions = sa.MetaData()
channel_version = sa.Table("channel_version", _versions, sa.Column("version", sa.Integer))

TABLES = tuple(metadata.sorted_tables)
"""All tables of the channel, each after those it refers to."""

NEWER = "was made by a newer version of Riung"


class NewerTablesError(RuntimeError):
    """The tables are of a newer program, which this one would misread."""


def _leases_for_claims(does: Operations) -> None:
    """What was claimed when the program stopped is nobody's now."""
    does.execute("DROP TABLE IF EXISTS claims")
    does.execute("DROP TABLE IF EXISTS leases")


STEPS: tuple[Callable[[Operations], None], ...] = (lambda _: None, _leases_for_claims)
"""What leads from each version to the next. Only ever add to the end; what was once released is
what offices have."""

VERSION = len(STEPS)


def upgrade(connection: Connection) -> None:
    """Bring the tables to today's version.

    Raises:
        NewerTablesError: they are of a newer program.
    """
    here = sa.inspect(connection)
    if not here.has_table(channel_version.name):
        _versions.create_all(connection)
        first = 1 if here.has_table("contacts") else VERSION
        connection.execute(channel_version.insert().values(version=first))
    version = int(connection.execute(sa.select(channel_version.c.version)).scalar_one())
    if version > VERSION:
        raise NewerTablesError(f"It {NEWER} (version {version}, this program knows {VERSION}).")
    if version < VERSION:
        _follow(STEPS[version:], connection)
    metadata.create_all(connection)
    connection.execute(channel_version.update().values(version=VERSION))


def _follow(steps: tuple[Callable[[Operations], None], ...], connection: Connection) -> None:
    from alembic.migration import MigrationContext  # 8 MB that nobody with today's tables needs
    from alembic.operations import Operations

    does = Operations(MigrationContext.configure(connection))
    for step in steps:
        step(does)
