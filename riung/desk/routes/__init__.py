"""All pages of the desk under one router; `riung.backend.app` mounts it."""

from __future__ import annotations

from fastapi import APIRouter

from riung.desk.routes import (
    announcements,
    api,
    complaints,
    conversation,
    inbox,
    internal,
    login,
    users,
)

router = APIRouter()
for part in (login, inbox, conversation, complaints, announcements, users, internal, api):
    router.include_router(part.routes)
