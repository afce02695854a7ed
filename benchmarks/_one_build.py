"""Measures one build and prints its figures as JSON: run by `benchmarks.against`, in turns.

Run by its path in the folder of the build, whose own `tests.stack` starts it: so it uses only what
every build since November 2026 has.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

sys.path.insert(0, os.getcwd())

import aiohttp

from benchmarks.whole_path import Load, Measured, say
from tests import webhook
from tests.graph_standin import GraphStandIn
from tests.stack import Stack, new_stack

RATES = (25, 60)
"""Messages a second at which CPU is measured."""

WARM_UP = 150
PATIENCE = 1.0
"""Seconds of p95 up to which a rate counts as carried."""

SILENCE = 5.0
"""Seconds after which no answer is coming: an officer has the conversation."""

AT_ONCE = 10
"""Messages of the long conversation that one figure is taken of."""


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += family(int(child))
    return found


def cpu_seconds(stack: Stack, *names: str) -> float:
    """Processor time of the named programs (all of them without names) so far."""
    ticks = 0
    for name in names or stack.processes:
        for pid in family(stack.processes[name].pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def megabytes(stack: Stack, *names: str) -> float:
    """Resident memory of the named programs (all of them without names)."""
    pages = 0
    for name in names or stack.processes:
        for pid in family(stack.processes[name].pid):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@asynccontextmanager
async def started(folder: Path, figures: dict[str, float]) -> AsyncIterator[tuple[Stack, Load]]:
    """The build, warmed up; its time to be ready is noted."""
    async with GraphStandIn() as graph, aiohttp.ClientSession() as session:
        stack = new_stack(folder, graph.url, {})
        began = time.perf_counter()
        stack.start()
        try:
            await asyncio.to_thread(stack.wait)
            figures["ready, s"] = time.perf_counter() - began
            url = f"{stack.settings.rasa_url}/webhooks/whatsapp"
            graph.callback_url = f"{url}/webhook"
            yield stack, Load(url, graph, session)
        finally:
            await asyncio.to_thread(stack.stop)


async def at_rate(load: Load, rate: float, seconds: float) -> Measured:
    """A load of its own with the same citizens."""
    load.measured, load._seen = Measured(), len(load._graph.messages)
    return await load.at_rate(rate, int(rate * seconds))


async def long_conversation(stack: Stack, load: Load, count: int) -> tuple[float, float]:
    """CPU milliseconds of the dialogue for a message: the first ones, and after `count` of them."""
    phone, costs = "6289988877766", []
    for _ in range(0, count, AT_ONCE):
        before = cpu_seconds(stack, "rasa")
        for _ in range(AT_ONCE):
            seen = len(load._graph.messages)
            body = webhook.delivery(webhook.message(say(load._rng), phone=phone))
            async with load._session.post(load._url, data=body, headers=webhook.headers(body)):
                pass
            deadline = time.monotonic() + SILENCE
            while len(load._graph.messages) == seen and time.monotonic() < deadline:
                await asyncio.sleep(0.005)
        costs.append(1000 * (cpu_seconds(stack, "rasa") - before) / AT_ONCE)
    return costs[1], costs[-1]


async def measure(seconds: float, count: int) -> dict[str, float]:
    """All figures of this build."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with started(Path(folder), figures) as (stack, load):
            await at_rate(load, 20, WARM_UP / 20)
            for rate in RATES:
                before = cpu_seconds(stack)
                sent = (await at_rate(load, rate, seconds)).sent
                cost = 1000 * (cpu_seconds(stack) - before) / sent
                figures[f"CPU of a message at {rate}/s, ms"] = cost
            burst = await at_rate(load, 500, seconds / 10)
            figures["burst, answers/s"] = len(burst.answers) / burst.seconds
            figures["dialogue server, MB"] = megabytes(stack, "rasa")
            figures["installation, MB"] = megabytes(stack)
            early, late = await long_conversation(stack, load, count)
            figures["CPU of an early message, ms"] = early
            figures[f"CPU of message {count}, ms"] = late
    return figures


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # its programs end with it
    print(json.dumps(asyncio.run(measure(float(sys.argv[1]), int(sys.argv[2])))))
