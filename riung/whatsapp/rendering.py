"""From a letter of the outbox to the Graph API's body: free text in the window, else a template."""

from __future__ import annotations

from typing import Any

import structlog

from riung.whatsapp.bubble import compose
from riung.whatsapp.inbox import QUOTE_AFTER
from riung.whatsapp.metrics import Metrics
from riung.whatsapp.outbox import Letter
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


def window_is_open(letter: Letter, now: float) -> bool:
    """Whether free-form messages may go to this chat now."""
    return now < letter.window_opened_at + WINDOW - WINDOW_MARGIN


class LetterWriter:
    """Writes bodies; knows the words and templates, and where pictures have to be uploaded."""

    def __init__(
        self, words: Words, templates: dict[str, Template], uploads: Uploads, metrics: Metrics
    ) -> None:
        self._words, self._templates = words, templates
        self._uploads, self._metrics = uploads, metrics

    async def body(self, letter: Letter, now: float) -> dict[str, Any] | None:
        """The whole request, or None when the window is shut and there is no template.

        Judged at the moment of sending, not when the answer was written (Meta §10.15).
        """
        if letter.bubble and window_is_open(letter, now):
            message = await self._free_form(letter)
            if letter.asked_wamid and letter.asked_at and now - letter.asked_at > QUOTE_AFTER:
                message["context"] = {"message_id": letter.asked_wamid}
        elif letter.template:
            template = self._templates[letter.template["name"]]
            message = template.body(letter.template["variables"])
        else:
            return None
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **letter.contact.address,
            **message,
            "biz_opaque_callback_data": letter.key,
        }

    async def _free_form(self, letter: Letter) -> dict[str, Any]:
        assert letter.bubble
        message, cuts = compose(letter.bubble, self._words)
        for part in cuts:
            self._metrics.cuts.labels(part).inc()
            log.warning("bubble.cut", part=part, letter=letter.id)
        return await self._uploads.replace_links(letter.phone_number_id, message)
