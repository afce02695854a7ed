"""The Graph API's body of a message: free text in the 24-hour window, else a template."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog

from riung.whatsapp.bubble import Bubble, compose
from riung.whatsapp.graph import GraphError
from riung.whatsapp.inbox import QUOTE_AFTER
from riung.whatsapp.metrics import Metrics
from riung.whatsapp.outbox import OutboxMessage
from riung.whatsapp.templates import Template
from riung.whatsapp.uploads import Uploads
from riung.whatsapp.words import Words

log = structlog.get_logger()

WINDOW = 24 * 3600
"""Seconds after a citizen's message in which free-form answers may go (Meta §7)."""

WINDOW_MARGIN = 300
"""Seconds before its end at which we count it as shut: clocks differ, requests take time."""

WINDOW_SHUT = "131047"
"""Meta's code for a free-form message outside the window; ours too when we don't even try."""


def window_is_open(message: OutboxMessage, now: float) -> bool:
    """Whether free-form messages may go to this chat now."""
    return now < message.window_opened_at + WINDOW - WINDOW_MARGIN


class MessageRenderer:
    """Writes bodies; knows the words and templates, and where pictures have to be uploaded."""

    def __init__(
        self, words: Words, templates: dict[str, Template], uploads: Uploads, metrics: Metrics
    ) -> None:
        self._words, self._templates = words, templates
        self._uploads, self._metrics = uploads, metrics

    async def body(self, message: OutboxMessage, now: float) -> dict[str, Any] | None:
        """The whole request, or None when the window is shut and there is no template.

        Judged at the moment of sending, not when the answer was written (Meta §10.15).
        """
        if message.bubble and window_is_open(message, now):
            content = await self._free_form(message)
            if message.asked_wamid and message.asked_at and now - message.asked_at > QUOTE_AFTER:
                content["context"] = {"message_id": message.asked_wamid}
        elif message.template:
            template = self._templates[message.template["name"]]
            content = template.body_of(message.template)
        else:
            return None
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **message.contact.address,
            **content,
            "biz_opaque_callback_data": message.key,
        }

    async def _free_form(self, message: OutboxMessage) -> dict[str, Any]:
        """The bubble; its words alone where its picture can't be uploaded: they are needed now."""
        assert message.bubble
        content = self._composed(message, message.bubble)
        try:
            return await self._uploads.replace_links(message.phone_number_id, content)
        except GraphError as error:
            if not (message.bubble.image and message.bubble.text):
                raise
            log.warning("bubble.without_picture", reason=str(error), message=message.id)
            return self._composed(message, replace(message.bubble, image=""))

    def _composed(self, message: OutboxMessage, bubble: Bubble) -> dict[str, Any]:
        content, cuts = compose(bubble, self._words)
        for part in cuts:
            self._metrics.cuts.labels(part).inc()
            log.warning("bubble.cut", part=part, message=message.id)
        return content
