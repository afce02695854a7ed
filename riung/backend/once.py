"""A call that is made twice stores once, also while its first try still runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

Row = TypeVar("Row")


def once(session: Session, stored: Callable[[], Row | None], store: Callable[[], Row]) -> Row:
    """What `stored` finds of an earlier try; else what `store` writes.

    Whoever asks again before the first try has ended finds nothing, and is held up by the unique
    key until it has: then the row is there.
    """
    before = stored()
    if before is not None:
        return before
    try:
        with session.begin_nested():
            return store()
    except IntegrityError:
        meanwhile = stored()
        if meanwhile is None:
            raise
        return meanwhile
