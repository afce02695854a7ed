"""What the dialogue's memory does over many messages of many people: `MESSAGES` (20,000).

The model, its rules and the tracker store on a file, in one process; nothing of the channel. Its
peer is itself: what the second half of the messages adds beside the first.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import tempfile
from pathlib import Path

from benchmarks.whole_path import DIGITS, QUESTIONS
from riung.dialogue import speed
from riung.dialogue.sessions import keep_what_lasts
from riung.logs import configure
from riung.settings import settings
from riung.training.rehearsal import Helpdesk, Talk
from tests.stack import SECRETS

MESSAGES, PEOPLE, LOOKS = 20_000, 3_000, 8

WORDS = (
    "min pak biaya paspor anak berapa syarat hilang rusak bandung jadwal kuota besok senin baru "
    "perpanjang elektronik antre kapan jadi alamat bayar kode foto wawancara terus gimana dong ya"
)
"""What two of five messages are thrown together from, so that hardly one comes twice."""


def say(rng: random.Random) -> str:
    """One message: a question that many ask, a digit, or words that nobody else writes."""
    chance = rng.random()
    if chance < 0.4:
        return rng.choice(QUESTIONS)
    if chance < 0.6:
        return rng.choice(DIGITS)
    return " ".join(rng.sample(WORDS.split(), rng.randint(2, 7)))


def megabytes() -> float:
    """This process's resident memory, after a look for garbage."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def measure(count: int) -> list[float]:
    """Resident memory before, and after each eighth of the messages."""
    helpdesk, rng, figures = Helpdesk(), random.Random(1), [megabytes()]
    for number in range(1, count + 1):
        who = Talk(helpdesk, "bandung", f"62899{rng.randrange(PEOPLE):07}")
        await who.say(say(rng), name="Budi")
        helpdesk.broker.events.clear()
        if number % (count // LOOKS) == 0:
            figures.append(megabytes())
            print(f"{number:7} messages: {figures[-1]:6.0f} MB", flush=True)
    return figures


def main() -> None:
    """Print the memory as it goes, and what the second half adds beside the first."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(SECRETS, RIUNG_VAR_DIR=folder, RIUNG_NOW="2026-11-20T10:00:00+07:00")
        settings.cache_clear()
        configure()
        speed.apply()
        keep_what_lasts()
        figures = asyncio.run(measure(int(os.environ.get("MESSAGES", MESSAGES))))
    first = figures[LOOKS // 2] - figures[0]
    second = figures[-1] - figures[LOOKS // 2]
    print(f"the second half of the messages adds {second / first:.2f} of what the first adds")


if __name__ == "__main__":
    main()
