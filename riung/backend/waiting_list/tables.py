"""The waiting list of full days."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (the column is called date)
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, text
from sqlalchemy import Date as DateType
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column

LIVE = ("waiting", "offered")
"""States of an entry that may still end in a booking."""

_IS_LIVE = text("status IN ('waiting', 'offered')")


class WaitingEntry(Base):
    """One person waiting for one day. Order: `sent_at`, then `id`.

    status: waiting → offered → accepted | expired | declined; waiting → left | closed.
    An offered entry holds a place until `accept_by`.
    """

    __tablename__ = "waiting_entries"
    __table_args__ = (
        Index("ix_waiting_entries_day", "office", "place", "date", "status"),
        Index(
            "uq_waiting_entries_live_identity",
            "identity_hash",
            "office",
            "place",
            "date",
            unique=True,
            sqlite_where=_IS_LIVE,
            postgresql_where=_IS_LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), nullable=False, unique=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    place: Mapped[str] = mapped_column(String(40), nullable=False)
    date: Mapped[Date] = mapped_column(DateType, nullable=False)
    service_class: Mapped[str] = mapped_column(String(10), nullable=False)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    status: Mapped[str] = mapped_column(String(10), nullable=False, default="waiting")
    sender: Mapped[str | None] = mapped_column(String(160))
    name: Mapped[str | None] = mapped_column(String(100))
    identity_hash: Mapped[str | None] = mapped_column(String(64))
    identity_last4: Mapped[str | None] = mapped_column(String(4))
    is_child: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    erase_when_over: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accept_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id", ondelete="SET NULL"))
