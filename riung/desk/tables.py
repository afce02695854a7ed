"""The desk's tables.

Conversations and messages are a copy of Rasa's trackers that can be rebuilt; everything else is
the desk's own. Moments are aware and in UTC.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    and_,
    exists,
    or_,
)
from sqlalchemy.orm import Mapped, validates

from riung.backend.db import Base, UtcDateTime, mapped_column
from riung.desk.words import numbers_in


class User(Base):
    """Somebody who works at the desk."""

    __tablename__ = "desk_users"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True, nullable=False)
    name: Mapped[str] = mapped_column(String(80), nullable=False)
    role: Mapped[str] = mapped_column(String(20), nullable=False)
    offices: Mapped[list[str]] = mapped_column(JSON, nullable=False)
    password_hash: Mapped[str] = mapped_column(String(200), nullable=False)
    active: Mapped[bool] = mapped_column(Boolean, nullable=False, default=True)
    away: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    must_change_password: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    failed_logins: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class LoginSession(Base):
    """A browser that logged in; only the hash of its cookie is kept."""

    __tablename__ = "desk_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id"), nullable=False, index=True)
    csrf: Mapped[str] = mapped_column(String(64), nullable=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class Conversation(Base):
    """What the inbox shows of one conversation: a person at one of our numbers.

    `sender_id` is its name in Rasa, `person` who it is with (`riung.conversation_id`). `id` stands
    in addresses, never the sender, because addresses end up in logs.
    """

    __tablename__ = "desk_conversations"
    __table_args__ = (
        Index("ix_desk_conversations_inbox", "office", "state", "last_at"),
        Index("ix_desk_conversations_due_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender_id: Mapped[str] = mapped_column(String(160), unique=True, nullable=False)
    person: Mapped[str] = mapped_column(String(160), nullable=False, index=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    name: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    phone_number_id: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    channel: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="bot")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("desk_users.id"))
    state_since: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    timer: Mapped[str] = mapped_column(String(10), nullable=False, default="none")
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    topic: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    language: Mapped[str] = mapped_column(String(2), nullable=False, default="id")
    labels: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    unread: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    last_text: Mapped[str] = mapped_column(String(160), nullable=False, default="")
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    citizen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    behind: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, index=True)


class Message(Base):
    """One line of a transcript, copied from a tracker event; `at` is the event's timestamp.

    `numbers` are the text's long numbers as the search finds them.
    """

    __tablename__ = "desk_messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "event_key"),
        Index("ix_desk_messages_office_at", "office", "at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("desk_conversations.id", ondelete="CASCADE"), nullable=False
    )
    event_key: Mapped[str] = mapped_column(String(520), nullable=False)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    author: Mapped[str] = mapped_column(String(10), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False, default="")
    intent: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    confidence: Mapped[float | None] = mapped_column(Float)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    numbers: Mapped[str] = mapped_column(Text, nullable=False, default="", server_default="")

    @validates("text")
    def _note_numbers(self, _name: str, text: str) -> str:
        self.numbers = numbers_in(text)
        return text


class Outgoing(Base):
    """Tracker events that Rasa still has to take, kept over restarts of either side.

    Pauses, an officer's words, and what is said to the citizen when the owner changes.
    """

    __tablename__ = "desk_outgoing"
    __table_args__ = (Index("ix_desk_outgoing_done_at", "done_at", "next_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("desk_conversations.id", ondelete="CASCADE"), nullable=False, index=True
    )
    key: Mapped[str] = mapped_column(String(40), nullable=False, unique=True)
    events: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False)
    tries: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    held: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Handover(Base):
    """One time a person was asked for or took over, from the wish to the end; for the numbers."""

    __tablename__ = "desk_handovers"
    __table_args__ = (Index("ix_desk_handovers_office_asked_at", "office", "asked_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("desk_conversations.id", ondelete="CASCADE"), nullable=False, index=True
    )
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    reason: Mapped[str] = mapped_column(String(40), nullable=False)
    ticket: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    after_hours: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("desk_users.id"))
    outcome: Mapped[str] = mapped_column(String(20), nullable=False, default="")


def said_to_officer() -> Any:
    """Whether an officer had the talk when a message was written: the bot had nothing to answer."""
    is_before_the_end = or_(Handover.closed_at.is_(None), Message.at <= Handover.closed_at)
    in_talk = Handover.conversation_id == Message.conversation_id
    return exists().where(and_(in_talk, Handover.taken_at <= Message.at, is_before_the_end))


class Survey(Base):
    """A citizen's score of the service, 1 (bad) to 5 (good), and a word about it."""

    __tablename__ = "desk_surveys"
    __table_args__ = (Index("ix_desk_surveys_office_at", "office", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(
        ForeignKey("desk_conversations.id", ondelete="SET NULL")
    )
    handover_id: Mapped[int | None] = mapped_column(
        ForeignKey("desk_handovers.id", ondelete="SET NULL")
    )
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    score: Mapped[int] = mapped_column(Integer, nullable=False)
    comment: Mapped[str] = mapped_column(Text, nullable=False, default="")


class Note(Base):
    """A remark officers write for each other; the citizen never sees it."""

    __tablename__ = "desk_notes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("desk_conversations.id", ondelete="CASCADE"), nullable=False, index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id"), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False)


class Mention(Base):
    """A colleague named in a note; `seen_at` is when they opened its conversation."""

    __tablename__ = "desk_mentions"
    __table_args__ = (Index("ix_desk_mentions_user_id", "user_id", "seen_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    note_id: Mapped[int] = mapped_column(
        ForeignKey("desk_notes.id", ondelete="CASCADE"), nullable=False, index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id"), nullable=False)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ComplaintEvent(Base):
    """Something that happened to a complaint: a `note`, an `answer` or a `change`."""

    __tablename__ = "desk_complaint_events"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(
        ForeignKey("tickets.code", ondelete="CASCADE"), nullable=False, index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id"), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    kind: Mapped[str] = mapped_column(String(10), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False)


class Presence(Base):
    """Who is writing in a conversation right now, for "Rina sedang membalas"."""

    __tablename__ = "desk_presence"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("desk_conversations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class Change(Base):
    """What browsers have to look at again, in order; the live stream reads it from here."""

    __tablename__ = "desk_changes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    conversation_id: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)


class AuditEntry(Base):
    """Who saw, answered, changed or exported what, when. The database refuses to change a row."""

    __tablename__ = "desk_audit"
    __table_args__ = (Index("ix_desk_audit_at", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    login: Mapped[str] = mapped_column(String(40), nullable=False)
    office: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    action: Mapped[str] = mapped_column(String(40), nullable=False)
    subject: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    detail: Mapped[str] = mapped_column(String(200), nullable=False, default="")


class Announcement(Base):
    """An outage or news of one office, said by the bot between its start and end."""

    __tablename__ = "desk_announcements"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False, index=True)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)
    text: Mapped[str] = mapped_column(String(500), nullable=False)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id"), nullable=False)


class ChannelCount(Base):
    """A month's count of a channel that is entered by hand: social media, comments, Yankomas."""

    __tablename__ = "desk_channel_counts"

    office: Mapped[str] = mapped_column(String(40), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int] = mapped_column(Integer, nullable=False)


class StatusImport(Base):
    """An applied upload of the day's status list; `before` is what undoing it puts back."""

    __tablename__ = "desk_imports"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id"), nullable=False)
    filename: Mapped[str] = mapped_column(String(120), nullable=False)
    taken: Mapped[int] = mapped_column(Integer, nullable=False)
    refused: Mapped[int] = mapped_column(Integer, nullable=False)
    before: Mapped[list[Any]] = mapped_column(JSON, nullable=False)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AskedErasure(Base):
    """Somebody asked in the chat that what is kept about them be erased (`riung.desk.erasure`)."""

    __tablename__ = "asked_erasures"

    person: Mapped[str] = mapped_column(String(160), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
