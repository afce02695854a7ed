"""Redis, RabbitMQ and PostgreSQL go away and return under two backends and two dialogue servers.

Citizens go on writing meanwhile, and Meta delivers again what was not answered 200. Nothing is
lost, nobody is answered twice, the desk reads it all, and no program is restarted for it.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import redis
import requests
import sqlalchemy as sa

from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from riung.desk.tables import Conversation, Message
from riung.formatting import group4
from riung.settings import Settings
from tests import webhook
from tests.cuttable import Connection, cuttable
from tests.e2e.citizen import Citizen
from tests.e2e.crowd import Crowd, open_an_untouched_day
from tests.e2e.rush import fill_forms, queue_numbers
from tests.e2e.test_grown import until
from tests.graph_standin import GraphStandIn
from tests.services import AMQP_URL, REDIS_URL, delete_queue, new_database
from tests.stack import SECRETS, Stack, free_ports, new_stack

pytestmark = [pytest.mark.services, pytest.mark.timeout(900)]

PEOPLE, EVERY_SECONDS = 8, 2.0
NUMBERS = [f"11790000{place:08d}" for place in range(5001, 5013)]
"""Applications; a person asks for one after the other, so that each answer tells its question."""

OUTAGE = "tidak bisa dibuka"
PATIENCE_SECONDS = 120
"""The lease of a worker that died is taken over within 75 s."""


@dataclass
class Grown:
    """The installation, and the connections of all its programs to their services."""

    stack: Stack
    graph: GraphStandIn
    postgres: Connection
    redis: Connection
    rabbitmq: Connection

    @property
    def workers(self) -> list[int]:
        """The process ids of the first dialogue server's workers."""
        children = Path(f"/proc/{self.stack.processes['rasa'].pid}/task").glob("*/children")
        return [int(one) for path in children for one in path.read_text().split()]


@pytest.fixture(scope="module")
def grown(graph: GraphStandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    asyncio.run(delete_queue())
    first, second, *dialogues = free_ports(4)
    with ExitStack() as opened:
        database = opened.enter_context(new_database())
        postgres_url, postgres = opened.enter_context(cuttable(database))
        redis_url, to_redis = opened.enter_context(cuttable(REDIS_URL))
        amqp_url, rabbitmq = opened.enter_context(cuttable(AMQP_URL))
        backends, _ = opened.enter_context(cuttable(*map(_address, (first, second))))
        servers, _ = opened.enter_context(cuttable(*map(_address, dialogues)))
        stack = new_stack(
            Path(tmp_path_factory.mktemp("away")),
            graph.url,
            {
                "RIUNG_DATABASE_URL": postgres_url,
                "RIUNG_REDIS_URL": redis_url,
                "RIUNG_AMQP_URL": amqp_url,
                "RIUNG_RASA_WORKERS": "2",
                "RIUNG_RASA_SERVERS": "2",
                "RIUNG_RASA_PORT": str(dialogues[0]),
                "RIUNG_RASA_URL": servers,
                "RIUNG_BACKEND_PORT": str(first),
                "RIUNG_BACKEND_URL": backends,
            },
        )
        opened.callback(stack.stop)
        stack.start()
        stack.start_another_backend(second)
        stack.start_another_dialogue(dialogues[1])
        stack.wait()
        _make_applications(stack.settings)
        yield Grown(stack, graph, postgres, to_redis, rabbitmq)


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _make_applications(chosen: Settings) -> None:
    for number in NUMBERS:
        made = requests.put(
            f"{chosen.backend_url}/api/v1/applications/{number}",
            json={"office": "bandung", "route": "m_paspor", "stage": "printing", "force": True},
            headers={"Authorization": f"Bearer {SECRETS['RIUNG_ADMIN_KEY']}"},
            timeout=10,
        )
        assert made.ok, made.text


class Writers:
    """Citizens who ask for one application after the other, whatever happens meanwhile."""

    def __init__(self, grown: Grown) -> None:
        self._url = f"{grown.stack.settings.rasa_url}/webhooks/whatsapp/webhook"
        self.citizens = [Citizen(grown.stack.settings, grown.graph) for _ in range(PEOPLE)]
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Writers:
        self._thread.start()
        time.sleep(EVERY_SECONDS)  # the first have written
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        assert not self._failed

    def _run(self) -> None:
        try:
            asyncio.run(self._write())
        except BaseException as error:
            self._failed.append(error)

    async def _write(self) -> None:
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(self._one(session, each) for each in self.citizens))

    async def _one(self, session: aiohttp.ClientSession, citizen: Citizen) -> None:
        for number in NUMBERS:
            body = webhook.delivery(webhook.message(number, phone=citizen.number))
            while not await self._post(session, body):
                await asyncio.sleep(0.5)
            await asyncio.sleep(EVERY_SECONDS)

    async def _post(self, session: aiohttp.ClientSession, body: bytes) -> bool:
        signed = webhook.headers(body)
        patience = aiohttp.ClientTimeout(total=20)
        try:
            async with session.post(self._url, data=body, headers=signed, timeout=patience) as said:
                return said.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    def answers(self, citizen: Citizen) -> list[str]:
        """What the citizen was answered: numbers in the order of the answers, or the outage."""
        texts = "\n".join(bubble.text for bubble in citizen.received())
        asked = "|".join(map(group4, NUMBERS))
        return re.findall(rf"{asked}|{OUTAGE}|terganggu", texts)


WANTED = [group4(number) for number in NUMBERS]


def everything_is_answered(writers: Writers) -> None:
    """Each question once, in order."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(len(writers.answers(one)) < len(NUMBERS) for one in writers.citizens):
        assert time.monotonic() < deadline, [writers.answers(one) for one in writers.citizens]
        time.sleep(0.2)
    time.sleep(2)  # whatever would come twice
    assert [writers.answers(one) for one in writers.citizens] == [WANTED] * PEOPLE


def the_desk_has_it_all(grown: Grown, writers: Writers) -> None:
    """Each of their messages stands there once."""
    desk = Database(grown.stack.settings.database_url, grown.stack.settings.hash_key)
    wanted = {one.conversation: sorted(NUMBERS) for one in writers.citizens}

    def at_the_desk() -> dict[str, list[str]]:
        lines = sa.select(Conversation.sender_id, Message.text).join(
            Conversation, Conversation.id == Message.conversation_id
        )
        found: dict[str, list[str]] = {name: [] for name in wanted}
        with desk.reading() as session:
            for name, text in session.execute(lines.where(Message.author == "citizen")):
                if name in found:
                    found[name].append(re.sub(r"\D", "", text))
        return {name: sorted(texts) for name, texts in found.items()}

    try:
        until(lambda: at_the_desk() == wanted)
    except AssertionError:
        assert at_the_desk() == wanted
    finally:
        desk.dispose()


def nobody_was_restarted(grown: Grown) -> None:
    assert [p.poll() for p in grown.stack.processes.values()] == [None] * 5


def redis_restarts(grown: Grown) -> None:
    """It comes back with nothing of what it held."""
    grown.redis.cut()
    redis.Redis.from_url(REDIS_URL).flushdb()
    time.sleep(4)
    grown.redis.mend()


def rabbitmq_restarts(grown: Grown) -> None:
    grown.rabbitmq.cut()
    time.sleep(6)
    grown.rabbitmq.mend()


def a_worker_is_killed(grown: Grown) -> None:
    before = grown.workers
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(set(grown.workers) - {before[0]}) == 2)


def postgresql_is_away(grown: Grown) -> None:
    grown.postgres.cut()
    time.sleep(20)
    grown.postgres.mend()


@pytest.mark.parametrize(
    "trouble", [redis_restarts, rabbitmq_restarts, a_worker_is_killed, postgresql_is_away]
)
def test_nothing_is_lost_and_nobody_is_answered_twice(
    trouble: Callable[[Grown], None], grown: Grown
) -> None:
    with Writers(grown) as writers:
        trouble(grown)

    everything_is_answered(writers)
    the_desk_has_it_all(grown, writers)
    nobody_was_restarted(grown)
    grown.stack.wait()


def test_who_books_while_postgresql_goes_away_has_one_place(grown: Grown) -> None:
    day = open_an_untouched_day(grown.stack.settings)
    crowd = Crowd(grown.stack.settings, grown.graph, 6)
    fill_forms(crowd, day, seconds=1)
    going = threading.Timer(0.4, postgresql_is_away, (grown,))
    going.start()

    wrote = {}
    for number in crowd.numbers:  # one after the other, over the moment in which it goes
        wrote[number] = time.time()
        body = webhook.delivery(webhook.message("ya", phone=number))
        while not _posted(grown.stack.settings, body):
            time.sleep(0.5)
        time.sleep(0.1)
    going.join()
    replies = crowd.answers_to(wrote)
    while again := [n for n, reply in replies.items() if "belum pasti" in reply.bubble.text]:
        replies |= crowd.say("ya", only=again)

    assert len(queue_numbers(replies)) == 6, replies
    assert crowd.bubbles_too_many() == 0
    backend = Database(grown.stack.settings.database_url, grown.stack.settings.hash_key)
    with backend.reading() as session:
        mine = sa.select(sa.func.count()).select_from(Booking).filter_by(date=day, status="booked")
        assert session.execute(mine).scalar() == 6
    backend.dispose()


def _posted(chosen: Settings, body: bytes) -> bool:
    try:
        signed = webhook.headers(body)
        url = f"{chosen.rasa_url}/webhooks/whatsapp/webhook"
        return requests.post(url, data=body, headers=signed, timeout=20).ok
    except requests.RequestException:
        return False
