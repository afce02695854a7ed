"""What became of each of our lines on its way to the citizen, as the channel knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from riung.channel_client import Delivery
from riung.desk.snippets import snippet
from riung.desk.tables import Message
from riung.desk.transcript import BOT, CITIZEN, SYSTEM, key_of, message_id_of

QUOTED = 60
"""Characters of a line that a reaction or a reply repeats."""


@dataclass(frozen=True)
class Quoted:
    """A line that a reaction or a reply is about: its words in short, and whose they are."""

    line_id: int
    words: str
    by: str


def quoted(lines: Sequence[Message], found: Mapping[int, Delivery]) -> dict[str, Quoted]:
    """The wamid of each of these lines, ours and the citizen's own, → what a reaction or a reply to
    it repeats.
    """
    ours = {found[line.id].wamid: line for line in lines if line.id in found}
    theirs = {message_id_of(line.event_key): line for line in lines if line.author == CITIZEN}
    return {wamid: _quoted(line) for wamid, line in {**theirs, **ours}.items() if wamid}


def _quoted(line: Message) -> Quoted:
    words = snippet(line)
    short = words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()} …"
    return Quoted(line.id, short, str(line.details.get("petugas") or _BY.get(line.author, "")))


_BY = {CITIZEN: "warga", BOT: "bot", SYSTEM: "otomatis"}


def by_line(lines: Sequence[Message], deliveries: Iterable[Delivery]) -> dict[int, Delivery]:
    """Line id → what became of it.

    An officer's line is known by its own key. All that the bot says to a message goes out as one
    bubble, so its state stands at the last of these lines.
    """
    own, answers = {}, {}
    for one in deliveries:
        own[one.key] = one
        if one.asked and one.state != "merged":
            answers[key_of(one.asked)] = one
    found, asked, last = {}, "", {}
    for line in lines:
        if line.author == CITIZEN:
            asked = line.event_key
        elif line.author == BOT and asked in answers:
            last[asked] = line.id
        elif line.event_key in own:
            found[line.id] = own[line.event_key]
    return found | {line_id: answers[asked] for asked, line_id in last.items()}
