"""What several routes need: the clients of Rasa and of the channel, and who acts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import Request

from riung.desk.access import Principal
from riung.desk.channel_api import ChannelApi
from riung.desk.handover import Actor
from riung.desk.rasa_api import RasaApi
from riung.settings import Settings


@lru_cache(maxsize=4)
def _rasa(settings: Settings) -> RasaApi:
    return RasaApi(settings)


@lru_cache(maxsize=4)
def _channel(settings: Settings) -> ChannelApi:
    return ChannelApi(settings)


def configured(request: Request) -> Settings:
    """The settings the application was built with."""
    found: Settings = request.app.state.settings
    return found


def rasa(request: Request) -> RasaApi:
    """The one client of Rasa, with its pooled connections."""
    return _rasa(configured(request))


def channel(request: Request) -> ChannelApi:
    """The one client of the WhatsApp channel."""
    return _channel(configured(request))


def files(request: Request) -> Path:
    """Where officers' files are kept."""
    return configured(request).var_dir / "desk_files"


def acting(who: Principal) -> Actor:
    """The logged-in person as the one who acts on a conversation."""
    return Actor(who.id, who.name)
