"""Requests for a service that goes step by step, and each step that was taken."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (the column is called date)
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy import Date as DateType
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column


class Case(Base):
    """One request. `details` is what the form asked, `files` what was sent (`id`, `kind`).

    `step` is the last of its steps; `ended_at` is set with a final one. Retention empties what is
    personal: `sender`, `conversation_id`, `details`, `files`, and the notes of the steps; with
    `erase_when_over` as soon as it has ended.
    """

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_office_kind_step", "office", "kind", "step"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(8), nullable=False, unique=True)
    kind: Mapped[str] = mapped_column(String(20), nullable=False)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    step: Mapped[str] = mapped_column(String(30), nullable=False)
    date: Mapped[Date | None] = mapped_column(DateType)
    sender: Mapped[str | None] = mapped_column(String(160), index=True)
    conversation_id: Mapped[str | None] = mapped_column(String(160))
    details: Mapped[dict[str, str]] = mapped_column(JSON, nullable=False)
    files: Mapped[list[dict[str, str]]] = mapped_column(JSON, nullable=False)
    team: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    erase_when_over: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaseStep(Base):
    """A step that began: when, by whom (None: by the citizen), and what was written with it."""

    __tablename__ = "case_steps"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True
    )
    step: Mapped[str] = mapped_column(String(30), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("desk_users.id"))
    note: Mapped[str] = mapped_column(Text, nullable=False, default="")
