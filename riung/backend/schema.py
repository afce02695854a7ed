"""What all request bodies have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import BaseModel, Extra, validator
from pydantic.fields import ModelField

YEARS = range(2000, 2200)
"""Moments of these years can be moved to any zone and stored; others are slips."""


class Body(BaseModel):
    """A request body that refuses fields it does not know, so that a typo is not lost silently.

    Moments and days are texts of ISO 8601. Pydantic reads a bare number as seconds since 1970; one
    is refused here, for whoever sends 46353 or 20261224 means something else.
    """

    class Config:
        """Pydantic's settings."""

        extra = Extra.forbid

    judged_later: ClassVar[frozenset[str]] = frozenset()
    """Moments for which the service has a refusal of its own."""

    @validator("*", check_fields=False)
    def _moment_is_of_our_time(cls, value: Any, field: ModelField) -> Any:
        is_moment = isinstance(value, datetime) and field.name not in cls.judged_later
        if is_moment and value.year not in YEARS:
            raise ValueError(f"must be between the years {YEARS.start} and {YEARS.stop - 1}")
        return value

    @validator("*", pre=True)
    def _no_bare_number(cls, value: Any, field: ModelField) -> Any:
        is_number = isinstance(value, (int, float)) or (
            isinstance(value, str) and value.strip().lstrip("-").replace(".", "").isdecimal()
        )
        if is_number and field.type_ in (date, datetime):
            raise ValueError("write it as 2026-11-24 or 2026-11-24T09:00:00+07:00")
        return value
