"""Publishing a version to the programs that run, and waiting until they answer from it."""

from __future__ import annotations

import time

import requests

from riung.proxies import direct_session
from riung.settings import Settings
from riung.workshop.versions import RASA, Publication, VersionError, Versions

PATIENCE = 60.0
"""Seconds from "Terbitkan" to live; a version that takes longer is told to be on its way."""


def wait(store: Versions, made: Publication, settings: Settings) -> str:
    """Wait until citizens are answered from it; what a trainer reads of that.

    Raises:
        VersionError: the version cannot be answered from; the one before stays.
    """
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        loaded = store.loaded(RASA)
        if loaded and loaded.version == made.version and loaded.at >= made.at:
            return f"Versi {made.version} berlaku setelah {time.monotonic() - began:.1f} detik."
        if loaded and loaded.problem and loaded.at >= made.at:
            raise VersionError(f"Versi {made.version} tidak bisa dipakai: {loaded.problem}")
        if not is_running(settings):
            return f"Versi {made.version} terbit; dipakai begitu Riung dijalankan."
        time.sleep(0.2)
    return f"Versi {made.version} terbit; bot masih memuatnya."


def is_running(settings: Settings) -> bool:
    """Whether there is a dialogue server; one that is busy counts."""
    try:
        direct_session().get(f"{settings.rasa_url}/webhooks/whatsapp/healthz", timeout=10)
    except requests.Timeout:
        return True
    except requests.RequestException:
        return False
    return True
