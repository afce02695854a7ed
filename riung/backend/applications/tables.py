"""Applications, the history of their stages, and lookups of numbers that do not exist."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column


class Application(Base):
    """One application and the stage it is at since `updated_at`. It holds nothing personal."""

    __tablename__ = "applications"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    route: Mapped[str] = mapped_column(String(40), nullable=False)
    stage: Mapped[str] = mapped_column(String(40), nullable=False)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class StageChange(Base):
    """An application reached a stage at a moment."""

    __tablename__ = "stage_changes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[str] = mapped_column(
        ForeignKey("applications.number", ondelete="CASCADE"), nullable=False, index=True
    )
    stage: Mapped[str] = mapped_column(String(40), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class UnknownLookup(Base):
    """Somebody asked for a number that does not exist; neither number nor sender is readable."""

    __tablename__ = "unknown_lookups"
    __table_args__ = (Index("ix_unknown_lookups_sender_hash_at", "sender_hash", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender_hash: Mapped[str] = mapped_column(String(64), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
