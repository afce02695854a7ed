"""What several routes need: the clients of Rasa and of the channel, and who acts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import Request, Response

from riung import clock
from riung.backend.db import database
from riung.channel_client import ChannelClient
from riung.desk import audit, conversations, handover
from riung.desk.access import Principal
from riung.desk.handover import Actor
from riung.desk.rasa_api import RasaApi
from riung.settings import Settings

ANSWER_TEMPLATE = "jawaban_petugas"
"""The template (`kalimat/templat.yml`) that calls a citizen back after the 24 hours."""


@lru_cache(maxsize=4)
def _rasa(settings: Settings) -> RasaApi:
    return RasaApi(settings)


@lru_cache(maxsize=4)
def _channel(settings: Settings) -> ChannelClient:
    return ChannelClient.from_settings(settings)


def configured(request: Request) -> Settings:
    """The settings the application was built with."""
    found: Settings = request.app.state.settings
    return found


def rasa(request: Request) -> RasaApi:
    """The one client of Rasa, with its pooled connections."""
    return _rasa(configured(request))


def channel(request: Request) -> ChannelClient:
    """The one client of the WhatsApp channel."""
    return _channel(configured(request))


def files(request: Request) -> Path:
    """Where officers' files are kept."""
    return configured(request).var_dir / "desk_files"


def acting(who: Principal) -> Actor:
    """The logged-in person as the one who acts on a conversation."""
    return Actor(who.id, who.name)


def call_back(request: Request, who: Principal, conversation_id: int, ticket: str = "") -> None:
    """Send the template that asks the citizen to write again; once an hour at most.

    It names `ticket`, else the talk's own.

    Raises:
        MissingError: no such conversation in this person's offices.
        ChannelError: the channel is away.
    """
    with database(request).writing() as session:
        found = conversations.visible(session, conversation_id, who)
        current = handover.open_handover(session, found.id)
        named = ticket or (current.ticket if current else "") or f"P-{found.id}"
        variables = {"kantor": handover.office_of(found).nama, "tiket": named}
        key = f"desk:{found.id}:{clock.now():%Y%m%d%H}"
        sender_id, office = found.sender_id, found.office
        subject = f"percakapan {found.id}"
        audit.write(session, who.login, "template_sent", subject, ANSWER_TEMPLATE, office)
    channel(request).send_template(sender_id, office, key, ANSWER_TEMPLATE, variables)


def sent_by_citizen(request: Request, file_id: str) -> Response:
    """A file from the channel, shown where it can run nothing."""
    content, mime_type = channel(request).media(file_id)
    return Response(
        content,
        media_type=mime_type,
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )
