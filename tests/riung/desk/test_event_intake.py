"""What Rasa reports stands at the desk; one event that cannot be stored holds up no other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client import REGISTRY
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from riung.backend.db import Database
from riung.desk import event_intake
from riung.desk.rasa_api import RasaApi
from riung.desk.tables import Conversation, Message, Survey
from tests.riung.desk.conftest import API_KEY
from tests.riung.desk.fake_rasa import FakeRasa
from tests.riung.desk.makers import CITIZEN, bot, started, user

OTHER = "6281200000002"


def texts(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Message.text).order_by(Message.id)))


def set_aside() -> float:
    return REGISTRY.get_sample_value("riung_desk_events_set_aside_total") or 0


def broken() -> dict[str, Any]:
    """An event that nobody can read, however it is mended."""
    return user("rusak", entities=7)


def test_half_an_emoji_is_stored_as_a_sign_and_the_rest_flows(
    app_client: TestClient, database: Database
) -> None:
    said = [started(), user("sebelum"), user("halo \ud83d"), user("sesudah", sender=OTHER)]

    answer = app_client.post(
        "/internal/tracker-events",
        content=json.dumps({"events": said}),
        headers={"Authorization": f"Bearer {API_KEY}"},
    )

    assert answer.status_code == 200
    assert texts(database) == ["sebelum", "halo \ufffd", "sesudah"]


def test_an_event_that_cannot_be_stored_is_counted_and_shown_and_the_rest_flows(
    database: Database,
) -> None:
    before = set_aside()

    event_intake.consume(database, [started(), user("sebelum"), broken(), user("sesudah")])

    assert texts(database) == ["sebelum", event_intake.UNREADABLE, "sesudah"]
    assert set_aside() == before + 1


def test_it_is_shown_once_however_often_it_comes(database: Database) -> None:
    said = [started(), user("sebelum"), broken()]

    for _ in range(3):
        event_intake.consume(database, said)

    assert texts(database) == ["sebelum", event_intake.UNREADABLE]


def test_a_conversation_with_such_an_event_is_read_back_all_the_same(
    database: Database, rasa: FakeRasa, rasa_api: RasaApi
) -> None:
    event_intake.consume(database, [bot("tengah")])  # begun in the middle: it is behind
    rasa.events[CITIZEN] = [started(), broken(), user("sesudah")]

    assert event_intake.catch_up(database, rasa_api) == 1

    assert "sesudah" in texts(database)
    with database.reading() as session:
        assert not session.scalars(select(Conversation.behind)).one()


def test_while_the_database_is_away_nothing_is_set_aside(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    before = set_aside()
    monkeypatch.setattr(database, "writing", away)

    with pytest.raises(OperationalError):
        event_intake.consume(database, [user("halo"), broken()])

    assert set_aside() == before


def test_the_backend_takes_a_batch_with_the_key_only(app_client: TestClient) -> None:
    batch = {"gap": False, "events": [started(), user()]}
    assert app_client.post("/internal/tracker-events", json=batch).status_code == 401
    key = {"Authorization": f"Bearer {API_KEY}"}
    answer = app_client.post("/internal/tracker-events", json=batch, headers=key)
    assert answer.json() == {"new": 1}


def test_a_score_tapped_in_the_second_of_its_question_is_kept(database: Database) -> None:
    asked = 1764576000.8
    tapped = user(
        "/survei", "survei", timestamp=asked + 0.1, metadata={"timestamp": int(asked)},
        entities=[{"entity": "nilai", "value": "5"}],
    )  # fmt: skip
    event_intake.consume(database, [{**started(), "timestamp": asked - 1}])
    event_intake.consume(database, [bot("Seberapa puas?", timestamp=asked)])
    event_intake.consume(database, [tapped])

    with database.reading() as session:
        assert session.scalars(select(Survey.score)).all() == [5]
