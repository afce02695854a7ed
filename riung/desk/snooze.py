"""Until when a conversation is put aside: the moments on offer, and one that is typed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from riung.desk.access import DeskError
from riung.desk.ownership import LONGEST_SNOOZE, Timer
from riung.desk.tables import Conversation
from riung.office import hours
from riung.office.model import Office

NEXT_DAY = "besok"
CHOICES = {"60": "1 jam", "180": "3 jam", NEXT_DAY: "Hari kerja berikutnya"}
"""Minutes, or the next working day's opening → its name."""

SERVICE = "petugas"
"""Whose hours count (`jam:` of the office's file)."""


def is_snoozed(found: Conversation) -> bool:
    """Whether it is put aside until `due_at` or the citizen's next message."""
    return bool(found.timer == Timer.SNOOZE.value)


def moment(office: Office, chosen: str, typed: str, now: datetime) -> datetime:
    """When it comes back.

    Args:
        office: whose zone and hours count.
        chosen: one of `CHOICES`, or empty when a moment is typed.
        typed: what a date field sends, `2026-11-30T08:00`, in the office's zone.
        now: aware.

    Raises:
        DeskError: neither is a moment to come, or it is too far away.
    """
    found = _chosen(office, chosen, now) if chosen in CHOICES else _typed(office, typed)
    if found <= now:
        raise DeskError("Waktu itu sudah lewat. Pilih waktu yang akan datang.")
    if found > now + LONGEST_SNOOZE:
        raise DeskError(f"Paling lama {LONGEST_SNOOZE.days} hari.")
    return found


def _chosen(office: Office, chosen: str, now: datetime) -> datetime:
    if chosen != NEXT_DAY:
        return now + timedelta(minutes=int(chosen))
    tonight = datetime.combine(now.astimezone(office.zone), time.max, office.zone)
    return hours.next_opening(office, SERVICE, tonight) or now + timedelta(days=1)


def _typed(office: Office, typed: str) -> datetime:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=office.zone)
    except ValueError:
        raise DeskError("Pilih sampai kapan percakapan ini ditunda.") from None
