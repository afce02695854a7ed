"""A real backend on loopback, in a thread of the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import select

from riung.backend.db import Database
from riung.desk.tickets.tables import Ticket
from riung.settings import Settings
from riung.training.backend_beside import serving
from tests.stack import SECRETS

FRIDAY = "2026-11-20T10:00:00+07:00"
"""The clock of these tests: MPP Batang's places for Tuesday 24 November were opened at 08.00."""


@dataclass(frozen=True)
class Backend:
    """The running backend, and what integrators may change in it."""

    url: str
    database: Database

    def put(self, path: str, **body: Any) -> None:
        """Call as an integrator."""
        headers = {"Authorization": f"Bearer {SECRETS['RIUNG_ADMIN_KEY']}"}
        answer = requests.put(f"{self.url}/api/v1{path}", json=body, headers=headers, timeout=5)
        assert answer.ok, answer.text

    def application(self, number: str, stage: str, route: str = "m_paspor") -> None:
        """Put an application at a stage."""
        self.put(f"/applications/{number}", office="bandung", route=route, stage=stage, force=True)

    def quota(self, day: str, place: str = "pemalang/mpp_batang", **change: Any) -> None:
        """Change a day's quota."""
        self.put(f"/quotas/{place}/{day}", **change)

    def call_next(self) -> None:
        """Call the next in line at MPP Batang."""
        headers = {"Authorization": f"Bearer {SECRETS['RIUNG_API_KEY']}"}
        here = {"office": "pemalang", "place": "mpp_batang"}
        url = f"{self.url}/api/v1/counter/call-next"
        assert requests.post(url, json=here, headers=headers, timeout=5).ok

    def ticket(self, code: str) -> Ticket:
        """A ticket as the desk reads it, from the backend's own table."""
        with self.database.reading() as session:
            return session.execute(select(Ticket).where(Ticket.code == code)).scalar_one()

    def tickets(self, kind: str) -> list[Ticket]:
        """All tickets of a kind, the newest last."""
        with self.database.reading() as session:
            return list(session.scalars(select(Ticket).filter_by(kind=kind).order_by(Ticket.id)))


@contextmanager
def running_backend(folder: Path) -> Iterator[Backend]:
    """A backend on a SQLite file of its own in `folder`."""
    chosen = Settings.from_env({**SECRETS, "RIUNG_VAR_DIR": str(folder)})
    with serving(chosen) as (url, database):
        yield Backend(url, database)
