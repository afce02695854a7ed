"""SQLite statements made ready once: SQLAlchemy's way to the driver takes some ten times the
statement's own time, and a message of a citizen runs thirty of them.

A statement object that comes a second time (a constant of a module) is compiled for good; its text,
the order of its values and how they are converted are SQLAlchemy's own. Whatever is not as plain as
that goes SQLAlchemy's way: statements made for the occasion, lists of unknown length, values that
columns fill in by themselves, and every other database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import future
from sqlalchemy.engine import Dialect, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]


class PreparedResult(IteratorResult):
    """Rows, as SQLAlchemy hands them out, and how many a change has touched."""

    rowcount: int

    def __init__(self, cursor: sqlite3.Cursor, columns: Columns) -> None:
        rows = map(columns.row, cursor.fetchall()) if columns.names else ()
        super().__init__(columns.described, iter(rows))
        self.rowcount = cursor.rowcount


class Columns:
    """The columns that a statement hands out, and how each value becomes Python's."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        chosen = list(statement.selected_columns) if isinstance(statement, sa.sql.Select) else []
        self.names = [column.key for column in chosen]
        described: Any = SimpleResultMetaData(self.names)
        self.described, self._keymap = described, described._keymap
        self._converts = [
            (place, convert)
            for place, column in enumerate(chosen)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    def row(self, values: Sequence[Any]) -> sa.engine.Row:
        """A row of the driver's as SQLAlchemy's."""
        if self._converts:
            changed = list(values)
            for place, convert in self._converts:
                changed[place] = convert(changed[place])
            values = changed
        return sa.engine.Row(self.described, None, self._keymap, 0, tuple(values))


@dataclass(frozen=True)
class Prepared:
    """A compiled statement.

    Attributes:
        text: as the driver takes it.
        order: the name of the value for each of its marks.
        fixed: the values that the statement brings along.
        converts: name → what makes the driver's value of Python's.
    """

    text: str
    order: tuple[str, ...]
    fixed: Values
    converts: Mapping[str, Convert]
    columns: Columns

    @classmethod
    def of(cls, statement: Any, given: Values, dialect: Dialect) -> Prepared | None:
        """The statement for values of these names; None where SQLAlchemy has to see the values."""
        compiled = statement.compile(dialect=dialect, column_keys=list(given) or None)
        if not _is_plain(compiled):
            return None
        values = compiled.construct_params(given, escape_names=False)
        written = compiled._process_parameters_for_postcompile(values)
        fixed = {**values, **written.additional_parameters}
        return cls(
            written.statement,
            tuple(written.positiontup),
            {name: fixed[name] for name in written.positiontup if name not in given},
            {**compiled._bind_processors, **written.processors},
            Columns(statement, dialect),
        )

    def values(self, given: Values) -> list[Any]:
        """The values in their order, as the driver takes them."""
        found = [given[name] if name in given else self.fixed[name] for name in self.order]
        for place, name in enumerate(self.order):
            if name in self.converts:
                found[place] = self.converts[name](found[place])
        return found


def _is_plain(compiled: Any) -> bool:
    """Whether text and order of values never change, and no column fills itself in."""
    if not isinstance(compiled, SQLCompiler) or compiled.returning:
        return False
    if any(bind.expanding and bind.required for bind in compiled.binds.values()):
        return False
    return not (compiled.insert_prefetch or compiled.update_prefetch)


class PreparedConnection(future.Connection):
    """A connection that makes statements ready once; on SQLite, else it is SQLAlchemy's own."""

    def execute(self, statement: Any, parameters: Any = None, *arguments: Any) -> Any:
        """Run a statement as `sqlalchemy.future.Connection.execute` does.

        Raises:
            sqlalchemy.exc.DBAPIError: the database refused; without the values in its words.
        """
        prepared = None if arguments else _prepared(statement, parameters, self.dialect)
        if prepared is None:
            return super().execute(statement, parameters, *arguments)
        if not self.in_transaction():
            self.begin()
        cursor = self.connection.cursor()
        try:
            if isinstance(parameters, list):
                cursor.executemany(prepared.text, map(prepared.values, parameters))
            else:
                cursor.execute(prepared.text, prepared.values(parameters or {}))
            return PreparedResult(cursor, prepared.columns)
        except sqlite3.Error as error:
            raise sa.exc.DBAPIError.instance(
                prepared.text, None, error, sqlite3.Error, True, dialect=self.dialect
            ) from error
        finally:
            cursor.close()


_known: WeakKeyDictionary[Any, dict[tuple[str, ...], Prepared | None]] = WeakKeyDictionary()
"""Statement → names of values → what was made of it."""


def _prepared(statement: Any, parameters: Any, dialect: Dialect) -> Prepared | None:
    """The statement made ready; None the first time that it is seen."""
    if dialect.name != "sqlite":
        return None
    found = _known.get(statement)
    if found is None:
        _known[statement] = {}
        return None
    given = (parameters[0] if isinstance(parameters, list) else parameters) or {}
    names = tuple(given)
    if names not in found:
        found[names] = Prepared.of(statement, given, dialect)
    return found[names]
