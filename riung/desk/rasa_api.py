"""Rasa's HTTP API, as far as the desk needs it: append events to a tracker, read a tracker."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import requests
import structlog

from riung.proxies import direct_session
from riung.settings import Settings

log = structlog.get_logger()

TIMEOUT = (2, 10)
"""Seconds to connect and to answer. Rasa's lock of a busy conversation polls once a second."""


class RasaError(Exception):
    """Rasa did not take the request.

    `sent` tells whether it may have been carried out all the same (the answer was lost).
    """

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.sent = sent


class RasaApi:
    """A client with one pooled session; used by one thread at a time or by many."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.rasa_url.rstrip("/")
        self._token = {"token": settings.api_key}
        self._session = direct_session()

    def append(self, sender_id: str, events: list[dict[str, Any]]) -> None:
        """Append events; bot events among them are sent through the conversation's channel.

        Raises:
            RasaError: Rasa is away, busy or refuses.
        """
        options = {"output_channel": "latest", "execute_side_effects": "true"}
        self._call("POST", f"{self._path(sender_id)}/events", options, events)

    def events(self, sender_id: str) -> list[dict[str, Any]]:
        """All events of a conversation, oldest first, over all its sessions.

        Raises:
            RasaError: Rasa is away.
        """
        found = self._call("GET", self._path(sender_id), {"include_events": "ALL"})
        return list(found.get("events") or ())

    def _path(self, sender_id: str) -> str:
        # Rasa takes the path as it comes: a quoted sign would be a conversation of its own.
        return f"{self._base}/conversations/{quote(sender_id, safe='@:')}/tracker"

    def _call(
        self,
        method: str,
        url: str,
        options: dict[str, str],
        body: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        try:
            answer = self._session.request(
                method, url, params={**options, **self._token}, json=body, timeout=TIMEOUT
            )
        except requests.exceptions.ConnectTimeout as error:
            raise RasaError("connect timeout", sent=False) from error
        except requests.RequestException as error:
            sent = not _was_refused(error)
            raise RasaError(type(error).__name__, sent=sent) from error
        if answer.status_code != requests.codes.ok:
            log.warning("desk.rasa_refused", status=answer.status_code)
            raise RasaError(f"HTTP {answer.status_code}", sent=answer.status_code >= 500)
        found: dict[str, Any] = answer.json()
        return found


def _was_refused(error: requests.RequestException) -> bool:
    """Whether nothing was listening: then the request was certainly not carried out."""
    return "NewConnectionError" in repr(error)
