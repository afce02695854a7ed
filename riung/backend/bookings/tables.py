"""Bookings, the tries to get one, and what officers should look at."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (the column is called date)
from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, String, UniqueConstraint, text
from sqlalchemy import Date as DateType
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column

OPEN = ("booked", "arrived", "called")
"""States of a booking whose person is still expected or at the counter."""

ENDED = ("served", "no_show", "cancelled", "unrecorded")

_IS_OPEN = text("status IN ('booked', 'arrived', 'called')")


class Booking(Base):
    """One place in the queue of one day.

    Of the NIK only a keyed hash and four digits are kept; `sender` and `name` are emptied by
    retention. `counter` is the number of the counter that called; `recalled_at` when it called
    again. `nth_of_sender` counts the open bookings of one sender from 0; the place says how many
    there may be (`orang_per_nomor`). The partial unique indexes are the last guard of "one open
    booking per person" and of that count.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("office", "place", "date", "queue_number"),
        Index(
            "uq_bookings_open_identity",
            "identity_hash",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(
            "uq_bookings_open_sender",
            "sender",
            "nth_of_sender",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), nullable=False, unique=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    place: Mapped[str] = mapped_column(String(40), nullable=False)
    date: Mapped[Date] = mapped_column(DateType, nullable=False)
    service_class: Mapped[str] = mapped_column(String(10), nullable=False)
    queue_number: Mapped[int] = mapped_column(Integer, nullable=False)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    status: Mapped[str] = mapped_column(String(10), nullable=False, default="booked")
    source: Mapped[str] = mapped_column(String(10), nullable=False, default="whatsapp")
    sender: Mapped[str | None] = mapped_column(String(160))
    name: Mapped[str | None] = mapped_column(String(100))
    identity_hash: Mapped[str | None] = mapped_column(String(64))
    identity_last4: Mapped[str | None] = mapped_column(String(4))
    is_child: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    nth_of_sender: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    moves: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    erase_when_over: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counter: Mapped[int | None] = mapped_column(Integer)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Attempt(Base):
    """Somebody tried to book; kept for a week, to notice touts."""

    __tablename__ = "booking_attempts"
    __table_args__ = (Index("ix_booking_attempts_sender_hash_at", "sender_hash", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender_hash: Mapped[str] = mapped_column(String(64), nullable=False)
    identity_hash: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class Flag(Base):
    """A sender whose tries officers should look at; nobody is refused because of it."""

    __tablename__ = "flags"
    __table_args__ = (UniqueConstraint("office", "reason", "sender_hash"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    reason: Mapped[str] = mapped_column(String(20), nullable=False)
    sender_hash: Mapped[str] = mapped_column(String(64), nullable=False)
    sender_masked: Mapped[str] = mapped_column(String(40), nullable=False)
    count: Mapped[int] = mapped_column(Integer, nullable=False)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
