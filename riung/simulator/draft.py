"""The draft beside the live bot: a dialogue server of its own, started when somebody writes to it.

It reads the newest version that is ready (`riung.workshop`), answers to the simulator alone, keeps
its conversations apart from citizens' and tells the desk nothing. What it asks the backend is real,
as in the live bot; in the simulator that is demo data.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Mapping

import aiohttp

from riung.office.offices import DRAFT_PHONE_NUMBER_ID, default_office
from riung.settings import ENGINE, ROOT, Settings
from riung.simulator.script import Line
from riung.workshop.versions import DRAFT, Versions

PATIENCE = 180.0
"""Seconds until it answers. Measured on 2 idle cores: 12 s; a busy machine takes ten times that."""

NOT_ITS_OWN = ("RIUNG_DATABASE_URL", "RIUNG_REDIS_URL", "RIUNG_AMQP_URL", "RIUNG_ACTION_SERVER")
"""What it must not share with the live bot; without them it keeps files of its own."""


class DraftBot:
    """The draft's dialogue server.

    Args:
        config: the installation's settings.
    """

    def __init__(self, config: Settings) -> None:
        self.config, self._store = config, Versions.of(config)
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = asyncio.Lock()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.config.draft_port}"

    def line(self) -> Line | None:
        """The number it is reached at; None while there is no version."""
        if self._store.newest() is None:
            return None
        behind = default_office()
        return Line(
            phone_number_id=DRAFT_PHONE_NUMBER_ID,
            display_phone_number="6289900000000",
            office=behind.id,
            nama=f"Draf, belum terbit: {behind.nama_singkat}",
            nama_singkat=f"Draf ({behind.nama_singkat})",
        )

    async def ready(self) -> None:
        """Start it where it does not run, and wait until it can answer."""
        async with self._starting:
            if self._process is None or self._process.poll() is not None:
                self._process = self._start()
            deadline = time.monotonic() + PATIENCE
            async with aiohttp.ClientSession() as session:
                while time.monotonic() < deadline and not await _answers(session, self.url):
                    await asyncio.sleep(0.5)

    def _start(self) -> subprocess.Popen[bytes]:
        folder = self._store.folder / "draf"
        folder.mkdir(parents=True, exist_ok=True)
        link = self._store.enter(DRAFT, self._store.wanted(DRAFT))
        with (folder / "rasa.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "riung.dialogue.server"],
                cwd=ROOT,
                env={
                    **_own(os.environ),
                    "RIUNG_EDITED": str(link),
                    "RIUNG_DRAFT": "1",
                    "RIUNG_VAR_DIR": str(folder),
                    "RIUNG_RASA_PORT": str(self.config.draft_port),
                    "RIUNG_RASA_URL": self.url,
                    "RIUNG_BACKEND_URL": self.config.backend_url,
                    "SANIC_WORKERS": "1",
                    "PYTHONPATH": str(ENGINE),
                },
                stdout=log,
                stderr=subprocess.STDOUT,
            )


def _own(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in NOT_ITS_OWN}


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/webhooks/whatsapp/readyz") as answer:
            return answer.status == 200
    except (aiohttp.ClientError, OSError):
        return False
