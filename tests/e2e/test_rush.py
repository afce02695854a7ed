"""A thousand citizens want ten places: the whole path in a rush, also while the backend dies."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

import pytest

from riung.backend.bookings.turnstile import GATHER_SECONDS
from tests.e2e.crowd import Crowd, Reply, open_an_untouched_day
from tests.e2e.rush import (
    PEOPLE,
    RUSH_SECONDS,
    TICKETS,
    fill_forms,
    queue_numbers,
    rush_for_ten_places,
)
from tests.graph_standin import GraphStandIn
from tests.stack import Stack

pytestmark = pytest.mark.timeout(900)

WAITS = "daftar tunggu"
"""Who has to answer again when the day is full by then is asked whether to wait, and says "ya"."""


def test_ten_get_a_place_in_the_order_of_arrival_and_all_others_an_alternative(
    stack: Stack, graph: GraphStandIn
) -> None:
    rush_for_ten_places(stack, graph)

    assert graph.invalid == []


def test_with_the_backend_killed_in_the_middle_nobody_loses_a_place_or_gets_two(
    stack: Stack, graph: GraphStandIn
) -> None:
    day = open_an_untouched_day(stack.settings)
    crowd = Crowd(stack.settings, graph, PEOPLE // 4)
    fill_forms(crowd, day, seconds=5)
    restart = threading.Thread(target=_kill_the_backend_soon, args=(stack,))
    restart.start()

    replies = crowd.say("ya", within=RUSH_SECONDS / 4)
    restart.join()
    stack.wait()
    assert told_to_wait(replies)
    while again := told_to_wait(replies):  # all at once, right after the start: some twice
        replies |= crowd.say("ya", only=again)

    tickets = queue_numbers(replies)
    assert list(tickets.values()) == TICKETS
    others = {reply.bubble.text for number, reply in replies.items() if number not in tickets}
    assert {text for text in others if "*penuh*" not in text and WAITS not in text} == set()
    assert crowd.bubbles_too_many() == 0


def told_to_wait(replies: Mapping[str, Reply]) -> list[str]:
    """Who was asked to answer once more."""
    return [n for n, reply in replies.items() if "belum pasti" in reply.bubble.text]


def _kill_the_backend_soon(stack: Stack) -> None:
    """While the first places are being given."""
    time.sleep(GATHER_SECONDS + 0.25)
    stack.kill("backend")
    time.sleep(1)
    stack.start("backend")
