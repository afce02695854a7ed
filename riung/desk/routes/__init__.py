"""All pages of the desk under one router; `riung.server.app` mounts it."""

from __future__ import annotations

from fastapi import APIRouter

from riung.desk.routes import (
    announcements,
    api,
    complaints,
    conversation,
    counter,
    erasure,
    imports,
    inbox,
    internal,
    login,
    reports,
    users,
)

router = APIRouter()
PARTS = (
    login,
    inbox,
    conversation,
    erasure,
    complaints,
    counter,
    announcements,
    reports,
    imports,
    users,
    internal,
    api,
)
for part in PARTS:
    router.include_router(part.routes)
