"""Requests that wait for an officer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column

KINDS = ("handover", "complaint", "home_service")
STATUSES = ("open", "in_progress", "answered", "closed")


class Ticket(Base):
    """One request of one citizen; texts are masked before they are stored."""

    __tablename__ = "tickets"
    __table_args__ = (Index("ix_tickets_office_status", "office", "status"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), nullable=False, unique=True)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    status: Mapped[str] = mapped_column(String(20), nullable=False, default="open")
    conversation_id: Mapped[str | None] = mapped_column(String(160), index=True)
    sender_hash: Mapped[str | None] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Text, nullable=False, default="")
    last_messages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    erase_when_over: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
