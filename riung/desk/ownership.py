"""Who speaks with the citizen: the one state machine of a conversation.

    bot ──request──► waiting ──take──► officer ──close──► closing ──survey_done──► bot
     └──────────────────take─────────────▲ │  └──release──► waiting      └─survey_over─► bot

Pure rules: a table from (state, event) to what follows. Storing the result, pausing Rasa and
speaking to the citizen is `riung.desk.handover`'s work; clocks are `riung.desk.timeouts`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class State(str, Enum):
    """Who owns the conversation."""

    BOT = "bot"
    WAITING = "waiting"
    OFFICER = "officer"
    CLOSING = "closing"


class Event(str, Enum):
    """What can happen to a conversation, as far as its owner is concerned."""

    REQUEST = "request"  # the citizen, or a module, asks for a person
    REQUEST_AFTER_HOURS = "request_after_hours"  # the same while nobody is at work
    WITHDRAW = "withdraw"  # the citizen no longer needs a person
    TAKE = "take"
    HAND_ON = "hand_on"  # to a colleague
    RELEASE = "release"  # back to the waiting list
    CLOSE = "close"
    CITIZEN_WROTE = "citizen_wrote"
    OFFICER_WROTE = "officer_wrote"
    SURVEY_DONE = "survey_done"
    ANSWER_OVERDUE = "answer_overdue"  # nobody took it within the office's promise
    REPLY_OVERDUE = "reply_overdue"  # the officer left the citizen's message unanswered
    IDLE = "idle"  # nobody wrote any more
    SURVEY_OVER = "survey_over"
    SNOOZE = "snooze"  # put aside until a moment, or until the citizen writes
    SNOOZE_OVER = "snooze_over"


class Effect(str, Enum):
    """What has to be done besides storing the new state, in this order."""

    PAUSE = "pause"  # the bot falls silent
    RESUME = "resume"  # the bot answers again
    SAY_TAKEN = "say_taken"
    SAY_HANDED_ON = "say_handed_on"
    SAY_NOBODY_FREE = "say_nobody_free"
    SAY_BACK_IN_LINE = "say_back_in_line"
    SAY_CLOSED = "say_closed"


class Timer(str, Enum):
    """Which clock runs; each ends in the event of the same meaning."""

    KEEP = "keep"  # whatever was running goes on
    NONE = "none"
    ANSWER = "answer"
    REPLY = "reply"
    IDLE = "idle"
    SURVEY = "survey"
    SNOOZE = "snooze"


TIMER_EVENTS: dict[Timer, Event] = {
    Timer.ANSWER: Event.ANSWER_OVERDUE,
    Timer.REPLY: Event.REPLY_OVERDUE,
    Timer.IDLE: Event.IDLE,
    Timer.SURVEY: Event.SURVEY_OVER,
    Timer.SNOOZE: Event.SNOOZE_OVER,
}

LONGEST_SNOOZE = timedelta(days=14)
"""A conversation that is put aside comes back by then; the longest row of holidays is shorter."""


@dataclass(frozen=True)
class Step:
    """What an event leads to."""

    state: State
    timer: Timer = Timer.NONE
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Patience:
    """How long each clock runs, in minutes; an office can set its own (`meja:` in its file).

    The defaults are ours: no source gives a figure for any of the four.
    """

    answer: int = 10
    reply: int = 15
    idle: int = 30
    survey: int = 15

    def due(self, timer: Timer, moment: datetime) -> datetime | None:
        """When `timer`, started at `moment`, ends; None for a clock that does not run."""
        minutes = {
            Timer.ANSWER: self.answer,
            Timer.REPLY: self.reply,
            Timer.IDLE: self.idle,
            Timer.SURVEY: self.survey,
            Timer.SNOOZE: int(LONGEST_SNOOZE.total_seconds() // 60),
        }.get(timer)
        return None if minutes is None else moment + timedelta(minutes=minutes)


class NotAllowedError(Exception):
    """The event makes no sense in the present state; the page tells the officer to look again."""

    def __init__(self, state: State, event: Event) -> None:
        self.state, self.event = state, event
        super().__init__(f"{event.value} is not possible while {state.value}")


_TAKEN = Step(State.OFFICER, Timer.REPLY, (Effect.PAUSE, Effect.SAY_TAKEN))
_QUEUED = Step(State.WAITING, Timer.ANSWER)
_LEFT_A_MESSAGE = Step(State.WAITING)
_CLOSED = Step(State.CLOSING, Timer.SURVEY, (Effect.RESUME, Effect.SAY_CLOSED))
_BACK_IN_LINE = Step(State.WAITING, Timer.NONE, (Effect.RESUME, Effect.SAY_BACK_IN_LINE))
_STAY_WITH_BOT = Step(State.BOT)

RULES: dict[tuple[State, Event], Step] = {
    (State.BOT, Event.REQUEST): _QUEUED,
    (State.BOT, Event.REQUEST_AFTER_HOURS): _LEFT_A_MESSAGE,
    (State.BOT, Event.TAKE): _TAKEN,
    (State.BOT, Event.CITIZEN_WROTE): _STAY_WITH_BOT,
    (State.BOT, Event.OFFICER_WROTE): _STAY_WITH_BOT,  # a template sent by hand
    (State.WAITING, Event.REQUEST): Step(State.WAITING, Timer.KEEP),
    (State.WAITING, Event.REQUEST_AFTER_HOURS): Step(State.WAITING, Timer.KEEP),
    (State.WAITING, Event.WITHDRAW): _STAY_WITH_BOT,
    (State.WAITING, Event.TAKE): _TAKEN,
    (State.WAITING, Event.HAND_ON): Step(
        State.OFFICER, Timer.REPLY, (Effect.PAUSE, Effect.SAY_TAKEN)
    ),
    (State.WAITING, Event.CLOSE): _STAY_WITH_BOT,  # settled without a talk
    (State.WAITING, Event.CITIZEN_WROTE): Step(State.WAITING, Timer.KEEP),
    (State.WAITING, Event.OFFICER_WROTE): Step(State.WAITING, Timer.NONE),
    (State.WAITING, Event.ANSWER_OVERDUE): Step(
        State.WAITING, Timer.NONE, (Effect.SAY_NOBODY_FREE,)
    ),
    (State.WAITING, Event.SNOOZE): Step(State.WAITING, Timer.SNOOZE),
    (State.WAITING, Event.SNOOZE_OVER): Step(State.WAITING),
    (State.OFFICER, Event.REQUEST): Step(State.OFFICER, Timer.KEEP),
    (State.OFFICER, Event.REQUEST_AFTER_HOURS): Step(State.OFFICER, Timer.KEEP),
    (State.OFFICER, Event.HAND_ON): Step(State.OFFICER, Timer.REPLY, (Effect.SAY_HANDED_ON,)),
    (State.OFFICER, Event.RELEASE): _BACK_IN_LINE,
    (State.OFFICER, Event.CLOSE): _CLOSED,
    # The reply clock runs from the first unanswered message, so a second one doesn't restart it.
    (State.OFFICER, Event.CITIZEN_WROTE): Step(State.OFFICER, Timer.REPLY),
    (State.OFFICER, Event.OFFICER_WROTE): Step(State.OFFICER, Timer.IDLE),
    (State.OFFICER, Event.REPLY_OVERDUE): _BACK_IN_LINE,
    (State.OFFICER, Event.IDLE): _CLOSED,
    (State.OFFICER, Event.SNOOZE): Step(State.OFFICER, Timer.SNOOZE),
    (State.OFFICER, Event.SNOOZE_OVER): Step(State.OFFICER, Timer.REPLY),
    (State.CLOSING, Event.REQUEST): _QUEUED,
    (State.CLOSING, Event.REQUEST_AFTER_HOURS): _LEFT_A_MESSAGE,
    (State.CLOSING, Event.TAKE): _TAKEN,
    (State.CLOSING, Event.CITIZEN_WROTE): Step(State.CLOSING, Timer.KEEP),
    (State.CLOSING, Event.OFFICER_WROTE): Step(State.CLOSING, Timer.KEEP),
    (State.CLOSING, Event.SURVEY_DONE): _STAY_WITH_BOT,
    (State.CLOSING, Event.SURVEY_OVER): _STAY_WITH_BOT,
}


def step(state: State, event: Event) -> Step:
    """What `event` leads to in `state`.

    Raises:
        NotAllowedError: the table has no such rule.
    """
    try:
        return RULES[state, event]
    except KeyError:
        raise NotAllowedError(state, event) from None


def next_due(
    rule: Step,
    patience: Patience,
    moment: datetime,
    running: tuple[Timer, datetime | None],
) -> tuple[Timer, datetime | None]:
    """The clock after a step: which one, and when it ends.

    Args:
        rule: what the table said.
        patience: the office's minutes.
        moment: now, aware.
        running: the clock that ran before the step.
    """
    timer, due = running
    if rule.timer is Timer.KEEP and timer is Timer.SNOOZE:  # the citizen wrote: it comes back
        back = Timer.REPLY if rule.state is State.OFFICER else Timer.NONE
        return back, patience.due(back, moment)
    if rule.timer is Timer.KEEP or (rule.timer is Timer.REPLY is timer and not rule.effects):
        return timer, due
    return rule.timer, patience.due(rule.timer, moment)


def bot_speaks(state: State) -> bool:
    """Whether the bot answers the citizen in this state."""
    return state is not State.OFFICER
