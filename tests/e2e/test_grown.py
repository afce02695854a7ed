"""The grown installation over the whole path: PostgreSQL, Redis, RabbitMQ, two Rasa workers."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from riung.backend.db import Database
from riung.desk.tables import Conversation, Message
from tests import webhook
from tests.e2e.citizen import Citizen
from tests.e2e.crowd import PATIENCE_SECONDS
from tests.e2e.rush import rush_for_ten_places
from tests.e2e.test_booking import fill
from tests.graph_standin import GraphStandIn
from tests.services import AMQP_URL, REDIS_URL, delete_queue, own_database  # noqa: F401
from tests.stack import Stack, running_stack

pytestmark = [pytest.mark.services, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def grown(
    graph: GraphStandIn,
    own_database: str,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stack]:
    asyncio.run(delete_queue())
    with running_stack(
        Path(tmp_path_factory.mktemp("grown")),
        graph.url,
        RIUNG_DATABASE_URL=own_database,
        RIUNG_REDIS_URL=REDIS_URL,
        RIUNG_AMQP_URL=AMQP_URL,
        RIUNG_RASA_WORKERS="2",
    ) as running:
        yield running


@pytest.fixture
def citizen(grown: Stack, graph: GraphStandIn) -> Citizen:
    """Somebody who has never written before."""
    return Citizen(grown.settings, graph)


@pytest.fixture
def desk(grown: Stack) -> Iterator[Database]:
    """The tables that the desk's pages show."""
    found = Database(grown.settings.database_url, grown.settings.hash_key)
    yield found
    found.dispose()


def test_two_workers_serve(grown: Stack) -> None:
    children = Path(f"/proc/{grown.processes['rasa'].pid}/task").glob("*/children")

    assert sum(len(path.read_text().split()) for path in children) == 2


def test_whichever_worker_is_asked_tells_the_figures_of_both(
    grown: Stack, graph: GraphStandIn
) -> None:
    before = turns(grown)
    for _ in range(6):
        assert Citizen(grown.settings, graph).say("menu").text

    until(lambda: {turns(grown) for _ in range(8)} == {before + 6})


def turns(grown: Stack) -> float:
    """Turns that were answered, as one of the workers tells it."""
    figures = requests.get(f"{grown.settings.rasa_url}/webhooks/whatsapp/metrics", timeout=5).text
    told = re.findall(r'^whatsapp_turns_total\{result="answered"\} (\S+)$', figures, re.M)
    return sum(map(float, told))


def test_menu_status_and_quota_are_answered(citizen: Citizen) -> None:
    assert "1. Informasi paspor" in citizen.say("menu").text
    assert "1. Syarat paspor" in citizen.say("1").text
    assert "1179 0000 0000 1208" in citizen.say("1179000000001208").text
    assert "MPP Batang" in citizen.say("kuota mpp batang selasa depan masih ada?").text


def test_a_place_is_booked_and_given_back(citizen: Citizen) -> None:
    fill(citizen)
    assert re.search(r"antrean \*\d+\*", citizen.say("ya").text)
    asked = citizen.say("batalkan antrean saya")
    assert "sudah dibatalkan" in citizen.tap(asked, "Ya, batalkan").text


def test_the_desk_reads_a_wish_for_a_person_from_rabbitmq(
    citizen: Citizen, desk: Database, grown: Stack
) -> None:
    said = citizen.say("mau bicara petugas").text

    def at_the_desk() -> list[tuple[str, str]]:
        with desk.reading() as session:
            lines = select(Message.author, Message.text).join(
                Conversation, Conversation.id == Message.conversation_id
            )
            mine = lines.where(Conversation.sender_id == citizen.conversation).order_by(Message.at)
            return [(author, text) for author, text in session.execute(mine)]

    until(lambda: len(at_the_desk()) >= 2)
    (first, asked), (second, answered) = at_the_desk()[:2]
    assert (first, asked, second) == ("citizen", "mau bicara petugas", "bot")
    assert answered.strip()[:40] in said
    figures = requests.get(f"{grown.settings.backend_url}/metrics", timeout=5).text
    assert "tracker-events" not in figures  # nothing came over HTTP


def test_quick_messages_of_one_person_are_answered_in_order(citizen: Citizen) -> None:
    numbers = [f"117900000000{place}" for place in (1201, 1204, 1208)]
    for number in numbers:  # each a delivery of its own, to whichever worker takes it
        citizen.send(webhook.message(number, phone=citizen.number))

    answers = [citizen.read().text.replace(" ", "") for _ in numbers]

    assert [number in text for number, text in zip(numbers, answers, strict=True)] == [True] * 3


def test_the_rush_for_ten_places_is_as_fair_with_two_workers(
    grown: Stack, graph: GraphStandIn
) -> None:
    rush_for_ten_places(grown, graph)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
