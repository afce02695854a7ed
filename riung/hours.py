"""Opening hours: is somebody there now, and when is somebody there next."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from holidays import country_holidays
from holidays.constants import GOVERNMENT, PUBLIC

from riung.offices import WEEKDAYS, Hours, Office

_SEARCH_DAYS = 30
"""The longest stretch of closed days to look past; Idulfitri with joint leave takes about 10."""


def is_holiday(office: Office, day: date) -> bool:
    """National holidays and joint leave (library `holidays`), and the office's own closed days."""
    own = any(closure.tanggal == day for closure in office.libur)
    return own or day in _national(day.year)


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


@lru_cache(maxsize=8)
def _national(year: int) -> frozenset[date]:
    """National holidays (PUBLIC) and joint leave, "cuti bersama" (GOVERNMENT)."""
    return frozenset(country_holidays("ID", years=year, categories=(PUBLIC, GOVERNMENT)))
