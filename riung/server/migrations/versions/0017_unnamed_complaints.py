"""What earlier programs left of unnamed complaints in their senders' talks goes, as today's does.

They hid the citizen's words alone: when it was written, what the bot said to it, and the number of
the complaint stayed, and tied the one to the other.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from riung.backend.db import UtcDateTime
from riung.intents import intents

revision = "0017_unnamed_complaints"
down_revision = "0016_whole_message_ids"
branch_labels = None
depends_on = None

tickets = sa.table(
    "tickets",
    *(sa.column(name) for name in ("id", "code", "kind", "conversation_id", "sender_hash")),
    sa.column("idempotency_key"),
    sa.column("details", sa.JSON),
    sa.column("last_messages", sa.JSON),
)
talks = sa.table(
    "desk_conversations",
    *(sa.column(name) for name in ("id", "topic", "last_text")),
    sa.column("last_at", UtcDateTime),
)
lines = sa.table(
    "desk_messages",
    *(sa.column(name) for name in ("id", "conversation_id", "author", "text", "numbers")),
    *(sa.column(name) for name in ("intent", "confidence")),
    sa.column("at", UtcDateTime),
    sa.column("details", sa.JSON),
)

HIDDEN = ("(bagian dari pengaduan tanpa nama)", "(bagian dari sebuah pengaduan)")
"""What stands in place of an unnamed complaint's words, and of those of any."""

FORM = timedelta(hours=1)
"""Within which somebody answers the form; later it was closed."""

EMPTY: dict[str, Any] = {"author": "gone", "text": "", "numbers": "", "intent": ""}
EMPTY |= {"confidence": None, "details": {}}

_WORD = re.compile(r"[^\W_]+")
_RANDOM_KEY = re.compile(r"[0-9a-f]{32}")


def upgrade() -> None:
    bound = op.get_bind()
    codes = frozenset(_without_sender(bound))
    for talk in sorted(_talks(bound, codes)):
        mine = sa.select(lines).where(lines.c.conversation_id == talk)
        said = bound.execute(mine.order_by(lines.c.at, lines.c.id)).all()
        gone = _of_unnamed(said, codes)
        if gone:
            ids = [said[place].id for place in gone]
            bound.execute(sa.update(lines).where(lines.c.id.in_(ids)).values(EMPTY))
            left = [line for place, line in enumerate(said) if place not in gone]
            _sum_up(bound, talk, [line for line in left if line.author != "gone"])
        for place, line in enumerate(said):
            if place not in gone and _codes_in(line.text, codes):
                words = _WORD.sub(lambda found: _dotted(found, codes), line.text)
                bound.execute(sa.update(lines).where(lines.c.id == line.id).values(text=words))


def downgrade() -> None:
    """What is gone stays so."""


def _without_sender(bound: Any) -> Iterator[str]:
    """The codes of the unnamed complaints; nothing in them leads to who made them."""
    complaints = sa.select(tickets).where(tickets.c.kind == "complaint")
    for one in bound.execute(complaints).all():
        if (one.details or {}).get("anonymous") != "true":
            continue
        key = one.idempotency_key or ""
        kept = key if _RANDOM_KEY.fullmatch(key) else None  # others were ids of the messages
        nobody: dict[str, Any] = {"conversation_id": None, "sender_hash": None, "last_messages": []}
        mine = tickets.c.id == one.id
        bound.execute(sa.update(tickets).where(mine).values(idempotency_key=kept, **nobody))
        yield one.code


def _talks(bound: Any, codes: Collection[str]) -> set[int]:
    """The talks in which something of an unnamed complaint may stand."""
    hidden = sa.select(lines.c.conversation_id).where(lines.c.text == HIDDEN[0]).distinct()
    found = set(bound.execute(hidden).scalars())
    if codes:
        said = sa.select(lines.c.conversation_id, lines.c.text).where(lines.c.text != "")
        stream = bound.execute(said.execution_options(stream_results=True))
        found |= {talk for talk, text in stream if _codes_in(text, codes)}
    return found


def _of_unnamed(said: Sequence[Any], codes: Collection[str]) -> set[int]:
    """The places of all that was said from a wish to complain to what the bot said of it last."""
    gone: set[int] = set()
    marks = [line.text == HIDDEN[0] and line.author == "citizen" for line in said]
    for is_bot, run in groupby(enumerate(said), lambda one: one[1].author == "bot"):
        places = [place for place, _ in run]
        before = places[0] - 1
        is_of_one = before >= 0 and marks[before]
        if is_bot:
            told = (place for place in places if is_of_one or _codes_in(said[place].text, codes))
            gone |= {*told}
        else:
            gone |= {place for place in places if marks[place]}
    return gone | {place for start in sorted(gone) for place in _led_to(said, start)}


def _led_to(said: Sequence[Any], start: int) -> Iterator[int]:
    """What was said before a line of a complaint since the wish to make it."""
    complaint, end = intents().role.complaint, start
    for place in range(start - 1, -1, -1):
        line = said[place]
        is_other = line.author not in ("citizen", "bot")
        if is_other or said[start].at - line.at > FORM:
            return
        if line.author == "citizen" and (line.intent == complaint or line.text in HIDDEN):
            yield from range(place, end)
            start = end = place


def _sum_up(bound: Any, talk: int, left: Sequence[Any]) -> None:
    """The list shows what was said beside it, or nothing."""
    by_people = [line for line in reversed(left) if line.author in ("citizen", "officer")]
    no_topic = intents().no_topic | {"", "nlu_fallback"}
    shown = {
        "topic": next((line.intent for line in by_people if line.intent not in no_topic), ""),
        "last_text": next((line.text[:157] for line in by_people if line.text), ""),
    }
    if left:
        shown["last_at"] = left[-1].at
    bound.execute(sa.update(talks).where(talks.c.id == talk).values(shown))


def _codes_in(text: str, codes: Collection[str]) -> bool:
    return any(word.upper() in codes for word in _WORD.findall(text))


def _dotted(found: "re.Match[str]", codes: Collection[str]) -> str:
    return "••••" if found[0].upper() in codes else found[0]
