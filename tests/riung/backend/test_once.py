"""A change whose answer was late is asked for again while the first try still runs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.project_copy import edit
from tests.riung.backend.citizens import NEXT_TUESDAY, TUESDAY, Api, phone

TRIES = 4


def at_once(call: Callable[[], Any]) -> list[dict[str, Any]]:
    """The answers to the same call, made several times in the same moment."""
    with ThreadPoolExecutor(TRIES) as people:
        answers = [one.result() for one in [people.submit(call) for _ in range(TRIES)]]
    assert [one.status_code for one in answers if not one.is_success] == []
    return [one.json() for one in answers]


@pytest.fixture(autouse=True)
def _visits_on(office_folder: Path) -> None:
    edit(office_folder / "pemalang.yml", "  kunjungan_rumah: false", "  kunjungan_rumah: true")


def test_a_move_is_made_once_and_never_called_refused(any_api: Api) -> None:
    any_api.set_day(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")
    code = str(any_api.book(1, TUESDAY).json()["code"])

    moved = at_once(lambda: any_api.reschedule(code, NEXT_TUESDAY))

    assert {one["date"] for one in moved} == {NEXT_TUESDAY}
    assert {one["moves_left"] for one in moved} == {0}
    assert any_api.day(NEXT_TUESDAY)["booked"] == 1


def test_a_place_is_taken_once_and_told_to_every_try(any_api: Api) -> None:
    booked = at_once(lambda: any_api.book(1, TUESDAY, key="wamid.1"))

    assert len({one["code"] for one in booked}) == 1
    assert any_api.day()["booked"] == 1


def test_a_visit_is_filed_once_and_told_to_every_try(any_api: Api) -> None:
    asked = {"kind": "micin", "office": "pemalang", "phone": phone(1)}
    key = {"Idempotency-Key": "wamid.2"}

    filed = at_once(lambda: any_api.call("POST", "/cases", json=asked, headers=key))

    assert len({one["code"] for one in filed}) == 1
    assert len(any_api.get("/cases", phone=phone(1)).json()) == 1


def test_a_complaint_is_filed_once_and_told_to_every_try(any_api: Api) -> None:
    told = {"kind": "complaint", "office": "pemalang", "subject": "Antrean lama"}
    key = {"Idempotency-Key": "wamid.3"}

    filed = at_once(lambda: any_api.call("POST", "/tickets", json=told, headers=key))

    assert len({one["code"] for one in filed}) == 1


def test_who_joins_the_line_twice_stands_there_once_and_is_not_refused(any_api: Api) -> None:
    any_api.set_day(capacity=1)
    any_api.book(2, TUESDAY)
    wish = any_api.wish(1, TUESDAY)
    key = {"Idempotency-Key": "wamid.4"}

    waiting = at_once(lambda: any_api.call("POST", "/waiting-list", json=wish, headers=key))

    assert len({one["code"] for one in waiting}) == 1
