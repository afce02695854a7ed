"""Finding conversations by words, with the full-text search of the database in use.

SQLite's FTS5 (`desk_words`, `desk_names`) and PostgreSQL's GIN indexes hold each line's words and
long numbers and each conversation's name and labels (migrations 0005, 0013). Words may stand in any
order and in different lines of one conversation, in its notes, its labels or the citizen's name. A
word finds what begins with it; one that stands in very many lines only itself, as what begins with
it is nothing that an officer could look through.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from riung.desk.tables import Conversation, Message, Note

LOOKED_THROUGH = 500
"""Lines of one word that are looked through, the newest first: 10 pages of the list, and every
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


def newest_notes(
    session: Session, conversation_ids: Collection[int], words: Sequence[str]
) -> dict[int, Note]:
    """Of each conversation the newest note with one of these words."""
    if not words or not conversation_ids:
        return {}
    found = select(Note).where(
        Note.conversation_id.in_(conversation_ids),
        or_(*(Note.text.ilike(f"%{word}%") for word in words)),
    )
    return {note.conversation_id: note for note in session.scalars(found.order_by(Note.id))}


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
    query = _dialect(session).lines.limit(LOOKED_THROUGH + 1)
    if scope.offices is not None:
        query = query.where(Message.office.in_(scope.offices))
    if scope.until is not None:
        query = query.where(Message.at < scope.until)
    return _of_word_or_beginning(session, query, word)


def _of_word_or_beginning(session: Session, query: Select, word: str) -> list[int]:
    """What has the word itself, and if that is not too much, what has a word that begins so: the
    beginning of a common word is the dearest thing to ask for.
    """
    found = list(session.scalars(query, {"pattern": _itself(session, word)}))
    begins = _begins(session, word)
    if len(found) > LOOKED_THROUGH or begins == _itself(session, word):
        return found
    return list(session.scalars(query, {"pattern": begins}))


def _written(
    session: Session, words: Sequence[str], within: set[int] | None = None
) -> dict[str, list[int]]:
    """Word → the conversations with it in the name, a label or a note, the newest first."""
    names = _dialect(session).names.limit(LOOKED_THROUGH + 1)
    if within is not None:
        names = names.where(Conversation.id.in_(within))
    noted = _noted(session, words, within)
    return {word: _of_word_or_beginning(session, names, word) + noted[word] for word in words}


def _noted(session: Session, words: Sequence[str], within: set[int] | None) -> dict[str, list[int]]:
    """Word → the conversations with it in a note: one look for all, as it reads every note."""
    query = select(Note.conversation_id, Note.text).where(
        or_(*(Note.text.ilike(f"%{word}%") for word in words))
    )
    if within is not None:
        query = query.where(Note.conversation_id.in_(within))
    found: dict[str, list[int]] = {word: [] for word in words}
    for key, written in session.execute(query.limit((LOOKED_THROUGH + 1) * len(words))):
        for word in words:
            if word in written.casefold():
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


def _itself(session: Session, word: str) -> str:
    """The word, as the database writes it."""
    return f'"{word}"' if _is_sqlite(session) else word


def _begins(session: Session, word: str) -> str:
    """What begins with the word; a single letter begins too much."""
    if len(word) == 1:
        return _itself(session, word)
    return _itself(session, word) + ("*" if _is_sqlite(session) else ":*")


def _holds(session: Session, word: str) -> Condition:
    """Whether one line holds the word; for a few lines, as no index is asked."""
    if _is_sqlite(session):
        return or_(Message.text.ilike(f"%{word}%"), Message.numbers.like(f"%{word}%"))
    pattern: Any = bindparam("begins", _begins(session, word), unique=True)
    return literal_column("desk_messages.words").op("@@")(func.to_tsquery(_SIMPLE, pattern))


_SIMPLE = literal_column("'simple'")


@dataclass(frozen=True)
class _Dialect:
    """The conversations of lines and of names that match `:pattern`, the newest first."""

    lines: Select
    names: Select


def _dialect(session: Session) -> _Dialect:
    return _SQLITE if _is_sqlite(session) else _POSTGRESQL


_words, _names = (table(name, column("rowid")) for name in ("desk_words", "desk_names"))
_SQLITE = _Dialect(
    lines=select(Message.conversation_id)
    .join(_words, _words.c.rowid == Message.id)
    .where(text("desk_words MATCH :pattern"))
    .order_by(_words.c.rowid.desc()),
    names=select(Conversation.id)
    .join(_names, _names.c.rowid == Conversation.id)
    .where(text("desk_names MATCH :pattern"))
    .order_by(_names.c.rowid.desc()),
)
_POSTGRESQL = _Dialect(
    lines=select(Message.conversation_id)
    .where(text("desk_messages.words @@ to_tsquery('simple', :pattern)"))
    .order_by(Message.id.desc()),
    names=select(Conversation.id)
    .where(text("desk_conversations.names @@ to_tsquery('simple', :pattern)"))
    .order_by(Conversation.id.desc()),
)
