"""The state machine as a table, and what holds for any course of events."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riung.desk.ownership import (
    RULES,
    TIMER_EVENTS,
    Effect,
    Event,
    NotAllowedError,
    Patience,
    State,
    Timer,
    bot_speaks,
    next_due,
    step,
)

START = datetime(2026, 11, 20, 2, tzinfo=timezone.utc)
PATIENCE = Patience(answer=10, reply=15, idle=30, survey=5)


@pytest.mark.parametrize(
    ("story", "ends"),
    [
        ("request take close survey_done", "bot"),
        ("request take close survey_over", "bot"),
        ("request answer_overdue take", "officer"),
        ("request_after_hours citizen_wrote take", "officer"),
        ("request withdraw", "bot"),
        ("take officer_wrote idle survey_over", "bot"),
        ("take reply_overdue take hand_on close", "closing"),
        ("take release hand_on", "officer"),
        ("take close request", "waiting"),
        ("request close", "bot"),
    ],
)
def test_a_conversation_goes_through_its_states(story: str, ends: str) -> None:
    state = State.BOT
    for word in story.split():
        state = step(state, Event(word)).state
    assert state is State(ends)


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("officer", "take"),
        ("bot", "close"),
        ("bot", "release"),
        ("waiting", "idle"),
        ("closing", "close"),
        ("bot", "survey_done"),
    ],
)
def test_what_makes_no_sense_is_refused(state: str, event: str) -> None:
    with pytest.raises(NotAllowedError):
        step(State(state), Event(event))


@pytest.mark.parametrize(
    ("state", "event", "effects"),
    [
        ("waiting", "take", ["pause", "say_taken"]),
        ("waiting", "answer_overdue", ["say_nobody_free"]),
        ("officer", "hand_on", ["say_handed_on"]),
        ("officer", "close", ["resume", "say_closed"]),
        ("officer", "idle", ["resume", "say_closed"]),
        ("officer", "reply_overdue", ["resume", "say_back_in_line"]),
        ("closing", "survey_over", []),
    ],
)
def test_each_step_says_what_is_to_be_done(state: str, event: str, effects: Any) -> None:
    assert [effect.value for effect in step(State(state), Event(event)).effects] == effects


@pytest.mark.parametrize(
    ("state", "event", "minutes"),
    [
        ("bot", "request", 10),
        ("bot", "take", 15),
        ("officer", "officer_wrote", 30),
        ("officer", "close", 5),
        ("bot", "request_after_hours", None),
        ("officer", "release", None),
    ],
)
def test_a_clock_starts_with_each_step(state: str, event: str, minutes: float | None) -> None:
    _, due = next_due(step(State(state), Event(event)), PATIENCE, START, (Timer.NONE, None))
    assert due == (None if minutes is None else START + timedelta(minutes=minutes))


def test_a_second_message_does_not_give_the_officer_more_time() -> None:
    rule = step(State.OFFICER, Event.CITIZEN_WROTE)
    first = next_due(rule, PATIENCE, START, (Timer.IDLE, START + timedelta(minutes=9)))
    assert first == (Timer.REPLY, START + timedelta(minutes=15))
    later = START + timedelta(minutes=14)
    assert next_due(rule, PATIENCE, later, first) == first


@pytest.mark.parametrize(
    ("state", "event", "clock"),
    [
        ("officer", "citizen_wrote", Timer.REPLY),
        ("officer", "request", Timer.REPLY),
        ("officer", "officer_wrote", Timer.IDLE),
        ("waiting", "citizen_wrote", Timer.NONE),
        ("waiting", "request", Timer.NONE),
    ],
)
def test_what_was_put_aside_comes_back_with_whatever_is_written(
    state: str, event: str, clock: Timer
) -> None:
    aside = (Timer.SNOOZE, START + timedelta(days=1))
    timer, due = next_due(step(State(state), Event(event)), PATIENCE, START, aside)
    assert timer is clock
    assert due == PATIENCE.due(clock, START)


def test_an_answer_after_hours_has_no_clock_that_would_break_a_promise() -> None:
    assert step(State.BOT, Event.REQUEST_AFTER_HOURS).timer is Timer.NONE


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(list(Event)), max_size=60))
def test_bot_and_officer_never_talk_at_once_and_the_bot_always_comes_back(events: Any) -> None:
    state, paused = State.BOT, False
    clock: tuple[Timer, datetime | None] = (Timer.NONE, None)
    for event in events:
        try:
            rule = step(state, event)
        except NotAllowedError:
            continue
        clock = next_due(rule, PATIENCE, START, clock)
        state = rule.state
        for effect in rule.effects:
            paused = {Effect.PAUSE: True, Effect.RESUME: False}.get(effect, paused)
        assert paused is not bot_speaks(state)
        assert (clock[1] is not None) or state in (State.BOT, State.WAITING)
    for _ in range(4):  # left alone, whoever owns it: the clocks bring the bot back
        if clock[1] is None:
            break
        event = TIMER_EVENTS[clock[0]]
        rule = step(state, event)
        clock, state = next_due(rule, PATIENCE, START, (Timer.NONE, None)), rule.state
    assert bot_speaks(state)


def test_every_clock_has_a_rule_wherever_it_can_run() -> None:
    for (before, event), rule in RULES.items():
        if rule.timer in TIMER_EVENTS:
            assert (rule.state, TIMER_EVENTS[rule.timer]) in RULES, (before, event)
