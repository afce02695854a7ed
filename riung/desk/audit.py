"""The audit trail: who saw, answered, changed or exported what, when.

Rows are only added. Triggers of migration 0002 refuse UPDATE and DELETE on both databases.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riung import clock, privacy
from riung.desk.tables import AuditEntry

ACTIONS: dict[str, str] = {
    "login": "masuk",
    "login_failed": "gagal masuk",
    "logout": "keluar",
    "password_changed": "mengganti kata sandi",
    "conversation_seen": "membuka percakapan",
    "conversation_taken": "mengambil alih percakapan",
    "conversation_assigned": "menyerahkan percakapan",
    "conversation_released": "mengembalikan ke antrean",
    "conversation_closed": "menutup percakapan",
    "conversation_snoozed": "menunda percakapan",
    "away": "beristirahat",
    "back": "kembali bertugas",
    "replied": "membalas warga",
    "template_sent": "mengirim pesan templat",
    "attachment_sent": "mengirim lampiran",
    "media_seen": "membuka lampiran warga",
    "note_written": "menulis catatan",
    "labels_changed": "mengubah label",
    "send_retried": "mengirim ulang pesan",
    "complaint_seen": "membuka pengaduan",
    "complaint_changed": "mengubah pengaduan",
    "case_seen": "membuka permohonan layanan",
    "case_changed": "mengubah permohonan layanan",
    "announcement_started": "memasang pengumuman",
    "announcement_ended": "mengakhiri pengumuman",
    "count_entered": "mengisi rekap kanal",
    "exported": "mengekspor data",
    "statuses_imported": "mengimpor status",
    "import_undone": "membatalkan impor",
    "user_created": "membuat akun",
    "user_changed": "mengubah akun",
    "password_reset": "membuat kata sandi baru",
    "booking_changed": "mengubah antrean",
    "day_closed": "menutup hari layanan",
    "day_changed": "mengubah kuota hari layanan",
    "data_erased": "menghapus data warga",
    "message_reviewed": "mengulas pesan",
    "question_added": "menulis pertanyaan baru",
    "draft_trained": "melatih draf",
    "version_published": "menerbitkan versi",
    "version_taken_back": "kembali ke versi sebelumnya",
}
"""Action → what the page says after the name."""


def write(
    session: Session, login: str, action: str, subject: str = "", detail: str = "", office: str = ""
) -> None:
    """Add a line; part of the same transaction as the thing it tells about.

    Raises:
        KeyError: `action` is not one of `ACTIONS`.
    """
    if action not in ACTIONS:
        raise KeyError(action)
    session.add(
        AuditEntry(
            at=clock.now(),
            login=login,
            office=office,
            action=action,
            subject=privacy.mask(subject)[:80],
            detail=privacy.mask(detail)[:200],
        )
    )


def entries(
    session: Session,
    offices: Sequence[str] | None,
    *,
    login: str = "",
    action: str = "",
    before: int | None = None,
    since: datetime | None = None,
    limit: int = 100,
) -> list[AuditEntry]:
    """The newest lines first.

    Args:
        session: an open one.
        offices: only lines of these offices and of none; None: all.
        login: only this person's.
        action: only this action.
        before: only lines with a smaller id, for the next page.
        since: only lines from this moment on.
        limit: at most so many.
    """
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if offices is not None:
        query = query.where(or_(AuditEntry.office.in_(offices), AuditEntry.office == ""))
    if login:
        query = query.where(AuditEntry.login == login)
    if action:
        query = query.where(AuditEntry.action == action)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    return list(session.scalars(query))
