"""Opening hours: is somebody there now, and when is somebody there next."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from riung.office.model import Office
from riung.office.national_holidays import holiday
from riung.office.opening_hours import WEEKDAYS, Hours

_SEARCH_DAYS = 30
"""The longest stretch of closed days to look past; Idulfitri with joint leave takes about 10."""


def holiday_name(office: Office, day: date, language: str) -> str | None:
    """Why the office is closed on `day`; None when it is no holiday.

    The office's own closed days (`libur:`) come first and are named as the office wrote them. No
    rule says whether an office works on days of joint leave, so its file does
    (`tutup_cuti_bersama`).
    """
    own = next((closure.alasan for closure in office.libur if closure.tanggal == day), None)
    return own or holiday(day, language, joint_leave=office.tutup_cuti_bersama)


def is_holiday(office: Office, day: date) -> bool:
    """Whether the office is closed on `day` although it is a weekday it works on."""
    return holiday_name(office, day, "id") is not None


def is_open(office: Office, service: str, moment: datetime) -> bool:
    """Whether that service (`jam.<service>`) is staffed at `moment`, breaks taken out."""
    local = moment.astimezone(office.zone)
    hours = office.jam.get(service)
    if hours is None or not _works(office, hours, local.date()):
        return False
    at = local.time()
    in_break = any(
        _day_name(local.date()) in pause.hari and _clock(pause.mulai) <= at < _clock(pause.selesai)
        for pause in hours.istirahat
    )
    return _clock(hours.buka or "") <= at < _clock(hours.tutup or "") and not in_break


def next_opening(office: Office, service: str, moment: datetime) -> datetime | None:
    """The next moment after `moment` at which the service is staffed; None when it never is."""
    hours = office.jam.get(service)
    if hours is None or not hours.buka or not hours.tutup:
        return None
    local = moment.astimezone(office.zone)
    for ahead in range(_SEARCH_DAYS):
        day = local.date() + timedelta(days=ahead)
        if not _works(office, hours, day):
            continue
        starts = [hours.buka, *(p.selesai for p in hours.istirahat if _day_name(day) in p.hari)]
        for start in sorted(starts):
            opening = datetime.combine(day, _clock(start), office.zone)
            if opening > local and is_open(office, service, opening):
                return opening
    return None


def _works(office: Office, hours: Hours, day: date) -> bool:
    has_hours = bool(hours.buka and hours.tutup)
    return has_hours and _day_name(day) in hours.hari and not is_holiday(office, day)


def _day_name(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _clock(text: str) -> time:
    return time.fromisoformat(text)
