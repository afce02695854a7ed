"""The outbox: a row is written in the same transaction as what it tells about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column


class Notice(Base):
    """One message to one citizen. `key` says what it is about, so it can't be planned twice.

    status: pending → sent | failed (the channel refused it) | expired (too late to be useful).
    """

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_status_due_at", "status", "due_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(160), nullable=False, unique=True)
    kind: Mapped[str] = mapped_column(String(30), nullable=False)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    to: Mapped[str | None] = mapped_column(String(160))
    variables: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    status: Mapped[str] = mapped_column(String(10), nullable=False, default="pending")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    tries: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
