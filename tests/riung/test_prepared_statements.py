"""A prepared statement does what SQLAlchemy's own way does, row for row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from riung import prepared_statements
from riung.prepared_statements import PreparedConnection

META = sa.MetaData()
THINGS = sa.Table(
    "things",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String, unique=True),
    sa.Column("state", sa.String, server_default="new"),
    sa.Column("said", sa.JSON(none_as_null=True)),
    sa.Column("is_seen", sa.Boolean, server_default=sa.false()),
    sa.Column("made_by", sa.String, default=lambda: "us"),
)

NAMED = sa.select(THINGS.c.id, THINGS.c.said, THINGS.c.is_seen, THINGS.c.state.label("is")).where(
    THINGS.c.name == sa.bindparam("wanted"), THINGS.c.state.in_(("new", "old"))
)
AGE = (
    sa.update(THINGS)
    .where(THINGS.c.name == sa.bindparam("wanted"))
    .values(
        state=sa.case((THINGS.c.state.in_(("new",)), "old"), else_=THINGS.c.state),
        said=sa.bindparam("words"),
    )
)
AMONG = sa.select(THINGS.c.name).where(THINGS.c.name.in_(sa.bindparam("wanted", expanding=True)))
ADD = sa.insert(THINGS)
COUNT = sa.select(sa.func.count()).where(THINGS.c.is_seen.is_(sa.bindparam("seen")))


def work(connection: Connection) -> list[Any]:
    """Each statement several times, so that it is seen for the first time and again."""
    found: list[Any] = []
    for name in ("a", "b", "c"):
        made = connection.execute(ADD, {"name": name, "said": {"é": [1, None]}, "made_by": "x"})
        changed = connection.execute(AGE, {"wanted": name, "words": None if name == "b" else [2]})
        row = connection.execute(NAMED, {"wanted": name}).first()
        rows = connection.execute(NAMED, {"wanted": "nobody"}).all()
        found += [made.rowcount, changed.rowcount, dict(row._mapping), tuple(row), row.said, rows]
        found.append(connection.execute(AMONG, {"wanted": [name, "a"]}).scalars().all())
        found.append(connection.execute(COUNT, {"seen": False}).scalar_one())
        found.append(connection.execute(NAMED, {"wanted": name}).fetchmany(2))
    for names in (("d", "e"), ("f",)):
        connection.execute(ADD, [{"name": name, "said": None, "made_by": "y"} for name in names])
        connection.execute(ADD, {"name": f"{names[0]}!"})
    return [*found, *connection.execute(sa.select(THINGS).order_by(THINGS.c.id)).all()]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = sa.create_engine(f"sqlite:///{tmp_path}/things.db", future=True)
    META.create_all(made)
    yield made
    made.dispose()


def _run(engine: Engine, connect: Callable[[Engine], Connection]) -> list[Any]:
    with connect(engine) as connection, connection.begin() as transaction:
        found = work(connection)
        transaction.rollback()
    return found


def test_rows_and_changes_are_those_of_sqlalchemy(engine: Engine) -> None:
    assert _run(engine, PreparedConnection) == _run(engine, Engine.connect)


def test_a_constant_is_compiled_once_and_an_occasional_statement_never(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[Any] = []
    of = prepared_statements.Prepared.of

    def noting(statement: Any, given: Any, dialect: Any) -> Any:
        prepared.append(statement)
        return of(statement, given, dialect)

    monkeypatch.setattr(prepared_statements.Prepared, "of", noting)
    constant = sa.select(THINGS.c.name).where(THINGS.c.id == sa.bindparam("wanted"))
    with PreparedConnection(engine) as connection:
        for number in range(4):
            connection.execute(constant, {"wanted": number})
            connection.execute(sa.select(THINGS.c.id).where(THINGS.c.id == number))

    assert [statement is constant for statement in prepared] == [True]


def test_what_is_written_is_there_after_the_commit_and_not_after_a_rollback(
    engine: Engine,
) -> None:
    for keep, name in ((True, "kept"), (False, "lost")):
        with PreparedConnection(engine) as connection:
            for part in ("1", "2", "3"):
                connection.execute(ADD, {"name": f"{name}{part}", "made_by": "x"})
            if keep:
                connection.commit()

    with engine.connect() as other:
        names = other.execute(sa.select(THINGS.c.name).order_by(THINGS.c.id)).scalars().all()
    assert names == ["kept1", "kept2", "kept3"]


def test_a_refusal_is_sqlalchemys_and_shows_no_values(engine: Engine) -> None:
    with PreparedConnection(engine) as connection:
        for name in ("one", "two"):
            connection.execute(ADD, {"name": name, "made_by": "x"})
        with pytest.raises(sa.exc.IntegrityError) as refused:
            connection.execute(ADD, {"name": "two", "made_by": "3201012345678901"})

    assert "3201012345678901" not in str(refused.value)


def test_a_missing_value_is_told(engine: Engine) -> None:
    with PreparedConnection(engine) as connection:
        connection.execute(NAMED, {"wanted": "a"})
        with pytest.raises(sa.exc.SQLAlchemyError, match="wanted"):
            connection.execute(NAMED, {"wnted": "a"})
