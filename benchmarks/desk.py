"""The desk under load: how soon a citizen's message is on the officer's screen.

200 open conversations and 20 officers with live pages, each on one of the conversations. Messages
are handed to Rasa's own broker, which delivers them; the time is taken until the officer's page has
the new line (the event of the live stream, then the transcript fetched again, as the browser does
it). The backend is the real one in a process of its own with its SQLite file, on the same cores as
the load.

To reach (docs/performance.md): p95 within 500 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks._one_build import cpu_seconds
from riung.backend.db import Database
from riung.desk import accounts, event_intake
from riung.desk.access import ALL_OFFICES, Role
from riung.dialogue.event_broker import HttpEventBroker
from tests.riung.desk import makers, stage
from tests.riung.desk.fake_rasa import FakeRasa
from tests.stack import Stack, new_stack

CONVERSATIONS, OFFICERS = 200, 20
RATE, SECONDS = 50.0, 30.0
"""Messages a second, over all conversations (issue "Desk")."""


class Officer:
    """One browser: logged in, one conversation open, listening."""

    def __init__(self, address: str, login: str, sender: str, conversation_id: int) -> None:
        self.client = httpx.AsyncClient(base_url=address, timeout=30, follow_redirects=True)
        self.login, self.sender, self.conversation_id = login, sender, conversation_id
        self.seen: dict[str, float] = {}
        self.listening = asyncio.Event()

    async def work(self) -> None:
        """Log in, then fetch what the live stream tells of, as the page does."""
        form = {"login": self.login, "password": stage.PASSWORD}
        await self.client.post("/desk/login", data=form)
        own, event = f"talk-{self.conversation_id}", ""
        live = f"/desk/live?talk={self.conversation_id}"
        async with self.client.stream("GET", live) as stream:
            self.listening.set()
            async for line in stream.aiter_lines():
                if line.startswith("event:"):
                    event = line[6:].strip()
                elif line.startswith("data:") and event == own:
                    await self._fetch(f"/desk/conversations/{self.conversation_id}/lines")
                elif line.startswith("data:") and event == "inbox":
                    await self._fetch("/desk/inbox/rows?view=all")

    async def _fetch(self, address: str) -> None:
        page = (await self.client.get(address)).text
        for mark in re.findall(r"pesan nomor \d+", page):
            self.seen.setdefault(mark, time.perf_counter())


def sender_of(number: int) -> str:
    """The citizen of that conversation."""
    return f"62899{number:07d}"


def fill(database: Database, address: str) -> list[Officer]:
    """The conversations, in each of which somebody waits, and the officers."""
    officers = []
    for number in range(CONVERSATIONS):
        sender = sender_of(number)
        event_intake.consume(database, [makers.started(sender), makers.user("halo", sender=sender)])
        conversation_id = stage.ask(database, sender)
        if number >= OFFICERS:
            continue
        login = f"petugas{number}"
        with database.writing() as session:
            user = accounts.create(
                session, login, login, Role.OFFICER, [ALL_OFFICES], stage.PASSWORD,
                must_change=False,
            )  # fmt: skip
        stage.take(database, sender, user.id, login)
        officers.append(Officer(address, login, sender, conversation_id))
    return officers


@contextmanager
def backend(folder: Path) -> Iterator[tuple[Stack, Database]]:
    """A filled desk in a process of its own, and the Rasa behind it in this one."""
    with FakeRasa() as rasa:
        stack = new_stack(
            folder, rasa.url, {"RIUNG_RASA_PORT": rasa.url.rsplit(":", 1)[1], "RIUNG_DEMO": ""}
        )
        database = Database(stack.settings.database_url, stack.settings.hash_key)
        database.migrate()
        stage.fill(database)
        yield stack, database
        stack.stop()
        database.dispose()


def start(stack: Stack) -> str:
    """Start the backend; its address once it answers."""
    stack.start("backend")
    address = stack.settings.backend_url
    for _ in range(300):
        try:
            httpx.get(f"{address}/healthz").raise_for_status()
            return address
        except httpx.HTTPError:
            time.sleep(0.2)
    raise TimeoutError(stack.logs())


async def load(
    address: str, api_key: str, officers: Sequence[Officer], seconds: float
) -> list[float]:
    """Send messages at the rate; seconds from each delivery to the screen that shows it."""
    sent: dict[str, tuple[Officer, float]] = {}
    screens = {officer.sender: officer for officer in officers}
    tasks = [asyncio.create_task(officer.work()) for officer in officers]
    await asyncio.gather(*(officer.listening.wait() for officer in officers))
    broker = HttpEventBroker(address, api_key)
    begun = time.perf_counter()
    for number in range(int(RATE * seconds)):
        await asyncio.sleep(max(begun + number / RATE - time.perf_counter(), 0))
        sender, text = sender_of(random.randrange(CONVERSATIONS)), f"pesan nomor {number}"
        if sender in screens:
            sent[text] = (screens[sender], time.perf_counter())
        broker.publish(makers.user(text, sender=sender))
    await broker.close()
    await asyncio.sleep(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for officer in officers:
        await officer.client.aclose()
    return [officer.seen.get(text, float("inf")) - at for text, (officer, at) in sent.items()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    chosen, _ = parser.parse_known_args(arguments)
    with tempfile.TemporaryDirectory() as folder, backend(Path(folder)) as (stack, database):
        officers = fill(database, stack.settings.backend_url)
        address, api_key = start(stack), stack.settings.api_key
        before, begun = os.getloadavg()[0], time.perf_counter()
        used = cpu_seconds(stack)
        times = sorted(asyncio.run(load(address, api_key, officers, chosen.seconds)))
        share = (cpu_seconds(stack) - used) / (time.perf_counter() - begun)
    lost = sum(seconds == float("inf") for seconds in times)
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(
        f"{CONVERSATIONS} open conversations, {OFFICERS} officers, {len(times)} messages at "
        f"{RATE:g}/s: on the officer's screen after p50 {p50 * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms, lost {lost}; "
        f"the backend took {share:.0%} of a core, the machine's load before was {before:.1f} on "
        f"{os.cpu_count()} cores. To reach: p95 500 ms."
    )


if __name__ == "__main__":
    main()
