"""How dates, times, money and numbers are said (spec: voice, rule 5)."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency

_ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_LOCALES = {"id": "id", "en": "en_GB"}


def say_date(day: date, language: str) -> str:
    """`Selasa 24 November 2026` (or `Tuesday 24 November 2026`)."""
    return format_date(day, "EEEE d MMMM y", locale=_LOCALES.get(language, "id"))


def say_day(day: date, language: str) -> str:
    """`Selasa 24 November`, for days near enough that the year is clear."""
    return format_date(day, "EEEE d MMMM", locale=_LOCALES.get(language, "id"))


def zone_name(zone: ZoneInfo) -> str:
    """WIB, WITA or WIT; the zone's own key elsewhere."""
    return _ZONE_NAMES.get(zone.key, zone.key)


def say_time(moment: time | datetime, zone: ZoneInfo | None = None) -> str:
    """`10.12`, with the zone's short name (`10.12 WIB`) when one is given.

    An aware datetime is first moved to `zone`.
    """
    if isinstance(moment, datetime) and zone is not None:
        moment = moment.astimezone(zone)
    text = moment.strftime("%H.%M")
    return f"{text} {zone_name(zone)}" if zone else text


def say_moment(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """`Jumat 20 November 2026, 10.12 WIB`."""
    local = moment.astimezone(zone)
    return f"{say_date(local.date(), language)}, {say_time(local, zone)}"


@lru_cache(maxsize=1024)
def say_money(rupiah: int) -> str:
    """`Rp650.000`."""
    text: str = format_currency(rupiah, "IDR", "¤#,##0", locale="id", currency_digits=False)
    return text


def group4(number: str) -> str:
    """`1179000000001234` → `1179 0000 0000 1234`."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
