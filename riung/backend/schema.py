"""What all request bodies have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Extra, validator
from pydantic.fields import ModelField


class Body(BaseModel):
    """A request body that refuses fields it does not know, so that a typo is not lost silently.

    Moments and days are texts of ISO 8601. Pydantic reads a bare number as seconds since 1970; one
    is refused here, for whoever sends 46353 or 20261224 means something else.
    """

    class Config:
        """Pydantic's settings."""

        extra = Extra.forbid

    @validator("*", pre=True)
    def _no_bare_number(cls, value: Any, field: ModelField) -> Any:
        is_number = isinstance(value, (int, float)) or (
            isinstance(value, str) and value.strip().lstrip("-").replace(".", "").isdecimal()
        )
        if is_number and field.type_ in (date, datetime):
            raise ValueError("write it as 2026-11-24 or 2026-11-24T09:00:00+07:00")
        return value
