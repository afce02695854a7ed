"""What the bot asks the desk, with the api key."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from riung.backend.auth import api_key
from riung.backend.db import Reading
from riung.backend.quotas.rules import find_office
from riung.clock import now
from riung.desk import announcements

routes = APIRouter(prefix="/api/v1", tags=["announcements"], dependencies=[Depends(api_key)])


@routes.get("/announcements")
def get_announcements(session: Reading, office: str) -> list[dict[str, Any]]:
    """What the office announces now: `id`, `kind` (`outage`, `news`), `text`, `ends_at`.

    Outages first. Say each once in a conversation, and outages with every status answer.
    """
    found = find_office(office)
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "text": one.text,
            "ends_at": one.ends_at.astimezone(found.zone),
        }
        for one in announcements.current(session, found.id, now())
    ]
