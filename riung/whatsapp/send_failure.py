"""What follows from an error of `aturan/galat_whatsapp.yml`: try again, hold, stop, give up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from riung.whatsapp import outbox
from riung.whatsapp.errors import DOUBTS, EXPIRED, UNKNOWN, ErrorTable, Rule
from riung.whatsapp.inbox import close_window
from riung.whatsapp.outbox import Letter
from riung.whatsapp.rendering import window_is_open

RETRY_FOR = 600
"""Seconds after which an answer is not tried again: it would come out of the blue (Meta §8)."""


@dataclass(frozen=True)
class Verdict:
    """What the sender is to do; the store has been changed accordingly."""

    code: str
    scope: str
    again: bool = False
    pause: float = 0.0
    stop: bool = False
    held: str = ""
    """The template whose messages wait."""


def settle(
    connection: Connection, letter: Letter, code: str, rules: ErrorTable, now: float
) -> Verdict:
    """Decide about a letter that failed with `code`, and write the decision down."""
    rule = rules[code]
    if code in DOUBTS and outbox.state_of(connection, letter.id) not in outbox.OPEN:
        return Verdict(code, rule.scope)  # a status has just told that it went out
    pause = _next_pause(letter, code, rule, now)
    if pause is not None and now - letter.created_at > RETRY_FOR and not letter.template:
        outbox.fail(connection, letter, EXPIRED, now)
        return Verdict(EXPIRED, rule.scope)
    if pause is not None:
        doubts = letter.doubts + (code == UNKNOWN)
        outbox.retry(connection, letter, now, error_code=code, doubts=doubts)
        return Verdict(code, rule.scope, again=True, pause=pause)
    if rule.then == "stop":  # the letter waits; its try does not count
        outbox.retry(connection, letter, now, error_code=code, attempts=letter.attempts - 1)
        return Verdict(code, rule.scope, again=True, stop=True)
    if rule.then == "hold":
        outbox.hold(connection, letter, code, now)
        return Verdict(code, rule.scope, held=(letter.template or {}).get("name", ""))
    if rule.then == "template":
        close_window(connection, letter.conversation_id, letter.phone_number_id)
    changed = _another_way(letter, rule)
    if changed is not None:
        outbox.retry(connection, letter, now, **changed)
        return Verdict(code, rule.scope, again=True)
    outbox.fail(connection, letter, code, now)
    return Verdict(code, rule.scope)


def _next_pause(letter: Letter, code: str, rule: Rule, now: float) -> int | None:
    if rule.then == "template" and not window_is_open(letter, now):
        return None
    return rule.pause(letter.doubts + 1 if code == UNKNOWN else letter.attempts)


def _another_way(letter: Letter, rule: Rule) -> dict[str, object] | None:
    """The letter's changes for going out in another form, or None when there is no other form."""
    if rule.then == "template" and letter.template and letter.bubble:
        return {"bubble": None}
    if rule.then == "link" and letter.bubble and letter.bubble.image:
        bubble = letter.bubble
        text = "\n\n".join(filter(None, [bubble.text, bubble.image]))
        return {"bubble": replace(bubble, text=text, image="").to_json()}
    return None
