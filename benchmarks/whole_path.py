"""The whole path: a signed webhook in, the answer seen at a stand-in Graph API.

Real Rasa, actions and backend; the load and the stand-in share the two cores with them. Messages
come at a fixed rate whether or not answers keep up (open loop), each from a citizen of its own
choosing out of many, at the mix that offices see: 60 % questions, 20 % menu digits, 15 % status,
5 % quota.

To reach (docs/performance.md): 80 messages a second sustained for a minute, p95 under 1 s,
acknowledgement p99 under 50 ms; a burst of 1,000 messages in 2 s drained with nothing lost.

The peer in the same run is the channel alone, with an echo in the dialogue's place.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import aiohttp

from benchmarks._figures import quantiles
from tests import webhook
from tests.graph_standin import GraphStandIn, Sent
from tests.riung.whatsapp.process import channel_process
from tests.stack import new_stack

RATE = 80
SECONDS = 60
ECHO_SECONDS = 10
WARM_UP_RATE, WARM_UP = 20, 200
BURST, BURST_SECONDS = 1000, 2.0
CITIZENS = 4000

QUESTIONS = (
    "syarat bikin paspor baru apa aja ya",
    "biaya paspor elektronik berapa?",
    "paspor saya hilang gimana",
    "jam buka kantor sampai jam berapa",
    "alamat kantor imigrasi dimana min",
    "anak saya umur 5 tahun mau bikin paspor, bawa apa saja?",
    "perpanjang paspor bisa online?",
    "berapa lama paspor jadi setelah wawancara",
    "cara bayar lewat atm gimana kak",
    "paspor rusak kena banjir masih bisa dipakai?",
)
DIGITS = ("1", "2", "3", "4", "0")
STATUSES = ("cek status 1179 0000 0000 1208", "1179000000001208")
QUOTAS = ("kuota besok masih ada?", "sisa kuota minggu depan")


def say(rng: random.Random) -> str:
    """One message at the mix that offices see."""
    chance = rng.random()
    if chance < 0.60:
        return rng.choice(QUESTIONS)
    if chance < 0.80:
        return rng.choice(DIGITS)
    return rng.choice(STATUSES if chance < 0.95 else QUOTAS)


@dataclass
class Measured:
    """Seconds of each acknowledgement and of each answer."""

    acks: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    refused: int = 0
    sent: int = 0
    seconds: float = 0.0

    def print(self, name: str) -> None:
        """The figures in two lines."""
        per_second = len(self.answers) / self.seconds if self.seconds else 0
        print(
            f"{name}: {self.sent} in, {len(self.answers)} answered, "
            f"{self.sent - len(self.answers)} lost, {self.refused} refused; "
            f"{per_second:.1f} answers/s"
        )
        print(f"  whole path  {quantiles(self.answers)}")
        print(f"  acknowledge {quantiles(self.acks)}", flush=True)


class Load:
    """Citizens who write and wait; answers are matched to messages in order, person by person."""

    def __init__(self, url: str, graph: GraphStandIn, session: aiohttp.ClientSession) -> None:
        self._url, self._graph, self._session = f"{url}/webhook", graph, session
        self._rng = random.Random(1)
        self._asked: dict[str, deque[float]] = defaultdict(deque)
        self._seen = len(graph.messages)
        self._phone = 0
        self.measured = Measured()

    async def at_rate(self, rate: float, count: int) -> Measured:
        """Write `count` messages at `rate` a second, then wait for the last answers."""
        started = time.perf_counter()
        posts = []
        for number in range(count):
            due = started + number / rate
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            posts.append(asyncio.create_task(self._write()))
        await asyncio.gather(*posts)
        await self._wait_for_answers(60)
        last = max((message.at for message in self._graph.messages), default=time.time())
        self.measured.seconds = last - (time.time() - (time.perf_counter() - started))
        return self.measured

    async def _write(self) -> None:
        self._phone = (self._phone + 1) % CITIZENS
        phone = f"62899{self._phone:07}"
        body = webhook.delivery(webhook.message(say(self._rng), phone=phone))
        self._asked[f"+{phone}"].append(time.time())
        self.measured.sent += 1
        started = time.perf_counter()
        async with self._session.post(
            self._url, data=body, headers=webhook.headers(body)
        ) as response:
            await response.read()
            self.measured.refused += response.status != 200
        self.measured.acks.append(time.perf_counter() - started)

    async def _wait_for_answers(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._match(self._graph.messages[self._seen :])
            if len(self.measured.answers) >= self.measured.sent:
                return
            await asyncio.sleep(0.1)

    def _match(self, sent: Sequence[Sent]) -> None:
        for message in sent:
            asked = self._asked[message.to]
            if asked:
                self.measured.answers.append(message.at - asked.popleft())
        self._seen += len(sent)


@asynccontextmanager
async def channel_of(kind: str, folder: Path, graph: GraphStandIn) -> AsyncIterator[str]:
    """The channel's address: with an echo for a dialogue, or the whole installation."""
    if kind == "echo":
        async with channel_process(folder, graph.url) as process:
            await _ready(process.url)
            yield process.url
        return
    stack = new_stack(folder, graph.url, {})
    stack.start()
    try:
        await asyncio.to_thread(stack.wait)
        yield f"{stack.settings.rasa_url}/webhooks/whatsapp"
    finally:
        await asyncio.to_thread(stack.stop)


async def _ready(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(600):
            try:
                async with session.get(f"{url}/readyz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError("the channel did not start")


async def measure(kind: str, rate: float, seconds: int) -> Measured:
    """Warm up, then the sustained load, which is returned, and the burst."""
    with tempfile.TemporaryDirectory() as folder:
        async with GraphStandIn() as graph, channel_of(kind, Path(folder), graph) as url:
            graph.callback_url = f"{url}/webhook"
            connector = aiohttp.TCPConnector(limit=100)
            async with aiohttp.ClientSession(connector=connector) as session:
                await Load(url, graph, session).at_rate(WARM_UP_RATE, WARM_UP)
                load = await Load(url, graph, session).at_rate(rate, int(rate * seconds))
                load.print(f"{kind}, {rate:g} messages/s for {seconds} s")
                burst = await Load(url, graph, session).at_rate(BURST / BURST_SECONDS, BURST)
                burst.print(f"{kind}, burst of {BURST} in {BURST_SECONDS:g} s")
            if graph.invalid:
                print(f"  {len(graph.invalid)} answers broke a limit of WhatsApp's")
    return load


def main() -> None:
    """Print the figures of both and what the dialogue adds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    chosen = parser.parse_args(sys.argv[1:] if __name__ == "__main__" else [])
    echo = asyncio.run(measure("echo", chosen.rate, ECHO_SECONDS))
    riung = asyncio.run(measure("riung", chosen.rate, chosen.seconds))
    ratio = median(riung.answers) / median(echo.answers)
    print(f"with its dialogue an answer takes {ratio:.1f} times as long as the channel alone")


if __name__ == "__main__":
    main()
