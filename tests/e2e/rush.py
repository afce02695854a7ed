"""The rush for the ten places of a day: everybody fills the form, then all confirm at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from riung.settings import Settings
from riung.whatsapp.tables import inbox
from tests.e2e.crowd import PLACES, Crowd, Reply, open_an_untouched_day
from tests.graph_standin import GraphStandIn
from tests.stack import Stack

PEOPLE, RUSH_SECONDS = 1000, 10
QUESTION = "Sudah benar?"
TICKETS = list(range(1, PLACES + 1))
NIK = "332501{:02d}0190{:04d}"
"""Invented numbers with the shape of a NIK from Batang."""


def nik_of(number: str) -> str:
    """A NIK of its own for each invented phone number."""
    serial = int(number[-4:])
    return NIK.format(1 + serial % 28, serial)


def fill_forms(crowd: Crowd, day: date, seconds: float) -> None:
    """All of them up to the question "Sudah benar?"."""
    crowd.say(f"daftar antrean paspor baru mpp batang tgl {day:%d/%m/%Y}", within=seconds)
    crowd.say("Siti Aminah", within=seconds)
    asked = crowd.say(nik_of, within=seconds)
    assert {
        said.bubble.text for said in asked.values() if QUESTION not in said.bubble.text
    } == set()


def rush_for_ten_places(stack: Stack, graph: GraphStandIn) -> dict[str, Reply]:
    """The whole rush, checked: ten tickets in the order of arrival, an alternative for the rest.

    Returns the answers to the final "ya".
    """
    day = open_an_untouched_day(stack.settings)
    crowd = Crowd(stack.settings, graph, PEOPLE)
    fill_forms(crowd, day, seconds=8)
    replies = crowd.say("ya", within=RUSH_SECONDS)

    tickets = queue_numbers(replies)
    refused = [reply.bubble.text for number, reply in replies.items() if number not in tickets]
    assert list(tickets.values()) == TICKETS
    arrived = [name for name in order_of_arrival(stack.settings) if name in replies]
    assert list(tickets) == arrived[:PLACES]
    assert len(refused) == PEOPLE - PLACES
    assert {"*penuh*" in text and "Pilihan lain" in text for text in refused} == {True}
    assert crowd.bubbles_too_many() == 0
    return replies


def queue_numbers(replies: Mapping[str, Reply]) -> dict[str, int]:
    """Who has a ticket, or is told of the one they have, and its queue number, by the number."""
    found = {
        number: int(match[1])
        for number, reply in replies.items()
        if (match := re.search(r"antrean(?:: nomor)? \*(\d+)\*", reply.bubble.text))
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def order_of_arrival(settings: Settings) -> list[str]:
    """The citizens by the time WhatsApp gave their latest message, in whole seconds.

    Within a second, by the order in which the channel stored it. Two workers may store messages
    from both sides of a second's end the wrong way round; the earlier time still comes first.
    """
    engine = sa.create_engine(settings.channel_database_url)
    latest = sa.select(sa.func.max(inbox.c.id)).group_by(inbox.c.conversation_id)
    query = sa.select(inbox.c.conversation_id).where(inbox.c.id.in_(latest))
    with engine.connect() as connection:
        return list(connection.execute(query.order_by(inbox.c.timestamp, inbox.c.id)).scalars())
