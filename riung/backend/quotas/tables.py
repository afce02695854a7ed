"""What an officer or integrator decided for one day, over the office's rule."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (the column is called date)
from datetime import datetime

from sqlalchemy import Date as DateType
from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped

from riung.backend.db import Base, UtcDateTime, mapped_column


class Day(Base):
    """One day at one place. Empty columns mean: as the office's rule says.

    The row is also the lock that everyone takes who gives or takes a place of that day.
    """

    __tablename__ = "days"

    office: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    date: Mapped[Date] = mapped_column(DateType, primary_key=True)
    regular: Mapped[int | None] = mapped_column(Integer)
    priority: Mapped[int | None] = mapped_column(Integer)
    same_day: Mapped[int | None] = mapped_column(Integer)
    # Places given away outside Riung, as an officer reported them.
    booked_elsewhere: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_reason: Mapped[str | None] = mapped_column(String(200))
