"""The backend goes away and comes back; the citizen is told, and nothing has to be restarted."""

from __future__ import annotations

from tests.e2e.citizen import Citizen
from tests.stack import Stack

NUMBER = "1179000000001208"


def test_without_the_backend_the_outage_is_said_and_with_it_the_next_question_works(
    stack: Stack, citizen: Citizen
) -> None:
    stack.kill("backend")
    try:
        assert "tidak bisa dibuka" in citizen.say(NUMBER).text
        assert "Rp650.000" in citizen.say("biaya paspor berapa").text
        assert "1. Informasi paspor" in citizen.say("menu").text
    finally:
        stack.start("backend")
        stack.wait()
    assert "1179 0000 0000 1208" in citizen.say(NUMBER).text


def test_without_the_action_server_the_citizen_is_told_to_come_back(
    stack: Stack, citizen: Citizen
) -> None:
    stack.kill("actions")
    try:
        assert "terganggu" in citizen.say("menu").text
    finally:
        stack.start("actions")
        stack.wait()
    assert "1. Informasi paspor" in citizen.say("menu").text
