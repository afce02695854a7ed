"""Rasa's REST channel for tests and web widgets, with a key and with senders of its own.

`POST /webhooks/rest/webhook` `{"sender", "message"}` as in Rasa, answered by the bot's messages.
Rasa's own takes any name from anybody, so that whoever reached the port could speak as a citizen of
WhatsApp, and puts all callers who send none into one conversation. Here `sender` must be given; its
conversation is `rest:sender`, which no person on WhatsApp can have, and the caller shows
`RIUNG_REST_TOKEN`; in demo mode, where all people are invented, a call without token is taken as
long as none is set. Without `RIUNG_REST=1` or demo mode there is no such address.
"""

from __future__ import annotations

import hmac
import json as json_module
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel, Extra, Field, ValidationError
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from riung.sanitizer import clean
from riung.settings import Settings, settings

CHANNEL = "rest"
PREFIX = f"{CHANNEL}:"
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class RestMessage(BaseModel, extra=Extra.ignore, allow_mutation=False):
    """What a caller says; 4,096 characters are what WhatsApp takes."""

    sender: str = Field(..., regex=r"^[\w.@:+-]{1,100}$")
    message: str = Field(..., max_length=4096)


class RestInput(InputChannel):
    """Made by Rasa for the entry in `credentials.yml`."""

    def __init__(self, chosen: Settings) -> None:
        self._is_open, self._token = chosen.rest, chosen.rest_token

    @classmethod
    def name(cls) -> str:
        """The channel's name and the last part of its address."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """The settings decide everything."""
        return cls(settings())

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes under `/webhooks/rest/`; none while the channel is off."""
        routes = Blueprint("rest")
        if not self._is_open:
            return routes

        async def receive(request: Request) -> HTTPResponse:
            if not self._may_speak(request):
                return _refusal(401, "The token is missing or wrong.")
            try:
                said = RestMessage(**json_module.loads(request.body))
            except ValidationError as error:
                return _refusal(422, _fault(error))
            except (ValueError, TypeError):
                return _refusal(400, "The body must be a JSON object.")
            return json(await _converse(said, on_new_message))

        routes.add_route(receive, "/webhook", methods=["POST"])
        return routes

    def _may_speak(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        wanted = f"Bearer {self._token}" if self._token else given
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


async def _converse(said: RestMessage, on_new_message: OnNewMessage) -> list[dict[str, Any]]:
    """The bot's answers, to the sender as the caller calls them."""
    output = CollectingOutputChannel()
    sender = PREFIX + said.sender
    await on_new_message(UserMessage(clean(said.message), output, sender, input_channel=CHANNEL))
    return [{**answer, "recipient_id": said.sender} for answer in output.messages]


def _refusal(status: int, words: str) -> HTTPResponse:
    return json({"error": words}, status=status)


def _fault(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
