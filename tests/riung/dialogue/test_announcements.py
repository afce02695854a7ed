"""Announcements reach the bot without anybody waiting for the backend."""

from __future__ import annotations

import threading

from riung.backend_client import BackendDown, Json
from riung.dialogue.announcements import Announcement, Board

OUTAGE: Json = {"id": 7, "kind": "outage", "text": "Sistem pusat terganggu."}


def quiet(fetch: object) -> Board:
    """A board whose own thread does not get a turn during the test."""
    board = Board(fetch, every=3600)  # type: ignore[arg-type]
    board._thread = threading.current_thread()
    return board


def test_nothing_is_announced_before_the_backend_was_asked() -> None:
    assert quiet(lambda office: [OUTAGE]).current("bandung") == ()


def test_after_asking_the_offices_announcements_stand() -> None:
    board = quiet(lambda office: [OUTAGE] if office == "bandung" else [])
    board.current("bandung")
    board.current("pemalang")
    board.refresh()
    assert board.current("bandung") == (Announcement(7, "outage", "Sistem pusat terganggu."),)
    assert board.current("pemalang") == ()


def test_a_silent_backend_leaves_the_last_announcements() -> None:
    answers = [[OUTAGE]]

    def fetch(office: str) -> list[Json]:
        if answers:
            return answers.pop()
        raise BackendDown("gone")

    board = quiet(fetch)
    board.current("bandung")
    board.refresh()
    board.refresh()
    assert [one.id for one in board.current("bandung")] == [7]


def test_the_thread_asks_by_itself() -> None:
    asked = threading.Event()

    def fetch(office: str) -> list[Json]:
        asked.set()
        return [OUTAGE]

    Board(fetch, every=3600).current("bandung")
    assert asked.wait(5)


def test_an_office_that_is_asked_for_later_need_not_wait_for_the_next_round() -> None:
    asked = {"bandung": threading.Event(), "pemalang": threading.Event()}

    def fetch(office: str) -> list[Json]:
        asked[office].set()
        return []

    board = Board(fetch, every=3600)
    for office, heard in asked.items():
        board.current(office)
        assert heard.wait(5)


def test_a_closed_board_asks_no_more() -> None:
    asked = threading.Event()

    def fetch(office: str) -> list[Json]:
        asked.set()
        return [OUTAGE]

    board = Board(fetch, every=3600)
    board.current("bandung")
    assert asked.wait(5)
    board.close()
    asked.clear()
    board.current("pemalang")
    assert not asked.wait(0.2)
    assert board._thread
    assert not board._thread.is_alive()
