"""A thousand citizens confirm within ten seconds for ten places, through the whole path.

Webhook, Rasa, actions and backend are real. The peer in the same run is the same crowd asking for
the menu: what a place costs beside the cheapest answer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks._figures import quantiles
from tests.e2e.crowd import Crowd, Reply
from tests.e2e.rush import PEOPLE, RUSH_SECONDS, rush_for_ten_places
from tests.graph_standin import graph_in_thread
from tests.stack import running_stack


def main() -> None:
    """Print the time until the last answer and the quantiles, for both."""
    with (
        tempfile.TemporaryDirectory() as folder,
        graph_in_thread() as graph,
        running_stack(Path(folder), graph.url) as stack,
    ):
        rush = rush_for_ten_places(stack, graph)
        menu = Crowd(stack.settings, graph, PEOPLE).say("menu", within=RUSH_SECONDS)
    of_rush, of_menu = _report("places", rush), _report("menu", menu)
    print(f"the rush takes {of_rush / of_menu:.2f} times as long as the same number of menus")


def _report(name: str, replies: Mapping[str, Reply]) -> float:
    """Print; return the seconds from the first message to the last answer."""
    last = max(reply.at for reply in replies.values())
    total = last - min(reply.at - reply.seconds for reply in replies.values())
    print(f"{name}: {len(replies)} answers, the last one after {total:.1f} s")
    print(f"  {quantiles([reply.seconds for reply in replies.values()])}", flush=True)
    return total
