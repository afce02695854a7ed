"""Codes a citizen reads out at the counter and an officer types."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

ALPHABET = "CDFGHJKMNPQRTVWXY34679"
"""No vowels (no words), and nothing that looks like another: 0 O, 1 I L, 2 Z, 5 S, 8 B."""

LETTERS = ALPHABET[:-5]

LENGTH = 6
"""43 million codes: too many to guess one, short enough to say."""


def new_code(session: Session, table: Any) -> str:
    """A code that no row of `table` has.

    It begins with two letters and holds a digit, so that in a chat it can't be taken for a word.
    """
    while True:
        sets = (LETTERS, LETTERS, *[ALPHABET] * (LENGTH - 2))
        code = "".join(map(secrets.choice, sets))
        if code.isalpha():
            continue
        if session.execute(select(table.id).where(table.code == code)).first() is None:
            return code


def normal_code(text: str) -> str:
    """A code as somebody typed it: lower case, with spaces or dashes."""
    return "".join(letter for letter in text.upper() if letter.isalnum())
