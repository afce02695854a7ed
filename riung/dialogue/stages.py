"""Tells how long the stages of a turn take that run inside Rasa."""

from __future__ import annotations

from typing import Any

from rasa.core.processor import MessageProcessor

from riung import tracing


def tell_stages() -> None:
    """Measure understanding, deciding, acting and remembering, for this process."""
    parse, run_action = MessageProcessor.parse_message, MessageProcessor._run_action
    decide = MessageProcessor.predict_next_with_tracker_if_should
    save = MessageProcessor.save_tracker

    async def understanding(processor: MessageProcessor, *args: Any, **named: Any) -> Any:
        with tracing.stage("understand"):
            return await parse(processor, *args, **named)

    def deciding(processor: MessageProcessor, *args: Any, **named: Any) -> Any:
        with tracing.stage("decide"):
            return decide(processor, *args, **named)

    async def acting(processor: MessageProcessor, action: Any, *args: Any, **named: Any) -> Any:
        with tracing.stage("act", action=action.name()):
            return await run_action(processor, action, *args, **named)

    async def remembering(processor: MessageProcessor, *args: Any, **named: Any) -> Any:
        with tracing.stage("remember"):
            return await save(processor, *args, **named)

    MessageProcessor.parse_message = understanding
    MessageProcessor.predict_next_with_tracker_if_should = deciding
    MessageProcessor._run_action = acting
    MessageProcessor.save_tracker = remembering
