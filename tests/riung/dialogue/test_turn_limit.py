"""Few turns compute at once; one that waits for an answer stops nobody."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from riung.dialogue.turn_limit import TurnLimit, slot_released

LIMIT = 5.0
"""Seconds after which a test hangs."""


@pytest.fixture
def limit() -> TurnLimit:
    """For two that compute and four under way."""
    return TurnLimit(computing=2, under_way=4)


async def rounds(number: int = 10) -> None:
    """Let everybody come as far as they can."""
    for _ in range(number):
        await asyncio.sleep(0)


async def test_no_more_than_that_compute_at_once_and_in_order(limit: TurnLimit) -> None:
    began: list[int] = []
    inside, most = 0, 0

    async def turn(number: int) -> None:
        nonlocal inside, most
        async with limit.hold():
            began.append(number)
            inside += 1
            most = max(most, inside)
            await rounds(3)
            inside -= 1

    await asyncio.wait_for(asyncio.gather(*map(turn, range(20))), LIMIT)

    assert most == 2
    assert began == list(range(20))


async def test_who_waits_for_an_answer_lets_others_begin(limit: TurnLimit) -> None:
    answered = asyncio.Event()
    began: list[str] = []

    async def turn(name: str) -> None:
        async with limit.hold():
            began.append(name)
            async with slot_released():
                await answered.wait()

    turns = [asyncio.create_task(turn(name)) for name in "abcdef"]
    await rounds()
    assert began == ["a", "b", "c", "d"]  # as many as may be under way
    answered.set()
    await asyncio.wait_for(asyncio.gather(*turns), LIMIT)
    assert began == [*"abcdef"]


async def test_who_comes_back_goes_before_who_begins(limit: TurnLimit) -> None:
    answered, let_go = asyncio.Event(), asyncio.Event()
    went_on: list[str] = []

    async def asks(name: str) -> None:
        async with limit.hold():
            async with slot_released():
                await answered.wait()
            went_on.append(name)

    async def computes(name: str) -> None:
        async with limit.hold():
            await let_go.wait()
            went_on.append(name)

    first = asyncio.create_task(asks("asked"))
    await rounds()
    others = [asyncio.create_task(computes(name)) for name in ("one", "two", "three")]
    await rounds()
    answered.set()
    await rounds()
    assert went_on == []
    let_go.set()
    await asyncio.wait_for(asyncio.gather(first, *others), LIMIT)
    assert went_on == ["one", "two", "asked", "three"]


@pytest.mark.parametrize("moment", range(12))
async def test_a_turn_given_up_at_any_moment_leaves_its_slot(moment: int) -> None:
    limit = TurnLimit(computing=1, under_way=4)

    async def turn() -> None:
        async with limit.hold():
            await rounds(2)
            async with slot_released():
                await rounds(2)
            await rounds(2)

    busy, given_up, late = (asyncio.create_task(turn()) for _ in range(3))
    await rounds(moment)
    given_up.cancel()
    with suppress(asyncio.CancelledError):
        await given_up
    await asyncio.wait_for(asyncio.gather(busy, late), LIMIT)
    await asyncio.wait_for(turn(), LIMIT)


async def test_outside_of_a_turn_nothing_waits() -> None:
    async with slot_released():
        pass
