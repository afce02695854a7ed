"""A conversation is a person and the number of ours they wrote to; its name says both.

`6281200000001@111111111111111`: before the sign the person, as the channel calls them (the first
user id or number it saw), after it WhatsApp's `phone_number_id`. Owner, pause, form, slots and
transcript belong to the conversation; bookings, subscriptions and erasure to the person. On other
channels a conversation has the name of its sender alone.
"""

from __future__ import annotations

_SIGN = "@"


def conversation_id(person: str, phone_number_id: str) -> str:
    """The name of a person's conversation with one of our numbers."""
    return f"{person}{_SIGN}{phone_number_id}"


def person_of(conversation: str) -> str:
    """Who it is with; a name without a number is the person's own."""
    return _parts(conversation)[0]


def number_of(conversation: str) -> str:
    """The `phone_number_id` of a conversation, "" where there is none."""
    return _parts(conversation)[1]


def _parts(conversation: str) -> tuple[str, str]:
    person, _, number = conversation.rpartition(_SIGN)
    return (person, number) if person and number.isdecimal() else (conversation, "")
