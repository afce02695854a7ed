"""The dialogue server is killed when a turn is done in the conversation, but not yet in the inbox.

The test holds the channel's database where another program would for a moment, so that the kill
falls between the two for certain.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import webhook
from tests.e2e.citizen import Citizen
from tests.e2e.test_booking import fill
from tests.stack import Stack

PATIENCE = 30


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Nobody else writes to the database for the length of the block."""
    connection = sqlite3.connect(database, isolation_level=None, timeout=PATIENCE)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


def lines_of(tracker: Path, conversation: str, kind: str) -> list[str]:
    """The conversation's messages of that kind, as the dialogue keeps them."""
    with sqlite3.connect(f"file:{tracker}?mode=ro", uri=True) as connection:
        wanted = "SELECT data FROM events WHERE sender_id = ? AND type_name = ? ORDER BY id"
        return [row[0] for row in connection.execute(wanted, (conversation, kind))]


def is_booked(tracker: Path, conversation: str) -> bool:
    return any("tiket" in line for line in lines_of(tracker, conversation, "bot")[-2:])


def test_a_turn_killed_in_the_middle_is_applied_once_and_its_ticket_is_said(
    stack: Stack, citizen: Citizen
) -> None:
    var = stack.settings.var_dir
    fill(citizen)

    with held(var / "riung.db"):  # the booking waits, and with it the turn
        citizen.send(webhook.message("ya", phone=citizen.number))
        channel = held(var / "channel.db")
        channel.__enter__()
    until = time.monotonic() + PATIENCE
    while not is_booked(var / "tracker.db", citizen.conversation) and time.monotonic() < until:
        time.sleep(0.02)
    stack.kill("rasa")
    channel.__exit__(None, None, None)
    stack.start("rasa")
    stack.wait()

    assert re.search(r"antrean \*\d+\*", citizen.read().text)
    said = lines_of(var / "tracker.db", citizen.conversation, "user")
    assert sum('"text": "ya"' in line for line in said) == 1
    assert "antrean" in citizen.say("antrean saya").text.lower()
