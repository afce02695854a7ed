from collections.abc import Iterator
from datetime import timedelta

import pytest

from riung.backend.db import Database
from riung.backend.notices.delivery import deliver
from riung.backend.notices.outbox import plan
from riung.backend.notices.tables import Notice
from riung.channel_client import ChannelClient
from tests.riung.backend.channel_standin import StandIn, channel_standin
from tests.riung.backend.citizens import local

NOW = local("2026-11-23T09:00:00")


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with channel_standin() as running:
        yield running


def planned(database: Database, key: str = "booking:X:remind", **changes: object) -> bool:
    values = {
        "key": key, "kind": "pengingat_antrean", "office": "pemalang", "to": "6289900000001",
        "variables": {"tempat": "MPP Batang"}, "due_at": NOW, "now": NOW,
        "expires_at": NOW + timedelta(hours=3), **changes,
    }  # fmt: skip
    with database.writing() as session:
        return plan(session, **values)


def rows(database: Database) -> list[Notice]:
    with database.reading() as session:
        return list(session.query(Notice).order_by(Notice.id))


def test_a_due_message_goes_to_the_channel_with_its_key(
    any_database: Database, standin: StandIn
) -> None:
    planned(any_database)
    assert deliver(any_database, standin.channel, NOW) == 1
    assert standin.calls == [
        {
            "path": "/webhooks/whatsapp/send",
            "office": "pemalang",
            "to": "6289900000001",
            "key": "booking:X:remind",
            "kind": "bulk",
            "template": {"name": "pengingat_antrean", "variables": {"tempat": "MPP Batang"}},
        }
    ]
    assert standin.authorized == ["Bearer api-key-of-the-tests"]


def test_each_is_planned_and_sent_once(any_database: Database, standin: StandIn) -> None:
    assert [planned(any_database), planned(any_database)] == [True, False]
    deliver(any_database, standin.channel, NOW)
    assert planned(any_database) is False
    deliver(any_database, standin.channel, NOW + timedelta(minutes=1))
    assert len(standin.calls) == 1


def test_what_is_not_due_waits(database: Database, standin: StandIn) -> None:
    planned(database, due_at=NOW + timedelta(minutes=1))
    assert deliver(database, standin.channel, NOW) == 0
    assert deliver(database, standin.channel, NOW + timedelta(minutes=1)) == 1


def test_what_comes_too_late_is_dropped(database: Database, standin: StandIn) -> None:
    planned(database)
    assert deliver(database, standin.channel, NOW + timedelta(hours=3)) == 0
    assert [row.status for row in rows(database)] == ["expired"]
    assert standin.calls == []


def test_a_sent_message_keeps_nothing_personal(database: Database, standin: StandIn) -> None:
    planned(database)
    deliver(database, standin.channel, NOW)
    (row,) = rows(database)
    assert (row.status, row.to, row.variables, row.sent_at) == ("sent", None, {}, NOW)


@pytest.mark.parametrize("status", [401, 408, 429, 500, 503])
def test_while_the_channel_is_away_messages_wait_longer_and_longer(
    database: Database, standin: StandIn, status: int
) -> None:
    standin.status = status
    planned(database)
    waits, moment = [], NOW
    for _ in range(3):
        deliver(database, standin.channel, moment)
        waits.append((rows(database)[0].due_at - moment) // timedelta(minutes=1))
        moment = rows(database)[0].due_at
    assert waits == [1, 2, 5]
    standin.status = 202
    assert deliver(database, standin.channel, moment) == 1


def test_the_first_sign_of_absence_ends_the_round(database: Database, standin: StandIn) -> None:
    standin.status = 503
    for number in range(3):
        planned(database, key=f"booking:{number}")
    deliver(database, standin.channel, NOW)
    assert len(standin.calls) == 1


def test_nobody_listening_is_absence_as_well(database: Database) -> None:
    planned(database)
    assert deliver(database, ChannelClient("http://127.0.0.1:9", "key"), NOW) == 0
    assert rows(database)[0].status == "pending"


def test_a_refusal_is_final_and_holds_up_nobody(database: Database, standin: StandIn) -> None:
    standin.status = 422
    planned(database)
    planned(database, key="booking:Y:remind")
    deliver(database, standin.channel, NOW)
    assert [row.status for row in rows(database)] == ["failed", "failed"]


def test_no_new_try_falls_into_the_night(database: Database, standin: StandIn) -> None:
    standin.status = 503
    late = local("2026-11-23T15:59:30")
    planned(database, due_at=late, expires_at=late + timedelta(days=2))
    deliver(database, standin.channel, late)
    assert rows(database)[0].due_at == local("2026-11-24T08:00:00")
