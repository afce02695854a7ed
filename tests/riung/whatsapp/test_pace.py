"""Credit of a number and a person, replies first."""

from __future__ import annotations

import asyncio

from riung.whatsapp.pace import Lane, Pace


def allowed(pace: Pace, seconds: float, step: float = 0.1) -> int:
    """How many go in so many seconds when somebody always wants to."""
    count, now = 0, 0.0
    while now < seconds:
        while pace.delay(now) == 0:
            pace.take(now)
            count += 1
        now += step
    return count


def test_a_person_gets_45_at_once_and_then_ten_a_minute() -> None:
    assert allowed(Pace(6.0, 45), 5.9) == 45
    assert allowed(Pace(6.0, 45), 599.9) == 45 + 99


def test_credit_comes_back_while_nobody_writes() -> None:
    pace = Pace(6.0, 45)
    for _ in range(45):
        pace.take(0)
    assert pace.delay(0) == 6.0
    assert not pace.is_full(269)
    assert pace.is_full(270)


def test_what_was_not_used_is_given_back() -> None:
    pace = Pace(1.0, 1)
    pace.take(0)
    pace.give_back()
    assert pace.delay(0) == 0


async def test_replies_pass_before_bulk_and_a_stop_holds_all() -> None:
    now = [0.0]
    lane = Lane(Pace(1.0, 10), lambda: now[0], stopped="uji")
    passed: list[str] = []

    async def go(name: str, is_reply: bool) -> None:
        await lane.slot(is_reply)
        passed.append(name)

    tasks = [asyncio.create_task(go(f"bulk {n}", False)) for n in range(2)]
    tasks += [asyncio.create_task(go(f"reply {n}", True)) for n in range(2)]
    await asyncio.sleep(0)
    assert (passed, lane.queued) == ([], 4)
    lane.resume()
    await asyncio.gather(*tasks)
    assert passed == ["reply 0", "reply 1", "bulk 0", "bulk 1"]
