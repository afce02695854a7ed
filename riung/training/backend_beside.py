"""A real backend beside a rehearsal, in the same process, and the settings of both."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from riung import backend_client
from riung.backend.db import Database
from riung.backend.demo import fill
from riung.clock import now
from riung.dialogue import announcements
from riung.server.app import create_app
from riung.settings import Settings, settings


@contextmanager
def serving(chosen: Settings) -> Iterator[tuple[str, Database]]:
    """A backend on loopback, in a thread; its address and its database."""
    config = uvicorn.Config(create_app(chosen), log_level="error", ws="none")
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        database = Database(chosen.database_url, chosen.hash_key)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", database
        finally:
            database.dispose()
            server.should_exit = True
            thread.join(timeout=20)


@contextmanager
def environment_of(folder: Path, **more: str) -> Iterator[Settings]:
    """Settings of their own for the process: state in `folder`, invented keys, no office's."""
    before = dict(os.environ)
    for name in [one for one in before if one.startswith(("RIUNG_", "WHATSAPP_"))]:
        if name not in ("RIUNG_HOME", "RIUNG_OFFICE"):
            del os.environ[name]
    keys = {name: f"uji-{name.lower()}" for name in ("RIUNG_API_KEY", "RIUNG_ADMIN_KEY")}
    os.environ.update(keys, RIUNG_HASH_KEY="uji", RIUNG_VAR_DIR=str(folder), **more)
    settings.cache_clear()
    try:
        yield settings()
    finally:
        os.environ.clear()
        os.environ.update(before)
        settings.cache_clear()


@contextmanager
def rehearsing(folder: Path, moment: str = "") -> Iterator[Database]:
    """A backend full of demo data that the actions of this process ask; its database.

    Args:
        folder: where its files and the conversations go.
        moment: when it is, as `RIUNG_NOW` says it; now when left out.
    """
    more = {"RIUNG_NOW": moment} if moment else {}
    with environment_of(folder, **more) as chosen, serving(chosen) as (url, database):
        fill(database, now())
        os.environ["RIUNG_BACKEND_URL"] = url
        settings.cache_clear()
        backend_client.backend.cache_clear()
        try:
            yield database
        finally:
            announcements.forget()
            backend_client.backend.cache_clear()
