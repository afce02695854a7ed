"""All 151 offices at once: what a citizen waits when quotas open, by cores and by WhatsApp numbers.

A simulation fed with costs that are measured first, on the installation that `whole_path` starts:
processor time of a message in the dialogue and in the backend. Around them everything is assumed,
and says so: docs/operations.md has the table and its arithmetic. Its peer in the same run is the
same nation with minutes of its own for each eighth of the offices.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import simpy

from benchmarks._figures import quantiles

RATE, SECONDS = 25, 20.0
"""Messages a second, and seconds, of the load by which the costs are measured."""


@dataclass(frozen=True)
class Costs:
    """Mean seconds of one core that a message costs; each message's own is drawn exponentially, as
    a greeting costs a tenth of a story.
    """

    dialogue: float = 0.012
    backend: float = 0.003


@dataclass(frozen=True)
class Nation:
    """What is assumed of the offices and their citizens (docs/operations.md)."""

    offices: int = 151
    a_day: int = 3_000
    """Messages of an office on a day, a hundredth of them in its busiest minute."""
    rush: int = 200
    """Further messages of an office in the minute in which its quota opens."""
    eagerness: float = 15.0
    """Seconds after the opening by which two thirds of them are written (an exponential)."""
    minutes: int = 1
    """How many minutes the offices' openings are spread over."""
    numbers: int = 151
    """WhatsApp numbers, each of which sends 80 messages a second (Meta's limit)."""


@dataclass(frozen=True)
class Machines:
    """Cores of each part; a core works on one message at a time."""

    dialogue: int
    backend: int


SENT_A_SECOND = 80.0
LATEST = 60.0
"""Seconds after its opening in which an office's rush is over."""


def arrivals(nation: Nation, rng: random.Random) -> list[tuple[float, int]]:
    """When each message comes, in seconds from the first opening, and to which office."""
    found = []
    for office in range(nation.offices):
        opens = 60.0 * (office % nation.minutes)
        wished = (rng.expovariate(1 / nation.eagerness) for _ in range(nation.rush))
        found += [(opens + min(after, LATEST), office) for after in wished]
        usual = nation.a_day / 100 * nation.minutes
        found += [(rng.uniform(0, 60.0 * nation.minutes), office) for _ in range(round(usual))]
    return sorted(found)


def waits(nation: Nation, costs: Costs, machines: Machines, seed: int = 1) -> list[float]:
    """Seconds from each message to its answer, in the order in which answers are sent."""
    rng, world, done = random.Random(seed), simpy.Environment(), list[float]()
    dialogue = simpy.Resource(world, machines.dialogue)
    backend = simpy.Resource(world, machines.backend)
    numbers = [simpy.Resource(world, 1) for _ in range(nation.numbers)]

    def message(office: int) -> Generator[simpy.Event, None, None]:
        came = world.now
        for part, seconds in ((dialogue, costs.dialogue), (backend, costs.backend)):
            with part.request() as turn:
                yield turn
                yield world.timeout(rng.expovariate(1 / seconds))
        with numbers[office % nation.numbers].request() as turn:
            yield turn
            yield world.timeout(1 / SENT_A_SECOND)
        done.append(world.now - came)

    def citizens() -> Generator[simpy.Event, None, None]:
        for at, office in arrivals(nation, rng):
            yield world.timeout(at - world.now)
            world.process(message(office))

    world.process(citizens())
    world.run()
    return done


async def measured() -> Costs:
    """What a message costs this build on this machine."""
    from benchmarks._one_build import WARM_UP, at_rate, cpu_seconds, started

    with tempfile.TemporaryDirectory() as folder:
        async with started(Path(folder), {}) as (stack, load):
            await at_rate(load, RATE, WARM_UP / RATE)
            before = [cpu_seconds(stack, name) for name in ("rasa", "backend")]
            sent = (await at_rate(load, RATE, SECONDS)).sent
            after = [cpu_seconds(stack, name) for name in ("rasa", "backend")]
    return Costs(*((now - then) / sent for then, now in zip(before, after, strict=True)))


CORES = (2, 4, 8, 15, 30)
"""Cores of dialogue that are tried; the backend has a third of them."""


def table(costs: Costs, nations: Sequence[tuple[str, Nation, Sequence[int]]]) -> Iterator[str]:
    """A line for each nation and number of cores."""
    for name, nation, tried in nations:
        for cores in tried:
            took = waits(nation, costs, Machines(cores, max(1, cores // 3)))
            yield f"{name:32} {cores:3} cores  {quantiles(took)}  longest {max(took):6.1f} s"


def main() -> None:
    """Print the costs measured, the table, and what minutes of their own save."""
    costs = asyncio.run(measured())
    print(f"a message: dialogue {1000 * costs.dialogue:.1f} ms, ", end="")
    print(f"backend {1000 * costs.backend:.1f} ms of one core; {os.cpu_count()} cores here")
    together = Nation()
    apart = replace(together, minutes=8)
    nations = [
        ("one minute", together, CORES),
        ("eight minutes", apart, CORES[:3]),
        ("one minute, one number for all", replace(together, numbers=1), CORES[-1:]),
        ("a usual minute", replace(together, rush=0), CORES[:1]),
    ]
    for line in table(costs, nations):
        print(line, flush=True)
    some = Machines(8, 2)
    ratio = max(waits(apart, costs, some)) / max(waits(together, costs, some))
    print(f"with 8 cores, minutes of their own take {ratio:.3f} of the longest wait")


if __name__ == "__main__":
    main()
