import asyncio
from datetime import datetime, timedelta

import pytest

from riung.backend.bookings.turnstile import WAITING, Turnstile
from tests.riung.backend.citizens import local

EIGHT = local("2026-11-20T08:00:00")


async def order_of(*people: tuple[str, datetime, int | None]) -> list[str]:
    """Everybody comes in the order given; the order in which they go through."""
    turnstile, passed = Turnstile(gather_seconds=0.01), list[str]()

    async def come(name: str, sent_at: datetime, sequence: int | None) -> None:
        async with turnstile.turn(sent_at, sequence):
            await asyncio.sleep(0)
            passed.append(name)

    await asyncio.gather(*(come(*person) for person in people))
    return passed


def after(seconds: int) -> datetime:
    return EIGHT + timedelta(seconds=seconds)


async def test_who_wrote_first_goes_first() -> None:
    order = await order_of(
        ("c", after(3), None), ("a", after(1), None), ("d", after(4), None), ("b", after(2), None)
    )
    assert order == ["a", "b", "c", "d"]


async def test_within_a_second_the_channels_order_counts() -> None:
    assert await order_of(("b", EIGHT, 12), ("c", EIGHT, 13), ("a", EIGHT, 11)) == ["a", "b", "c"]


async def test_without_it_the_order_of_coming_counts() -> None:
    assert await order_of(*((str(n), EIGHT, None) for n in range(9))) == [str(n) for n in range(9)]


async def test_only_one_is_inside() -> None:
    turnstile, inside, most = Turnstile(gather_seconds=0.0), 0, 0

    async def come(number: int) -> None:
        nonlocal inside, most
        async with turnstile.turn(after(number)):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(come(number) for number in range(20)))
    assert most == 1


async def test_whoever_fails_inside_lets_the_next_one_in() -> None:
    turnstile = Turnstile(gather_seconds=0.0)

    async def fail() -> None:
        async with turnstile.turn(EIGHT):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with turnstile.turn(EIGHT):
        pass


@pytest.mark.parametrize("leaves", ["in the line", "inside", "just let in"])
async def test_whoever_goes_away_holds_up_nobody(leaves: str) -> None:
    turnstile, let_in = Turnstile(gather_seconds=0.01), asyncio.Event()

    async def come() -> None:
        async with turnstile.turn(EIGHT):
            let_in.set()
            await asyncio.sleep(60)

    leaving = asyncio.create_task(come())
    if leaves == "inside":
        await let_in.wait()
    elif leaves == "just let in":
        while not any(entry.turn.done() for entry in [*turnstile._line]) and turnstile._line:
            await asyncio.sleep(0)
    else:
        await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    async with turnstile.turn(after(1)):
        pass
    assert WAITING._value.get() == 0
