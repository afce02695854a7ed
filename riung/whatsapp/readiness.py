"""Whether a citizen who writes now would be answered: what `/webhooks/whatsapp/readyz` tells."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import Any

import aiohttp
from sqlalchemy import select
from sqlalchemy.engine import Connection

from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.runtime import WhatsAppService
from riung.whatsapp.tables import inbox

PATIENCE = 2.0
"""Seconds a part may take to answer; a citizen waits for all of them one after the other."""

NOBODYS = "readyz"
"""The name of a conversation that nobody has."""

FREE_AT_LEAST = 200 * 1024 * 1024
"""Bytes: an hour of a busy office with files, in which somebody can make room."""


async def checks(service: WhatsAppService, agent: Any) -> dict[str, bool]:
    """Each part that an answer needs, and whether it would do its work.

    Args:
        service: the channel.
        agent: Rasa's, whose `action_endpoint` says where the actions are; a test's has none.
    """
    endpoint = getattr(agent, "action_endpoint", None)
    store, actions = await asyncio.gather(
        _is_reachable(service), _answers(endpoint.url if endpoint else "")
    )
    return {
        "store": store,
        "tracker": await _remembers(agent),
        "model": service.dialogue.is_ready(),
        "actions": actions,
        "disk": _has_room(service),
        "sending": not service.sender.stops,
        "clock": service.graph.is_clock_right,
    }


def _has_room(service: WhatsAppService) -> bool:
    folder = service.settings.var_dir
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= FREE_AT_LEAST


async def _answers(webhook: str) -> bool:
    """Whether the action server of that address is alive; one that hangs is not. Actions in this
    process (`riung.dialogue.actions_here`) have no address.
    """
    if not webhook.startswith("http"):
        return True
    address = webhook.rpartition("/")[0] + "/health"
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as told:
            return told.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
        return False


async def _remembers(agent: Any) -> bool:
    """Whether conversations can be read; Rasa would answer each as if it were the first."""
    store = getattr(agent, "tracker_store", None)
    damage = getattr(store, "damage", None)
    if store is None or (damage and damage.is_found):
        return False
    try:
        await asyncio.wait_for(store.retrieve(NOBODYS), timeout=PATIENCE)
    except Exception:
        return False
    return True


def _look(connection: Connection) -> None:
    connection.execute(select(inbox.c.id).limit(1))


async def _is_reachable(service: WhatsAppService) -> bool:
    if service.store.damage.is_found:
        return False
    try:
        await asyncio.wait_for(service.store.run(_look), timeout=PATIENCE)
    except (StoreError, asyncio.TimeoutError):
        return False
    return True
