"""A thousand people write for ten places, through real HTTP."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from riung.backend.bookings.tables import Attempt, Booking
from riung.backend.bookings.turnstile import WAITING
from riung.backend.db import Database
from riung.server.app import create_app
from riung.settings import Settings
from tests.riung.backend.citizens import API_KEY, PLACE, TUESDAY, Clock, local, nik, phone
from tests.riung.backend.servers import served

PEOPLE, PLACES = 1000, 10
OPENING = local("2026-11-20T08:00:00")


def message(citizen: int, second: int) -> dict[str, Any]:
    return {
        **PLACE,
        "date": TUESDAY,
        "phone": phone(citizen),
        "name": "Warga Contoh",
        "nik": nik(citizen),
        "sent_at": (OPENING + timedelta(seconds=second)).isoformat(),
        "sequence": citizen,
    }


@dataclass(frozen=True)
class Answer:
    citizen: int
    status: int
    told: dict[str, Any]


async def send_all(url: str, bodies: list[dict[str, Any]], at_once: int) -> list[Answer]:
    headers = {"Authorization": f"Bearer {API_KEY}"}
    connector = aiohttp.TCPConnector(limit=at_once, keepalive_timeout=2)
    async with aiohttp.ClientSession(url, headers=headers, connector=connector) as client:

        async def send(body: dict[str, Any]) -> Answer:
            key = {"Idempotency-Key": f"wamid.{body['phone']}"}
            async with client.post("/api/v1/bookings", json=body, headers=key) as answer:
                return Answer(body["sequence"], answer.status, await answer.json())

        return list(await asyncio.gather(*(send(body) for body in bodies)))


@pytest.fixture
def app(any_settings: Settings, clock: Clock) -> FastAPI:
    clock.at("2026-11-20T08:00:10+07:00")
    return create_app(any_settings)


def test_exactly_ten_get_a_place_and_all_others_hear_what_else_there_is(app: FastAPI) -> None:
    bodies = [message(citizen, second=citizen % 10) for citizen in range(PEOPLE)]
    random.Random(5).shuffle(bodies)
    with served(app) as url:
        answers = asyncio.run(send_all(url, bodies, at_once=200))
        booked = [answer.told for answer in answers if answer.status == 201]
        refused = [answer.told for answer in answers if answer.status != 201]
        assert sorted(one["queue_number"] for one in booked) == list(range(1, PLACES + 1))
        assert {one["code"] for one in refused} == {"quota_full"}
        assert {one["next_opening"]["date"] for one in refused} == {"2026-12-01"}
        again = asyncio.run(send_all(url, bodies[:50], at_once=20))
    assert [answer.status for answer in again] == [answer.status for answer in answers[:50]]
    database: Database = app.state.database
    with database.reading() as session:
        assert session.query(Booking).count() == PLACES
        assert session.query(Attempt.sender_hash).distinct().count() == PEOPLE


def test_who_waits_at_the_turnstile_together_goes_by_the_time_of_the_message(
    app: FastAPI,
) -> None:
    """While the database is held everybody gathers; only who was let in before is ahead."""
    people = 60
    bodies = [message(citizen, second=citizen) for citizen in range(people)]
    random.Random(7).shuffle(bodies)

    async def rush(url: str) -> list[Answer]:
        sending = asyncio.create_task(send_all(url, bodies, at_once=people))
        with app.state.database.writing() as session:
            lock(session)
            while WAITING._value.get() < people - 1:  # the first one is inside
                await asyncio.sleep(0.01)
        return await sending

    with served(app) as url:
        answers = asyncio.run(rush(url))
    numbers = {
        answer.citizen: answer.told["queue_number"] for answer in answers if answer.status == 201
    }
    in_order = sorted(numbers, key=numbers.__getitem__)
    first, rest = in_order[0], in_order[1:]
    expected = [citizen for citizen in range(people) if citizen != first][: PLACES - 1]
    assert rest == expected


def lock(session: Any) -> None:
    """Hold what a booking needs: SQLite's write lock by itself, PostgreSQL's row of the day."""
    session.execute(
        text(
            "INSERT INTO days (office, place, date, booked_elsewhere) "
            "VALUES ('pemalang', 'mpp_batang', '2026-11-24', 0)"
        )
    )
