"""What all request bodies have in common."""

from __future__ import annotations

from pydantic import BaseModel, Extra


class Body(BaseModel):
    """A request body that refuses fields it does not know, so that a typo is not lost silently."""

    class Config:
        """Pydantic's settings."""

        extra = Extra.forbid
