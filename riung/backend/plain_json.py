"""Answers that are plain already: dictionaries of texts, numbers, days and moments.

FastAPI checks an answer against its annotation and copies it value by value into what JSON knows
before it is written. For the two answers that every other message of a citizen asks for that took
more than finding them.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from fastapi.responses import JSONResponse


class PlainJSON(JSONResponse):
    """What a route answers, written as FastAPI writes it.

    Raises:
        TypeError: a value is neither of JSON's own nor a day or a moment.
    """

    def render(self, content: Any) -> bytes:
        """The bytes."""
        written = json.dumps(
            content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_written
        )
        return written.encode("utf-8")


def _written(value: object) -> str:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an answer")
