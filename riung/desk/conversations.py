"""The summary rows of conversations and the copied lines beneath them: all their SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, cast, delete, literal, or_, select, update
from sqlalchemy.orm import Session

from riung import clock, privacy
from riung.conversation_id import number_of, person_of
from riung.desk import live_updates
from riung.desk.access import ConflictError, MissingError, Principal, RefusedError, Right
from riung.desk.ownership import State
from riung.desk.snippets import snippet
from riung.desk.tables import Conversation, Message, Note, Outgoing, Presence, Survey
from riung.desk.transcript import CITIZEN, GONE, OFFICER, Line, key_of

WINDOW = timedelta(hours=24)
"""After a citizen's message anything may be sent for so long; then only templates (Meta §7)."""

WINDOW_MARGIN = timedelta(minutes=5)
"""Judged a little early, because clocks differ and sending takes a moment (Meta §7)."""

FORGOTTEN = "lama:"
"""Begins the name of a conversation whose time is over, in place of the person's."""

LINES = 200
"""Lines of a transcript shown at once."""

WHOLE = 5000
"""Lines of one that is printed: some years of a talkative citizen."""

WRITING_FOR = timedelta(seconds=8)
"""How long a sign of typing counts; the page repeats it every five seconds."""


@dataclass(frozen=True)
class Others:
    """Whether a conversation goes on before and after what is shown."""

    older: bool = False
    newer: bool = False


def visible(session: Session, conversation_id: int, who: Principal) -> Conversation:
    """The conversation, for somebody whose office it is.

    Raises:
        MissingError: there is none, or it is another office's; the answer is the same for both.
    """
    found = session.get(Conversation, conversation_id)
    if found is None or not who.sees(found.office):
        raise MissingError("Percakapan itu tidak ada, atau milik kantor lain.")
    return found


def may_take_over(found: Conversation, who: Principal) -> bool:
    """Whether somebody else answers, and this person may take the talk away from them."""
    is_held = found.state == State.OFFICER.value and found.owner_id != who.id
    return is_held and who.may(Right.ASSIGN)


def check_mine(found: Conversation, who: Principal) -> None:
    """Only its owner, or somebody who may assign, moves a conversation that has an owner.

    Raises:
        RefusedError: it is somebody else's.
    """
    if found.owner_id not in (None, who.id) and not who.may(Right.ASSIGN):
        raise RefusedError("Percakapan ini dipegang petugas lain.")


def of_sender(session: Session, sender_id: str) -> Conversation | None:
    """The conversation of that name, if there is one."""
    found: Conversation | None = session.scalar(
        select(Conversation).where(Conversation.sender_id == sender_id)
    )
    return found


def of_sender_or_new(session: Session, sender_id: str, office: str, at: datetime) -> Conversation:
    """The conversation of that name, made when it is the first time."""
    found = of_sender(session, sender_id)
    if found is None:
        found = new(sender_id, office, at)
        session.add(found)
        session.flush()
    return found


def of_senders(session: Session, sender_ids: Collection[str]) -> dict[str, Conversation]:
    """The conversations there are of these names."""
    here = select(Conversation).where(Conversation.sender_id.in_(sender_ids))
    return {found.sender_id: found for found in session.scalars(here)}


def new(sender_id: str, office: str, at: datetime) -> Conversation:
    """A conversation that begins, led by the bot."""
    return Conversation(
        sender_id=sender_id,
        person=person_of(sender_id),
        phone_number_id=number_of(sender_id),
        office=office,
        state=State.BOT.value,
        state_since=at,
        last_at=at,
        labels=[],
        unread=0,
    )


def known_lines(
    session: Session, keys: Mapping[int, Collection[str]]
) -> dict[int, dict[str, Message]]:
    """Those lines that are here already, by key, for each conversation.

    Args:
        session: one of the backend's.
        keys: conversation id → the keys asked for.
    """
    here: dict[int, dict[str, Message]] = {conversation_id: {} for conversation_id in keys}
    wanted = {key for asked in keys.values() for key in asked}
    lines = select(Message).where(
        Message.conversation_id.in_(list(keys)), Message.event_key.in_(wanted)
    )
    for message in session.scalars(lines):
        here[message.conversation_id][message.event_key] = message
    return here


def add_line(
    session: Session, conversation: Conversation, line: Line, here: dict[str, Message]
) -> bool:
    """Copy a line and bring the summary up to date; False when it is `here` already.

    A line the desk itself sent stands there before Rasa reports it; then only its moment and its
    being sent are noted.
    """
    if known := here.get(line.key):
        was_pending = bool(known.details.get("pending"))
        if was_pending:
            known.details = {
                name: value
                for name, value in known.details.items()
                if name not in ("pending", "held")
            }
            known.at = line.at
        return was_pending
    if line.office:
        conversation.office = line.office
    here[line.key] = Message(
        conversation_id=conversation.id,
        event_key=line.key,
        office=conversation.office,
        at=line.at,
        author=line.author,
        text=line.text,
        intent=line.intent,
        confidence=line.confidence,
        details=line.details,
    )
    session.add(here[line.key])
    summarise(conversation, line)
    return True


def summarise(conversation: Conversation, line: Line) -> None:
    """What a line changes in the inbox."""
    if line.author == GONE:
        return
    if line.topic:
        conversation.topic = line.topic
    is_newest = line.at >= conversation.last_at
    if line.author == CITIZEN:
        if conversation.state != State.BOT.value and not line.details.get("stand_in"):
            conversation.unread = (conversation.unread or 0) + 1
        is_newest = conversation.citizen_at is None or line.at > conversation.citizen_at
        conversation.citizen_at = max(line.at, conversation.citizen_at or line.at)
    if is_newest and (is_told_by_a_person(line) or conversation.citizen_at is None):
        conversation.last_text = snippet(line) or conversation.last_text
    conversation.last_at = max(line.at, conversation.last_at)


def is_told_by_a_person(line: Line) -> bool:
    """Whether the list shows it: what the bot and the desk say by themselves tells no officer what
    a talk is about.
    """
    return line.author in (CITIZEN, OFFICER)


def lines(
    session: Session, conversation_id: int, limit: int = LINES, around: int | None = None
) -> list[Message]:
    """The newest `limit` lines, oldest first; or as many on either side of the line `around`."""
    mine = select(Message).where(*_shown_of(conversation_id))
    newest_first = (Message.at.desc(), Message.id.desc())
    middle = session.get(Message, around) if around is not None else None
    if middle is None or middle.conversation_id != conversation_id:
        newest = mine.order_by(*newest_first).limit(limit)
        return list(reversed(list(session.scalars(newest))))
    before = mine.where(_before(middle)).order_by(*newest_first).limit(limit // 2)
    after = mine.where(_after(middle)).order_by(Message.at, Message.id).limit(limit // 2)
    return [*reversed(list(session.scalars(before))), middle, *session.scalars(after)]


def has_others(session: Session, conversation_id: int, shown: Sequence[Message]) -> Others:
    """Whether there are lines before and after those shown."""
    if not shown:
        return Others()
    mine = select(Message.id).where(*_shown_of(conversation_id))
    older = session.scalar(mine.where(_before(shown[0])).limit(1))
    newer = session.scalar(mine.where(_after(shown[-1])).limit(1))
    return Others(older is not None, newer is not None)


def _shown_of(conversation_id: int) -> tuple[Any, Any]:
    return Message.conversation_id == conversation_id, Message.author != GONE


def _before(line: Message) -> Any:
    return or_(Message.at < line.at, and_(Message.at == line.at, Message.id < line.id))


def _after(line: Message) -> Any:
    return or_(Message.at > line.at, and_(Message.at == line.at, Message.id > line.id))


def emptied_among(session: Session, asked: Collection[str]) -> set[str]:
    """Those of the citizens' messages of which nothing is left: nobody sees what answers them."""
    keys = {key_of(one): one for one in asked if one}
    query = select(Message.event_key).where(Message.event_key.in_(keys), Message.author == GONE)
    return {keys[key] for key in session.scalars(query)} if keys else set()


def correct(session: Session, conversation: Conversation, line: Line) -> None:
    """Mark the citizen's earlier message that was corrected or taken back; its words go with it."""
    kind, aside = line.details.get("type"), line.details.get("aside") or {}
    if kind not in ("edit", "revoke") or not aside.get("about"):
        return
    earlier = select(Message).where(
        Message.conversation_id == conversation.id,
        Message.event_key == key_of(aside["about"]),
    )
    for message in session.scalars(earlier):
        message.details = {**message.details, "corrected": kind}
        if kind == "revoke":
            message.text, message.details = "", {"corrected": kind}


def mark_read(session: Session, conversation: Conversation) -> None:
    """The officer has seen it all."""
    if conversation.unread:
        conversation.unread = 0
        live_updates.announce(session, conversation.office, "inbox", conversation.id)


def window_open(conversation: Conversation, now: datetime) -> bool:
    """Whether free text may still be sent."""
    if conversation.citizen_at is None:
        return False
    return bool(now < conversation.citizen_at + WINDOW - WINDOW_MARGIN)


def who_it_is(conversation: Conversation) -> str:
    """How the desk calls a citizen: by the name the channel gave, and a masked number."""
    return f"{conversation.name or 'Warga'} {privacy.mask_phone(conversation.person)}"


def notes(session: Session, conversation_id: int) -> list[Note]:
    """The internal notes, oldest first."""
    found = select(Note).where(Note.conversation_id == conversation_id).order_by(Note.id)
    return list(session.scalars(found))


def add_note(session: Session, conversation: Conversation, who: Principal, text: str) -> Note:
    """Write an internal note."""
    note = Note(conversation_id=conversation.id, user_id=who.id, at=clock.now(), text=text[:2000])
    session.add(note)
    session.flush()
    live_updates.announce(session, conversation.office, "talk", conversation.id)
    return note


def set_labels(session: Session, conversation: Conversation, text: str) -> list[str]:
    """Replace the labels by those in a comma-separated text; at most six, each short."""
    wanted = (" ".join(part.lower().split())[:24] for part in text.split(","))
    conversation.labels = list(dict.fromkeys(label for label in wanted if label))[:6]
    live_updates.announce(session, conversation.office, "inbox", conversation.id)
    return list(conversation.labels)


def is_writing(session: Session, conversation: Conversation, who: Principal) -> None:
    """Note that somebody is typing an answer."""
    session.merge(Presence(conversation_id=conversation.id, user_id=who.id, at=clock.now()))
    live_updates.announce(session, conversation.office, "presence", conversation.id)


def writing_now(session: Session, conversation: Conversation, but: int) -> list[int]:
    """Who else is typing an answer right now; whoever gave the talk away has none to send."""
    recent = select(Presence.user_id).where(
        Presence.conversation_id == conversation.id,
        Presence.at > clock.now() - WRITING_FOR,
        Presence.user_id != but,
    )
    owner = conversation.owner_id
    return [one for one in session.scalars(recent) if owner in (None, one)]


def mark_behind(session: Session, since: datetime) -> None:
    """Events may have been lost: people's own conversations and lately active ones need a look."""
    lately = or_(Conversation.state != State.BOT.value, Conversation.last_at >= since)
    session.execute(update(Conversation).where(lately).values(behind=True))


def behind(session: Session, limit: int) -> list[Conversation]:
    """Conversations whose tracker may hold more than was copied; people's own ones first."""
    query = (
        select(Conversation)
        .where(Conversation.behind)
        .order_by(Conversation.state == State.BOT.value, Conversation.last_at.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def check_over(session: Session, person: str) -> None:
    """Nobody may wait or talk in a conversation of somebody who is to be erased.

    Raises:
        ConflictError: somebody does.
    """
    if is_going_on_with(session, person):
        raise ConflictError("Selesaikan dahulu percakapan dengan warga ini, baru hapus datanya.")


def is_going_on_with(session: Session, person: str) -> bool:
    """Whether somebody waits or talks in a conversation of that person."""
    return any(map(_is_going_on, _of_person(session, person)))


def _of_person(session: Session, person: str) -> list[Conversation]:
    return list(session.scalars(select(Conversation).where(Conversation.person == person)))


def _is_going_on(found: Conversation) -> bool:
    return found.state in (State.WAITING.value, State.OFFICER.value)


def erase(session: Session, person: str) -> int:
    """Forget a citizen: the conversations with all their lines, notes and handovers; how many.

    One that an officer holds or somebody waits in stays until it is over.
    """
    over = [found.id for found in _of_person(session, person) if not _is_going_on(found)]
    session.execute(update(Survey).where(Survey.conversation_id.in_(over)).values(comment=""))
    session.execute(delete(Conversation).where(Conversation.id.in_(over)))
    return len(over)


def forget_older(session: Session, before: datetime) -> None:
    """Empty the lines said before a moment; their topics stay, for the yearly numbers.

    A conversation silent since then loses its name, number, labels and notes: nobody can tell whose
    it was. Somebody who writes again begins a new one.
    """
    old = (Message.at < before) & (Message.text != "")
    session.execute(
        update(Message)
        .where(old)
        .values(text="", numbers="", details={})
        .execution_options(synchronize_session=False)
    )
    silent = (Conversation.last_at < before) & (Conversation.state == State.BOT.value)
    unnamed = literal(FORGOTTEN) + cast(Conversation.id, String)
    session.execute(
        update(Conversation)
        .where(silent & Conversation.sender_id.not_like(f"{FORGOTTEN}%"))
        .values(last_text="", name="", labels=[], sender_id=unnamed, person=unnamed)
        .execution_options(synchronize_session=False)
    )
    forgotten = select(Conversation.id).where(silent)
    for table in (Note, Outgoing, Presence):
        of_them = table.conversation_id.in_(forgotten)
        session.execute(delete(table).where(of_them).execution_options(synchronize_session=False))
