"""The simulation of all offices: what it says must follow from what it is told."""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.nation import SENT_A_SECOND, Costs, Machines, Nation, arrivals, waits

FEW = Nation(offices=10, rush=50, numbers=10)
COSTS = Costs(dialogue=0.01, backend=0.003)


def test_every_message_is_answered() -> None:
    took = waits(FEW, COSTS, Machines(1, 1))

    assert len(took) == len(arrivals(FEW, random.Random(1)))


def test_with_cores_to_spare_an_answer_takes_what_the_message_costs() -> None:
    took = waits(FEW, COSTS, Machines(100, 100))

    spent = COSTS.dialogue + COSTS.backend + 1 / SENT_A_SECOND
    assert abs(sum(took) / len(took) / spent - 1) < 0.2


def test_more_cores_and_minutes_of_their_own_shorten_the_wait() -> None:
    one = max(waits(FEW, COSTS, Machines(1, 1)))

    assert max(waits(FEW, COSTS, Machines(2, 1))) < one
    assert max(waits(replace(FEW, minutes=5), COSTS, Machines(1, 1))) < one


def test_one_number_sends_no_faster_than_meta_lets_it() -> None:
    at_once = replace(FEW, numbers=1, eagerness=0.001, a_day=0)

    took = waits(at_once, COSTS, Machines(100, 100))

    assert max(took) > 0.9 * FEW.offices * FEW.rush / SENT_A_SECOND
