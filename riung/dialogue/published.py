"""The dialogue server takes another version without a restart, between two turns."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import structlog
from rasa.core import run as rasa_run
from rasa.core.agent import Agent
from sanic import Sanic

from riung import clock
from riung.dialogue.tracker_store import PrivateTrackerStore
from riung.dialogue.turn_limit import between_turns
from riung.workshop.following import LOOK_EVERY, Follower
from riung.workshop.versions import MODEL, Loaded

log = structlog.get_logger()


def follow() -> None:
    """Let every server that Rasa makes in this process follow what is published."""
    if not Follower.of_this_process():
        return
    configure = rasa_run.configure_app

    def configure_following(*arguments: Any, **options: Any) -> Sanic:
        app: Sanic = configure(*arguments, **options)
        app.register_listener(_begin, "after_server_start")
        return app

    rasa_run.configure_app = configure_following


async def _begin(app: Sanic, _: Any) -> None:
    follower = Follower.of_this_process()
    if follower:
        follower.store.tell(follower.program, Loaded(version=follower.version, at=clock.now()))
        app.add_task(_look(app.ctx.agent, follower))


async def _look(agent: Agent, follower: Follower) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            if number := follower.news():
                await change_over(agent, follower, number)
        except Exception:
            log.exception("versions.not_followed")


async def change_over(agent: Agent, follower: Follower, number: int) -> None:
    """Answer from another version from the next turn on; from the old one if it can't be loaded."""
    before = follower.version
    async with between_turns():
        problem = _load(agent, follower, number)
        if problem:
            _load(agent, follower, before)
    if problem:
        follower.store.fail(number, problem)
    follower.store.tell(
        follower.program, Loaded(version=follower.version, problem=problem, at=clock.now())
    )


def _load(agent: Agent, follower: Follower, number: int) -> str:
    """Read a version's files and model; why that failed, else ""."""
    follower.move(number)
    gc.unfreeze()
    try:
        agent.load_model(follower.store.link(follower.program) / MODEL)
    except Exception as error:
        log.error("versions.not_loaded", version=number, reason=type(error).__name__)
        return f"{type(error).__name__}: {error}"[:300]
    finally:
        gc.collect()
        gc.freeze()
    _forget_warm(agent)
    log.info("versions.loaded", version=number)
    return ""


def _forget_warm(agent: Agent) -> None:
    """Let conversations be read again: those kept ready have the slots of the version before."""
    if isinstance(agent.tracker_store, PrivateTrackerStore):
        agent.tracker_store.forget_warm()
