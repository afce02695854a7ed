"""The WhatsApp channel's own API: sending, failed messages, citizens' files, forgetting.

The backend hands notices over, the desk everything else. What the channel's answers mean for an
officer is the desk's to say; here they are only told apart.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Literal
from urllib.parse import quote

import requests
import structlog

from riung.proxies import direct_session
from riung.settings import Settings

log = structlog.get_logger()

TIMEOUT = (2, 15)
"""Seconds to connect and to answer; a file may first have to come from Meta."""

SOON = (0.2, 0.6)
"""The same where an officer's page waits for it."""

SPARED = 5.0
"""Seconds in which a channel that did not answer soon is not asked again for a page."""

TRY_AGAIN = frozenset({401, 408, 429})
"""Statuses that look like a refusal and pass: a key that is being changed, a slow or busy hour."""


class ChannelError(Exception):
    """The channel did not do it."""


class ChannelAwayError(ChannelError):
    """It cannot be reached or is in trouble; the same call may work later."""


class ChannelRefusedError(ChannelError):
    """It refuses; the same call will be refused again."""


class NotKeptError(ChannelError):
    """It has no such file or message (any more)."""


@dataclass(frozen=True)
class FailedMessage:
    """A message that did not reach the citizen (yet); `reason` is in the officer's words, or empty.

    `has_line` is set when it was said in a conversation, and stands there; `asked` is the wamid
    that it answers.
    """

    id: int
    sender_id: str
    text: str
    template: str
    at: datetime
    reason: str
    has_line: bool = False
    asked: str = ""


@dataclass(frozen=True)
class Delivery:
    """What became of a message of ours; `asked` is the wamid that it answers, `wamid` its own, by
    which a reaction names it; both may be empty.
    """

    id: int
    key: str
    asked: str
    state: str
    reason: str
    wamid: str = ""


@dataclass(frozen=True)
class StoppedNumber:
    """A number of ours from which nothing goes out until somebody mends the cause."""

    phone_number_id: str
    office: str
    reason: str


class ChannelClient:
    """A client with one pooled session. Every call may raise `ChannelError`."""

    def __init__(self, url: str, api_key: str) -> None:
        self._base = f"{url.rstrip('/')}/webhooks/whatsapp"
        self._session = direct_session()
        self._session.headers["Authorization"] = f"Bearer {api_key}"
        self._spared_until = 0.0

    @classmethod
    def from_settings(cls, settings: Settings) -> ChannelClient:
        """The channel of this installation."""
        return cls(settings.rasa_url, settings.api_key)

    def send_template(
        self,
        to: str,
        office: str,
        key: str,
        name: str,
        variables: Mapping[str, Any],
        kind: Literal["reply", "bulk"] = "reply",
    ) -> None:
        """Send a template; the same `key` sends nothing twice. Replies overtake bulk messages."""
        body = {
            "to": to,
            "office": office,
            "key": key,
            "kind": kind,
            "template": {"name": name, "variables": dict(variables)},
        }
        self._call("POST", "/send", json=body)

    def failed(self) -> list[FailedMessage]:
        """The newest failed messages of all offices."""
        return self._in_state("failed")

    def held(self) -> list[FailedMessage]:
        """The newest that wait until WhatsApp opens their template again, of all offices."""
        return self._in_state("held")

    def _in_state(self, state: str) -> list[FailedMessage]:
        found = self._call("GET", "/outbox", params={"state": state, "limit": "200"}).json()
        return [
            FailedMessage(
                id=int(message["id"]),
                sender_id=str(message["conversation_id"]),
                text=message["text"] or "",
                template=message["template"] or "",
                at=datetime.fromtimestamp(message["created_at"], timezone.utc),
                reason=message["reason"] or "",
                has_line=message["key"].startswith("desk:") or bool(message["asked_wamid"]),
                asked=message["asked_wamid"] or "",
            )
            for message in found["messages"]
        ]

    def stopped(self) -> list[StoppedNumber]:
        """The numbers that send nothing now: what is answered there waits."""
        numbers = self._call("GET", "/numbers").json()["numbers"]
        return [
            StoppedNumber(one["phone_number_id"], one["office"] or "", one["reason"] or "")
            for one in numbers
            if one["stopped"]
        ]

    def deliveries(self, conversation: str) -> list[Delivery]:
        """What became of a conversation's newest messages; nothing while the channel is away.

        A page waits for it, so a channel that does not answer soon is not asked for some seconds.
        """
        if time.monotonic() < self._spared_until:
            return []
        asked = {"conversation": conversation, "limit": "300"}
        try:
            found = self._call("GET", "/outbox", params=asked, timeout=SOON).json()["messages"]
        except ChannelError:
            self._spared_until = time.monotonic() + SPARED
            return []
        return [
            Delivery(
                id=int(message["id"]),
                key=str(message["key"]),
                asked=message["asked_wamid"] or "",
                state=str(message["state"]),
                reason=message["reason"] or "",
                wamid=message.get("wamid") or "",
            )
            for message in found
        ]

    def resend(self, message_id: int) -> None:
        """Send a failed message again."""
        self._call("POST", f"/outbox/{message_id}/resend")

    def media(self, file_id: str) -> tuple[bytes, str]:
        """A citizen's file and its type."""
        answer = self._call("GET", f"/media/{file_id}")
        return answer.content, answer.headers.get("Content-Type", "application/octet-stream")

    def forget(self, person: str) -> None:
        """Delete a citizen's messages, files and transcripts; nothing was deleted if it raises."""
        self._call("DELETE", f"/conversations/{quote(person, safe='')}")

    def _call(self, method: str, path: str, **more: Any) -> requests.Response:
        try:
            more.setdefault("timeout", TIMEOUT)
            answer = self._session.request(method, self._base + path, **more)
        except requests.RequestException as error:
            log.warning("channel.away", reason=type(error).__name__)
            raise ChannelAwayError(type(error).__name__) from error
        if answer.ok:
            return answer
        log.warning("channel.refused", status=answer.status_code)
        if answer.status_code in (404, 410):
            raise NotKeptError(path)
        if 400 <= answer.status_code < 500 and answer.status_code not in TRY_AGAIN:
            raise ChannelRefusedError(str(answer.status_code))
        raise ChannelAwayError(str(answer.status_code))
