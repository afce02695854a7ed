"""Events through RabbitMQ: each line once at the desk, also when the broker or we go away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import aio_pika
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from yarl import URL

from riung.backend.db import Database
from riung.desk import event_intake
from riung.desk.event_queue import listening
from riung.desk.tables import Conversation, Message
from riung.dialogue.rabbitmq_broker import RabbitEventBroker
from riung.rabbitmq import QUEUE
from tests.riung.desk.makers import bot, started, user
from tests.services import AMQP_URL, empty_queue  # noqa: F401

pytestmark = [
    pytest.mark.services,
    pytest.mark.usefixtures("empty_queue"),
    pytest.mark.xdist_group("installation"),  # a grown one takes events out of the same queue
]


class Line:
    """A connection to RabbitMQ that a test can cut, as a restart of the broker does."""

    def __init__(self) -> None:
        target = URL(AMQP_URL)
        self._target = (target.host or "", target.port or 5672)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._port = 0

    @property
    def url(self) -> str:
        return str(URL(AMQP_URL).with_host("127.0.0.1").with_port(self._port))

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Refuse new connections and break those there are."""
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _join(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_connection(*self._target)
        self._writers |= {back, forth}
        await asyncio.gather(_copy(near, forth), _copy(far, back), return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
    writer.close()


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    made = Line()
    await made.open()
    yield made
    await made.cut()


@asynccontextmanager
async def running_broker(url: str) -> AsyncIterator[RabbitEventBroker]:
    broker = RabbitEventBroker(url)
    try:
        yield broker
    finally:
        await broker.close()


def texts(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Message.text).order_by(Message.at)))


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(1500):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


async def has(database: Database, *wanted: str) -> None:
    await until(lambda: set(wanted) <= set(texts(database)))
    assert texts(database) == list(wanted)


async def test_what_is_said_stands_at_the_desk_in_order(database: Database) -> None:
    said = [str(number) for number in range(300)]
    async with running_broker(AMQP_URL) as broker, listening(AMQP_URL, database):
        for text in said:
            broker.publish(user(text))
        await has(database, *said)


async def test_several_workers_publish_each_event_once(database: Database) -> None:
    async with AsyncExitStack() as stack:
        brokers = [await stack.enter_async_context(running_broker(AMQP_URL)) for _ in range(2)]
        await stack.enter_async_context(listening(AMQP_URL, database))
        for number in range(20):
            brokers[number % 2].publish(bot(str(number)))
            await asyncio.sleep(0)
        brokers[0].publish(user("tamat"))
        await has(database, *map(str, range(20)), "tamat")


async def test_a_start_without_rabbitmq_keeps_what_is_said_meanwhile(
    database: Database, line: Line
) -> None:
    await line.cut()
    async with running_broker(line.url) as broker, listening(line.url, database):
        broker.publish(user("sebelum"))
        await asyncio.sleep(0.3)
        await line.open()
        await has(database, "sebelum")


async def test_a_restart_of_rabbitmq_loses_and_doubles_nothing(
    database: Database, line: Line
) -> None:
    async with running_broker(line.url) as broker, listening(line.url, database):
        broker.publish(user("satu"))
        await has(database, "satu")
        for down, up in (("dua", "tiga"), ("empat", "lima")):
            await line.cut()
            before = texts(database)
            broker.publish(user(down))
            await asyncio.sleep(0.2)
            await line.open()
            await has(database, *before, down)
            broker.publish(user(up))
            await has(database, *before, down, up)


async def test_nothing_is_acknowledged_before_it_is_stored(
    database: Database, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OperationalError("INSERT", {}, Exception("disk penuh"))

    async with running_broker(AMQP_URL) as broker:
        with monkeypatch.context() as broken:
            broken.setattr(event_intake, "consume", refuse)
            async with listening(line.url, database):
                broker.publish(user("tertahan"))
                await asyncio.sleep(1)
        assert texts(database) == []
        async with listening(AMQP_URL, database):
            await has(database, "tertahan")


async def test_after_a_start_of_rasa_the_trackers_are_read_again(database: Database) -> None:
    def behind() -> list[bool]:
        with database.reading() as session:
            return list(session.scalars(select(Conversation.behind)))

    async with listening(AMQP_URL, database):
        for place, text in enumerate(("halo", "lagi")):
            async with running_broker(AMQP_URL) as broker:
                broker.publish(started())
                broker.publish(user(text))
            await has(database, *("halo", "lagi")[: place + 1])
    assert behind() == [True]


async def test_what_is_no_event_is_passed_over(database: Database) -> None:
    async with listening(AMQP_URL, database), running_broker(AMQP_URL) as broker:
        async with await aio_pika.connect(AMQP_URL) as connection:
            channel = await connection.channel()
            await channel.declare_queue(QUEUE, durable=True)
            for body in (b"bukan json", b"[1]", b"{}"):
                await channel.default_exchange.publish(aio_pika.Message(body), QUEUE)
        broker.publish(user("utuh"))
        await has(database, "utuh")


async def test_without_an_address_nothing_listens(database: Database) -> None:
    async with listening("", database):
        assert len(asyncio.all_tasks()) == 1
