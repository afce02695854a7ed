"""What a citizen asks to be erased in the chat goes a minute later, everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from riung.clock import now
from riung.desk import conversations
from riung.server.worker import run_minute
from tests.riung.backend.channel_standin import StandIn, channel_standin
from tests.riung.backend.citizens import Api, phone


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with channel_standin() as running:
        yield running


def ask(api: Api, citizen: int) -> dict[str, int]:
    return dict(api.call("POST", "/people/erasures", params={"phone": phone(citizen)}).json())


def minutes_later(api: Api, standin: StandIn, minutes: int) -> None:
    database = api.client.app.state.database
    run_minute(database, standin.channel, now() + timedelta(minutes=minutes))


def wishes(api: Api, citizen: int) -> int:
    return len(api.get("/subscriptions", phone=phone(citizen)).json())


def wish(api: Api, citizen: int) -> None:
    body = {"kind": "quota", "office": "pemalang", "subject": "mpp_batang"}
    api.call("POST", "/subscriptions", json={**body, "phone": phone(citizen)})


def test_it_is_done_after_the_receipt_had_time_to_arrive(api: Api, standin: StandIn) -> None:
    wish(api, 1)
    ask(api, 1)

    minutes_later(api, standin, 0)
    assert (standin.forgotten, wishes(api, 1)) == ([], 1)
    minutes_later(api, standin, 1)
    assert (standin.forgotten, wishes(api, 1)) == ([phone(1)], 0)


def test_it_is_done_once(api: Api, standin: StandIn) -> None:
    ask(api, 1)
    ask(api, 1)
    for minute in (1, 2, 3):
        minutes_later(api, standin, minute)

    assert standin.forgotten == [phone(1)]


def test_while_the_channel_is_away_nothing_is_erased_and_it_is_tried_again(
    api: Api, standin: StandIn
) -> None:
    wish(api, 1)
    ask(api, 1)
    standin.status = 503
    minutes_later(api, standin, 1)
    assert wishes(api, 1) == 1

    standin.status = 202
    minutes_later(api, standin, 2)
    assert wishes(api, 1) == 0


def test_what_has_to_stay_is_told(api: Api) -> None:
    api.book(1)

    assert ask(api, 1) == {"open_bookings": 1, "open_tickets": 0, "open_cases": 0}


def test_whoever_waits_for_an_officer_is_erased_afterwards(api: Api, standin: StandIn) -> None:
    body = {"kind": "handover", "office": "bandung", "conversation_id": phone(1)}
    code = api.call("POST", "/tickets", json=body).json()["code"]
    ask(api, 1)
    minutes_later(api, standin, 1)

    assert api.get(f"/tickets/{code}").json()["status"] == "open"
    assert standin.forgotten == []


def test_who_wrote_under_a_number_and_under_an_id_is_erased_under_both(
    api: Api, standin: StandIn
) -> None:
    with api.client.app.state.database.writing() as session:
        session.add(conversations.new(f"{phone(1)}@111111111111111", "bandung", now()))
    ids = {"ids": ["ID.900000000001", phone(1)]}
    assert api.call("PUT", "/people/ID.900000000001", json=ids).status_code == 204
    ask(api, 1)
    minutes_later(api, standin, 1)

    assert standin.forgotten == ["ID.900000000001", phone(1)]
