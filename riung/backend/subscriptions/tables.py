"""Wishes to be told something later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column

KINDS = ("status", "quota", "passport")


class Subscription(Base):
    """`status`: tell me when application `subject` moves; `quota`: when place `subject` opens;
    `passport`: when half a year is left until the day `subject`, on which the passport ends.

    Those of quotas and passports are used up by what they told about.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("kind", "office", "subject", "sender"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), nullable=False)
    office: Mapped[str] = mapped_column(String(40), nullable=False)
    subject: Mapped[str] = mapped_column(String(40), nullable=False, index=True)
    sender: Mapped[str] = mapped_column(String(160), nullable=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class OptOut(Base):
    """A sender who wants no message that was not asked for at that moment."""

    __tablename__ = "opt_outs"

    sender_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
