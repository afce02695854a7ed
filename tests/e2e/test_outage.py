"""The backend goes away and comes back; the citizen is told, and nothing has to be restarted."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.citizen import Citizen
from tests.graph_standin import GraphStandIn
from tests.stack import Stack, running_stack

NUMBER = "1179000000001208"


def test_without_the_backend_the_outage_is_said_and_with_it_the_next_question_works(
    stack: Stack, citizen: Citizen, graph: GraphStandIn
) -> None:
    asked_before = Citizen(stack.settings, graph)
    told = asked_before.say(NUMBER).text
    stack.kill("backend")
    try:
        assert "tidak bisa dibuka" in citizen.say(NUMBER).text
        last_seen = asked_before.say(NUMBER).text
        assert "Yang terakhir saya lihat" in last_seen
        assert told.splitlines()[1] in last_seen  # the stage and since when
        assert "Rp650.000" in citizen.say("biaya paspor berapa").text
        assert "1. Informasi paspor" in citizen.say("menu").text
    finally:
        stack.start("backend")
        stack.wait()
    assert "1179 0000 0000 1208" in citizen.say(NUMBER).text


def test_actions_may_run_in_a_server_of_their_own_that_goes_away_and_comes_back(
    tmp_path: Path, graph: GraphStandIn
) -> None:
    with running_stack(tmp_path, graph.url, RIUNG_ACTION_SERVER="1") as stack:
        citizen = Citizen(stack.settings, graph)
        assert "1. Informasi paspor" in citizen.say("menu").text
        stack.kill("actions")
        assert "terganggu" in citizen.say("menu").text
        stack.start("actions")
        stack.wait()
        assert "1. Informasi paspor" in citizen.say("menu").text
