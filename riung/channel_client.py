"""The WhatsApp channel's API: templates, failed letters, citizens' files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from urllib.parse import quote

import requests
import structlog

from riung.desk.access import MissingError, UnavailableError
from riung.settings import Settings

log = structlog.get_logger()

TIMEOUT = (2, 15)
"""Seconds to connect and to answer; a file may first have to come from Meta."""

_FILE_GONE = "Berkas ini tidak disimpan lagi, atau ditolak karena jenis atau ukurannya."


@dataclass(frozen=True)
class FailedLetter:
    """A message that did not reach the citizen, with the reason in the officer's words."""

    id: int
    sender_id: str
    text: str
    at: datetime
    reason: str


class ChannelApi:
    """A client with one pooled session."""

    def __init__(self, settings: Settings) -> None:
        self._base = f"{settings.rasa_url.rstrip('/')}/webhooks/whatsapp"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {settings.api_key}"

    def send_template(
        self, to: str, office: str, key: str, name: str, variables: dict[str, str]
    ) -> None:
        """Send a template; the same `key` sends nothing twice.

        Raises:
            UnavailableError: the channel is away or refuses.
        """
        body = {
            "to": to,
            "office": office,
            "key": key,
            "kind": "reply",
            "template": {"name": name, "variables": variables},
        }
        self._call("POST", "/send", json=body)

    def failed(self) -> list[FailedLetter]:
        """The newest dead letters of all offices.

        Raises:
            UnavailableError: the channel is away.
        """
        found = self._call("GET", "/outbox", params={"state": "failed", "limit": "200"}).json()
        return [
            FailedLetter(
                id=int(letter["id"]),
                sender_id=str(letter["conversation_id"]),
                text=letter["text"] or f"(templat {letter['template']})",
                at=datetime.fromtimestamp(letter["created_at"], timezone.utc),
                reason=letter["reason"] or "Alasannya tidak diketahui.",
            )
            for letter in found["letters"]
        ]

    def resend(self, letter_id: int) -> None:
        """Send a dead letter again.

        Raises:
            UnavailableError: the channel is away, or the letter is no longer dead.
        """
        self._call("POST", f"/outbox/{letter_id}/resend")

    def media(self, file_id: str) -> tuple[bytes, str]:
        """A citizen's file and its type.

        Raises:
            MissingError: it was not kept.
            UnavailableError: the channel or Meta is away.
        """
        answer = self._call("GET", f"/media/{file_id}")
        return answer.content, answer.headers.get("Content-Type", "application/octet-stream")

    def forget(self, sender_id: str) -> None:
        """Delete a citizen's messages, files and transcript.

        Raises:
            UnavailableError: the channel is away; nothing was deleted.
        """
        self._call("DELETE", f"/conversations/{quote(sender_id, safe='')}")

    def _call(self, method: str, path: str, **more: Any) -> requests.Response:
        try:
            answer = self._session.request(method, self._base + path, timeout=TIMEOUT, **more)
        except requests.RequestException as error:
            log.warning("desk.channel_away", reason=type(error).__name__)
            raise UnavailableError(
                "Saluran WhatsApp sedang tidak bisa dihubungi. Coba lagi sebentar lagi."
            ) from error
        if answer.status_code in (404, 410):
            raise MissingError(_FILE_GONE)
        if not answer.ok:
            log.warning("desk.channel_refused", status=answer.status_code)
            raise UnavailableError("Saluran WhatsApp menolak permintaan ini.")
        return answer
