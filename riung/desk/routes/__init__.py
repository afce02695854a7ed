"""All pages of the desk under one router; `riung.server.app` mounts it."""

from __future__ import annotations

from fastapi import APIRouter

from riung.desk.routes import (
    announcements,
    api,
    bulk_close,
    cases,
    colleagues,
    complaints,
    conversation,
    counter,
    erasure,
    facts,
    imports,
    inbox,
    internal,
    login,
    questions,
    reports,
    review,
    snooze,
    users,
    waiting_room,
    why,
    workshop,
)

router = APIRouter()
PARTS = (
    login,
    inbox,
    conversation,
    snooze,
    bulk_close,
    colleagues,
    erasure,
    complaints,
    cases,
    counter,
    waiting_room,
    announcements,
    reports,
    facts,
    imports,
    users,
    internal,
    api,
    review,
    questions,
    workshop,
    why,
)
for part in PARTS:
    router.include_router(part.routes)
