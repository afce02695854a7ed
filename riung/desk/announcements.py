"""Outages and news of an office, which the bot says between their start and end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from riung.desk.access import DeskError
from riung.desk.tables import Announcement

OUTAGE, NEWS = "outage", "news"
KINDS = {OUTAGE: "Gangguan sistem", NEWS: "Kabar kantor"}
"""Outages stand with every status answer and answer "sistem error ya?"; news is said once."""

LONGEST = timedelta(days=31)
TEXT_LIMIT = 300
"""It is put before an answer, and both have to fit a phone screen (spec: voice, rule 2)."""


class AnnouncementError(DeskError):
    """The announcement can't be put up."""

    title = "Pengumuman belum terpasang"


def start(
    session: Session,
    *,
    office: str,
    kind: str,
    text: str,
    starts_at: datetime,
    ends_at: datetime,
    author_id: int,
) -> Announcement:
    """Put one up.

    Raises:
        AnnouncementError: empty, too long, or its times make no sense.
    """
    words = " ".join(text.split())
    if not words:
        raise AnnouncementError("Tulis dahulu isi pengumumannya.")
    if len(words) > TEXT_LIMIT:
        raise AnnouncementError(f"Paling banyak {TEXT_LIMIT} huruf, supaya muat di layar warga.")
    if kind not in KINDS:
        raise AnnouncementError("Pilih jenisnya: gangguan atau kabar.")
    if ends_at <= starts_at:
        raise AnnouncementError("Waktu selesai harus sesudah waktu mulai.")
    if ends_at - starts_at > LONGEST:
        raise AnnouncementError("Paling lama 31 hari; pasang lagi bila masih perlu.")
    made = Announcement(
        office=office,
        kind=kind,
        text=words,
        starts_at=starts_at,
        ends_at=ends_at,
        author_id=author_id,
    )
    session.add(made)
    session.flush()
    return made


def end(session: Session, announcement: Announcement, moment: datetime) -> None:
    """Take it down now."""
    announcement.ends_at = min(announcement.ends_at, moment)
    announcement.starts_at = min(announcement.starts_at, moment)


def current(session: Session, office: str, moment: datetime) -> list[Announcement]:
    """What holds at a moment, outages first, the newest first."""
    query = select(Announcement).where(
        Announcement.office == office,
        Announcement.starts_at <= moment,
        Announcement.ends_at > moment,
    )
    found = session.scalars(query.order_by(Announcement.kind.desc(), Announcement.id.desc()))
    return list(found)


def newest(session: Session, offices: Sequence[str], limit: int = 50) -> list[Announcement]:
    """The newest of these offices, also those that are over."""
    query = select(Announcement).where(Announcement.office.in_(offices))
    return list(session.scalars(query.order_by(Announcement.id.desc()).limit(limit)))
