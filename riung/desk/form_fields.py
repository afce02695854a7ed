"""Reading what people type into forms."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from riung.desk.access import DeskError


def moment(text: str, zone: ZoneInfo, label: str) -> datetime:
    """A `datetime-local` field as an aware moment of the office.

    Raises:
        DeskError: empty or no date and time.
    """
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=zone)
    except ValueError as error:
        raise DeskError(f"{label} belum diisi dengan tanggal dan jam.") from error


def month(text: str, default: date) -> date:
    """A `month` field (`2026-11`) as its first day; empty gives the month of `default`.

    Raises:
        DeskError: no month, or not one between 2020 and 2099.
    """
    if not text.strip():
        return default.replace(day=1)
    try:
        found = date.fromisoformat(f"{text.strip()}-01")
    except ValueError as error:
        raise DeskError("Bulan ditulis sebagai tahun dan bulan, misalnya 2026-11.") from error
    if not 2020 <= found.year <= 2099:
        raise DeskError("Bulan itu di luar jangkauan laporan.")
    return found


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
