"""One turn of a conversation at a time, in one process and in several."""

from __future__ import annotations

import asyncio
import threading

import pytest
import redis
from rasa.core.lock_store import LockError
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from riung.dialogue import lock_store
from riung.dialogue.lock_store import PREFIX, ConversationLockStore
from tests.conftest import SetEnvironment
from tests.cuttable import cuttable
from tests.services import REDIS_URL

STORES = ["memory", pytest.param("redis", marks=pytest.mark.services)]
TURNS = 25


class Counter:
    """What two turns at once would spoil."""

    value = 0

    async def add(self) -> None:
        seen = self.value
        await asyncio.sleep(0.001)
        self.value = seen + 1


@pytest.fixture(params=STORES)
def kind(request: pytest.FixtureRequest, set_environment: SetEnvironment) -> str:
    """Where the locks stand."""
    if request.param == "redis":
        set_environment(RIUNG_REDIS_URL=REDIS_URL)
    return str(request.param)


async def take_turns(store: ConversationLockStore, name: str, counter: Counter) -> None:
    for _ in range(TURNS):
        async with store.lock(name):
            await counter.add()


async def test_turns_of_one_conversation_never_overlap(kind: str) -> None:
    store, counter = ConversationLockStore(), Counter()

    await asyncio.gather(*(take_turns(store, "uji:antre", counter) for _ in range(2)))

    assert counter.value == 2 * TURNS


@pytest.mark.services
def test_nor_do_those_of_several_workers(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_REDIS_URL=REDIS_URL)
    counter = Counter()

    def work() -> None:
        async def run() -> None:
            await take_turns(ConversationLockStore(), "uji:bersama", counter)

        asyncio.run(run())

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert counter.value == 4 * TURNS


async def test_two_conversations_do_not_wait_for_each_other(kind: str) -> None:
    store = ConversationLockStore()

    async with store.lock("uji:satu"), store.lock("uji:dua", lock_lifetime=1):
        pass


@pytest.mark.services
async def test_a_holder_that_died_is_passed_over(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_REDIS_URL=REDIS_URL)
    redis.Redis.from_url(REDIS_URL).set(f"{PREFIX}uji:mati", "pekerja lain", px=300)

    async with ConversationLockStore().lock("uji:mati"):
        pass


@pytest.mark.services
async def test_a_turn_that_was_done_while_redis_went_away_has_not_failed(
    set_environment: SetEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_store, "RETRIES", Retry(NoBackoff(), retries=0))
    with cuttable(REDIS_URL) as (url, connection):
        set_environment(RIUNG_REDIS_URL=url)
        async with ConversationLockStore().lock("uji:pergi", lock_lifetime=1):
            connection.cut()

        with pytest.raises(RedisError):
            async with ConversationLockStore().lock("uji:pergi"):
                pytest.fail("nobody can know who holds it")


@pytest.mark.services
async def test_a_lock_that_stays_held_ends_in_an_error(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_REDIS_URL=REDIS_URL)
    redis.Redis.from_url(REDIS_URL).set(f"{PREFIX}uji:macet", "pekerja lain", px=2000)

    with pytest.raises(LockError):
        async with ConversationLockStore().lock("uji:macet", lock_lifetime=0.2):
            pytest.fail("the lock was held by somebody else")
