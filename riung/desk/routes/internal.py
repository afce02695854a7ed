"""Where Rasa's event broker delivers tracker events, and the channel tells of deliveries."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from riung.backend.auth import api_key
from riung.backend.db import database
from riung.desk import event_intake, live_updates

routes = APIRouter(include_in_schema=False, dependencies=[Depends(api_key)])


class Batch(BaseModel):
    """Events in order; `gap` says that earlier ones may have been lost."""

    gap: bool = False
    events: Annotated[list[dict[str, Any]], Field(max_items=1000)]


@routes.post("/internal/tracker-events")
def take_events(request: Request, batch: Batch) -> dict[str, int]:
    """Copy them; answered when they are stored."""
    return {"new": event_intake.consume(database(request), batch.events, gap=batch.gap)}


class Changed(BaseModel):
    """Conversations in which the state of a message of ours changed."""

    conversations: Annotated[list[str], Field(max_items=5000)]


@routes.post("/internal/deliveries", status_code=204)
def note_deliveries(request: Request, changed: Changed) -> Response:
    """Have the pages that show them look again."""
    with database(request).writing() as session:
        live_updates.announce_talks(session, changed.conversations)
    return Response(status_code=204)
