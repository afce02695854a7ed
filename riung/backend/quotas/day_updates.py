"""Officers changing a day, and what follows from it for the people of that day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from riung.backend.bookings.day_closure import take_back_closing, tell_day_closed
from riung.backend.quotas.days import DayView, day_view, lock_day
from riung.backend.quotas.tables import Day
from riung.backend.waiting_list.offers import offer_free_places
from riung.office.model import Office, Place


def change_day(
    session: Session, office: Office, place: Place, day: date, values: dict[str, Any], now: datetime
) -> DayView:
    """Store `values` for the day and let the waiting list and the people booked know.

    `values` holds columns of `Day`, and `closed` (bool) with `reason`.
    """
    before = lock_day(session, office, place, day)
    row, was_closed = before.changed, before.closed_reason is not None
    assert row is not None, "lock_day creates the row"
    closed, reason = values.pop("closed", None), values.pop("reason", None)
    for name, value in values.items():
        setattr(row, name, value)
    if closed is not None:
        _close(row, closed, reason, now)
    session.flush()
    view = day_view(session, office, place, day)
    if view.closed_reason is not None and not was_closed:
        tell_day_closed(session, view, now)
    elif view.closed_reason is None and was_closed:
        take_back_closing(session, view, now)
    offer_free_places(session, office, place, day, now)
    return day_view(session, office, place, day)


def _close(row: Day, closed: bool, reason: str | None, now: datetime) -> None:
    if closed:
        row.closed_at, row.closed_reason = row.closed_at or now, reason
    else:
        row.closed_at, row.closed_reason = None, None
