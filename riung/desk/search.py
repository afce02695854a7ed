"""Finding conversations by words, with the full-text search of the database in use.

SQLite's FTS5 (`desk_words`) and PostgreSQL's GIN index hold each line's words and long numbers
(migration 0005). Words may stand in any order and in different lines of one conversation, in its
notes, its labels or the citizen's name. A word finds what begins with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    String,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from riung.desk.tables import Conversation, Message, Note

LOOKED_THROUGH = 1000
"""Lines of one word that are looked through, the newest first: 20 screens of the list, and every
search stays within 300 ms however common its words are (benchmarks/search.py).
"""

Condition = Any
"""A SQL condition (SQLAlchemy's stubs know no better name for all of them)."""


@dataclass(frozen=True)
class Scope:
    """Where is searched: these offices (None: all), and lines until a moment (None: to now)."""

    offices: Sequence[str] | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Found:
    """Conversations with all the words; `too_common` names a word of which older lines were left
    out.
    """

    ids: set[int] = field(default_factory=set)
    too_common: str = ""


def conversations_with(session: Session, words: Sequence[str], scope: Scope) -> Found:
    """The conversations in which all these words stand."""
    if not words:
        return Found()
    written = _written(session, words)
    hits = {word: _hits(session, word, written[word], scope) for word in words}
    rarest, *others = sorted(words, key=lambda word: (hits[word].is_cut, len(hits[word].ids)))
    found = hits[rarest].ids
    for word in others:
        if not hits[word].is_cut:
            found &= hits[word].ids
        elif found:
            found = _those_with(session, found, word, scope)
    return Found(found, rarest if hits[rarest].is_cut else "")


def newest_hits(
    session: Session, conversation_ids: Collection[int], words: Sequence[str]
) -> dict[int, Message]:
    """Of each conversation the line with the most of these words; of equals the newest."""
    if not words or not conversation_ids:
        return {}
    lines = select(Message).where(
        Message.conversation_id.in_(conversation_ids),
        or_(*(_holds(session, word) for word in words)),
    )
    best: dict[int, tuple[int, Message]] = {}
    for line in session.scalars(lines.order_by(Message.at.desc(), Message.id.desc())):
        held = f"{line.text.casefold()} {line.numbers}"
        count = sum(word in held for word in words)
        if count > best.get(line.conversation_id, (0, line))[0]:
            best[line.conversation_id] = (count, line)
    return {key: line for key, (_, line) in best.items()}


@dataclass(frozen=True)
class _Hits:
    """The conversations with a word, or with `is_cut` the newest of them."""

    ids: set[int]
    is_cut: bool


def _hits(session: Session, word: str, written: Sequence[int], scope: Scope) -> _Hits:
    said = _said(session, word, scope)
    is_cut = max(len(said), len(written)) > LOOKED_THROUGH
    return _Hits({*said[:LOOKED_THROUGH], *written[:LOOKED_THROUGH]}, is_cut)


def _said(session: Session, word: str, scope: Scope) -> list[int]:
    """The conversation of each line with the word, newest line first; one more than are used."""
    found = _SQLITE if _is_sqlite(session) else _POSTGRESQL
    query = found.limit(LOOKED_THROUGH + 1)
    if scope.offices is not None:
        query = query.where(Message.office.in_(scope.offices))
    if scope.until is not None:
        query = query.where(Message.at < scope.until)
    return list(session.scalars(query, {"pattern": _begins(session, word)}))


def _written(
    session: Session, words: Sequence[str], within: set[int] | None = None
) -> dict[str, list[int]]:
    """Word → the conversations with it in the citizen's name, a label or a note, the newest first.

    One look for all words, because it reads every conversation.
    """
    patterns = [f"%{word}%" for word in words]
    labels = cast(Conversation.labels, String)
    named = select(Conversation.id, Conversation.name, labels).where(
        or_(*(column.ilike(one) for column in (Conversation.name, labels) for one in patterns))
    )
    noted = select(Note.conversation_id, Note.text, literal("")).where(
        or_(*(Note.text.ilike(one) for one in patterns))
    )
    if within is not None:
        named = named.where(Conversation.id.in_(within))
        noted = noted.where(Note.conversation_id.in_(within))
    newest = named.order_by(Conversation.last_at.desc())
    most = (LOOKED_THROUGH + 1) * len(words)
    found: dict[str, list[int]] = {word: [] for word in words}
    for query in (newest.limit(most), noted.limit(most)):
        for key, *texts in session.execute(query):
            text = " ".join(texts).casefold()
            for word in words:
                if word in text:
                    found[word].append(key)
    return found


def _those_with(session: Session, ids: set[int], word: str, scope: Scope) -> set[int]:
    """Of these conversations those with the word: for one that is everywhere."""
    lines = select(Message.conversation_id).where(
        Message.conversation_id.in_(ids), _holds(session, word)
    )
    if scope.until is not None:
        lines = lines.where(Message.at < scope.until)
    return {*session.scalars(lines.distinct()), *_written(session, [word], ids)[word]}


def _is_sqlite(session: Session) -> bool:
    return bool(session.get_bind().dialect.name == "sqlite")


def _begins(session: Session, word: str) -> str:
    """What begins with the word, as the database writes it; a single letter begins too much."""
    if _is_sqlite(session):
        return f'"{word}"' + "*" * (len(word) > 1)
    return word + ":*" * (len(word) > 1)


def _holds(session: Session, word: str) -> Condition:
    """Whether one line holds the word; for a few lines, as no index is asked."""
    if _is_sqlite(session):
        return or_(Message.text.ilike(f"%{word}%"), Message.numbers.like(f"%{word}%"))
    pattern: Any = bindparam("begins", _begins(session, word), unique=True)
    return literal_column("desk_messages.words").op("@@")(func.to_tsquery(_SIMPLE, pattern))


_SIMPLE = literal_column("'simple'")


_words = table("desk_words", column("rowid"))
_SQLITE: Select = (
    select(Message.conversation_id)
    .join(_words, _words.c.rowid == Message.id)
    .where(text("desk_words MATCH :pattern"))
    .order_by(_words.c.rowid.desc())
)
_POSTGRESQL: Select = (
    select(Message.conversation_id)
    .where(text("desk_messages.words @@ to_tsquery('simple', :pattern)"))
    .order_by(Message.id.desc())
)
