"""What all request bodies have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Extra
from pydantic.datetime_parse import parse_datetime


class Moment(datetime):
    """A moment as a text of ISO 8601; a bare number is refused, for nobody knows what it counts."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], datetime]]:
        """Pydantic's way to a type's rules."""
        yield cls._read

    @classmethod
    def __modify_schema__(cls, field_schema: dict[str, Any]) -> None:
        """As other moments stand in the OpenAPI page."""
        field_schema.update(type="string", format="date-time")

    @classmethod
    def _read(cls, value: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        if not isinstance(value, str) or value.strip().replace(".", "").lstrip("-").isdecimal():
            raise ValueError("a text such as 2026-11-24T09:00:00+07:00 is needed")
        moment: datetime = parse_datetime(value)
        return moment


class Body(BaseModel):
    """A request body that refuses fields it does not know, so that a typo is not lost silently."""

    class Config:
        """Pydantic's settings."""

        extra = Extra.forbid
