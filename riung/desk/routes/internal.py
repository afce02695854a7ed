"""Where Rasa's event broker delivers tracker events."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from riung.backend.auth import api_key
from riung.backend.db import database
from riung.desk import event_intake

routes = APIRouter(include_in_schema=False, dependencies=[Depends(api_key)])


class Batch(BaseModel):
    """Events in order; `gap` says that earlier ones may have been lost."""

    gap: bool = False
    events: Annotated[list[dict[str, Any]], Field(max_items=1000)]


@routes.post("/internal/tracker-events")
def take_events(request: Request, batch: Batch) -> dict[str, int]:
    """Copy them; answered when they are stored."""
    return {"new": event_intake.consume(database(request), batch.events, gap=batch.gap)}
