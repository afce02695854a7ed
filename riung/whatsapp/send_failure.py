"""What follows from an error of `aturan/galat_whatsapp.yml`: try again, hold, stop, give up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from riung.whatsapp import outbox
from riung.whatsapp.errors import DOUBTS, EXPIRED, UNKNOWN, ErrorTable, Rule
from riung.whatsapp.inbox import close_window
from riung.whatsapp.outbox import OutboxMessage
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


def handle_failure(
    connection: Connection, message: OutboxMessage, code: str, rules: ErrorTable, now: float
) -> Verdict:
    """Decide about a message that failed with `code`, and write the decision down."""
    rule = rules[code]
    if code in DOUBTS and outbox.state_of(connection, message.id) not in outbox.OPEN:
        return Verdict(code, rule.scope)  # a status has just told that it went out
    pause = _next_pause(message, code, rule, now)
    if pause is not None and now - message.created_at > RETRY_FOR and not message.template:
        outbox.fail(connection, message, EXPIRED, now)
        return Verdict(EXPIRED, rule.scope)
    if pause is not None:
        doubts = message.doubts + (code == UNKNOWN)
        outbox.retry(connection, message, now, error_code=code, doubts=doubts)
        return Verdict(code, rule.scope, again=True, pause=pause)
    if rule.then == "stop":  # the message waits; its try does not count
        outbox.retry(connection, message, now, error_code=code, attempts=message.attempts - 1)
        number = outbox.ALL_NUMBERS if rule.scope == "all" else message.phone_number_id
        outbox.stop(connection, number, code)
        return Verdict(code, rule.scope, again=True, stop=True)
    if rule.then == "hold":
        outbox.hold(connection, message, code, now)
        return Verdict(code, rule.scope, held=(message.template or {}).get("name", ""))
    if rule.then == "template":
        close_window(connection, message.conversation_id, message.phone_number_id)
    changed = _another_way(message, rule)
    if changed is not None:
        outbox.retry(connection, message, now, **changed)
        return Verdict(code, rule.scope, again=True)
    outbox.fail(connection, message, code, now)
    return Verdict(code, rule.scope)


def _next_pause(message: OutboxMessage, code: str, rule: Rule, now: float) -> int | None:
    if rule.then == "template" and not window_is_open(message, now):
        return None
    return rule.pause(message.doubts + 1 if code == UNKNOWN else message.attempts)


def _another_way(message: OutboxMessage, rule: Rule) -> dict[str, object] | None:
    """The message's changes for going out in another form, or None when there is no other form."""
    if rule.then == "template" and message.template and message.bubble:
        return {"bubble": None}
    if rule.then == "link" and message.bubble and message.bubble.image:
        bubble = message.bubble
        text = "\n\n".join(filter(None, [bubble.text, bubble.image]))
        return {"bubble": replace(bubble, text=text, image="").to_json()}
    return None
