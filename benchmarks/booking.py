"""A thousand people book ten places at the backend alone, over HTTP.

The whole path, with WhatsApp and Rasa in front, is `whole_path` and the end-to-end rush test. Here:
how long the backend takes from the first request to the last answer, when they come within ten
seconds and when they come all at once, and what one answer costs beside the same server's cheapest
one (`GET /healthz`), its peer in the same run.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from typing import Any

import aiohttp

from tests.riung.backend.citizens import API_KEY, PLACE, TUESDAY, nik, phone
from tests.riung.backend.servers import free_port

PEOPLE = 1000
NOW = "2026-11-20T08:00:10+07:00"
"""Ten seconds after MPP Batang's Tuesday was opened."""


def main() -> None:
    """Print the figures of both rushes."""
    for name, seconds in (("within 10 s", 10.0), ("all at once", 0.0)):
        with tempfile.TemporaryDirectory() as folder:
            server, url = _serve(folder)
            try:
                asyncio.run(_rush(name, url, seconds))
            finally:
                server.terminate()
                server.wait()


def _serve(folder: str) -> tuple[subprocess.Popen[bytes], str]:
    port = free_port()
    environment = {
        **os.environ,
        "RIUNG_NOW": NOW,
        "RIUNG_VAR_DIR": folder,
        "RIUNG_API_KEY": API_KEY,
        "RIUNG_HASH_KEY": "bench",
        "RIUNG_DEMO": "",
    }
    command = [
        *(sys.executable, "-m", "uvicorn", "--factory", "riung.server.app:create_app"),
        *("--port", str(port), "--no-access-log", "--log-level", "error", "--ws", "none"),
    ]
    return subprocess.Popen(command, env=environment), f"http://127.0.0.1:{port}"


async def _rush(name: str, url: str, seconds: float) -> None:
    headers = {"Authorization": f"Bearer {API_KEY}"}
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)  # below the server's 5 s
    async with aiohttp.ClientSession(url, headers=headers, connector=connector) as client:
        await _until_ready(client)
        plain = [await _timed(client.get("/healthz")) for _ in range(300)]
        citizens = list(range(PEOPLE))
        random.Random(3).shuffle(citizens)
        started = time.perf_counter()
        answers = await asyncio.gather(
            *(_book(client, citizen, seconds * at / PEOPLE) for at, citizen in enumerate(citizens))
        )
        took = time.perf_counter() - started
    outcomes = Counter(outcome for outcome, _ in answers)
    times = sorted(spent for _, spent in answers)
    alone = statistics.median(spent for _, spent in plain)
    print(
        f"booking, {PEOPLE} {name}: {dict(outcomes)}; last answer after {took:.1f} s, "
        f"p50 {times[len(times) // 2] * 1000:.0f} ms, "
        f"p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms, {PEOPLE / took:.0f}/s; "
        f"GET /healthz alone {alone * 1000:.1f} ms"
    )


async def _until_ready(client: aiohttp.ClientSession) -> None:
    for _ in range(300):
        try:
            async with client.get("/readyz") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientConnectionError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("the backend did not start")


async def _book(client: aiohttp.ClientSession, citizen: int, wait: float) -> tuple[str, float]:
    await asyncio.sleep(wait)
    body: dict[str, Any] = {
        **PLACE,
        "date": TUESDAY,
        "phone": phone(citizen),
        "name": "Warga Contoh",
        "nik": nik(citizen),
    }
    return await _timed(client.post("/api/v1/bookings", json=body))


async def _timed(call: Any) -> tuple[str, float]:
    started = time.perf_counter()
    async with call as answer:
        told = await answer.json()
    return str(told.get("code") if answer.status >= 400 else answer.status), (
        time.perf_counter() - started
    )


if __name__ == "__main__":
    main()
