"""Many citizens who write at the same moment, each over the signed webhook."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import aiohttp
import requests

from riung import clock
from riung.settings import Settings
from tests import webhook
from tests.e2e.citizen import Bubble, Citizen
from tests.graph_standin import GraphStandIn
from tests.stack import SECRETS

PLACES = 10
"""What MPP Batang has on a Tuesday (fact btg_kuota)."""

PATIENCE_SECONDS = 240
"""All of the crowd has its answer by then, also on a busy machine."""


@dataclass(frozen=True)
class Reply:
    """What one of them got, when (Unix time), and how many seconds after writing."""

    bubble: Bubble
    at: float
    seconds: float


class Crowd:
    """Citizens who have never written before; `numbers` in the order in which they write."""

    def __init__(self, settings: Settings, graph: GraphStandIn, size: int) -> None:
        self._url = f"{settings.rasa_url}/webhooks/whatsapp/webhook"
        self._graph = graph
        self.numbers = [Citizen(settings, graph).number for _ in range(size)]
        self._steps: dict[str, int] = dict.fromkeys(self.numbers, 0)

    def say(
        self,
        words: str | Callable[[str], str],
        within: float = 0.0,
        only: Sequence[str] | None = None,
    ) -> dict[str, Reply]:
        """Everybody (or `only` these) writes, spread over `within` seconds, and is answered."""
        numbers = self.numbers if only is None else only
        text_of = words if callable(words) else lambda number: words
        wrote = asyncio.run(self._write({n: text_of(n) for n in numbers}, within))
        return self.answers_to(wrote)

    def answers_to(self, wrote: Mapping[str, float]) -> dict[str, Reply]:
        """What came for the latest message of each of them, once everybody has an answer.

        Args:
            wrote: who wrote one more message, and when (Unix time).
        """
        for number in wrote:
            self._steps[number] += 1
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(len(got) < self._steps[n] for n, got in self._received().items()):
            assert time.monotonic() < deadline, "somebody got no answer"
            time.sleep(0.05)
        received = self._received()
        return {n: self._reply(received[n][self._steps[n] - 1], at) for n, at in wrote.items()}

    def bubbles_too_many(self) -> int:
        """How many more messages went to them than they wrote."""
        return sum(len(got) - self._steps[n] for n, got in self._received().items())

    @staticmethod
    def _reply(got: tuple[float, Bubble], wrote: float) -> Reply:
        at, bubble = got
        return Reply(bubble, at, at - wrote)

    def _received(self) -> dict[str, list[tuple[float, Bubble]]]:
        got: dict[str, list[tuple[float, Bubble]]] = defaultdict(list)
        got.update({number: [] for number in self.numbers})
        for sent in list(self._graph.messages):
            number = sent.to.lstrip("+")
            if number in self._steps:
                got[number].append((sent.at, Bubble.of(sent)))
        return got

    async def _write(self, texts: dict[str, str], within: float) -> dict[str, float]:
        """Post each text at its moment; the Unix time of each post."""
        wrote: dict[str, float] = {}
        begin = time.perf_counter()
        connector = aiohttp.TCPConnector(limit=50)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def post(place: int, number: str, text: str) -> None:
                due = begin + within * place / len(texts)
                await asyncio.sleep(max(due - time.perf_counter(), 0))
                body = webhook.delivery(webhook.message(text, phone=number))
                wrote[number] = time.time()
                async with session.post(
                    self._url, data=body, headers=webhook.headers(body)
                ) as answer:
                    assert answer.status == 200

            await asyncio.gather(*(post(i, n, text) for i, (n, text) in enumerate(texts.items())))
        return wrote


def open_an_untouched_day(settings: Settings) -> date:
    """A coming day of MPP Batang that nobody has booked, open for booking from now on."""
    api = f"{settings.backend_url}/api/v1/quotas"
    days = requests.get(
        api,
        params={"office": "pemalang"},
        headers={"Authorization": f"Bearer {SECRETS['RIUNG_API_KEY']}"},
        timeout=10,
    ).json()
    coming = [day for day in days if day["status"] != "closed"]  # today's own hour may be past
    untouched = [day["date"] for day in coming if day["remaining"] == day["capacity"] == PLACES]
    changed = requests.put(
        f"{api}/pemalang/mpp_batang/{untouched[0]}",
        json={"opens_at": (clock.now() - timedelta(hours=1)).isoformat()},
        headers={"Authorization": f"Bearer {SECRETS['RIUNG_ADMIN_KEY']}"},
        timeout=10,
    ).json()
    assert changed["status"] == "open", changed
    return date.fromisoformat(untouched[0])
