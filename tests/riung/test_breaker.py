"""Who does not answer is left alone for a moment."""

from __future__ import annotations

import pytest

from riung.breaker import FAILURES, OPEN_SECONDS, Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(clock: Clock) -> Breaker:
    """After so many failures in a row."""
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.lets_pass()
        breaker.failed()
    return breaker


def test_after_some_failures_in_a_row_nobody_asks(opened: Breaker) -> None:
    assert not opened.lets_pass()


def test_fewer_do_not_count_when_somebody_is_answered_between(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(FAILURES * 2):
        breaker.failed()
        breaker.answered()

    assert breaker.lets_pass()


def test_now_and_then_one_tries(opened: Breaker, clock: Clock) -> None:
    clock.now += OPEN_SECONDS

    assert [opened.lets_pass() for _ in range(3)] == [True, False, False]
    opened.failed()
    assert not opened.lets_pass()


def test_one_answer_lets_everybody_ask_again(opened: Breaker, clock: Clock) -> None:
    clock.now += OPEN_SECONDS
    assert opened.lets_pass()
    opened.answered()

    assert [opened.lets_pass() for _ in range(3)] == [True] * 3
