"""The one clock. Tests and demos move it with `RIUNG_NOW`; nothing else asks for the time."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from pydantic.datetime_parse import parse_datetime, parse_duration

from riung.settings import SettingsError

WIB = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """The present moment, aware, in UTC.

    `RIUNG_NOW` holds an ISO 8601 moment (the clock stands still there; without a zone it is WIB)
    or an ISO 8601 duration with a sign (`+P3D`, `-PT2H`: the clock runs, that much shifted).

    Raises:
        SettingsError: `RIUNG_NOW` is neither.
    """
    setting = os.environ.get("RIUNG_NOW", "").strip()
    moment = datetime.now(timezone.utc)
    if not setting:
        return moment
    fixed, offset = _parse(setting)
    return fixed if fixed is not None else moment + offset


def today(zone: ZoneInfo = WIB) -> date:
    """The calendar day it is now in `zone`."""
    return now().astimezone(zone).date()


@lru_cache(maxsize=8)
def _parse(setting: str) -> tuple[datetime | None, timedelta]:
    try:
        if setting[0] in "+-":
            return None, parse_duration(setting)
        moment = parse_datetime(setting)
    except ValueError as error:
        raise SettingsError(
            f"RIUNG_NOW must be an ISO 8601 moment or a signed duration, but is {setting!r}."
        ) from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=WIB)
    return aware.astimezone(timezone.utc), timedelta()
