"""What several routes need: the clients of Rasa and of the channel, and who acts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import Request, Response

from riung import clock
from riung.backend.db import database
from riung.channel_client import ChannelAwayError, ChannelClient
from riung.desk import audit, byte_ranges, conversations, handover
from riung.desk.access import Principal, UnavailableError
from riung.desk.handover import Actor
from riung.desk.rasa_api import RasaApi
from riung.settings import Settings

_FILE_AWAY = (
    "WhatsApp belum memberikan berkas ini. Riung mencobanya lagi sendiri; "
    "buka lagi beberapa menit lagi."
)

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


class FileAwayError(UnavailableError):
    """WhatsApp did not give the file now; it is asked again."""

    title = "Berkas belum bisa diambil"


def sent_by_citizen(request: Request, file_id: str) -> Response:
    """A file from the channel, or the part of it that was asked for, shown where it can run
    nothing.
    """
    try:
        content, mime_type = channel(request).media(file_id)
    except ChannelAwayError as error:
        raise FileAwayError(_FILE_AWAY) from error
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Accept-Ranges": "bytes"}
    wanted = byte_ranges.part(request.headers.get("range", ""), len(content))
    if wanted is None:
        return Response(content, media_type=mime_type, headers=headers)
    if not wanted:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return Response(status_code=416, headers=headers)
    headers["Content-Range"] = f"bytes {wanted[0]}-{wanted[-1]}/{len(content)}"
    part = content[wanted.start : wanted.stop]
    return Response(part, status_code=206, media_type=mime_type, headers=headers)
