"""Invented citizens, and the API as they and the integrators use it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from riung.clock import WIB, now

API_KEY, ADMIN_KEY = "api-key-of-the-tests", "admin-key-of-the-tests"
TUESDAY, NEXT_TUESDAY = "2026-11-24", "2026-12-01"
PLACE = {"office": "pemalang", "place": "mpp_batang"}


class Clock:
    """Moves `RIUNG_NOW`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def at(self, moment: str | datetime) -> datetime:
        """Stand still at `moment`; without a zone it is WIB."""
        text = moment.isoformat() if isinstance(moment, datetime) else moment
        self._monkeypatch.setenv("RIUNG_NOW", text)
        return now()

    def later(self, **span: float) -> datetime:
        """Go on by a `timedelta(**span)`."""
        return self.at(now() + timedelta(**span))


def local(text: str) -> datetime:
    """A moment in WIB."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def nik(number: int) -> str:
    """An invented NIK: a region of Batang, a birth date, a running number."""
    return f"332501{1 + number % 28:02d}0690{number:04d}"


def phone(number: int) -> str:
    return f"62899{number:08d}"


class Api:
    """Calls under /api/v1; answers are plain responses."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def call(self, method: str, path: str, *, key: str = API_KEY, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}", **options.pop("headers", {})}
        return self.client.request(method, f"/api/v1{path}", headers=headers, **options)

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.call("GET", path, params=params)

    def move(self, number: str, stage: str, **more: Any) -> httpx.Response:
        body = {"office": "bandung", "stage": stage, **more}
        return self.call("PUT", f"/applications/{number}", key=ADMIN_KEY, json=body)

    def wish(self, citizen: int, day: str = TUESDAY, **more: Any) -> dict[str, Any]:
        person = {"phone": phone(citizen), "name": "Warga Contoh", "nik": nik(citizen)}
        return {**PLACE, "date": day, **person, **more}

    def book(self, citizen: int, day: str = TUESDAY, key: str = "", **more: Any) -> httpx.Response:
        headers = {"Idempotency-Key": key or f"wamid.{citizen}.{day}"}
        return self.call("POST", "/bookings", json=self.wish(citizen, day, **more), headers=headers)

    def wait(self, citizen: int, day: str = TUESDAY, **more: Any) -> httpx.Response:
        return self.call("POST", "/waiting-list", json=self.wish(citizen, day, **more))

    def accept(self, code: str) -> httpx.Response:
        return self.call("POST", f"/waiting-list/{code}/accept")

    def cancel(self, code: str, **params: Any) -> httpx.Response:
        return self.call("DELETE", f"/bookings/{code}", params=params)

    def reschedule(self, code: str, day: str, **more: Any) -> httpx.Response:
        return self.call("POST", f"/bookings/{code}/reschedule", json={"date": day, **more})

    def set_day(self, day: str = TUESDAY, **change: Any) -> httpx.Response:
        path = f"/quotas/{PLACE['office']}/{PLACE['place']}/{day}"
        return self.call("PUT", path, key=ADMIN_KEY, json=change)

    def day(self, day: str = TUESDAY, **more: Any) -> dict[str, Any]:
        found = self.get("/quotas", **PLACE, **{"from": day, "to": day}, **more).json()
        return dict(found[0])


def code_of(response: httpx.Response) -> str:
    """The stable code of a problem, and that it is one."""
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return str(response.json()["code"])
