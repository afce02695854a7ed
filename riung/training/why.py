"""`riung kenapa "pesan"`: a message given to the bot of the working folder, and why it answers so.

Nothing is stored and nobody is told; what the actions ask the backend for is asked for in earnest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from riung.dialogue.model import SERVED
from riung.dialogue.unused import leave_out
from riung.office.offices import default_office
from riung.settings import EDITED
from riung.workshop.why import Explanation, explain

_ID = "kenapa"


def ask(message: str) -> tuple[str, Explanation]:
    """The words as they are read, and what becomes of the message.

    Raises:
        LookupError: the model has no answer to give: it is not trained.
    """
    leave_out()
    from riung.nlu.normalizer import normalizer

    found = explain(asyncio.run(_events(message)), _ID, EDITED)
    if found is None:
        raise LookupError("Belum ada model. Latih dahulu: make latih")
    return normalizer().line(message), found


async def _events(message: str) -> list[dict[str, Any]]:
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.core.tracker_store import InMemoryTrackerStore
    from rasa.utils.endpoints import EndpointConfig

    from riung.dialogue.actions_here import ActionsHere, hand_over_little

    hand_over_little()
    store = InMemoryTrackerStore(domain=None)
    agent = Agent.load(
        str(SERVED),
        generator=EndpointConfig(type="riung.dialogue.responses.OfficeNaturalLanguageGenerator"),
        action_endpoint=ActionsHere(),
        tracker_store=store,
    )
    metadata = {"office": default_office().id}
    said = UserMessage(message, CollectingOutputChannel(), _ID, message_id=_ID, metadata=metadata)
    await agent.handle_message(said)
    tracker = await agent.tracker_store.retrieve(_ID)
    return [event.as_dict() for event in tracker.events] if tracker else []


def told(words: str, why: Explanation) -> Iterator[str]:
    """What stands on the screen."""
    yield f"Dibaca sebagai: {words}"
    for kind, value, parser in why.found:
        yield f"  {kind} = {value} ({parser})"
    yield "Maksud:"
    for intent, sure in why.ranking:
        yield f"  {sure:5.0%} {intent}{' ← dipilih' if intent == why.intent else ''}"
    for step in why.steps:
        yield f"Lalu: {step.action}{f' ({step.policy})' if step.policy else ''}"
        yield from (f"  {place} {place.name}".rstrip() for place in (*step.decided, *step.written))
        yield from (f"  menanyakan {call}" for call in step.calls)
        yield from (f"  {name} = {value}" for name, value in step.values.items())
        yield from (f"  | {line}" for line in step.said.splitlines())
