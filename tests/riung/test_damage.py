"""A database that is damaged while programs use it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from riung.damage import is_damage, watch
from tests.damaging import damage


@pytest.fixture
def engine(tmp_path: Path) -> sa.engine.Engine:
    """Of a database with a table that fills many pages."""
    engine = sa.create_engine(f"sqlite:///{tmp_path}/besar.db")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE orang (id INTEGER PRIMARY KEY, kata TEXT)"))
        rows = [{"kata": "kata " * 100} for _ in range(500)]
        connection.execute(sa.text("INSERT INTO orang (kata) VALUES (:kata)"), rows)
    engine.dispose()
    return engine


def read(engine: sa.engine.Engine) -> None:
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT sum(length(kata)) FROM orang")).scalar()


def test_it_fails_like_one_that_is_away_and_is_told_once(
    engine: sa.engine.Engine, tmp_path: Path, printed: StringIO
) -> None:
    found = watch(engine)
    read(engine)
    engine.dispose()
    damage(tmp_path / "besar.db")

    for _ in range(2):
        with pytest.raises(OperationalError):
            read(engine)

    assert found.is_found
    assert printed.getvalue().count("database.damaged") == 1
    assert "kata kata" not in printed.getvalue()


def test_other_errors_stay_what_they_are(engine: sa.engine.Engine) -> None:
    found = watch(engine)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO orang (id) VALUES (1)"))

    assert not found.is_found
    assert not is_damage(ValueError("malformed"))
