"""The search of the desk over a million lines, on SQLite and on PostgreSQL.

40,000 conversations of 25 lines in the words of our own training examples, so that words are as
common as citizens use them. Each search is what the list does: find, sort, and take the hits of a
page. PostgreSQL is the one of `make test-services`; where none answers that is said.

To reach (docs/performance.md): p95 within 300 ms.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from benchmarks._figures import quantiles
from riung import clock
from riung.backend.db import Database
from riung.desk import inbox
from riung.desk.access import ALL_OFFICES, Principal, Role
from riung.desk.tables import Conversation, Message
from riung.desk.words import numbers_in
from riung.settings import ROOT
from riung.yaml_files import read_yaml
from tests.services import new_database

LINES, TALK, SEARCHES = 1_000_000, 25, 200
AT_ONCE = 20_000
ANYBODY = Principal(1, "rina", "Rina", Role.SUPERVISOR, (ALL_OFFICES,))


def sentences() -> list[str]:
    """What citizens write, from the examples of `data/`."""
    found = []
    for path in sorted((ROOT / "data").glob("*/nlu.yml")):
        for block in read_yaml(path)["nlu"]:
            lines = str(block.get("examples") or "").splitlines()
            found += [line.lstrip("- ").strip() for line in lines if line.strip()]
    return found


def fill(database: Database, lines: int) -> None:
    """Conversations of 25 lines each, one after the other in time."""
    chance, said, start = random.Random(7), sentences(), clock.now() - timedelta(days=700)
    with database.writing() as session:
        talks = [_talk(number, start) for number in range(1, lines // TALK + 1)]
        session.execute(sa.insert(Conversation.__table__), talks)
    for first in range(0, lines, AT_ONCE):
        rows = [_line(place, chance, said, start) for place in range(first, first + AT_ONCE)]
        with database.writing() as session:
            session.execute(sa.insert(Message.__table__), rows)
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(sa.text("VACUUM ANALYZE desk_messages"))


def _talk(number: int, start: Any) -> dict[str, Any]:
    at, name = start + timedelta(seconds=60 * TALK * number), ("Rahma", "Jono", "Tri")[number % 3]
    talk = {"id": number, "sender_id": f"62812{number:08d}", "person": f"62812{number:08d}"}
    talk |= {"office": "bandung", "name": f"{name} {number}", "phone_number_id": "", "channel": ""}
    talk |= {"state": "bot", "state_since": at, "timer": "none", "topic": "", "labels": []}
    return {**talk, "unread": 0, "last_text": "", "last_at": at, "behind": False}


def _line(place: int, chance: random.Random, said: Sequence[str], start: Any) -> dict[str, Any]:
    text = " ".join(chance.choices(said, k=2))
    if place % 40 == 0:
        text += f" 1179 0000 {place // 10_000:04d} {place % 10_000:04d}"
    line = {"conversation_id": place // TALK + 1, "event_key": f"user:{place}", "intent": ""}
    line |= {"office": "bandung", "at": start + timedelta(seconds=60 * place), "author": "citizen"}
    return {**line, "text": text, "numbers": numbers_in(text), "details": {}}


def searches(count: int) -> list[str]:
    """What officers type: one word or several of a sentence, a number, a name, what is nowhere."""
    chance, said = random.Random(8), sentences()
    typed = []
    for place in range(count):
        words = [word for word in chance.choice(said).split() if word.isalpha()] or ["paspor"]
        number = 40 * chance.randrange(LINES // 40)
        typed.append(
            (
                "paspor",
                chance.choice(words),
                " ".join(words[:2]),
                " ".join(words[:4]),
                f"1179 0000 {number // 10_000:04d} {number % 10_000:04d}",
                f"rahma {words[0]}",
                f"{words[-1]} tidakadakatanya",
            )[place % 7]
        )
    return typed


def measure(database: Database, typed: Sequence[str]) -> list[float]:
    """Seconds of each search."""
    times = []
    for text in typed:
        begun = time.perf_counter()
        with database.reading() as session:
            inbox.page(session, ANYBODY, inbox.Filters("all", text))
        times.append(time.perf_counter() - begun)
    return times


@contextmanager
def databases() -> Iterator[Iterator[tuple[str, str]]]:
    """The name and address of each database there is."""
    with tempfile.TemporaryDirectory() as folder:

        def each() -> Iterator[tuple[str, str]]:
            yield "SQLite", f"sqlite:///{Path(folder) / 'riung.db'}"
            try:
                with new_database() as url:
                    yield "PostgreSQL", url
            except OperationalError:
                print("PostgreSQL: none answers at RIUNG_TEST_POSTGRES_URL.")

        yield each()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--searches", type=int, default=SEARCHES)
    chosen, _ = parser.parse_known_args(arguments)
    with databases() as known:
        for name, url in known:
            database = Database(url)
            database.migrate()
            fill(database, chosen.lines)
            times = measure(database, searches(chosen.searches))
            database.dispose()
            print(f"{name}, {chosen.lines:,} lines: {quantiles(times)}. To reach: p95 300 ms.")


if __name__ == "__main__":
    main()
